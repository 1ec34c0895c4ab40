"""Shares in hand-typed output: columns by console cells, printers, and what is never whole."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.windows.commands import parse, read_piece
from omamori.parse.windows.session import read_session
from omamori.parse.windows.store import Origin, write_pieces

CONTEXT = Context(kind="windows.commands", seen=datetime(2026, 6, 1, 9), received=datetime(2026, 6, 1, 9))
LIST = """
共有名       リソース                            注釈

-------------------------------------------------------------------------------
C$           C:\\                             Default share
IPC$                                         Remote IPC
karte        D:\\karte
手順書       D:\\手順書                       見るだけ
コマンドは正常に終了しました。

"""
ONE = """共有名            {name}
パス              D:\\{name}
注釈
最大ユーザー数    制限なし
ユーザー
キャッシュ        ドキュメントの手動キャッシュ
アクセス許可      {access}

コマンドは正常に終了しました。

"""


def read(text: str) -> Parsed:
    (piece,) = read_session(text.replace("\n", "\r\n").encode()).pieces
    return read_piece(piece, CONTEXT)


def together(text: str) -> Parsed:
    pieces = read_session(text.replace("\n", "\r\n").encode()).pieces
    return parse(write_pieces([(piece, Origin("a.txt", "utf-8")) for piece in pieces]), CONTEXT)


def test_wide_letters_take_two_cells() -> None:
    assert [(row.name, row.path, row.comment) for row in read(LIST).rows] == [
        ("C$", "C:\\", "Default share"),
        ("IPC$", None, "Remote IPC"),
        ("karte", "D:\\karte", None),
        ("手順書", "D:\\手順書", "見るだけ"),
    ]


def test_the_list_and_the_details_of_one_share_are_one() -> None:
    """The list tells which shares there are, details tell who writes; for the others that is not known."""
    found = together(LIST + ONE.format(name="karte", access="Everyone, CHANGE"))
    shares = {row.name: row.writable for row in found.rows if type(row).__name__ == "Share"}
    assert shares == {"C$": None, "IPC$": None, "karte": True, "手順書": None}
    looks = {look.table: look for look in found.looks}
    assert looks["shares"].complete and set(looks["shares"].missing) == {"guest", "writable"}
    assert not looks["share_access"].complete


@pytest.mark.parametrize("access", ["Everyone", "Everyone, DENY", "Everyone, 変更", "?, ?, ?"])
def test_a_permission_nobody_knows_is_told(access: str) -> None:
    found = read(ONE.format(name="karte", access=access))
    assert [look.reason for look in found.looks] == ["not_understood", "not_understood"]
    assert found.problems and all(getattr(row, "writable", None) is None for row in found.rows)


def test_printers_are_no_folders() -> None:
    text = ONE.format(name="laser", access="Everyone, FULL").replace("D:\\laser", "受付 複合機,LocalsplOnly")
    assert read(text).rows == ()


def test_only_administrators_use_the_shares_windows_makes_itself() -> None:
    (_, access) = read(ONE.format(name="C$", access="Everyone, FULL")).rows
    assert (access.principal, access.access) == ("BUILTIN\\Administrators", "full")


def test_what_another_machine_shares_is_no_share_of_this_one() -> None:
    text = (
        "Shared resources at \\\\nas\n\n\nShare name   Type   Used as  Comment\n\n"
        + "-" * 79
        + "\nscan         Disk\nThe command completed successfully.\n\n"
    )
    assert read_session(text.encode()).pieces == ()


def test_a_list_without_ipc_is_of_chosen_shares() -> None:
    head = '"Name","ScopeName","Path","Description"\n'
    assert not read(head + '"karte","*","D:\\karte",""\n').looks[0].complete
    assert read(head + '"karte","*","D:\\karte",""\n"IPC$","*","","Remote IPC"\n').looks[0].complete


def test_settings_of_samba_are_not_imitated() -> None:
    """A check of signing that finds no `server signing` would take it for kept: Windows fills `windows_settings` only."""
    found = read("EnableSMB1Protocol       : True\nRequireSecuritySignature : False\nEncryptData              : False\n\n")
    assert {look.table for look in found.looks} == {"windows_settings"}
    (row,) = found.rows
    assert (row.smb1_server, row.smb_signing_required, row.smb_guest_allowed) == (True, False, None)


@pytest.mark.parametrize(("asked", "whole"), [("Get-SmbShare | Get-SmbShareAccess", True), ("Get-SmbShareAccess -Name a,b", False)])
def test_permissions_of_all_shares_are_whole(asked: str, whole: bool) -> None:
    text = f'PS C:\\> {asked}\n"Name","AccountName","AccessControlType","AccessRight"\n"a","Everyone","Allow","Read"\n"b","x","Allow","Full"\n\nPS C:\\>'
    assert read(text).looks[0].complete is whole
