"""How high a row of a workbook has to be, so that no word is cut: LibreOffice and printers do not always find out themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable

LINE = 16.5
"""Points of one line in Yu Gothic, 10 points."""
MOST = 409.0
"""Points of the highest row Excel has."""
_TOKEN = re.compile(r"[!-~\u00a1-\u2e7f]+ ?|.", re.DOTALL)


def wide(text: str) -> float:
    """Return the width of a line in Excel's measure: Japanese takes two, Latin letters a little less than one."""
    return sum(2.0 if ord(letter) > 0x2E80 or 0x2460 <= ord(letter) <= 0x24FF else 0.88 for letter in text)


def lines_needed(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of `width` (Excel's measure), broken as Excel does: at spaces, Japanese anywhere."""
    room = max(2, int(width * 1.02))
    return sum(_lines(line, room) for line in text.split("\n"))


def _lines(line: str, room: int) -> int:
    used, lines = 0.0, 1
    for token in _TOKEN.findall(line):
        size = wide(token.rstrip())
        if used and used + size > room:
            lines, used = lines + 1, 0.0
        whole = int(size // room) if size > room else 0
        lines, used = lines + whole, used + wide(token) - whole * room
    return lines


def height(cells: Iterable[tuple[str, float]], *, least: int = 1) -> float:
    """Return the height in points of a row. In: the words and the column's width of every cell, and the least number of lines."""
    return min(MOST, 4 + LINE * max([least, *(lines_needed(text, width) for text, width in cells)]))
