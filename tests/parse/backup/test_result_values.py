from __future__ import annotations

from datetime import UTC, datetime

from omamori.model.backup import TARGET_KINDS
from omamori.parse.backup.result_values import MOST, ResultReading, day_end, no_later
from omamori.parse.lined_yaml import Lined, read_lined


def read(text: str) -> tuple[ResultReading, Lined]:
    return ResultReading(), read_lined(text, words=True)


def test_nothing_and_null_are_not_known() -> None:
    reading, values = read('{"a": null, "b": "", "c": "null"}')
    for key in "abcd":
        assert reading.said(values, key) is None and reading.maybe(values, key) is None and reading.count(values, key) is None
        assert reading.when(values, key, UTC) is None and reading.choice(values, key, TARGET_KINDS) is None
        assert reading.items(values, key) == [] and reading.names(values, key) == ()
    assert reading.mistakes == []


def test_values() -> None:
    reading, values = read('{"yes": はい, "no": false, "n": "1,234", "day": 2026-11-29, "at": "2026-11-29T02:00:00+09:00", "who": [a, b]}')
    assert (reading.maybe(values, "yes"), reading.maybe(values, "no"), reading.count(values, "n")) == (True, False, 1234)
    assert reading.when(values, "day", UTC) == datetime(2026, 11, 29)
    assert reading.when(values, "at", UTC) == datetime(2026, 11, 28, 17)
    assert reading.names(values, "who") == ("a", "b") and reading.mistakes == []


def test_lists_have_an_end() -> None:
    reading, values = read("{a: [" + "{}," * (MOST + 1) + "]}")
    assert len(reading.items(values, "a")) == MOST and len(reading.mistakes) == 1


def test_days() -> None:
    assert day_end(2026, 11, 29, UTC) == datetime(2026, 11, 29, 23, 59, 59)
    assert no_later(None, datetime(2026, 1, 1)) and no_later(datetime(2026, 1, 1, 20), datetime(2026, 1, 1))
    assert not no_later(datetime(2026, 1, 3), datetime(2026, 1, 1))
