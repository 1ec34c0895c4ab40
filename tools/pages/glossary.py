"""docs/glossary: the project's words (docs/glossary.yaml) and every list of values of the model."""

from __future__ import annotations

from pathlib import Path

import yaml

from omamori.model.tables import TABLES
from omamori.model.text import LANGUAGES, Language, Text, Value
from pages.markdown import code, name, page, table

WORDS = Path(__file__).resolve().parents[2] / "docs" / "glossary.yaml"
INTRO = Text(
    "同じものは、画面・報告書・文書・コードのどこでも同じ名前で呼びます。",
    "The same thing has the same name everywhere: on the screen, in the report, in documents and in code.",
)
WORD_HEAD = Text("言葉|English|意味", "Word|Japanese|Meaning")
VALUE_HEAD = Text("値|意味|English", "Value|Meaning|Japanese")


def pages() -> dict[str, str]:
    """Return the page in both languages."""
    return {name("glossary", language): _page(language) for language in LANGUAGES}


def _page(language: Language) -> str:
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    other: Language = "en" if language == "ja" else "ja"
    rows = [(word["word"][language], word["word"][other], word["means"][language]) for word in words]
    blocks = [INTRO.say(language), table(WORD_HEAD.say(language).split("|"), rows)]
    blocks.append(f"## {Text('値の一覧', 'Lists of values').say(language)}")
    for values, places in _value_lists().items():
        rows = [(code(value.code), value.label.say(language), value.label.say(other)) for value in values]
        blocks += [f"### {', '.join(code(place) for place in places)}", table(VALUE_HEAD.say(language).split("|"), rows)]
    return page(language, Text("用語集", "Glossary").say(language), *blocks)


def _value_lists() -> dict[tuple[Value, ...], list[str]]:
    """Return each list of values once, with the columns that use it."""
    found: dict[tuple[Value, ...], list[str]] = {}
    for described in TABLES.values():
        for column in described.columns:
            if column.values:
                found.setdefault(column.values, []).append(f"{described.name}.{column.name}")
    return found
