"""Moments and flags of a directory."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.model.access import Account
from omamori.parse.interface import Context
from omamori.parse.windows.form import Line, Piece
from omamori.parse.windows.forms.directory import file_time, read_accounts, read_computers, read_together

CONTEXT = Context(kind="windows.commands", seen=datetime(2026, 6, 1), received=datetime(2026, 6, 1))
HEAD = '"SamAccountName","ObjectSid","UserAccountControl","PwdLastSet","LastLogonTimestamp","AdminCount","LockoutTime","AccountExpires","ServiceNames"'


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("116444736000000000", datetime(1970, 1, 1)),
        ("133500000000000000", datetime(2024, 1, 17, 21, 20)),
        ("0", None),
        ("", None),
        (None, None),
        ("9223372036854775807", None),
        ("9223372036854775806", None),
        ("-1", None),
        ("133.5", None),
    ],
)
def test_file_times(text: str | None, moment: datetime | None) -> None:
    assert file_time(text) == moment


@pytest.mark.parametrize(
    ("flags", "column", "value"),
    [
        (512, "enabled", True),
        (514, "enabled", False),
        (544, "password_required", False),
        (512, "password_required", True),
        (512 | 0x10000, "password_never_expires", True),
        (512 | 0x400000, "preauthentication", False),
        (512, "preauthentication", True),
        (512 | 0x80000, "delegation", True),
        (512 | 0x80, "reversible", True),
        (512, "reversible", False),
    ],
)
def test_flags_of_an_account(flags: int, column: str, value: bool) -> None:
    text = f'{HEAD}\n"a","S-1-5-21-1-2-3-1001","{flags}","0","","","","0","0"'
    piece = Piece("domain_accounts", tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1)))
    (row,) = read_accounts(piece, CONTEXT).rows
    assert getattr(row, column) is value
    assert not read_accounts(piece, CONTEXT).looks[0].complete, "krbtgt is not there"


def test_computers_without_a_controller_are_not_all() -> None:
    text = '"SamAccountName","DnsHostName","OperatingSystem","UserAccountControl"\n"PC1$","","Windows 11 Pro","4096"'
    piece = Piece("domain_computers", tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1)))
    parsed = read_computers(piece, CONTEXT)
    assert [row.name for row in parsed.rows] == ["PC1"]
    assert not parsed.looks[0].complete


def directory(*members: str, cut: bool = False) -> dict[str, bool | None]:
    """Who is an administrator, by the members of Administrators."""
    said = [("krbtgt", 502, 514), ("tanaka", 1103, 512), ("tanaka-adm", 1104, 512)]
    accounts = "\n".join([HEAD, *(f'"{name}","S-1-5-21-1-2-3-{number}","{flags}","0","","","0","0","0"' for name, number, flags in said)])
    listed = [
        '"GroupSid","GroupName","Member","MemberSid"',
        *(f'"S-1-5-32-544","Administrators","{one}","S-1-5-21-1-2-3-9"' for one in members),
    ]
    pieces = [
        Piece("domain_accounts", tuple(Line(number, line) for number, line in enumerate(accounts.split("\n"), 1)), cut=cut),
        Piece("group_sids", tuple(Line(number, line) for number, line in enumerate(listed, 10))),
    ]
    found = read_together(pieces, CONTEXT)
    known = all("administrator" not in look.missing for look in found.looks if look.table == "accounts")
    return {row.name: row.administrator if known else None for row in found.rows if isinstance(row, Account)}


def test_members_of_administrators_say_who_is_one() -> None:
    assert directory("Domain Admins", "tanaka-adm") == {"krbtgt": False, "tanaka": False, "tanaka-adm": True}
    nobody_knows = dict.fromkeys(("krbtgt", "tanaka", "tanaka-adm"))
    assert directory("Domain Users", "tanaka-adm") == nobody_knows, "whose primary group it is does not stand among its members"
    assert directory("tanaka-adm", cut=True) == nobody_knows
    assert directory() == nobody_knows
