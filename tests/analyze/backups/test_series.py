"""How many generations, how far apart, which were missed, which are gone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from omamori.analyze.backups.series import series_of
from omamori.model.backup import BackupGeneration

NEWEST = datetime(2026, 6, 1, 1)


def at(*days: float, gone: bool = False, ok: bool | None = True, sizes: tuple[int, ...] = ()) -> list[BackupGeneration]:
    """Generations so many days before the newest."""
    return [
        BackupGeneration(
            asset="a",
            generation=f"{gone}{day}",
            finished=NEWEST - timedelta(days=day),
            ok=ok,
            gone=gone,
            size=sizes[place] if sizes else None,
        )
        for place, day in enumerate(days)
    ]


def test_a_nightly_series():
    series = series_of(at(0, 1, 2, 3, 4))
    assert (series.count, series.every, series.longest, series.gaps, series.gone) == (5, 1.0, 1.0, 0, 0)
    assert (series.newest, series.oldest) == (NEWEST, NEWEST - timedelta(days=4))


def test_a_missed_night_is_a_gap_and_old_ones_far_apart_are_none():
    assert series_of(at(0, 1, 2, 6, 7, 8)).gaps == 1
    assert series_of(at(0, 1, 2, 6, 7, 8)).longest == 4.0
    kept_by_days_weeks_and_months = series_of(at(0, 1, 2, 3, 4, 5, 6, 13, 20, 27, 57, 87, 117))
    assert (kept_by_days_weeks_and_months.gaps, kept_by_days_weeks_and_months.longest) == (0, 1.0)


def test_too_few_tell_no_rhythm():
    assert series_of([]).count == 0 and series_of([]).newest is None
    assert (series_of(at(0)).every, series_of(at(0)).gaps) == (None, None)
    assert (series_of(at(0, 3)).every, series_of(at(0, 3)).longest) == (None, 3.0)


def test_runs_that_were_not_completed_do_not_count():
    series = series_of([*at(1, 2, 3), *at(0, ok=False)])
    assert (series.count, series.newest) == (3, NEWEST - timedelta(days=1))


@pytest.mark.parametrize(
    ("there", "gone", "declared", "unexplained"),
    [
        ((0, 1, 2, 3, 4, 5, 6), (7, 8), 7, 0),
        ((0, 1, 2, 3, 4, 5, 6), (2.5, 4.5), None, 0),
        ((0, 1, 2, 3, 4, 5, 6), (1.5, 4.5), None, 1),
        ((1, 2, 3, 4), (0,), None, 1),
        ((0, 1), (2, 3, 4), None, 3),
        ((0, 1, 2), (3, 4, 5, 6, 7), None, 2),
        ((0, 1, 2, 3), (4, 5, 6), 7, 3),
        ((), (1, 2), None, 2),
        ((0, 1, 2, 3), (), 30, 0),
    ],
)
def test_what_is_gone_beyond_the_usual_order_of_keeping(there, gone, declared, unexplained):
    assert series_of([*at(*there), *at(*gone, gone=True)], declared).gone == unexplained


def test_the_size_is_held_against_those_before():
    assert series_of(at(0, 1, 2, 3, sizes=(30, 100, 100, 110))).size_ratio == pytest.approx(0.3)
    assert series_of(at(0, 1, sizes=(30, 100))).size_ratio is None
    assert series_of(at(0, 1, 2, sizes=(5, 0, 0))).size_ratio is None
