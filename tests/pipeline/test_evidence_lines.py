"""From a reference back to the line: the command that printed it, or nothing when it is not there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omamori.parse.sections import write_sections
from omamori.parse.windows.form import Piece
from omamori.parse.windows.lines import Lines
from omamori.parse.windows.store import Origin, write_pieces
from omamori.pipeline.evidence_lines import evidence_lines
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
    reference = receipt.items[0].sha256[:16] + place
    found = evidence_lines(store, [receipt], [reference])[reference]
    assert (found.origin, found.kind, found.line, found.command) == ("web01", "linux.host", line, command)
    assert found.text == (text if line != 5 else "#@ second")


def test_of_the_registry_the_question_is_told(tmp_path: Path) -> None:
    pieces = [
        (
            Piece("reg_query", Lines("HKEY_LOCAL_MACHINE\\A\n    B    REG_DWORD    0x0", 1), r"reg query HKLM\A"),
            Origin("system.txt", "cp932"),
        ),
        (Piece("ver", Lines("Microsoft Windows [Version 10.0.17763.1]", 9)), Origin("ver.txt", "cp932")),
    ]
    store, data = EvidenceStore(tmp_path), write_pieces(pieces)
    receipt = store.add(Visit("kit", "pc1", None, "1"), [Item("windows.commands", data, None)], datetime(2026, 5, 1))
    assert receipt is not None
    lines = {text: number for number, text in enumerate(data.decode().split("\n"), 1)}
    wanted = {
        f"{receipt.items[0].sha256[:16]}:{number}": text for text, number in lines.items() if "REG_DWORD" in text or "Microsoft" in text
    }
    found = evidence_lines(store, [receipt], list(wanted))
    assert {found[one].text: found[one].command for one in wanted} == {
        "    B    REG_DWORD    0x0": r"reg query HKLM\A",
        "Microsoft Windows [Version 10.0.17763.1]": "ver",
    }


def test_unknown_and_lost_evidence_is_no_error(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    receipt = store.add(Visit("kit", "web01", None, "1"), [Item("linux.host", DATA, None)], datetime(2026, 5, 1))
    assert receipt is not None
    reference = receipt.items[0].sha256[:16] + ":2"
    assert list(evidence_lines(store, [receipt], ["0" * 16 + ":1", reference])) == [reference]
    for path in (tmp_path / "evidence" / "blobs").rglob("*.gz"):
        path.unlink()
    assert evidence_lines(store, [receipt], [reference])[reference].text == ""


def test_many_lines_of_many_outputs_at_once(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    receipts, references = [], []
    for number in range(3):
        data = write_sections([("first", b"%d\n" % number * 40, 0), ("long", b"x" * 9_000, 0)])
        receipt = store.add(Visit("kit", f"web{number}", None, "1"), [Item("linux.host", data, None)], datetime(2026, 5, 1))
        assert receipt is not None
        receipts.append(receipt)
        references += [f"{receipt.items[0].sha256[:16]}:{line}" for line in (44, 3, 41)]
    found = evidence_lines(store, receipts, references)
    assert [(found[one].command, found[one].text[:1]) for one in references] == [
        pair for number in "012" for pair in (("long", "x"), ("first", number), ("first", number))
    ]
    assert {len(line.text) for line in found.values()} == {1, 2_000}


@settings(deadline=None)  # each example writes a store
@given(
    st.lists(
        st.sampled_from([b"", b"#@ one 0", b"#@ typed reg query HKLM", b"#@ end", b"#@", b"a\r", "字".encode(), b"x" * 3_000]), max_size=60
    )
)
def test_lines_are_those_of_the_whole_text(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    store, data = EvidenceStore(tmp_path_factory.mktemp("site")), b"\n".join(lines)
    receipt = store.add(Visit("kit", "web01", None, "1"), [Item("linux.host", data, None)], datetime(2026, 5, 1))
    assert receipt is not None
    blob = receipt.items[0].sha256[:16]
    wanted = [f"{blob}:{number}" for number in range(len(lines) + 3)]
    for asked in (wanted, wanted[::7]):
        found = evidence_lines(store, [receipt], asked)
        for reference in asked:
            number = int(reference.partition(":")[2])
            there = 1 <= number <= max(1, len(lines))
            assert found[reference].line == (number if there else None)
            if there and lines:
                assert found[reference].text == lines[number - 1][:2_000].decode().strip("\r")
                marks = [line[3:].decode() for line in lines[: number - 1] if line.startswith(b"#@ ")]
                above = marks[-1] if marks else ""
                assert found[reference].command == {"one 0": "one", "typed reg query HKLM": "reg query HKLM", "end": ""}.get(above, above)


def test_an_output_of_several_machines_names_none_of_them(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    looks = [("lis1", datetime(2026, 3, 1)), ("ncsrv", datetime(2026, 6, 1))]
    found = [store.add(Visit("kit", host, None, "1"), [Item("linux.host", DATA, seen)], seen) for host, seen in looks]
    receipts = [one for one in found if one is not None]
    reference = receipts[0].items[0].sha256[:16] + ":2"
    line = evidence_lines(store, receipts, [reference])[reference]
    assert (line.origin, line.text, line.seen) == ("", "one", datetime(2026, 6, 1))
    assert evidence_lines(store, receipts[:1], [reference])[reference].origin == "lis1"
