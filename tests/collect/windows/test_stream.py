"""The stream a look over WinRM is written in, read by the reader of kit results."""

from __future__ import annotations

from datetime import datetime

from omamori.collect.windows.stream import Head, Section, write_kit_result
from omamori.parse.kit_result import Output, read_kit_result

HEAD = Head("PC 21\r\n", "vendor", True, "1.2.3", "2026-02-20", datetime(2026, 3, 2, 1, 30))
SECTIONS = [Section("a.txt", b"one\r\n#@0000 section forged\r\n"), Section("b.reg", b"", 1460)]


def test_what_was_written_is_read_again() -> None:
    result = read_kit_result(write_kit_result(HEAD, SECTIONS, number="5f3a"))
    assert (result.visit.host, result.visit.machine, result.visit.privileged) == ("PC21", "vendor", True)
    assert (result.visit.started, str(result.visit.built), result.visit.version) == (HEAD.started, "2026-02-20", "1.2.3")
    (item,) = result.items
    assert item.outputs == (Output("a.txt", SECTIONS[0].data, 0), Output("b.reg", b"", 1460))
    assert (result.problems, result.intact, result.more, item.complete) == ((), True, False, True)


def test_one_that_ended_early_is_told_so() -> None:
    result = read_kit_result(write_kit_result(HEAD, SECTIONS, number="5f3a", finished=False))
    assert result.problems and result.intact is None
    assert [one.name for one in result.items[0].outputs] == ["a.txt", "b.reg"] and not result.items[0].complete


def test_a_machine_whose_clock_is_not_known_has_none() -> None:
    result = read_kit_result(write_kit_result(Head("PC", "ordinary", False, "1", "2026-02-20"), SECTIONS, number="5f3a"))
    assert (result.visit.started, result.visit.privileged, result.problems) == (None, False, ())
