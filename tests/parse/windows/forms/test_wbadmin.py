"""`wbadmin get versions`: of one target alone the list is never whole; kinds of targets."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.session import read_session

NOW = datetime(2026, 6, 1)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
DATA = Path(__file__).parent / "data" / "wbadmin"


@pytest.mark.parametrize("name", ["versions_en", "none_en"])
def test_of_one_target_alone_it_is_not_whole(name: str) -> None:
    text = (DATA / f"{name}.txt").read_text(encoding="utf-8")
    for command, complete in (("wbadmin get versions", True), ("wbadmin get versions -backupTarget:E:", False)):
        (piece,) = read_session(f"C:\\>{command}\n{text}\nC:\\>\n".encode()).pieces
        assert read_piece(piece, CONTEXT).looks[0].complete is complete


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("Fixed Disk labeled USB(E:)", "same-host"),
        ("固定ディスク ラベル付き E:", "same-host"),
        ("1394/USB Disk labeled Fixed Disk(F:)", "removable"),
        ("Network Share labeled \\\\nas01\\backup", "network-mount"),
        ("Etwas anderes", "unknown"),
    ],
)
def test_where_the_copy_lies(target: str, kind: str) -> None:
    text = (DATA / "versions_en.txt").read_text(encoding="utf-8").replace("Fixed Disk labeled Backup(E:)", target)
    (piece,) = read_session(text.encode()).pieces
    assert [row.target_kind for row in read_piece(piece, CONTEXT).rows] == [kind]


def test_other_commands_of_wbadmin_are_left_alone() -> None:
    text = "wbadmin 1.0 - Backup command-line tool\n(C) Copyright Microsoft Corporation.\n\nVolumes in this backup (C:)\n"
    assert read_session(text.encode()).pieces == ()
