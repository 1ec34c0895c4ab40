"""Products of the security center: what kind, and whether they work, out of one number."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.session import read_session

NOW = datetime(2026, 6, 1)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)


@pytest.mark.parametrize(
    ("state", "kind", "running"),
    [
        ("397568", "antivirus", True),  # 0x061100
        ("397584", "antivirus", True),  # signatures old
        ("393472", "antivirus", False),  # 0x060100
        ("266240", "antivirus", True),  # 0x041000
        ("0x42000", "antivirus", False),  # snoozed
        ("0x43000", "antivirus", False),  # expired
        ("0x11000", "firewall", True),
    ],
)
def test_state(state: str, kind: str, running: bool) -> None:
    (piece,) = read_session(f"displayName : X\nproductState : {state}\n\n".encode()).pieces
    (row,) = read_piece(piece, CONTEXT).rows
    assert (row.kind, row.running, row.mode) == (kind, running, "active" if running else "disabled")


@pytest.mark.parametrize("state", ["", "x", "0x20000"])
def test_a_product_that_cannot_be_read_is_told(state: str) -> None:
    (piece,) = read_session(f"displayName : X\nproductState : {state}\n\n".encode()).pieces
    found = read_piece(piece, CONTEXT)
    assert (found.rows, found.looks[0].complete, len(found.problems)) == ((), False, 1)


def test_the_class_that_was_printed_decides() -> None:
    text = "__CLASS : FirewallProduct\ndisplayName : X\nproductState : 266240\n\n__CLASS : AntiSpywareProduct\ndisplayName : Y\nproductState : 266240\n\n"
    (piece,) = read_session(text.encode()).pieces
    assert [(row.name, row.kind) for row in read_piece(piece, CONTEXT).rows] == [("X", "firewall")]
