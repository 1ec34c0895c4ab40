"""When a line may be used: read as people write it, refused where a part is not understood."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.model.service_window import ANYTIME, DAY, read_window

TUESDAY = datetime(2026, 1, 27, 13)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Tue 13:00-17:00", ((1, 780, 1020),)),
        ("tuesday 13:00 - 17:00", ((1, 780, 1020),)),
        ("火 13:00-17:00", ((1, 780, 1020),)),
        ("火曜日 １３時〜１７時", ((1, 780, 1020),)),
        ("火曜 13時から17時半まで", ((1, 780, 1050),)),
        ("月・水 9:00-12:00", ((0, 540, 720), (2, 540, 720))),
        ("月水 9:00-12:00", ((0, 540, 720), (2, 540, 720))),
        ("Mon-Wed 9:00-10:00", tuple((day, 540, 600) for day in range(3))),
        ("土-月 9:00-10:00", tuple((day, 540, 600) for day in (0, 5, 6))),
        ("Mon 9:00-10:00, Thu 22:00-6:00", ((0, 540, 600), (3, 1320, DAY + 360))),
        ("平日 9:00-17:00", tuple((day, 540, 1020) for day in range(5))),
        ("weekends", tuple((day, 0, DAY) for day in (5, 6))),
        ("0:00-24:00", tuple((day, 0, DAY) for day in range(7))),
    ],
)
def test_windows_are_read_as_people_write_them(text, spans):
    found = read_window(text)
    assert found is not None
    assert found.spans == spans


@pytest.mark.parametrize(
    "text",
    [None, "", "  ", "第2火曜", "Tue 25:00-26:00", "Tue 9:61-10:00", "9:00-9:00", "Tue 13:00-17:00, soon", "x" * 5000, "月火x 9:00-10:00"],
)
def test_what_is_not_understood_as_a_whole_is_no_window(text):
    assert read_window(text) is None


@pytest.mark.parametrize("text", ["anytime", "いつでも", "常時", "24/7", "毎日", "０:００～２４:００"])
def test_anytime_covers_the_week(text):
    assert read_window(text) == ANYTIME
    assert ANYTIME.anytime


def test_inside_and_outside_also_over_midnight():
    window = read_window("Tue 13:00-17:00, Thu 22:00-6:00")
    assert window is not None
    assert not window.anytime
    inside = [datetime(2026, 1, 27, 13), datetime(2026, 1, 27, 16, 59), datetime(2026, 1, 29, 23), datetime(2026, 1, 30, 5, 59)]
    outside = [
        datetime(2026, 1, 27, 12, 59),
        datetime(2026, 1, 27, 17),
        datetime(2026, 1, 28, 13),
        datetime(2026, 1, 29, 5),
        datetime(2026, 1, 30, 6),
    ]
    assert [window.holds(moment) for moment in inside] == [True] * 4
    assert [window.holds(moment) for moment in outside] == [False] * 5


def test_on_call_is_a_window_no_clock_can_tell():
    window = read_window("都度")
    assert window is not None
    assert (window.on_call, window.anytime, window.holds(TUESDAY)) == (True, False, None)
