"""Lay out the inside of a room: machines in rows by kind, and what is too much as a group of dots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from omamori.map.hospital import Machine
from omamori.map.plan import Room
from omamori.map.sheet import Style

PAD = 9.0
GAP = 5.0
LABEL = 132.0
"""Width of the words beside a group's dots."""
_SINGLE = 6
_FLOWING = 1
"""Rooms up to this size class do not begin a new row for every kind."""


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
    """Machines of one kind that stand as dots, `across` in a row from `dots` on; `beside`: others of the kind stand by name."""

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


def inside(room: Room, width: float, head: float, style: Style) -> Inside:
    """Return the inside of a room that is `width` wide and has a head of `head`."""
    inner = width - 2 * PAD
    columns = max(1, int((inner + GAP) // (style.width + GAP)))
    wide = min((inner - GAP * (columns - 1)) / columns, style.width * 1.25)
    cells: list[Cell] = []
    groups: list[Group] = []
    y = head
    column = 0
    kinds = room.kinds
    for kind, machines in kinds:
        shown = named(machines, style.most)
        if column and not style.dense and room.size > _FLOWING and (len(shown) > columns - column or not shown):
            column, y = 0, y + style.height + GAP
        for machine in shown:
            if column == columns:
                column, y = 0, y + style.height + GAP
            cells.append(Cell(machine, Rect(PAD + column * (wide + GAP), y, wide, style.height)))
            column += 1
        rest = machines[len(shown) :]
        if rest:
            if column:
                column, y = 0, y + style.height + GAP
            group = _group(kind, rest, y, inner, style, beside=bool(shown))
            groups.append(group)
            y = group.box.bottom + GAP
    if column:
        y += style.height + GAP
    return Inside(tuple(cells), tuple(groups), head + _step(y - head, style.height + GAP) + PAD - GAP)


def named(machines: Sequence[Machine], most: int) -> Sequence[Machine]:
    """Return the machines of one kind that stand by name: all, or the first `most`. One alone is never a group."""
    return machines if len(machines) <= most + (1 if most else 0) else machines[:most]


def _group(kind: str, machines: Sequence[Machine], y: float, inner: float, style: Style, *, beside: bool) -> Group:
    room = inner - LABEL - 4
    label = LABEL
    if room < 12 * style.pitch:
        # A narrow room has its dots below the words.
        label, room = 0.0, inner - 8
    across = max(1, int(room // style.pitch))
    rows = ceil(len(machines) / across)
    rows = rows if rows <= 4 else 2 * ceil(rows / 2)
    top = y + (15 if not label else 4)
    dots = Rect(PAD + label + 2, top, across * style.pitch, rows * style.pitch)
    return Group(kind, tuple(machines), Rect(PAD, y, inner, max(18.0, dots.bottom + 4 - y)), dots, style.pitch, across, beside)


def _step(height: float, line: float) -> float:
    """Return the height in whole lines, beyond `_SINGLE` in pairs, so that one machine more seldom makes a room grow."""
    lines = ceil(round(height / line, 3))
    return line * (lines if lines <= _SINGLE else 2 * ceil(lines / 2))
