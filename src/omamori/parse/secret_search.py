"""Finds the lines of a text that may hold a secret, by searching the whole text for each word once.

Most of a large evidence (the bytes of a registry export, say) holds no such word: no line of it is looked at by itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from omamori.parse.secret_commands import COMMAND_NEEDLES, COMMANDS
from omamori.parse.secret_patterns import HASHES, KEYWORD_NEEDLES, NEEDLES, PHRASES, TOKENS, Shape

ALL_NEEDLES: tuple[str, ...] = tuple(sorted({*NEEDLES, *COMMAND_NEEDLES}))
"""Every word that makes a line worth a look, in lower case."""

SHAPES: tuple[Shape, ...] = (*HASHES, *TOKENS, *PHRASES, *COMMANDS)
"""The shapes of secrets in the order in which they are taken out."""

DULL = b"0123456789abcdefABCDEF,\\ \t\r"
"""Bytes of which no needle is made alone: a line of nothing else holds none."""

_KEYWORDS = frozenset(KEYWORD_NEEDLES)
_LONG_S = "\u017f"
"""Matches an `s` where case is ignored, but has no lower case of its own."""


def needles_of(line: str) -> frozenset[str]:
    """Return the needles in one line."""
    lower = line.lower()
    return frozenset(needle for needle in ALL_NEEDLES if needle in lower)


def lines_with_needles(lines: Sequence[str], raw: bytes | None = None) -> Mapping[int, frozenset[str]]:
    """Return the places of the lines that hold needles, in order, with these.

    `raw` holds the same lines as bytes of a code that contains ASCII, where there is one: it tells quickly which
    lines are dull.
    """
    places: Sequence[int] = range(len(lines))
    if raw is not None:
        places = [place for place, rest in enumerate(raw.translate(None, DULL).split(b"\n")) if rest]
    return find_lines(lines, places, ALL_NEEDLES)


def find_lines(lines: Sequence[str], places: Sequence[int], needles: Sequence[str]) -> Mapping[int, frozenset[str]]:
    """Return which of the lines at `places` hold some of `needles` (lower case) in any case, in order, with these."""
    # Lower case may be longer than upper case, so the places are counted in what is searched; bytes are searched faster than letters.
    text = "\n".join(map(lines.__getitem__, places)).lower().encode("utf-8", "surrogatepass")
    starts = [0, *accumulate(len(line) + 1 for line in text.split(b"\n"))]
    found: dict[int, list[str]] = {}
    for needle in needles:
        word = needle.encode()
        at = text.find(word)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            found.setdefault(number, []).append(needle)
            at = text.find(word, starts[number + 1])
    return {places[number]: frozenset(found[number]) for number in sorted(found)}


@lru_cache(maxsize=4096)
def shapes_for(needles: frozenset[str]) -> tuple[Shape, ...]:
    """Return the shapes that can match a line with these needles."""
    return tuple(shape for shape in SHAPES if any(needle in needles for needle in shape.needles))


def may_hold_keyword(needles: Collection[str], line: str) -> bool:
    """Whether the words before a separator (`password = …`) can stand in a line with these needles."""
    return not _KEYWORDS.isdisjoint(needles) or _LONG_S in line
