"""Words inside the JSON of a record."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.look.words import as_json, hidden_words, plain_words, without_secrets


@given(st.text(st.characters(codec="utf-8")))
def test_both_ways_of_writing_are_json_of_the_same_words(words: str) -> None:
    assert json.loads(plain_words(words)) == json.loads(hidden_words(words)) == without_secrets(words)
    assert not any(
        char.isascii() and char.isalpha()
        for char in hidden_words(words).replace("\\u", "").replace("\\n", "")
        if char not in "abcdef\\nrtbf"
    )


def test_values_are_json() -> None:
    value = {"a": [1, None, True, 0.5, "x=y"], "b": {"c": ()}}
    assert json.loads(as_json(value)) == {"a": [1, None, True, 0.5, "x=y"], "b": {"c": []}}


def test_lone_surrogates_do_not_stop_it() -> None:
    assert json.loads(plain_words("a\udc80b")) == "a?b"
