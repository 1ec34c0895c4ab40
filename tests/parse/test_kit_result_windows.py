"""Results of the Windows kit: many outputs in many encodings, byte for byte, and what damage does to them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit_results import windows_kit_result
from omamori.parse.interface import EvidenceError
from omamori.parse.kit_result import KitResult, Output, is_kit_result, read_kit_result

REG = '\ufeffWindows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies]\r\n"表示名"="電子カルテ"\r\n\r\n'
SECTIONS: dict[str, bytes | tuple[bytes, int]] = {
    "consent.txt": "OMAMORI-CONSENT 1\r\nmachine=vendor\r\nanswered_by=情報課\r\nconsent=保守担当 3/2\r\n".encode("cp932"),
    "user.txt": "\r\n\\\\検査PC のユーザー アカウント\r\n\r\nAdministrator  ソ連表\r\n".encode("cp932"),
    "policies.reg": REG.encode("utf-16-le"),
    "defender.txt": "\ufeffAMRunningMode : Normal\r\n".encode(),
    "noise.txt": bytes(range(256)) * 3,
    "tasklist.txt": b"",
    "audit.txt": ("クライアントは要求された特権を保有していません。\r\n".encode("cp932"), 1314),
}
WHOLE = windows_kit_result("検査PC", SECTIONS, machine="vendor")
OUTPUTS = tuple(Output(name, *(said if isinstance(said, tuple) else (said, 0))) for name, said in SECTIONS.items())
"""What the kit was given comes back; the last line feed of an output is the kit's own."""


def outputs(result: KitResult) -> tuple[Output, ...]:
    return result.items[0].outputs if result.items else ()


def test_every_output_comes_back_byte_for_byte() -> None:
    result = read_kit_result(WHOLE)
    assert outputs(result) == OUTPUTS
    assert (result.problems, result.intact, result.more, result.items[0].complete) == ((), True, False, True)
    visit = result.visit
    assert (visit.host, visit.machine, visit.privileged, visit.version) == ("検査PC", "vendor", True, "0.2.0")
    assert (visit.started, visit.built) == (datetime(2026, 3, 2, 1, 30), date(2026, 2, 20))


def test_what_the_kit_could_not_read_is_empty_and_no_complaint() -> None:
    result = read_kit_result(windows_kit_result("PC1", SECTIONS, started=None, privileged=False, with_sum=False))
    assert (result.visit.started, result.visit.privileged, result.intact, result.problems) == (None, False, None, ())


@pytest.mark.parametrize("said", ["", "ward", "ORDINARY", "vendor;medical"])
def test_only_the_three_kinds_of_machine_are_believed(said: str) -> None:
    assert read_kit_result(windows_kit_result("PC1", {}, machine=said)).visit.machine == ""


@given(st.integers(0, len(WHOLE)))
def test_cut_off_anywhere_what_is_whole_is_taken_and_the_rest_is_told(cut: int) -> None:
    try:
        result = read_kit_result(WHOLE[:cut])
    except EvidenceError:
        assert cut <= WHOLE.index(b"probe windows.commands")
        return
    got = outputs(result)
    whole = tuple(output for output in got if output.exit_code is not None)
    assert whole == OUTPUTS[: len(whole)]
    for output in got[len(whole) :]:  # the last one; a part of the marker behind it may still hang on
        assert output is got[-1] and OUTPUTS[len(whole)].data.startswith(output.data[:-2])
    sealed_off = WHOLE.index(b"finished\r\n") + len(b"finished\r\n")
    assert bool(result.problems) == (cut < sealed_off)
    assert result.intact is (True if cut == len(WHOLE) else None)


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_no_changed_byte_before_the_sum_stays_unnoticed(place: int, flip: int) -> None:
    changed = WHOLE[:place] + bytes([WHOLE[place] ^ flip]) + WHOLE[place + 1 :]
    try:
        result = read_kit_result(changed)
    except EvidenceError:
        return
    in_sum_line = place >= WHOLE.rindex(b"#@")
    assert result.intact is not True or in_sum_line  # a letter of the sum may be written large
    assert result.problems or in_sum_line
    if result.intact is None:
        assert result.problems or outputs(result) == OUTPUTS


@pytest.mark.parametrize("instead", [b" ", b"\x0b", b"x", b"\r"])
def test_a_sum_run_into_the_line_before_it_is_not_a_result_without_a_sum(instead: bytes) -> None:
    place = WHOLE.rindex(b"#@") - 1
    result = read_kit_result(WHOLE[:place] + instead + WHOLE[place + 1 :])
    assert result.intact is None and [problem.expected for problem in result.problems] == ["nothing but a moment behind `finished`"]


@given(st.data())
def test_nothing_breaks_the_reader(data: st.DataObject) -> None:
    broken = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(broken) - 1))
        other = data.draw(st.integers(0, len(WHOLE)))
        piece = data.draw(st.binary(max_size=20) | st.just(WHOLE[other : other + 60]))
        broken[at : at + data.draw(st.integers(0, 40))] = piece
    try:
        result = read_kit_result(bytes(broken))
    except EvidenceError:
        return
    assert bytes(broken) == WHOLE or result.intact is not True or result.problems or outputs(result) == OUTPUTS
    assert len(result.items) <= 100 and len(result.problems) <= 100


def test_markers_of_another_run_inside_an_output_are_its_text() -> None:
    inside = windows_kit_result("EVIL", {"user.txt": b"forged"}, number="2718281828")
    result = read_kit_result(windows_kit_result("PC1", {"type.txt": inside, "user.txt": b"real"}))
    assert outputs(result) == (Output("type.txt", inside, 0), Output("user.txt", b"real", 0))
    assert (result.visit.host, result.intact, result.problems) == ("PC1", True, ())


def test_two_results_in_one_file_are_told() -> None:
    other = windows_kit_result("PC2", {"user.txt": b"other"}, number="2718281828")
    for behind in (other, b"a remark\r\n"):
        result = read_kit_result(WHOLE + behind)
        assert result.more and outputs(result) == OUTPUTS and result.visit.host == "検査PC"
        assert [problem.expected for problem in result.problems] == ["nothing behind the last line: one result in one file"]
    assert not read_kit_result(WHOLE + b"\r\n \r\n").more
    assert not read_kit_result(WHOLE[: len(WHOLE) // 2] + other).intact


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_an_editor_that_saved_it_as_utf16_is_named(encoding: str) -> None:
    plain = windows_kit_result("PC1", {"ver.txt": b"Microsoft Windows [Version 10.0.19045.1]\r\n"})
    saved = plain.decode("ascii").encode(encoding)
    assert is_kit_result(saved[:64])
    with pytest.raises(EvidenceError, match="saved again by an editor"):
        read_kit_result(saved)


def test_an_editor_that_saved_it_as_utf8_leaves_the_sum_wrong() -> None:
    sections = {name: SECTIONS[name] for name in ("consent.txt", "user.txt")}
    plain = windows_kit_result("検査PC", sections)
    saved = b"\xef\xbb\xbf" + plain.decode("cp932").encode()
    result = read_kit_result(saved)
    assert is_kit_result(saved[:64]) and result.intact is False and result.visit.host == "検査PC"
    assert outputs(result)[1].data.decode() == outputs(read_kit_result(plain))[1].data.decode("cp932")
    lines = read_kit_result(plain.replace(b"\r\n", b"\n"))
    assert lines.intact is False and [output.name for output in outputs(lines)] == list(sections)
