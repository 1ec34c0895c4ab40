"""Every doubt says what to confirm, in both languages."""

from __future__ import annotations

from omamori.analyze.windows_updates.words import DOUBTS, doubt_text


def test_every_doubt_is_said_in_both_languages() -> None:
    assert all(text.ja and text.en and not text.ja.endswith("。") and not text.en.endswith(".") for text in DOUBTS.values())


def test_several_reasons_are_one_text_each_once() -> None:
    assert doubt_text(()) is None
    text = doubt_text(("framework", "list_incomplete", "framework"))
    assert text is not None and text.en == f"{DOUBTS['framework'].en}; {DOUBTS['list_incomplete'].en}"
