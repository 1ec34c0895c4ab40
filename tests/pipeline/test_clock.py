"""Moments are UTC without zone inside."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.pipeline.clock import local_zone, parse_moment, utc_now


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-06-01", datetime(2026, 6, 1)),
        ("2026-06-01T12:30:00", datetime(2026, 6, 1, 12, 30)),
        ("2026-06-01T12:30:00Z", datetime(2026, 6, 1, 12, 30)),
        ("2026-06-01T12:30:00+09:00", datetime(2026, 6, 1, 3, 30)),
    ],
)
def test_moments_are_read_as_utc(text: str, moment: datetime) -> None:
    assert parse_moment(text) == moment


def test_words_are_no_moment() -> None:
    with pytest.raises(ValueError, match="yesterday"):
        parse_moment("yesterday")


def test_now_has_no_zone_and_no_fraction() -> None:
    assert utc_now().tzinfo is None and utc_now().microsecond == 0
    assert datetime.now(local_zone()).utcoffset() is not None
