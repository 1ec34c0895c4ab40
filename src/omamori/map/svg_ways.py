"""Draw an intruder's ways over the picture, and below it what each step stands on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import hypot

from omamori.map.layout import Layout
from omamori.map.letters import wrapped
from omamori.map.pen import Pen, number
from omamori.map.rooms import Rect
from omamori.map.sheet import Sheet
from omamori.map.ways_in import Path, WayIn
from omamori.map.ways_told import Told
from omamori.map.words import W
from omamori.model.text import Language

Spot = tuple[float, float]
SIZE, LEADING = 7.0, 10.0
_COLUMN = 360.0
_INDENT = 9.0
BAND_SHARES = (0.4, 0.3, 0.22, 0.14)
"""The band of words takes at most so much of the sheet's height: the first with which the picture fits above it."""
_WRAP = 7


@dataclass(slots=True)
class _Segment:
    """One step as drawn: the numbers it has on the ways that lead over it, and how it stands."""

    numbers: set[int] = field(default_factory=set)
    certain: bool = False
    cut: bool = True

    @property
    def look(self) -> str:
        return "-cut" if self.cut else "" if self.certain else "-possible"


def spots(layout: Layout) -> Mapping[str, Spot]:
    """Return where everything a way can lead over stands: machines, zones, and the doors of entries, by name."""
    found: dict[str, Spot] = {}
    for placed in layout.rooms:
        found.setdefault(placed.room.key, (placed.box.middle, placed.box.y + 3))
        for group in placed.groups:
            for place, machine in enumerate(group.machines):
                found[machine.name] = _dot(group.dots, group.pitch, group.across, place)
        for cell in placed.cells:
            found[cell.machine.name] = (cell.box.x + 13, cell.box.y + cell.box.h / 2)
    for gate in layout.gates:
        at = (gate.door.middle, gate.door.bottom - 2)
        if gate.entry.device:
            found.setdefault(gate.entry.device.name, at)
        for way in gate.entry.ways:
            found[_entry(way.name)] = at
    for way in layout.plan.hospital.ways.entries:
        inside = found.get(way.machine) or found.get(way.zone)
        if inside is not None:
            found.setdefault(_entry(way.name), inside)
    return found


def _entry(name: str) -> str:
    # An entry may be called like a machine or a zone.
    return f"entry:{name}"


def _dot(dots: Rect, pitch: float, across: int, place: int) -> Spot:
    if not across:
        return dots.middle, dots.y + dots.h / 2
    return dots.x + (place % across) * pitch + pitch / 2, dots.y + place // across * pitch + pitch / 2


def draw_paths(pen: Pen, layout: Layout, paths: Sequence[Path], *, numbered: bool) -> None:
    """Draw paths over the picture; `numbered` writes on every step which one it is, for the paths of one entry."""
    places = spots(layout)
    drawn = segments(paths, places)
    ordered = sorted(drawn.items(), key=lambda item: (not item[1].cut, item[1].certain, item[0]))
    goals = {path.asset: path for path in sorted(paths, key=lambda path: (not path.cut, path.certain))}
    pen.open(class_="m-paths" if numbered else "m-paths m-all")
    for (start, end), _ in ordered:
        pen.path(_arc(start, end), "m-step-halo")
    for (start, end), segment in ordered:
        look = segment.look
        pen.path(_arc(start, end), f"m-step m-step{look}" if look else "m-step")
        pen.path(_head(start, end), f"m-step-end m-step-end{look}" if look else "m-step-end")
    for name, path in sorted(goals.items()):
        if name in places:
            x, y = places[name]
            look = "-cut" if path.cut else "" if path.certain else "-possible"
            pen.path(f"M{number(x - 10)} {number(y)}a10 10 0 1 1 20 0a10 10 0 1 1 -20 0", f"m-goal m-goal{look}" if look else "m-goal")
    for (start, end), segment in ordered if numbered else ():
        if not segment.cut:
            _number(pen, start, end, segment)
    pen.close()


def segments(paths: Iterable[Path], places: Mapping[str, Spot]) -> dict[tuple[Spot, Spot], _Segment]:
    """Return what is drawn, each stretch once. A step that goes nowhere on the picture counts to the one it stands on."""
    found: dict[tuple[Spot, Spot], _Segment] = {}
    for path in paths:
        here = places.get(_entry(path.entry))
        for place, step in enumerate(path.strides, 1):
            there = places.get(step.asset)
            if there is None or there == here:
                continue
            if here is not None:
                segment = found.setdefault((here, there), _Segment())
                segment.numbers.add(place)
                segment.certain |= step.certain
                segment.cut &= path.cut
            here = there
    return found


