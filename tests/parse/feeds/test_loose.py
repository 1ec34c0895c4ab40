"""Values out of JSON: another type than expected is as if it were not there."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.feeds import loose
from omamori.parse.feeds.interface import FeedError

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(ANY)
def test_any_value_gives_the_type_asked_for(value):
    assert isinstance(loose.mapping(value, "a", "b"), dict)
    assert all(isinstance(one, dict) for one in loose.objects(value))
    assert all(isinstance(one, str) for one in loose.words(value))
    assert isinstance(loose.text(value), str)
    assert loose.score(value) is None or 0 <= loose.score(value) <= 10
    assert loose.day(value) is None or isinstance(loose.day(value), date)


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
def test_days(value, expected):
    assert loose.day(value) == expected


def test_texts_lose_what_cannot_be_stored_and_flaws_are_told_once():
    assert loose.text(" a\0b\ud800 ") == "ab?"
    assert loose.score("7.5") == 7.5 and loose.score(True) is None and loose.score("11") is None and loose.score("nan") is None
    assert loose.flaws(["cve-2024-0001", "CVE-2024-0001", "CWE-79", "CVE-24-1"]) == ["CVE-2024-0001"]
    assert loose.objects([{"a": 1}, [{"b": 2}, 3], "x"]) == [{"a": 1}, {"b": 2}]


@pytest.mark.parametrize(
    "data", [b"", b"[1]", b'{"a": ', b"\xff\xfe{", b'{"a":' + b"[" * 200_000, b'{"a": 1' + b"0" * 10_000 + b"}", b"<html>"]
)
def test_what_is_no_json_object_is_refused_in_one_line(data):
    with pytest.raises(FeedError) as raised:
        loose.document(io.BytesIO(data))
    assert "\n" not in raised.value.text.en and "\n" not in raised.value.text.ja


def test_a_file_beyond_every_advisory_is_refused(monkeypatch):
    monkeypatch.setattr(loose, "MAX_BYTES", 10)
    with pytest.raises(FeedError, match="larger"):
        loose.document(io.BytesIO(b'{"a": "0123456789"}'))
