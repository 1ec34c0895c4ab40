"""Defender: only in its normal mode it is at work."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.session import read_session

NOW = datetime(2026, 6, 1)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)


@pytest.mark.parametrize(
    ("mode", "enabled", "running", "said"),
    [
        ("Normal", "True", True, "active"),
        ("Normal", "False", False, "active"),
        ("Passive Mode", "True", False, "monitor"),
        ("EDR Block Mode", "True", False, "monitor"),
        ("Not running", "False", False, "disabled"),
        ("Something new", "True", None, None),
        ("Normal", "?", None, "active"),
    ],
)
def test_at_work(mode: str, enabled: str, running: bool | None, said: str | None) -> None:
    text = f"AMRunningMode : {mode}\nAntivirusEnabled : {enabled}\nRealTimeProtectionEnabled : {enabled}\n\n"
    (piece,) = read_session(text.encode()).pieces
    found = read_piece(piece, CONTEXT)
    assert [(row.running, row.mode) for row in found.rows] == [(running, said)]
    assert not found.looks[0].complete
