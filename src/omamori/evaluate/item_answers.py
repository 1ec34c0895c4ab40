"""What is wrong with the answers on a sheet: rounds, dates and the fiscal year (1 April to 31 March)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from omamori.knowledge.editions import Edition, fiscal_year
from omamori.model.standard import ItemAnswer
from omamori.model.text import Text


def edition_year(edition: Edition, today: date) -> int:
    """Return the fiscal year an edition is filled in for: today's, or the nearest one the edition holds for."""
    year = fiscal_year(today)
    if edition.valid_until is not None:
        year = min(year, fiscal_year(edition.valid_until))
    if edition.valid_from is not None:
        year = max(year, fiscal_year(edition.valid_from))
    return year


def in_rounds(answers: Sequence[ItemAnswer]) -> tuple[ItemAnswer, ...]:
    """Return the answers to one item in the order of their rounds, the newest last."""
    return tuple(sorted(answers, key=lambda one: (one.round, one.answered_on or date.min)))


def newest(answers: Sequence[ItemAnswer]) -> ItemAnswer | None:
    """Return the answer of the newest round that has one."""
    return next((one for one in reversed(in_rounds(answers)) if one.answer is not None), None)


def answer_problems(answers: Sequence[ItemAnswer], edition: Edition, today: date) -> tuple[Text, ...]:
    """Return what is wrong with one person's answers to one item, round by round."""
    given = in_rounds(answers)
    found = [text for one in given for text in _of_round(one, edition, today)]
    answered = [one for one in given if one.answer is not None]
    if answered and all(one.round > 1 for one in answered):
        found.append(Text("1回目の記入がありません", "the first round is not filled in"))
    for before, after in pairwise(answered):
        if before.answered_on and after.answered_on and after.answered_on < before.answered_on:
            found.append(
                Text(
                    f"{after.round}回目の確認日 {after.answered_on} が、{before.round}回目({before.answered_on})より前です",
                    f"round {after.round} was confirmed on {after.answered_on}, before round {before.round} ({before.answered_on})",
                )
            )
    last = newest(answers)
    if last is not None and last.answer == "no" and last.target_date is not None and last.target_date < today:
        found.append(Text(f"目標日 {last.target_date} を過ぎています", f"the target date {last.target_date} has passed"))
    return tuple(found)


def _of_round(one: ItemAnswer, edition: Edition, today: date) -> Iterator[Text]:
    ja, en = f"{one.round}回目: ", f"round {one.round}: "
    year = edition_year(edition, today)
    if one.answer is None:
        if one.answered_on is not None:
            yield Text(f"{ja}確認日がありますが、回答がありません", f"{en}there is a date, but no answer")
        return
    if one.answered_on is None:
        yield Text(f"{ja}確認日がありません", f"{en}the day it was confirmed is not given")
    elif one.answered_on > today:
        yield Text(f"{ja}確認日 {one.answered_on} が先の日付です", f"{en}the day it was confirmed, {one.answered_on}, is still to come")
    elif fiscal_year(one.answered_on) not in (year, _this_year(edition, today)):
        yield Text(
            f"{ja}確認日 {one.answered_on} は{year}年度({year}-04-01~{year + 1}-03-31)の日付ではありません",
            f"{en}{one.answered_on} is not a day of fiscal year {year} ({year}-04-01 to {year + 1}-03-31)",
        )
    if not one.answered_by:
        yield Text(f"{ja}記入した人の名前がありません", f"{en}nobody's name stands beside the answer")
    if one.answer == "no":
        yield from _target(one, fiscal_year(one.answered_on) if one.answered_on else year, ja, en)


def _this_year(edition: Edition, today: date) -> int | None:
    """Return today's year where the edition ended before it: nobody has this year's, the sheet's first line says so, and people answer on what there is."""
    return fiscal_year(today) if edition.valid_until is not None and edition.valid_until < today else None


def _target(one: ItemAnswer, year: int, ja: str, en: str) -> Iterator[Text]:
    if one.target_date is None:
        yield Text(f"{ja}「いいえ」ですが、目標日がありません", f"{en}the answer is no, and there is no target date")
        return
    if fiscal_year(one.target_date) != year:
        yield Text(
            f"{ja}目標日 {one.target_date} が{year}年度({year}-04-01~{year + 1}-03-31)の中にありません",
            f"{en}the target date {one.target_date} does not lie in fiscal year {year} ({year}-04-01 to {year + 1}-03-31)",
        )
    if one.answered_on is not None and one.target_date < one.answered_on:
        yield Text(f"{ja}目標日 {one.target_date} が確認日より前です", f"{en}the target date {one.target_date} lies before the answer")
