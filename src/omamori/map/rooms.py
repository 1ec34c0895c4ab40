"""Lay out the inside of a room on a grid: machines by name, and what is too much as a group of dots or a bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from omamori.map.hospital import Machine
from omamori.map.letters import width
from omamori.map.plan import Room
from omamori.map.sheet import ALL_AS_ONE, Style
from omamori.map.words import SHORT, W
from omamori.model.text import LANGUAGES, Text

PAD = 9.0
BAR = 18.0
"""Least width of the bar that stands for a group where there is no room for dots."""
ALL = "all"
"""The kind of a group of all kinds."""
_FLOWING = 1
"""Rooms up to this size class do not begin a new row for every kind."""
_SINGLE = 4


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.h

    @property
    def middle(self) -> float:
        """The middle between left and right."""
        return self.x + self.w / 2

    def moved(self, x: float, y: float) -> Rect:
        """Return it moved by `x` and `y`."""
        return Rect(self.x + x, self.y + y, self.w, self.h)


@dataclass(frozen=True, slots=True)
class Cell:
    """A machine that stands by name."""

    machine: Machine
    box: Rect


@dataclass(frozen=True, slots=True)
class Group:
    """Machines of one kind that stand as dots, `across` in a row (0: as one bar) in `dots`; `beside`: others of the kind stand by name."""

    kind: str
    machines: tuple[Machine, ...]
    box: Rect
    dots: Rect
    pitch: float
    across: int
    beside: bool


@dataclass(frozen=True, slots=True)
class Inside:
    """What stands in a room, relative to its corner, and the height it needs."""

    cells: tuple[Cell, ...]
    groups: tuple[Group, ...]
    height: float


class _Grid:
    """Places boxes one after the other into columns and lines."""

    def __init__(self, wide: float, top: float, style: Style) -> None:
        inner = wide - 2 * PAD
        self.columns = max(1, int((inner + style.gap) // (style.width + style.gap)))
        self.wide = min((inner - style.gap * (self.columns - 1)) / self.columns, style.width * (1.25 if style.second else 1.6))
        self._gap, self._height, self._top = style.gap, style.height, top
        self.column, self.line = 0, 0

    @property
    def left(self) -> int:
        """Columns left in this line."""
        return self.columns - self.column

    def new_line(self) -> None:
        """Go on at the beginning of a line."""
        if self.column:
            self.column, self.line = 0, self.line + 1

    def width(self, span: int) -> float:
        """Return the width of so many columns."""
        return span * self.wide + (span - 1) * self._gap

    def take(self, span: int, lines: int = 1) -> Rect:
        """Return the next place of so many columns; one of several lines has them for itself."""
        if self.left < span or (lines > 1 and self.column):
            self.new_line()
        x = PAD + self.column * (self.wide + self._gap)
        y = self._top + self.line * (self._height + self._gap)
        if lines > 1:
            self.line += lines
        else:
            self.column += span
        return Rect(x, y, self.width(span), lines * self._height + (lines - 1) * self._gap)

    @property
    def lines(self) -> int:
        """Lines used so far."""
        return self.line + (1 if self.column else 0)


def inside(room: Room, wide: float, head: float, style: Style) -> Inside:
    """Return the inside of a room that is `wide` wide and has a head of `head`."""
    grid = _Grid(wide, head, style)
    cells: list[Cell] = []
    groups: list[Group] = []
    for kind, machines in room.kinds if style.most != ALL_AS_ONE else ():
        shown = named(machines, style.most)
        rest = tuple(machines[len(shown) :])
        if not style.dense and room.size > _FLOWING and len(shown) > grid.left:
            grid.new_line()
        cells += [Cell(machine, grid.take(1)) for machine in shown]
        if rest:
            groups.append(_group(kind, rest, grid, style, beside=bool(shown)))
    if style.most == ALL_AS_ONE and room.machines:
        box = grid.take(grid.columns)
        groups.append(Group(ALL, room.machines, box, Rect(box.x + 44, box.y + box.h / 2 - 3.5, box.w - 50, 7), 0, 0, beside=False))
    lines = grid.lines if grid.lines <= _SINGLE else 2 * ceil(grid.lines / 2)
    return Inside(tuple(cells), tuple(groups), head + lines * (style.height + style.gap) - (style.gap if lines else 0) + PAD)


def named(machines: Sequence[Machine], most: int) -> Sequence[Machine]:
    """Return the machines of one kind that stand by name: all, or the first `most`. One alone is never a group."""
    return machines if len(machines) <= most + 1 else machines[:most]


def label_width(kind: str, count: int, *, beside: bool) -> float:
    """Return the width of the symbol and the words beside a group's dots: the same in every language, so that nothing moves with it."""
    told = SHORT.get(kind, Text(kind, kind))
    return 24 + max(width(W["more" if beside else "all"].say(one).format(n=count, kind=told.say(one)), 7) for one in LANGUAGES)


def _group(kind: str, machines: tuple[Machine, ...], grid: _Grid, style: Style, *, beside: bool) -> Group:
    label = label_width(kind, len(machines), beside=beside)
    if not style.pitch:
        box = grid.take(1)
        left = min(box.x + label, box.right - BAR - 4)
        return Group(kind, machines, box, Rect(left, box.y + box.h / 2 - 3, box.right - 4 - left, 6), 0, 0, beside)
    needed = label + len(machines) * style.pitch + 6
    span = next((span for span in range(1, grid.columns + 1) if grid.width(span) >= needed), grid.columns)
    across = max(1, int((grid.width(span) - label - 6) // style.pitch))
    rows = ceil(len(machines) / across)
    lines = 1
    while lines * style.height + (lines - 1) * style.gap < rows * style.pitch + 4:
        lines += 1
    box = grid.take(span, lines)
    high = rows * style.pitch
    return Group(
        kind, machines, box, Rect(box.x + label, box.y + (box.h - high) / 2, across * style.pitch, high), style.pitch, across, beside
    )
