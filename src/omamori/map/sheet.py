"""Sheets of paper and the measures that belong to them. All lengths are points (1/72 inch)."""

from __future__ import annotations

from dataclasses import dataclass, replace

_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its size, margins, and the heights of its parts. `rail`: width of the column that names the tiers; `doors`: so many stand side by side."""

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
    doors: int

    @property
    def millimetres(self) -> tuple[float, float]:
        """Width and height in millimetres."""
        return round(self.width / _MM, 2), round(self.height / _MM, 2)


A3 = Sheet("a3", round(420 * _MM, 2), round(297 * _MM, 2), 30, 58, 40, 74, 26, 54, 22, 30, 24, 12)
A4 = Sheet("a4", round(297 * _MM, 2), round(210 * _MM, 2), 22, 38, 26, 62, 18, 50, 16, 25, 16, 8)
SCREENS = tuple(
    Sheet("screen", wide, round(wide * 0.68), 30, 58, 40, 74, 26, 54, 22, 30, 24, doors)
    for wide, doors in ((1280, 12), (1640, 16), (2100, 20), (2700, 26))
)
"""For the page: the narrowest that is high enough, the last as high as it takes."""
SMALL = Sheet("small", round(178 * _MM, 2), 150, 0, 0, 0, 0, 12, 47, 10, 20, 10, 5)
"""To stand on a page among other things: doors, and rooms as bars; as high as it takes."""
SHEETS = {sheet.name: sheet for sheet in (A3, A4)}


@dataclass(frozen=True, slots=True)
class Style:
    """How large machines are drawn: a cell's width and height, icon, letters of the name and of the second line (0: none).

    `pitch` is that of dots (0: a bar instead), `gap` between cells. So many (`most`) machines of one kind stand by name in a room,
    the others as dots. `dense`: kinds share lines however many they are. `tight` is the share of the usual heads and streets.
    """

    width: float
    height: float
    icon: float
    name: float
    second: float
    pitch: float
    gap: float = 5
    most: int = 10_000
    dense: bool = False
    tight: float = 1.0


ALL_AS_ONE = -1
"""For `most`: all machines of a room stand as one bar, whatever they are."""
_FULL = Style(142, 33, 17, 9.2, 7.2, 8)
_TALL = Style(122, 28, 15, 8, 6.8, 8)
_SHORT = Style(102, 18, 11, 7.2, 0, 7, gap=4, dense=True)
_LITTLE = Style(84, 15, 10, 6.9, 0, 5.6, gap=3, dense=True, tight=0.75)
STYLES = (
    _FULL,
    _TALL,
    replace(_TALL, dense=True),
    replace(_TALL, dense=True, most=24),
    _SHORT,
    *(replace(_SHORT, most=most) for most in (24, 12, 8, 6)),
    replace(_SHORT, most=4, pitch=5),
    replace(_SHORT, most=2, pitch=0),
    replace(_LITTLE, most=2, pitch=4),
    replace(_LITTLE, most=0, pitch=0),
    replace(_LITTLE, most=ALL_AS_ONE, pitch=0),
)
"""From the most generous to the tightest; the first with which everything fits the sheet is taken."""


ON_SMALL = (replace(_LITTLE, most=ALL_AS_ONE, pitch=0, tight=0.9),)
ON_SCREEN = (_FULL, replace(_TALL, dense=True, most=16), replace(_SHORT, most=8, pitch=7))
"""On the page there is room: the last is taken where the others do not fit the sheet's height."""


def richer(style: Style) -> tuple[Style, ...]:
    """Return the ways of the same measures to show a room, the richest first: a room with space left takes the first that fits."""
    pitches = [pitch for pitch in (8.0, 7.0, 6.2, 5.6, 4.8, 4.0) if pitch > style.pitch and pitch <= style.height * 0.45]
    named = [
        replace(style, most=most, pitch=pitch)
        for most in (10_000, 32, 24, 16, 12, 8, 6, 4)
        if most > style.most
        for pitch in (*pitches, style.pitch)
    ]
    dots = [replace(style, most=max(0, style.most), pitch=pitch) for pitch in pitches]
    bars = [replace(style, most=most) for most in (3, 2, 1, 0) if most > style.most]
    return (*named, *dots, *bars, style)


SMALLEST = 6.5
"""No letter on paper is smaller."""
