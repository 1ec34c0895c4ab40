from __future__ import annotations

from datetime import datetime
from typing import Any

from omamori.evaluate.cases import read_examples


def read(bad: dict[str, Any], key: tuple[str, ...] = ("asset", "port")) -> tuple[Any, list[str]]:
    examples, problems = read_examples({"now": datetime(2026, 1, 31), "bad": bad, "good": {"hosts": []}}, key)
    return examples.bad[0], problems


def test_keys_are_compared_as_they_are_printed() -> None:
    case, problems = read({"fails": [["a", 23], ["b", None]], "unknowns": ["c", ["d", 1]], "passes": ["e"]})
    assert problems == []
    assert case.fails == ("a | 23", "b | none")
    assert (case.unknowns, case.unknown_subjects, case.passes) == (("d | 1",), ("c",), ("e",))


def test_without_unknowns_the_author_does_not_say() -> None:
    case, _ = read({"fails": [["a", 1]]})
    assert (case.unknowns, case.unknown_subjects, case.passes) == (None, None, None)


def test_looks_may_be_named_for_all_or_for_some() -> None:
    case, problems = read({"fails": [["a", 1]], "incomplete": ["hosts"], "missing": {"listeners": ["process"]}})
    assert problems == []
    assert (dict(case.incomplete), dict(case.missing)) == ({"hosts": ()}, {"listeners": ("process",)})
    case, _ = read({"fails": [["a", 1]], "incomplete": {"hosts": ["a"]}})
    assert dict(case.incomplete) == {"hosts": ("a",)}


def test_several_cases_have_names_of_their_own() -> None:
    case = {"hosts": [{"asset": "a"}], "fails": ["a"]}
    examples, problems = read_examples({"now": "2026-01-31", "bad": [case, case], "good": {"hosts": [{"asset": "a"}]}}, ("asset",))
    assert problems == []
    assert [case.name for case in examples.cases] == ["bad 1", "bad 2", "good"]


def test_every_row_has_an_evidence() -> None:
    case, _ = read({"hosts": [{"asset": "a"}, {"asset": "b", "evidence": "x:9"}], "fails": [["a", 1]]})
    assert [row.evidence for row in case.rows] == ["hosts:1", "x:9"]
