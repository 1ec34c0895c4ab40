from __future__ import annotations

from omamori.evaluate.check import CheckError


def test_an_error_holds_every_problem_and_reads_as_lines() -> None:
    error = CheckError(["a:1: one", "a:2: two"])
    assert error.problems == ("a:1: one", "a:2: two")
    assert str(error) == "a:1: one\na:2: two"
