"""Sheets of paper and the measures that belong to them. All lengths are points (1/72 inch)."""

from __future__ import annotations

from dataclasses import dataclass, replace

_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its size, margins, and the heights of its parts. `rail`: width of the column that names the tiers."""

    name: str
    width: float
    height: float
    margin: float
    header: float
    legend: float
    rail: float
    gutter: float
    card: float
    title: float
    room_head: float
    street: float

    @property
    def millimetres(self) -> tuple[float, float]:
        """Width and height in millimetres."""
        return round(self.width / _MM, 2), round(self.height / _MM, 2)


A3 = Sheet("a3", round(420 * _MM, 2), round(297 * _MM, 2), 30, 58, 40, 74, 26, 54, 22, 30, 24)
A4 = Sheet("a4", round(297 * _MM, 2), round(210 * _MM, 2), 22, 38, 26, 62, 18, 50, 16, 25, 16)
SHEETS = {sheet.name: sheet for sheet in (A3, A4)}


@dataclass(frozen=True, slots=True)
class Style:
    """How large machines are drawn: a cell's width and height, its icon and letters, whether it has a second line, pitch of dots."""

    width: float
    height: float
    icon: float
    name: float
    second: float
    pitch: float
    most: int
    """So many machines of one kind stand by name in a room; the others stand as dots."""
    dense: bool = False
    """Whether kinds share a row however many they are."""


EVERY = 10_000
_FULL = Style(142, 33, 17, 9.2, 7.2, 8, EVERY)
_TALL = Style(122, 28, 15, 8, 6.8, 8, EVERY)
_SHORT = Style(102, 18, 11, 7.2, 0, 7, EVERY, dense=True)
STYLES = (
    _FULL,
    _TALL,
    replace(_TALL, dense=True),
    replace(_TALL, dense=True, most=24),
    *(replace(_SHORT, most=most) for most in (EVERY, 24, 12, 8)),
    *(replace(_SHORT, most=most, pitch=pitch) for most, pitch in ((6, 6.6), (4, 6.2), (2, 5.6), (0, 5.0), (0, 4.0), (0, 3.0))),
)
"""From the most generous to the tightest; the first that fits the sheet is taken."""
SMALLEST = 6.5
"""No letter on paper is smaller."""
