"""Typed values out of JSON of unknown shape."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.feeds.json_values import LONGEST_TEXT, cve_id, day, items, number, obj, objects, text

WHOLE = {"a": {"b": {"c": 1}}, "list": [1, {"x": 2}, None], "word": " yes ", "five": "5.0", "large": 11, "true": True}


def test_each_kind_of_value() -> None:
    assert obj(WHOLE, "a", "b") == {"c": 1}
    assert obj(WHOLE, "word", "b") == {}
    assert items(WHOLE, "list") == [1, {"x": 2}, None]
    assert objects(WHOLE, "list") == [{"x": 2}]
    assert text(WHOLE, "word") == "yes"
    assert text({"long": "x" * LONGEST_TEXT * 2}, "long") == "x" * LONGEST_TEXT
    assert number(WHOLE, "five", 10) == 5.0
    assert number(WHOLE, "large", 10) is None
    assert number(WHOLE, "true", 10) is None


@pytest.mark.parametrize("value", [None, 1, "text", [], [[]], True, {"word": 1, "list": {}, "a": []}], ids=str)
def test_what_has_another_type_is_absent(value: Any) -> None:
    assert (obj(value, "a"), items(value, "list"), objects(value, "list"), text(value, "word")) == ({}, [], [], "")
    assert number(value, "a", 10) is None


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
    assert number({"a": written, "b": value}, "a", 1) in (None, *([float(written)] if number({"a": written}, "a", 1) is not None else []))
    found = number({"b": value}, "b", 1)
    assert found is None or 0 <= found <= 1
