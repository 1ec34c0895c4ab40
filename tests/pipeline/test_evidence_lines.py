"""From a reference back to the line: the command that printed it, or nothing when it is not there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from omamori.parse.sections import write_sections
from omamori.pipeline.evidence_lines import evidence_reader
from omamori.snapshot.evidence import EvidenceStore, Item, Visit

DATA = write_sections([("first", b"one\ntwo\n", 0), ("second", b"three\n", 0)])


@pytest.mark.parametrize(
    ("place", "line", "command", "text"),
    [
        (":2", 2, "first", "one"),
        (":6", 6, "second", "three"),
        (":5", 5, "", "#@ second 0"),
        (":99", None, "", ""),
        (":0", None, "", ""),
        ("", None, "", ""),
        (":機器!R5", None, "機器!R5", ""),
    ],
)
def test_a_reference_is_followed(tmp_path: Path, place: str, line: int | None, command: str, text: str) -> None:
    store = EvidenceStore(tmp_path)
    receipt = store.add(Visit("kit", "web01", None, "1"), [Item("linux.host", DATA, datetime(2026, 5, 1))], datetime(2026, 5, 1))
    assert receipt is not None
    read = evidence_reader(store, [receipt])
    found = read(receipt.items[0].sha256[:16] + place)
    assert found is not None
    assert (found.origin, found.kind, found.line, found.command) == ("web01", "linux.host", line, command)
    assert found.text == (text if line != 5 else "#@ second")


def test_unknown_and_lost_evidence_is_no_error(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    receipt = store.add(Visit("kit", "web01", None, "1"), [Item("linux.host", DATA, None)], datetime(2026, 5, 1))
    assert receipt is not None
    read = evidence_reader(store, [receipt])
    assert read("0" * 16 + ":1") is None
    for path in (tmp_path / "evidence" / "blobs").rglob("*.gz"):
        path.unlink()
    lost = read(receipt.items[0].sha256[:16] + ":2")
    assert lost is not None and lost.text == ""
