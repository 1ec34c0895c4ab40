"""Small parts of all papers: names in a row, texts cut to a width, days."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from omamori.model.text import Language, Text
from omamori.report.labels import LABELS
from omamori.report.moments import shown
from omamori.report.words import SEVERITIES, SEVERITY

_END = re.compile(r"。|[.!?](?=\s)")


def width(text: str) -> int:
    """Return the width of a text in half characters: a Japanese one counts two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)


def cut(text: str, most: int) -> str:
    """Return a text cut to `most` half characters, with … where something was cut."""
    if width(text) <= most:
        return text
    kept, used = [], 2
    for one in text:
        used += width(one)
        if used > most:
            break
        kept.append(one)
    return "".join(kept).rstrip() + "…"


def sentences(text: str, most: int) -> str:
    """Return the sentences from the start that fit into `most` half characters; where not even one does, it is cut."""
    flat = " ".join(text.split())
    ends = [found.end() for found in _END.finditer(flat + " ") if width(flat[: found.end()].rstrip()) <= most]
    return flat[: ends[-1]].rstrip() if ends else cut(flat, most)


def names(subjects: Sequence[str], most: int, language: Language, longest: int = 40) -> str:
    """Return the first `most` subjects in a row, each at most `longest` half characters, and how many more there are."""
    told = [LABELS["site_subject"].say(language) if one == "site" else cut(one, longest) for one in subjects[:most]]
    joined = ("、" if language == "ja" else ", ").join(told)
    rest = len(subjects) - most
    if rest <= 0:
        return joined
    return f"{joined} ほか {rest} 件" if language == "ja" else f"{joined} and {rest} more"


def day(moment: datetime | None, zone: tzinfo) -> str:
    """Return the day of a moment in `zone`, `2026-06-01`; empty for None."""
    return shown(moment, zone)[:10]


def written(value: date | None) -> str:
    """Return a day a person wrote; empty for None."""
    return value.isoformat() if value else ""


def severities(counts: Sequence[int], language: Language) -> list[dict[str, str]]:
    """Return the severities that occur, gravest first, with their counts, for the template."""
    return [
        {"code": code, "label": SEVERITY[code].say(language), "count": str(count)}
        for code, count in zip(SEVERITIES, counts, strict=True)
        if count
    ]


def said(texts: dict[str, Text], language: Language) -> dict[str, str]:
    """Return words in one language."""
    return {name: text.say(language) for name, text in texts.items()}
