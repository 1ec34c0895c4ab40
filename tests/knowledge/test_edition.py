from __future__ import annotations

from datetime import date

import pytest

from omamori.knowledge.edition import Edition
from omamori.model.text import Text

WORDS = Text("言葉", "words")


def edition(first: date | None, last: date | None) -> Edition:
    return Edition("checklist/x", "checklist", "x", "hospital", WORDS, WORDS, WORDS, "draft", first, last, ())


@pytest.mark.parametrize(
    ("first", "last", "day", "holds"),
    [
        (date(2025, 4, 1), date(2026, 3, 31), date(2025, 3, 31), False),
        (date(2025, 4, 1), date(2026, 3, 31), date(2025, 4, 1), True),
        (date(2025, 4, 1), date(2026, 3, 31), date(2026, 3, 31), True),
        (date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1), False),
        (date(2025, 4, 1), None, date(2099, 1, 1), True),
        (None, date(2026, 3, 31), date(1999, 1, 1), True),
        (None, None, date(2026, 1, 1), True),
    ],
)
def test_first_and_last_day_belong_to_it(first: date | None, last: date | None, day: date, holds: bool) -> None:
    assert edition(first, last).holds_on(day) is holds
    assert list(edition(first, last).items()) == []
