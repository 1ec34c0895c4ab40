"""`omamori diff` with two scan files: what is opened, what is refused, what is said."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from omamori.pipeline.compare_scans import compare_scans, is_scan_file, scan_comparison_json, scan_comparison_lines
from omamori.pipeline.error import UserError

DATA = Path(__file__).parents[1] / "parse" / "nmap" / "data"
GENTLE = (DATA / "gentle_ports.xml").read_bytes()
LATER = GENTLE.replace(b'portid="3389"', b'portid="5900"').replace(b'version="5.3"', b'version="9.2"').replace(b"1793527", b"1796527")


def _compare(folder: Path, before: bytes, after: bytes) -> list[str]:
    one, other = folder / "before.xml", folder / "after.xml"
    one.write_bytes(before)
    other.write_bytes(after)
    return [line.en for line in scan_comparison_lines(compare_scans(str(one), str(other)))]


CHANGED = [
    "2026-11-01 10:00 → 2026-12-06 03:20 (UTC)",
    "Ports that opened: 1",
    "  - 10.20.0.5 (ehr-sv) 5900/tcp Microsoft Terminal Services",
    "Ports that closed: 1",
    "  - 10.20.0.5 (ehr-sv) 3389/tcp Microsoft Terminal Services",
    "Another service on a port: 1",
    "  - 10.20.0.31 22/tcp: OpenSSH 5.3 → OpenSSH 9.2",
]


def test_two_files_and_their_shapes_say_the_same(tmp_path: Path) -> None:
    for shape in (bytes, gzip.compress, lambda data: data.decode().encode("utf-16"), lambda data: data + b"\n" + data):
        assert _compare(tmp_path, shape(GENTLE), LATER) == CHANGED
        assert _compare(tmp_path, GENTLE, shape(LATER)) == CHANGED


def test_the_same_file_twice_is_no_change(tmp_path: Path) -> None:
    assert _compare(tmp_path, GENTLE, GENTLE)[1:] == ["Nothing changed, as far as both sides looked"]


def test_files_in_the_wrong_order_and_scans_not_ended_are_told(tmp_path: Path) -> None:
    assert "the first file is the later one; check the order" in _compare(tmp_path, LATER, GENTLE)
    lines = _compare(tmp_path, GENTLE, LATER[: LATER.index(b"10.20.0.31")])
    assert "after.xml: this scan did not run to its end, or the file is damaged" in lines
    assert not any(line.startswith("Not seen") for line in lines)


def test_programs_get_the_files_and_the_changes(tmp_path: Path) -> None:
    _compare(tmp_path, GENTLE, LATER)
    said = scan_comparison_json(compare_scans(str(tmp_path / "before.xml"), str(tmp_path / "after.xml")))
    assert said["before"] == {"file": "before.xml", "began": "2026-11-01T10:00:00", "finished": True}
    assert [one["port"] for one in said["network"]["opened"]] == [5900]


def test_what_is_no_scan_file_is_told_by_its_name(tmp_path: Path) -> None:
    scan, text, trap = tmp_path / "a.xml", tmp_path / "b.txt", tmp_path / "c.xml"
    scan.write_bytes(GENTLE)
    text.write_text("hello")
    trap.write_bytes(b'<!DOCTYPE nmaprun [<!ENTITY a "b">]><nmaprun>&a;</nmaprun>')
    assert is_scan_file(str(scan))
    # Called XML, a file is meant even where it is missing or something else: the line says which.
    assert is_scan_file("missing.xml") and is_scan_file("Other.XML.gz")
    assert not any(is_scan_file(one) for one in (str(text), str(tmp_path), "2026-05-01", "\0", None))
    for other, said in ((text, "not nmap's XML"), (tmp_path / "none.xml", "no such file"), (trap, "declares a document type")):
        for pair in ((scan, other), (other, scan)):
            with pytest.raises(UserError, match=said) as error:
                compare_scans(str(pair[0]), str(pair[1]))
            assert other.name in error.value.text.en
            assert other.name in error.value.text.ja
