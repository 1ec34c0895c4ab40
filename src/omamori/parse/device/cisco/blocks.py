"""Lines of a configuration → statements, each with those that stand under it (by indentation)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from omamori.parse.windows.lines import Line

_DEPTH = 6
"""Deeper than any device indents; what lies deeper stands at this depth."""
_FREE = ("description", "remark", "banner", "name", "ldap", "motd")
"""Commands whose text may hold an exclamation mark."""
_WORDS = re.compile(r"\[secret: [^\]]{0,60}\]|\S+")
_BANNER = re.compile(
    r"^\s{0,20}(?:banner\s+(?:motd|login|exec|incoming|slip-ppp|prompt-timeout)|menu\s+\S{1,40}\s+title|vstack\s+\S+)\s+(?P<rest>\S.*)$"
)
_NOISE = re.compile(
    r"^(?:building configuration|current configuration|using \d+ out of|\[ok\]|cryptochecksum|: (?:saved|hardware|written|end|serial)|ntp clock-period|"
    r"!|#|: ?$|load for five|time source is|last configuration change|-+ show)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A line of a configuration: its number, its words, and the statements below it."""

    number: int
    text: str
    words: tuple[str, ...]
    inner: tuple[Statement, ...] = ()

    def word(self, place: int) -> str:
        """Return a word in lower case; empty where there is none."""
        return self.words[place].lower() if place < len(self.words) else ""

    def starts(self, *words: str) -> bool:
        """Whether it begins with these words."""
        return all(self.word(place) == word for place, word in enumerate(words))

    def after(self, place: int) -> str:
        """Return the words from `place` on."""
        return " ".join(self.words[place:])


@dataclass(slots=True)
class _Open:
    line: Line
    indent: int
    inner: list[Statement] = field(default_factory=list)


def statements(lines: Sequence[Line], *, banners: bool) -> tuple[Statement, ...]:
    """Return the statements of a configuration. `banners`: a banner begins with a sign and ends with it, lines later (Cisco IOS)."""
    done: list[Statement] = []
    open_: list[_Open] = []

    def close(down_to: int) -> None:
        while open_ and open_[-1].indent >= down_to:
            last = open_.pop()
            made = _statement(last.line, tuple(last.inner))
            (open_[-1].inner if open_ else done).append(made)

    for line in _without_banners(lines) if banners else lines:
        text = line.text.strip()
        if not text or _NOISE.match(text):
            continue
        indent = len(line.text) - len(line.text.lstrip())
        close(indent)
        if len(open_) >= _DEPTH:
            close(open_[-1].indent)
        open_.append(_Open(line, indent))
    close(0)
    return tuple(done)


def _statement(line: Line, inner: tuple[Statement, ...]) -> Statement:
    text = line.text.strip()
    words = _WORDS.findall(text)
    if "!" in text and words[0].lower() not in _FREE and not (len(words) > 2 and words[2].lower() == "remark"):
        cut = next((place for place, word in enumerate(words) if place and word.startswith("!")), None)
        words = words[:cut]
    return Statement(line.number, text, tuple(words), inner)


def _without_banners(lines: Sequence[Line]) -> Iterator[Line]:
    """Leave out the text of banners; one that never ends is left as it stands, so that it hides nothing."""
    at = 0
    while at < len(lines):
        line = lines[at]
        yield line
        at += 1
        found = _BANNER.match(line.text)
        if found is None:
            continue
        rest = found["rest"]
        sign = "^C" if rest.startswith("^C") else rest[:1]
        if sign in rest[len(sign) :]:
            continue
        end = next((place for place in range(at, min(at + 400, len(lines))) if sign in lines[place].text), None)
        if end is not None:
            at = end + 1


def walk(found: Sequence[Statement]) -> Iterator[Statement]:
    """Every statement, each before those under it."""
    for one in found:
        yield one
        yield from walk(one.inner)
