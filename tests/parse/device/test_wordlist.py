"""Words of a text."""

from __future__ import annotations

from omamori.parse.device.wordlist import words


def test_words() -> None:
    assert words("a b  c a") == {"a", "b", "c"}
