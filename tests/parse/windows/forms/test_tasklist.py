"""`tasklist`: titles of windows are not stored; the list without itself is not the whole one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece, redact
from omamori.parse.windows.forms.tasklist import without_title
from omamori.parse.windows.session import read_session
from omamori.parse.windows.store import Origin, write_pieces

NOW = datetime(2026, 6, 1)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
DATA = Path(__file__).parent / "data" / "tasklist"


@pytest.mark.parametrize(
    "line",
    [
        "ウィンドウ タイトル: 電子カルテ - 患者 0012345",
        "Window Title: patient 0012345",
        '"karte.exe","7720","Console","1","88,100 K","Running","PACS-SV\\nurse01","0:00:12","患者 0012345 ""x"""',
        "karte.exe                     7720 Console                    1     88,100 K Running         PACS-SV\\nurse01           0:00:12 患者 0012345",
    ],
)
def test_titles_are_taken_out(line: str) -> None:
    clean = without_title(line)
    assert "0012345" not in clean
    assert "[secret: window-title, set]" in clean
    assert without_title(clean) == clean
    assert without_title(line + "\r") == clean + "\r"


@pytest.mark.parametrize(
    "line",
    [
        "ウィンドウ タイトル: N/A",
        '"System","4","Services","0","148 K","Unknown","N/A","0:41:07","N/A"',
        "svchost.exe                    852 AudioSrv, Dhcp, eventlog, lmhosts, wscsvc   ",
        "sqlservr.exe                  3312 Services                   0  1,204,332 K",
    ],
)
def test_what_holds_no_title_stays(line: str) -> None:
    assert without_title(line) == line


def test_no_title_is_stored() -> None:
    for path in DATA.glob("*.txt"):
        pieces = read_session(path.read_bytes()).pieces
        assert "0012345" not in redact(write_pieces([(piece, Origin(path.name, "utf-8")) for piece in pieces])).data.decode()


@pytest.mark.parametrize("gone", ["tasklist.exe", "System Idle Process"])
def test_a_list_without_its_ends_is_not_complete(gone: str) -> None:
    text = "\n".join(line for line in (DATA / "table_ja.txt").read_text(encoding="utf-8").split("\n") if not line.startswith(gone))
    (piece,) = read_session(text.encode()).pieces
    assert not read_piece(piece, CONTEXT).looks[0].complete


def test_a_name_cut_inside_its_ending_is_known() -> None:
    (piece,) = read_session((DATA / "table_ja.txt").read_bytes()).pieces
    assert "StartMenuExperienceHost.exe" in {row.name for row in read_piece(piece, CONTEXT).rows}
