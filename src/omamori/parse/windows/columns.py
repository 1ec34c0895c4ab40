"""Tables of fixed columns as consoles print them: cut by position, also where Japanese letters are two cells wide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

_WORD = re.compile(r"\S+")
_MAX_CELLS = 20_000


def width(text: str) -> int:
    """Number of console cells a text takes: East Asian wide letters take two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(map(_more, text))


@lru_cache(maxsize=4096)
def _more(letter: str) -> int:
    """Cells a letter takes beyond one."""
    return int(unicodedata.east_asian_width(letter) in "WF")


def cells(text: str) -> list[str]:
    """Return one entry per console cell; the second cell of a wide letter is empty."""
    if text.isascii():
        return list(text[:_MAX_CELLS])
    found: list[str] = []
    for letter in text[:_MAX_CELLS]:
        found.append(letter)
        if unicodedata.east_asian_width(letter) in "WF":
            found.append("")
    return found


def spans(line: str) -> list[tuple[int, int]]:
    """Return (start, end) of the words of a line, in letters."""
    return [(match.start(), match.end()) for match in _WORD.finditer(line)]


def cut(rows: Sequence[str], marks: Sequence[tuple[int, int]]) -> list[list[str]]:
    """Cut rows into as many values as there are `marks` (the places of headings or of the dashes below them).

    Between two marks the cut is at the last position where every row is blank: values may be longer than
    their heading on either side. Positions are letters or console cells: consoles pad by cells, PowerShell
    pads by letters when it writes into a file. What tears fewer values apart counts.
    """
    ways = [[list(row) for row in rows]]
    if not all(row.isascii() for row in rows):
        ways.append([cells(row) for row in rows])
    found = [_values(way, places) for way in ways if (places := _places(way, marks)) is not None]
    if not found:
        return _values(ways[0], [start for start, _ in marks[1:]])
    return min(found, key=lambda values: sum(not value or "  " in value for row in values for value in row))


def _values(rows: Sequence[Sequence[str]], places: Sequence[int]) -> list[list[str]]:
    bounds = [0, *places]
    return [["".join(row[start:end]).strip() for start, end in zip(bounds, [*places, len(row) + 1], strict=True)] for row in rows]


def _places(rows: Sequence[Sequence[str]], marks: Sequence[tuple[int, int]]) -> list[int] | None:
    """Return where each column but the first begins; None when some row has no blank between two marks."""
    found = []
    for (_, end), (start, _) in pairwise(marks):
        for place in range(start - 1, end - 1, -1):
            if all(place >= len(row) or row[place] == " " for row in rows):
                found.append(place + 1)
                break
        else:
            return None
    return found
