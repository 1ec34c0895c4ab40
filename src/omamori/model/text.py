"""Text a user sees: always in both languages, side by side, so that neither can be forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or word in Japanese and English."""

    ja: str
    en: str

    def say(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.ja if language == "ja" else self.en


@dataclass(frozen=True, slots=True)
class Value:
    """One allowed value of a column: the code stored in the tables and its words."""

    code: str
    label: Text


def values(*triples: tuple[str, str, str]) -> tuple[Value, ...]:
    """Build a value list from (code, Japanese, English) triples."""
    return tuple(Value(code, Text(ja, en)) for code, ja, en in triples)
