from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.interface import EvidenceError
from omamori.parse.kit_result import KitItem, is_kit_result, read_kit_result
from omamori.parse.sections import read_sections

NONCE = "9f3ac2d17b"
M = f"#@{NONCE} "


def stream(*probes: tuple[str, list[tuple[str, bytes, int]]], finished: bool = True) -> bytes:
    out = f"OMAMORI-KIT-RESULT 1 {NONCE}\n".encode()
    out += f"{M}visit started=2026-05-01T03:04:05Z host=ehr01 uid=0 version=0.2.0 built=2026-04-01\n".encode()
    for kind, sections in probes:
        out += f"{M}probe {kind}\n".encode()
        for name, content, code in sections:
            out += f"{M}section {name}\n".encode() + content + f"\n{M}end {code}\n".encode()
        out += f"{M}done {kind} 0\n".encode()
    return out + (f"{M}finished 2026-05-01T03:04:09Z\n".encode() if finished else b"")


WHOLE = stream(
    ("linux.host", [("os-release", b"ID=debian\nVERSION_ID=12\n", 0), ("hostname", b"ehr01", 0), ("stderr", b"warn: x\n", 0)]),
    ("linux.ssh", [("sshd-t", b"#@ end 0\n#@deadbeef finished\npermitrootlogin no\n\xff\xfe\n", 0), ("none", b"", 127)]),
)


def test_visit_and_items() -> None:
    result = read_kit_result(WHOLE)
    assert result.problems == ()
    assert result.visit.started == datetime(2026, 5, 1, 3, 4, 5)
    assert (result.visit.host, result.visit.privileged, result.visit.version) == ("ehr01", True, "0.2.0")
    assert result.visit.built == date(2026, 4, 1)
    assert [(item.kind, item.exit_code, item.complete) for item in result.items] == [("linux.host", 0, True), ("linux.ssh", 0, True)]
    assert result.items[0].stderr == "warn: x\n"
    host = read_sections(result.items[0].data)
    assert host["os-release"].lines == ("ID=debian", "VERSION_ID=12")
    assert set(host) == {"os-release", "hostname"}


def test_content_cannot_forge_a_marker() -> None:
    sections = read_sections(read_kit_result(WHOLE).items[1].data)
    assert sections["sshd-t"].lines == ("#@ end 0", "#@deadbeef finished", "permitrootlogin no", "��")
    assert sections["sshd-t"].exit_code == 0
    assert (sections["none"].lines, sections["none"].exit_code) == ((), 127)


@given(st.integers(0, len(WHOLE)))
def test_cut_off_anywhere(cut: int) -> None:
    whole = read_kit_result(WHOLE).items
    try:
        result = read_kit_result(WHOLE[:cut])
    except EvidenceError:
        assert cut <= WHOLE.index(b"probe linux.host")
        return
    done = [item for item in whole if WHOLE.index(b"done " + item.kind.encode() + b" 0\n") + len(item.kind) + 8 <= cut]
    assert list(result.items[: len(done)]) == done
    assert all(not item.complete for item in result.items[len(done) :])
    assert bool(result.problems) == (cut < len(WHOLE))


@given(st.data())
def test_changed_bytes_never_break_the_reader(data: st.DataObject) -> None:
    broken = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    try:
        result = read_kit_result(bytes(broken))
    except EvidenceError:
        return
    assert all(isinstance(item, KitItem) and isinstance(read_sections(item.data), object) for item in result.items)
    assert len({item.kind for item in result.items}) == len(result.items)


@given(st.binary(max_size=300))
def test_a_section_comes_back_as_it_was_printed(content: bytes) -> None:
    item = read_kit_result(stream(("linux.x", [("one", content, 3), ("two", b"end", 0)]))).items[0]
    sections = read_sections(item.data)
    body = content.removesuffix(b"\r").removesuffix(b"\n")
    got = "\n".join(sections["one"].lines)
    assert got in {body.decode("utf-8", "replace"), content.removesuffix(b"\n").decode("utf-8", "replace")}
    assert (sections["one"].exit_code, sections["two"].lines) == (3, ("end",))


@pytest.mark.parametrize("data", [b"", b"hello", b"OMAMORI-KIT-RESULT 2 abcdef\n", b"OMAMORI-KIT-RESULT 1 \n"])
def test_something_else_is_refused_with_what_was_expected(data: bytes) -> None:
    with pytest.raises(EvidenceError, match="OMAMORI-KIT-RESULT 1"):
        read_kit_result(data)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_saved_anew_by_an_editor_is_recognised_and_refused(encoding: str) -> None:
    data = "OMAMORI-KIT-RESULT 1 abcd\n".encode(encoding)
    assert is_kit_result(data)
    with pytest.raises(EvidenceError, match="saved again by an editor"):
        read_kit_result(data)


def test_recognised_by_its_first_line() -> None:
    assert is_kit_result(WHOLE[:100])
    assert is_kit_result(b"\xef\xbb\xbf" + WHOLE)
    assert not is_kit_result(b"Host Name: PC1")


def test_no_wild_clock_uid_or_order() -> None:
    data = WHOLE.replace(b"2026-05-01T03:04:05Z", b"yesterday").replace(b"uid=0", b"uid=1000")
    result = read_kit_result(data)
    assert result.visit.started is None
    assert result.visit.privileged is False
    assert [problem.line for problem in result.problems] == [2]
    twice = stream(("linux.host", [("a", b"1", 0)]), ("linux.host", [("a", b"2", 0)]))
    assert len(read_kit_result(twice).items) == 1
    assert "not two" in read_kit_result(twice).problems[0].expected


def test_what_stands_behind_the_end_is_told() -> None:
    result = read_kit_result(WHOLE + WHOLE.replace(NONCE.encode(), b"deadbeef"))
    assert result.more and len(result.items) == 2
    assert [problem.expected for problem in result.problems] == ["nothing behind the last line: one result in one file"]


def test_windows_line_ends_are_understood() -> None:
    result = read_kit_result(WHOLE.replace(b"\n", b"\r\n"))
    assert [item.complete for item in result.items] == [True, True]
