"""Tables of fixed columns as consoles print them: cut by position, also where Japanese letters are two cells wide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_WORD = re.compile(r"\S+")
_MAX_CELLS = 20_000


def width(text: str) -> int:
    """Number of console cells a text takes: East Asian wide letters take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


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
    their heading on either side. Positions are letters where that fits every row, else console cells.
    """
    plain = [list(row) for row in rows]
    places = _places(plain, marks)
    if places is None:
        wide = [cells(row) for row in rows]
        found = _places(wide, marks)
        plain, places = (wide, found) if found is not None else (plain, [start for start, _ in marks[1:]])
    bounds = [0, *places]
    return [["".join(row[start:end]).strip() for start, end in zip(bounds, [*places, len(row) + 1], strict=True)] for row in plain]


def _places(rows: Sequence[Sequence[str]], marks: Sequence[tuple[int, int]]) -> list[int] | None:
    """Return where each column but the first begins; None when some row has no blank between two marks."""
    found = []
    for (_, end), (start, _) in zip(marks, marks[1:], strict=False):
        for place in range(start - 1, end - 1, -1):
            if all(place >= len(row) or row[place] == " " for row in rows):
                found.append(place + 1)
                break
        else:
            return None
    return found
