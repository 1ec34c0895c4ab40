"""Typed values out of JSON of unknown shape."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.feeds import json_values
from omamori.parse.feeds.json_values import MAX_TEXT, cve_id, day, listed, mapping, member, number, objects, text

WHOLE = {"a": {"b": {"c": 1}}, "list": [1, {"x": 2}, None], "word": " yes ", "five": "5.0", "large": 11, "true": True}


def test_each_kind_of_value() -> None:
    assert mapping(WHOLE, "a", "b") == {"c": 1}
    assert mapping(WHOLE, "word", "b") == {}
    assert listed(member(WHOLE, "list")) == [1, {"x": 2}, None]
    assert objects(member(WHOLE, "list")) == [{"x": 2}]
    assert text(member(WHOLE, "word")) == "yes"
    assert text("x" * MAX_TEXT * 2) == "x" * MAX_TEXT
    assert number(member(WHOLE, "five"), 10) == 5.0
    assert number(member(WHOLE, "large"), 10) is None
    assert number(member(WHOLE, "true"), 10) is None


@pytest.mark.parametrize("value", [None, 1, "text", [], [[]], True, {"word": 1, "list": {}, "a": []}], ids=str)
def test_what_has_another_type_is_absent(value: Any) -> None:
    assert mapping(value, "a") == {} and listed(member(value, "list")) == objects(member(value, "list")) == []
    assert text(member(value, "word")) == "" and number(member(value, "a"), 10) is None


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("2024-01-31", date(2024, 1, 31)),
        ("2024-01-31T20:15Z", date(2024, 1, 31)),
        ("2024-02-30", None),
        ("31/01/2024", None),
        ("0000-01-01", None),
        (20240131, None),
    ],
    ids=str,
)
def test_days(written: Any, found: date | None) -> None:
    assert day(written) == found


def test_identifiers_of_flaws() -> None:
    assert cve_id(" cve-2024-21762 ") == "CVE-2024-21762"
    assert [cve_id(text) for text in ("CVE-24-1", "CVE-2024-1", "CVE-2024-12345x", "", "CVE-2024-12345\n1")] == [""] * 5


@given(st.text(), st.floats())
def test_no_text_and_no_number_raises(written: str, value: float) -> None:
    assert cve_id(written) == "" or written.strip()
    assert number(written, 1) in (None, *([float(written)] if number(written, 1) is not None else []))
    found = number(value, 1)
    assert found is None or 0 <= found <= 1


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(ANY)
def test_any_value_gives_the_type_asked_for(value: Any) -> None:
    assert isinstance(json_values.mapping(value, "a", "b"), dict)
    assert all(isinstance(one, dict) for one in json_values.objects(value))
    assert all(isinstance(one, str) for one in json_values.words(value))
    assert isinstance(json_values.text(value), str)
    assert (found := json_values.score(value)) is None or 0 <= found <= 10
    assert json_values.day(value) is None or isinstance(json_values.day(value), date)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-02-08T00:00:00", date(2024, 2, 8)),
        ("2023-06-01T11:12+09:00", date(2023, 6, 1)),
        ("2024-02-30", None),
        ("20240208", None),
        (20240208, None),
        (date(2024, 1, 2), date(2024, 1, 2)),
    ],
)
def test_days_with_a_time_or_without_hyphens(value: Any, expected: date | None) -> None:
    assert day(value) == expected


def test_texts_lose_what_cannot_be_stored_and_flaws_are_told_once() -> None:
    assert json_values.text(" a\0b\ud800 ") == "ab?"
    assert (
        json_values.score("7.5") == 7.5
        and json_values.score(True) is None
        and json_values.score("11") is None
        and json_values.score("nan") is None
    )
    assert json_values.flaws(["cve-2024-0001", "CVE-2024-0001", "CWE-79", "CVE-24-1"]) == ["CVE-2024-0001"]
    assert json_values.objects([{"a": 1}, [{"b": 2}, 3], "x"]) == [{"a": 1}, {"b": 2}]
