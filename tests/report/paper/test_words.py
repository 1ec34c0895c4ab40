"""The words of the papers: both languages, and every letter of ours is in the font."""

from __future__ import annotations

from importlib.resources import files

from omamori.model.text import Text
from omamori.report.labels import LABELS
from omamori.report.paper import render, word, words
from omamori.report.paper.fonts import carried_font
from omamori.report.words import DISCLAIMER, FORMULA, GLOSSARY


def texts() -> list[Text]:
    held = [*words.DIRECTOR.values(), *words.FULL.values(), *words.FIELDS.values(), *words.YES_NO_WORDS.values(), *LABELS.values()]
    held += [words.UNNAMED, words.OFFICER, words.LEFT_OUT, render.NO_TYPST, render.NO_FONT, word.NO_WORD, FORMULA, *DISCLAIMER]
    return held + [text for pair in GLOSSARY for text in pair] + [post for post, _ in words.SIGNERS]


def test_nothing_is_empty_in_one_language() -> None:
    assert [text for text in texts() if not (text.ja.strip() and text.en.strip())] == []


def test_the_font_has_every_letter_of_ours() -> None:
    font = carried_font()
    assert font is not None
    templates = "".join(path.read_text(encoding="utf-8") for path in files("omamori.report.paper").iterdir() if path.name.endswith(".typ"))
    used = set("".join(text.ja + text.en for text in texts()) + templates)
    assert used - font.characters <= {"\n"}
