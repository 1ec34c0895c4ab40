"""Members of groups in lists of objects: the group comes from what was typed, or from the list itself."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.session import read_session

NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
TABLE = """
ObjectClass Name             PrincipalSource
----------- ----             ---------------
User        WARD-PC01\\maint  Local
Group       HOSP\\Domain A... ActiveDirectory

"""


def read(text: str):
    session = read_session(text.encode())
    return read_piece(session.pieces[0], CONTEXT)


@pytest.mark.parametrize(
    ("command", "group"),
    [
        ("Get-LocalGroupMember Administrators", ("Administrators", "S-1-5-32-544")),
        ("Get-LocalGroupMember -Name 'PACS Users' | ft", ("PACS Users", None)),
        ("get-localgroupmember -sid s-1-5-32-544", ("Administrators", "S-1-5-32-544")),
    ],
)
def test_the_group_is_what_was_typed(command, group):
    found = read(f"PS C:\\> {command}\n{TABLE}PS C:\\>\n")
    assert (found.rows[0].group_name, found.rows[0].group_id, found.rows[0].member) == (*group, "maint")


def test_a_name_cut_by_the_console_is_told_and_not_taken():
    found = read(f"PS C:\\> Get-LocalGroupMember Administrators\n{TABLE}PS C:\\>\n")
    assert [row.member for row in found.rows if hasattr(row, "member")] == ["maint"] and len(found.problems) == 1


def test_without_the_command_nobody_knows_the_group():
    found = read(TABLE)
    assert found.rows == () and found.looks[0].reason == "not_understood" and found.problems


def test_memberships_asked_for_one_group_are_not_all():
    row = 'GroupComponent=Win32_Group.Domain="A",Name="Administrators"\nPartComponent=Win32_UserAccount.Domain="A",Name="x"\n\n'
    assert read(row).looks[0].complete
    typed = "C:\\>wmic path Win32_GroupUser where GroupComponent='x' get /value\n"
    assert not read(typed + row + "C:\\>\n").looks[0].complete
    assert not read(row + row.replace('"Administrators"', "?")).looks[0].complete
