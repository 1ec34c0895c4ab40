"""`schtasks`: only an administrator sees every task."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.session import read_session

NOW = datetime(2026, 6, 1)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
DATA = Path(__file__).parent / "data" / "schtasks"
SHORT = '"TaskName","Next Run Time","Status"\n"\\Sync","6/2/2026 3:16:15 AM","Ready"\n"\\Microsoft\\Windows\\WindowsUpdate\\Scheduled Start","N/A","Ready"\n'


def test_whole_only_for_an_administrator() -> None:
    (piece,) = read_session(SHORT.encode()).pieces
    administrator = replace(CONTEXT, privileged=True)
    assert [read_piece(piece, context).looks[0].complete for context in (CONTEXT, administrator, replace(CONTEXT, privileged=False))] == [
        False,
        True,
        False,
    ]
    (piece,) = read_session((DATA / "csv_ja.txt").read_bytes()).pieces
    assert not read_piece(piece, administrator).looks[0].complete, "the list ends before the last folders of Windows"


def test_an_error_is_told() -> None:
    text = SHORT + "エラー: アクセスが拒否されました。\n"
    (piece,) = read_session(text.encode()).pieces
    found = read_piece(piece, replace(CONTEXT, privileged=True))
    assert (found.looks[0].complete, found.looks[0].reason, len(found.problems)) == (False, "not_understood", 1)


def test_a_day_that_could_be_either_way_round_is_not_read() -> None:
    text = SHORT.replace("6/2/2026 3:16:15 AM", "02/06/2026 03:16:15")
    (piece,) = read_session(text.encode()).pieces
    found = read_piece(piece, CONTEXT)
    assert found.rows[0].next_run is None
    assert "next_run" in found.looks[0].missing


def test_systeminfo_is_not_taken_for_tasks() -> None:
    assert read_session("ホスト名:               PACS-SV\nOS 名:                  Microsoft Windows Server 2019\n".encode()).pieces == ()
