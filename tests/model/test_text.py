from __future__ import annotations

from omamori.model.text import LANGUAGES, Text, values


def test_a_text_is_said_in_either_language() -> None:
    text = Text("証拠", "evidence")
    assert [text.say(language) for language in LANGUAGES] == ["証拠", "evidence"]


def test_value_lists_keep_their_order() -> None:
    found = values(("b", "乙", "second"), ("a", "甲", "first"))
    assert [(value.code, value.label.ja, value.label.en) for value in found] == [("b", "乙", "second"), ("a", "甲", "first")]
