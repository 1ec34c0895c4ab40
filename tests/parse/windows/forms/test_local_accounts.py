"""Accounts in lists of objects: what is whole, what is of a domain, what is something else altogether."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.session import read_session

NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
TABLE = """
Name          Enabled Description
----          ------- -----------
Administrator True    a
Guest         False   b

"""


def read(text: str):
    session = read_session(text.encode())
    assert [piece.form for piece in session.pieces] in (["local_users"], ["user_accounts"])
    return read_piece(session.pieces[0], CONTEXT)


@pytest.mark.parametrize(
    ("command", "whole"),
    [
        ("Get-LocalUser", True),
        ("Get-LocalUser | ft", True),
        ("Get-LocalUser -Name a*", False),
        ("Get-LocalUser | Where-Object Enabled", False),
        ("Get-LocalUser | ? { $_.Name -like 'a*' }", False),
    ],
)
def test_what_was_typed_may_leave_some_out(command, whole):
    assert read(f"PS C:\\> {command}\n{TABLE}PS C:\\>\n").looks[0].complete is whole


def test_a_list_without_the_accounts_every_windows_has_is_not_whole():
    assert read(TABLE).looks[0].complete
    assert not read(TABLE.replace("Guest", "hoshu")).looks[0].complete
    assert not read(TABLE.replace("False", "True ")).looks[0].complete


@pytest.mark.parametrize("odd", ["SamAccountName     : sato", "Direction          : Inbound", "DisplayName        : x"])
def test_other_things_with_a_name_are_no_local_accounts(odd):
    text = f"\nName               : sato\nEnabled            : True\nDescription        : x\nSID                : S-1-5-21-1-2-3-1104\n{odd}\n\n"
    found = read(text)
    assert found.rows == () and not found.looks[0].complete and found.problems


def test_json_of_powershell_has_its_sid_and_dates_inside():
    text = """[
    {"AccountExpires": null, "Enabled": true, "LastLogon": "/Date(1780275900000)/", "Name": "kanri", "PasswordRequired": true,
     "PasswordLastSet": "/Date(1577836800000)/", "PasswordExpires": null, "SID": {"Value": "S-1-5-21-1-2-3-500"}},
    {"AccountExpires": null, "Enabled": false, "LastLogon": null, "Name": "Guest", "PasswordRequired": false,
     "PasswordLastSet": null, "PasswordExpires": null, "SID": {"Value": "S-1-5-21-1-2-3-501"}}
]
"""
    found = read(text)
    assert found.looks[0].complete and "last_login" not in found.looks[0].missing
    assert [(row.uid, row.enabled, row.password_required) for row in found.rows] == [
        ("S-1-5-21-1-2-3-500", True, True),
        ("S-1-5-21-1-2-3-501", False, False),
    ]
    assert found.rows[0].last_login == datetime(2026, 6, 1, 1, 5)


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("wmic useraccount where \"LocalAccount='TRUE'\" get name,sid,disabled", True),
        ("wmic useraccount where LocalAccount=True get name,sid,disabled", True),
        ('wmic useraccount where "LocalAccount=True and Disabled=False" get name,sid,disabled', False),
        ("wmic useraccount where name='a' get name,sid,disabled", False),
    ],
)
def test_wmic_with_a_condition(typed, whole):
    text = "Disabled  Name           SID                 \nFALSE     Administrator  S-1-5-21-1-2-3-500  \nTRUE      Guest          S-1-5-21-1-2-3-501  \n\n\n"
    assert read(f"C:\\>{typed}\n{text}C:\\>\n").looks[0].complete is whole
