"""Accounts and groups that several net commands tell together."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.model.access import Account, GroupMember
from omamori.parse.interface import Context
from omamori.parse.windows.commands import parse
from omamori.parse.windows.session import read_session
from omamori.parse.windows.store import Origin, write_pieces

NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
RULE = "-" * 79
END = "The command completed successfully.\n\n"
ACCOUNTS = f"User accounts for \\\\WARD-PC01\n\n{RULE}\nAdministrator            Guest                    maint\n{END}"
GROUPS = f"Aliases for \\\\WARD-PC01\n\n{RULE}\n*Administrators\n*Guests\n{END}"


def group(name: str, *members: str) -> str:
    return f"Alias name     {name}\nComment        x\n\nMembers\n\n{RULE}\n" + "".join(f"{member}\n" for member in members) + END


ADMINISTRATORS = group("Administrators", "Administrator", "maint", "HOSP\\Domain Admins")
GUESTS = group("guests", "Guest")


def read(text: str):
    session = read_session(text.encode())
    return parse(write_pieces([(piece, Origin("a.txt", "utf-8")) for piece in session.pieces]), CONTEXT)


def look(found, table: str):
    return next(one for one in found.looks if one.table == table)


def test_the_list_and_every_group_are_all_memberships():
    found = read(GROUPS + ADMINISTRATORS + GUESTS)
    assert look(found, "group_members").complete and not look(found, "group_members").missing and not found.problems
    assert sum(isinstance(row, GroupMember) for row in found.rows) == 4


def test_groups_come_in_any_order_and_of_their_own_names():
    found = read(group("PACS-Operators", "maint") + GUESTS + GROUPS.replace("*Guests", "*Guests\n*PACS-Operators") + ADMINISTRATORS)
    assert look(found, "group_members").complete and look(found, "group_members").missing == ("group_id",)


@pytest.mark.parametrize(
    "text",
    [
        GROUPS + ADMINISTRATORS,
        ADMINISTRATORS + GUESTS,
        GROUPS.replace(END, "") + ADMINISTRATORS + GUESTS,
        GROUPS + ADMINISTRATORS + GUESTS.replace(END, ""),
        GROUPS + ADMINISTRATORS + GUESTS.removesuffix("\n\n"),
        'C:\\>net localgroup | find "s"\n' + GROUPS + "C:\\>\n" + ADMINISTRATORS + GUESTS,
        "C:\\>net localgroup /domain\n" + GROUPS + "C:\\>\n" + ADMINISTRATORS + GUESTS,
    ],
    ids=["one not brought", "no list", "list without end", "group without end", "cut", "filtered", "of the domain"],
)
def test_anything_less_is_not(text):
    assert not look(read(text), "group_members").complete


def administrators(found) -> dict[str, bool | None]:
    return {row.name: row.administrator for row in found.rows if isinstance(row, Account)}


def test_of_every_account_it_is_known_whether_it_is_an_administrator():
    found = read(ACCOUNTS + ADMINISTRATORS)
    assert administrators(found) == {"Administrator": True, "Guest": False, "maint": True}
    assert look(found, "accounts").complete and "administrator" not in look(found, "accounts").missing


@pytest.mark.parametrize(
    "text",
    [
        ACCOUNTS + ADMINISTRATORS.replace(END, "") + GUESTS,
        ACCOUNTS + group("Administrators", "Administrator", "NT AUTHORITY\\INTERACTIVE"),
        ACCOUNTS + group("Administrators", "Administrator", "Domain Admins", "Enterprise Admins"),
        ACCOUNTS + GUESTS,
    ],
    ids=["members cut", "anybody", "domain controller", "another group"],
)
def test_of_nobody_else_it_is_said_that_he_is_none(text):
    found = read(text)
    assert False not in administrators(found).values() and "administrator" in look(found, "accounts").missing
