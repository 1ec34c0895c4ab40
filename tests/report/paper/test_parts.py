"""Texts cut to a width, names in a row."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from omamori.model.text import Text
from omamori.report.paper.parts import cut, day, names, said, sentences, severities, width, written


@given(st.text(), st.integers(2, 60))
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, most: int) -> None:
    short = cut(text, most)
    assert width(short) <= most
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


def test_whole_sentences_are_kept_where_they_fit() -> None:
    text = "更新してください。すぐにできないときは止めてください。"
    assert sentences(text, 100) == text
    assert sentences(text, 30) == "更新してください。"
    assert sentences(text, 10) == "更新して…"
    assert sentences("Use 3.5 or newer. Ask the vendor.", 20) == "Use 3.5 or newer."
    assert sentences("no full stop", 60) == "no full stop"


def test_names_count_what_they_leave_out() -> None:
    assert names(["a", "b", "c", "d"], 2, "ja") == "a、b ほか 2 件"
    assert names(["a", "b", "c", "d"], 2, "en") == "a, b and 2 more"
    assert names(["site"], 3, "ja") == "病院全体"
    assert names([], 3, "en") == ""
    assert width(names(["長い" * 50], 1, "ja", 20)) <= 20


def test_days_and_severities() -> None:
    assert day(datetime(2026, 6, 1, 23, 0), UTC) == "2026-06-01"
    assert (day(None, UTC), written(None), written(date(2026, 1, 2))) == ("", "", "2026-01-02")
    assert [one["code"] for one in severities((1, 0, 2, 0), "ja")] == ["critical", "medium"]
    assert said({"a": Text("あ", "a")}, "ja") == {"a": "あ"}
