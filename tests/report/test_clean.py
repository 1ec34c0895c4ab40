from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from omamori.report.clean import clean

ANY_TEXT = st.text(st.characters(codec=None), max_size=300)


def test_what_could_act_is_shown_instead() -> None:
    assert clean("\x1b[2Jpwned\x07") == "␛[2Jpwned␇"
    assert clean("pc\u202egnp.exe") == "pc[U+202E]gnp.exe"
    assert clean("a\tb\r\nc") == "a b c"
    assert clean("one\r\ntwo", keep_lines=True) == "one\ntwo"
    assert clean("\ud800\ufffe\x9b31m") == "[U+D800][U+FFFE][U+009B]31m"


def test_plain_japanese_stays() -> None:
    assert clean("電子カルテサーバ1(本館2階)") == "電子カルテサーバ1(本館2階)"


@given(ANY_TEXT)
def test_nothing_hidden_is_left_and_twice_is_once(text: str) -> None:
    cleaned = clean(text)
    assert not {unicodedata.category(character) for character in cleaned} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned


@given(ANY_TEXT, st.integers(1, 50))
def test_the_limit_holds(text: str, limit: int) -> None:
    assert len(clean(text, limit)) <= limit