def _bend(start: Spot, end: Spot) -> Spot:
    """Return the middle of the arc's two ends, moved aside: ways there and back do not hide each other."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    far = hypot(dx, dy) or 1
    aside = min(46.0, far * 0.16)
    return (start[0] + end[0]) / 2 - dy / far * aside, (start[1] + end[1]) / 2 + dx / far * aside


def _arc(start: Spot, end: Spot) -> str:
    x, y = _bend(start, end)
    return f"M{number(start[0])} {number(start[1])}Q{number(x)} {number(y)} {number(end[0])} {number(end[1])}"


def _head(start: Spot, end: Spot) -> str:
    x, y = _bend(start, end)
    dx, dy = end[0] - x, end[1] - y
    far = hypot(dx, dy) or 1
    dx, dy = dx / far, dy / far
    back = (end[0] - dx * 8, end[1] - dy * 8)
    left, right = (back[0] - dy * 3.6, back[1] + dx * 3.6), (back[0] + dy * 3.6, back[1] - dx * 3.6)
    corners = "L".join(f"{number(x)} {number(y)}" for x, y in (end, left, right))
    return f"M{corners}z"


def _number(pen: Pen, start: Spot, end: Spot, segment: _Segment) -> None:
    bend = _bend(start, end)
    x, y = (start[0] + 2 * bend[0] + end[0]) / 4, (start[1] + 2 * bend[1] + end[1]) / 4
    words = ",".join(map(str, sorted(segment.numbers)))
    half = 5.4 + 2.2 * (len(words) - 1)
    look = segment.look
    pen.box(Rect(x - half, y - 5.4, 2 * half, 10.8), f"m-step-number m-step-number{look}" if look else "m-step-number", 5.4)
    pen.text(x, y + 2.5, words, SIZE, "m-strong m-white", anchor="middle")


@dataclass(frozen=True, slots=True)
class Band:
    """The words below the picture, laid out in columns: (x from the left, line number, words, style) and how high it is."""

    lines: tuple[tuple[float, int, str, str], ...]
    height: float


def lay_band(lines: Sequence[Told], sheet: Sheet, language: Language, share: float = BAND_SHARES[0]) -> Band:
    """Return the words in columns on a sheet, at most `share` of its height; what does not fit is counted in the last line."""
    inner = sheet.width - 2 * sheet.margin - 16
    columns = max(1, round(inner / _COLUMN))
    wide = inner / columns
    rows: list[tuple[float, str, str]] = []
    for line in lines:
        indent = line.indent * _INDENT
        words = wrapped(line.words, SIZE, wide - indent - 12, _WRAP)
        rows += [(indent + (4 if place else 0), part, line.kind) for place, part in enumerate(words)]
    most = int((sheet.height * share - 16) // LEADING) * columns
    if len(rows) > most:
        rest = len(rows) - most + 1
        rows = [*rows[: most - 1], (0.0, W["w_more"].say(language).format(n=rest), "m-soft")]
    high = -(-len(rows) // columns)
    placed = tuple((place // high * wide + indent, place % high, words, kind) for place, (indent, words, kind) in enumerate(rows))
    return Band(placed, high * LEADING + 16)


def draw_band(pen: Pen, band: Band, sheet: Sheet) -> None:
    """Write the band at the bottom of the sheet."""
    box = Rect(sheet.margin, sheet.height - sheet.margin - band.height + 8, sheet.width - 2 * sheet.margin, band.height - 4)
    pen.box(box, "m-band", 5)
    for x, line, words, kind in band.lines:
        pen.text(box.x + 8 + x, box.y + 12 + line * LEADING, words, SIZE, kind)


def draw_inside(pen: Pen, ways: Sequence[WayIn], right: float, y: float, language: Language) -> float:
    """Draw the entries that stand inside a room, each kind once, leftwards from `right`; returns how wide they are."""
    kinds = sorted({way.kind for way in ways}, reverse=True)
    for place, kind in enumerate(kinds, 1):
        mine = [way for way in ways if way.kind == kind]
        pen.open(class_="m-inside", data_inside=kind)
        pen.title(" / ".join(f"{way.name}: {W[f'w_{way.state}'].say(language)}" for way in mine))
        pen.symbol(f"i-{kind}", right - 13 * place, y - 9, 11, "m-i" if any(way.observed for way in mine) else "m-i-ghost")
        pen.close()
    return inside_width(ways)


def inside_width(ways: Sequence[WayIn]) -> float:
    """Return how wide the signs of the entries inside a room are: one for each kind."""
    kinds = {way.kind for way in ways}
    return 13.0 * len(kinds) + (4 if kinds else 0)
