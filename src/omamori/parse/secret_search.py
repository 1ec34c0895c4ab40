"""Finds the lines of a text that may hold a secret, by searching the whole text for all words at once.

Most of a large evidence (the bytes of a registry export, say) holds no such word: no line of it is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from ahocorasick_rs import BytesAhoCorasick, Implementation

from omamori.parse.secret_commands import COMMAND_NEEDLES, COMMANDS
from omamori.parse.secret_patterns import HASHES, KEYWORD_NEEDLES, NEEDLES, PHRASES, SEPARATORS, TOKENS, Shape

ALL_NEEDLES: tuple[str, ...] = tuple(sorted({*NEEDLES, *COMMAND_NEEDLES}))
"""Every word that makes a line worth a look, in lower case."""

SHAPES: tuple[Shape, ...] = (*HASHES, *TOKENS, *PHRASES, *COMMANDS)
"""The shapes of secrets in the order in which they are taken out."""

_KEYWORDS = frozenset(KEYWORD_NEEDLES)
_LONG_S = "\u017f"
"""Matches an `s` where case is ignored, but has no lower case of its own."""


_FOREIGN_CAPITALS = tuple((letter.encode(), letter.lower().encode()) for letter in "\u0130\u212a")
"""Letters whose lower case holds a plain letter; no other one has a needle's (a test looks)."""


def needles_of(line: str) -> frozenset[str]:
    """Return the needles in one line."""
    lower = line.lower()
    return frozenset(needle for needle in ALL_NEEDLES if needle in lower)


def find_lines(text: bytes, needles: tuple[str, ...] = ALL_NEEDLES) -> Mapping[int, frozenset[str]]:
    """Return which lines of `text` (counted from 0) hold some of `needles` (lower case) in any case, in order, with these.

    In: UTF-8, or what contains ASCII as that does. One pass over the text finds all needles at once (Aho and Corasick 1975).
    """
    low = text.lower()
    if not text.isascii():
        for letter, small in _FOREIGN_CAPITALS:
            low = low.replace(letter, small)
    found: dict[int, set[str]] = {}
    number = counted = 0
    hits = ((begin, needle) for needle, begin, _ in _searcher(needles).find_matches_as_indexes(low, overlapping=True))
    for begin, needle in sorted(hits):
        number += low.count(b"\n", counted, begin)
        counted = begin
        found.setdefault(number, set()).add(needles[needle])
    return {line: frozenset(words) for line, words in found.items()}


@lru_cache(maxsize=8)
def _searcher(needles: tuple[str, ...]) -> BytesAhoCorasick:
    return BytesAhoCorasick([needle.encode() for needle in needles], implementation=Implementation.DFA)


@lru_cache(maxsize=4096)
def shapes_for(needles: frozenset[str]) -> tuple[Shape, ...]:
    """Return the shapes that can match a line with these needles."""
    return tuple(shape for shape in SHAPES if any(needle in needles for needle in shape.needles))


def may_hold_keyword(needles: Collection[str], line: str) -> bool:
    """Whether the words before a separator (`password = …`) can stand in a line with these needles."""
    return (not _KEYWORDS.isdisjoint(needles) or _LONG_S in line) and any(sign in line for sign in SEPARATORS)
