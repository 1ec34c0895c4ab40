"""Outputs of commands read together: what was typed behind a command counts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.session import read_session

NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
SAMPLE = (Path(__file__).parent / "forms/data/netstat/server_ja.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("netstat -anob", True),
        ("netstat -anob | more", True),
        ("netstat -anob > C:\\temp\\find.txt", True),
        ("netstat -anob | Select-Object -Property Line", True),
        ("netstat -anob | findstr TCP", False),
        ('netstat -anob |find "TCP"', False),
        ("netstat -anob | Select-String TCP", False),
        ("netstat -anob | ? { $_ -match 'TCP' }", False),
        ("netstat -anob | Where-Object {$_}", False),
        ("netstat -anob | select -First 40", False),
    ],
)
def test_a_filtered_output_is_never_the_whole_list(typed: str, whole: bool) -> None:
    session = read_session(f"C:\\Users\\admin>{typed}\n{SAMPLE}\nC:\\Users\\admin>".encode())
    found = read_piece(session.pieces[0], CONTEXT)
    assert [look.complete for look in found.looks] == [whole, whole]
    assert bool(found.problems) is not whole
