"""Rounds, dates and the fiscal year of answers, around 31 March."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from omamori.evaluate.item_answers import answer_problems, edition_year, newest
from omamori.knowledge.editions import Edition
from omamori.model.standard import ItemAnswer
from omamori.model.text import Text

WORDS = Text("x", "x")
TODAY = date(2026, 3, 31)


def edition(since: date | None = date(2025, 4, 1), until: date | None = date(2026, 3, 31)) -> Edition:
    return Edition("checklist/x-hospital", "checklist", "x", "hospital", WORDS, WORDS, WORDS, "draft", since, until, ())


def said(answer: str | None = "yes", on: date | None = date(2025, 6, 1), by: str | None = "山田", **more: Any) -> ItemAnswer:
    return ItemAnswer(answer=answer, answered_on=on, answered_by=by, **more)


def problems(*answers: ItemAnswer, today: date = TODAY, which: Edition | None = None) -> list[str]:
    found = answer_problems(answers, which or edition(), today)
    assert all(text.ja and text.en for text in found)
    return [text.en for text in found]


def test_the_year_of_an_edition_is_todays_as_far_as_it_holds() -> None:
    assert edition_year(edition(), date(2026, 3, 31)) == 2025
    assert edition_year(edition(), date(2026, 4, 1)) == 2025, "last year's edition is filled in for last year"
    assert edition_year(edition(), date(2025, 3, 31)) == 2025
    assert edition_year(edition(until=None), date(2026, 4, 1)) == 2026
    assert edition_year(edition(since=None, until=None), date(2020, 1, 1)) == 2019


@pytest.mark.parametrize(
    ("target", "wrong"),
    [(date(2026, 3, 31), False), (date(2026, 4, 1), True), (date(2025, 6, 1), False), (date(2025, 4, 1), True), (date(2025, 3, 31), True)],
)
def test_a_target_lies_between_the_answer_and_the_end_of_its_fiscal_year(target: date, wrong: bool) -> None:
    assert bool(problems(said("no", target_date=target), today=date(2025, 6, 1))) is wrong


@pytest.mark.parametrize(
    ("on", "wrong"),
    [(date(2025, 3, 31), True), (date(2025, 4, 1), False), (date(2026, 3, 31), False), (date(2026, 4, 1), True)],
)
def test_an_answer_is_of_the_editions_year_and_not_of_the_future(on: date, wrong: bool) -> None:
    assert bool(problems(said(on=on))) is wrong
    assert bool(problems(said(on=on), today=date(2027, 5, 1))) is wrong


def test_where_nobody_has_this_years_edition_last_years_is_answered_today() -> None:
    """The first line of the sheet says that it is last year's: not each of its items again."""
    assert problems(said(on=date(2026, 4, 1)), today=date(2026, 5, 1)) == []
    assert len(problems(said(on=date(2025, 3, 31)), today=date(2026, 5, 1))) == 1


def test_an_edition_without_end_wants_this_years_answer() -> None:
    without_end = edition(until=None)
    assert problems(said(on=date(2026, 3, 31)), today=date(2026, 3, 31), which=without_end) == []
    assert len(problems(said(on=date(2026, 3, 31)), today=date(2026, 4, 1), which=without_end)) == 1


def test_the_target_of_a_late_answer_is_measured_by_the_answers_own_year() -> None:
    without_end = edition(until=None)
    answer = said("no", on=date(2026, 4, 1), target_date=date(2027, 3, 31))
    assert problems(answer, today=date(2026, 4, 2), which=without_end) == []
    answer = said("no", on=date(2026, 3, 31), target_date=date(2026, 4, 1))
    assert len(problems(answer, today=date(2026, 3, 31), which=without_end)) == 1


@pytest.mark.parametrize(
    ("answers", "word"),
    [
        ((said("no"),), "no target date"),
        ((said("no", target_date=date(2025, 9, 1)),), "has passed"),
        ((said(by=None),), "nobody's name"),
        ((said(by=""),), "nobody's name"),
        ((said(on=None),), "the day it was confirmed is not given"),
        ((said(None),), "there is a date, but no answer"),
        ((said(round=2),), "the first round is not filled in"),
        ((said(None, on=None, by=None), said(round=2)), "the first round is not filled in"),
        ((said(on=date(2025, 7, 1)), said(round=2)), "before round 1"),
    ],
)
def test_each_gap_is_told_once(answers: tuple[ItemAnswer, ...], word: str) -> None:
    (found,) = problems(*answers)
    assert word in found


def test_a_good_sheet_and_an_empty_one_have_nothing_to_tell() -> None:
    assert problems(said("no", target_date=date(2025, 12, 1)), said(on=date(2026, 1, 1), round=2)) == []
    assert problems() == []
    assert problems(said(None, on=None, by=None)) == []


def test_the_newest_round_with_an_answer_counts() -> None:
    rounds = (said(None, on=None, round=3), said("yes", round=2), said("no"))
    last = newest(rounds)
    assert last is not None
    assert (last.round, last.answer) == (2, "yes")
    assert newest(()) is None
