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
    by_text: dict[str, list[int]] = {}
    for place in places:
        by_text.setdefault(lines[place], []).append(place)
    # Lower case may be longer than upper case, so the places are counted in what is searched; bytes are searched faster than letters.
    text = "\n".join(by_text).lower().encode("utf-8", "surrogatepass")
    starts = [0, *accumulate(len(line) + 1 for line in text.split(b"\n"))]
    found: dict[int, list[str]] = {}
    there: set[str] = set()
    for needle, part in _with_parts(tuple(needles)):
        word = needle.encode()
        # Where a part of it is nowhere, it is not either.
        at = text.find(word) if not part or part in there else -1
        while at >= 0:
            there.add(needle)
            number = bisect_right(starts, at) - 1
            found.setdefault(number, []).append(needle)
            at = text.find(word, starts[number + 1])
    held = {place: frozenset(found[number]) for number, same in enumerate(by_text.values()) if number in found for place in same}
    return dict(sorted(held.items()))


@lru_cache(maxsize=8)
def _with_parts(needles: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return needles, the shortest first, each with the shortest other one that is a part of it (empty: none is)."""
    ordered = sorted(needles, key=len)
    return tuple((needle, next((other for other in ordered if other != needle and other in needle), "")) for needle in ordered)


@lru_cache(maxsize=4096)
def shapes_for(needles: frozenset[str]) -> tuple[Shape, ...]:
    """Return the shapes that can match a line with these needles."""
    return tuple(shape for shape in SHAPES if any(needle in needles for needle in shape.needles))


def may_hold_keyword(needles: Collection[str], line: str) -> bool:
    """Whether the words before a separator (`password = …`) can stand in a line with these needles."""
    return not _KEYWORDS.isdisjoint(needles) or _LONG_S in line
