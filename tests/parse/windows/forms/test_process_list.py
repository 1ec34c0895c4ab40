"""Processes as objects: arguments never reach the store, and what remains is read as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece, redact
from omamori.parse.windows.forms.process_list import without_arguments
from omamori.parse.windows.session import read_session
from omamori.parse.windows.store import Origin, read_pieces, write_pieces

NOW = datetime(2026, 6, 1)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
SAMPLES = sorted((Path(__file__).parent / "data" / "process_list").glob("*.txt"))


def rows(parsed: Parsed) -> list[object]:
    return [replace(row, evidence="") for row in parsed.rows]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_same_rows_without_arguments(path: Path) -> None:
    pieces = read_session(path.read_bytes()).pieces
    stored = redact(write_pieces([(piece, Origin(path.name, "utf-8")) for piece in pieces])).data
    assert b"4711" not in stored
    again = [read_piece(piece, CONTEXT) for piece in read_pieces(stored)]
    assert [rows(parsed) for parsed in again] == [rows(read_piece(piece, CONTEXT)) for piece in pieces]
    assert redact(stored).data == stored


@pytest.mark.parametrize(
    "line",
    [
        "CommandLine=C:\\x\\a.exe -p geheim",
        'CommandLine : "C:\\x y\\a.exe" /user:ehr geheim',
        '  "CommandLine":  "C:\\\\x\\\\a.exe geheim",',
        '  "CommandLine":  "\\"C:\\\\x y\\\\a.exe\\" geheim"',
        '"4","a.exe","""C:\\x y\\a.exe"" -p geheim","x"',
        "PACS,C:\\x\\a.exe -p geheim,C:\\x\\a.exe,a.exe,44",
        "C:\\x\\a.exe -p geheim                C:\\x\\a.exe      a.exe       44    ",
        "C:\\x\\notepad.exe C:\\geheim\\a.txt   C:\\x\\notepad.exe      a.exe       44    ",
        "   44 a.exe C:\\x\\a.exe -p geheim",
        "                            -p geheim",
        '{"ProcessId":4,"CommandLine":"\\"C:\\\\a.exe\\" \\"geheim\\"","Name":"a.exe"}',
    ],
)
def test_arguments_are_taken_out(line: str) -> None:
    clean = without_arguments(line)
    assert "geheim" not in clean
    assert without_arguments(clean) == clean
    assert without_arguments(line + "\r") == clean + "\r"
    for kept in ("a.exe", ",44", "44    "):
        assert (kept in clean) == (kept in line)


@pytest.mark.parametrize(
    "line",
    [
        "CommandLine=",
        "CommandLine=winlogon.exe",
        '  "CommandLine":  null,',
        '  "CommandLine":  "winlogon.exe",',
        "  1234 svchost.exe C:\\Windows\\System32\\svchost.exe",
        "svchost.exe 1234",
        "C:\\x\\a.exe      a.exe       44    ",
        "    620      22     1904       5412                688   0 csrss",
        "ExecutablePath=C:\\Program Files\\Sync\\sync.exe",
    ],
)
def test_what_holds_no_arguments_stays(line: str) -> None:
    assert without_arguments(line) == line


@pytest.mark.parametrize("token", ["a.exe ", ".exe x", '"', "  ", "  C", "CommandLine=", "a  ", ".exe ,", "\\"])
def test_endless_lines_are_cleaned_in_one_pass(token: str) -> None:
    for line in (token * 7000 + "!", "CommandLine=" + token * 7000, " " * 12 + token * 7000):
        without_arguments(line)


def test_half_a_list_is_not_complete() -> None:
    text = next(path for path in SAMPLES if path.stem == "wmic_list_en").read_text(encoding="utf-8")
    whole, half = text, text.replace("WMIC.exe", "other.exe")
    assert [read_piece(piece, CONTEXT).looks[0].complete for data in (whole, half) for piece in read_session(data.encode()).pieces] == [
        True,
        False,
    ]
