from __future__ import annotations

from datetime import date, datetime

import pytest

from omamori.evaluate.wording import LONGEST, clean, fields, fill, finding_key, key_part, reason_words, say
from omamori.model.text import Text


@pytest.mark.parametrize(
    ("value", "kind", "ja", "en"),
    [
        (None, "TIMESTAMP", "記録なし", "never"),
        (None, "DATE", "記録なし", "never"),
        (None, "VARCHAR", "なし", "none"),
        (True, "BOOLEAN", "はい", "yes"),
        (False, "BOOLEAN", "いいえ", "no"),
        (datetime(2026, 1, 31), "TIMESTAMP", "2026-01-31", "2026-01-31"),
        (datetime(2026, 1, 31, 9, 5), "TIMESTAMP", "2026-01-31 09:05", "2026-01-31 09:05"),
        (date(2026, 1, 31), "DATE", "2026-01-31", "2026-01-31"),
        (2.50, "DOUBLE", "2.5", "2.5"),
        (["a", None], "VARCHAR[]", "a, なし", "a, none"),
    ],
)
def test_values_are_said_as_words(value: object, kind: str, ja: str, en: str) -> None:
    assert (say(value, kind, "ja"), say(value, kind, "en")) == (ja, en)


def test_a_message_holds_columns_and_nothing_of_a_value_is_read_again() -> None:
    text = Text("{asset}と{port}", "{asset} and {port}")
    assert fields(text) == {"asset", "port"}
    assert fill(text, {"asset": "{port}", "port": None}, {"asset": "VARCHAR", "port": "BIGINT"}) == Text("{port}となし", "{port} and none")


def test_a_value_is_one_short_line() -> None:
    assert clean("a\r\nb\x1b[0m\u202ec") == "a b [0m c"
    assert len(clean("x" * 5000)) == LONGEST


def test_a_key_is_the_same_in_every_language() -> None:
    row = {"a": None, "b": True, "c": datetime(2026, 1, 31), "d": 2.0, "e": "x"}
    assert finding_key(row, tuple("abcde")) == "none | true | 2026-01-31 | 2 | x"
    assert key_part(datetime(2026, 1, 31, 1)) == "2026-01-31 01:00:00"


def test_reasons_have_words() -> None:
    assert reason_words("too_old").en == "the evidence is too old"
    assert reason_words(None).en == "not collected yet"
    assert reason_words("odd") == Text("odd", "odd")
