"""Give everything its place on a sheet. The same plan gives the same places; a machine more moves its own room only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from omamori.map.across import card_spans, row_gutters, row_spans
from omamori.map.heights import choose_style, richest, street_heights, stretched
from omamori.map.plan import Entry, Party, Plan, Room
from omamori.map.rooms import Cell, Group, Inside, Rect
from omamori.map.routes import TRACK, Led, Wish, lead
from omamori.map.sheet import SCREENS, SMALL, Sheet, Style

GATE = 34.0
"""Height of a door in the wall; it stands out of the wall on both sides."""
_WALL = 5.0


@dataclass(frozen=True, slots=True)
class PlacedRoom:
    """A room with its place, and what stands in it."""

    room: Room
    box: Rect
    cells: tuple[Cell, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """A door: the part of the card outside that names it, the door in the wall, its line from the card, and its ways to rooms (one at least)."""

    entry: Entry
    card: Rect
    door: Rect
    drop: tuple[tuple[float, float], ...]
    ways: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class PlacedParty:
    """Somebody outside."""

    party: Party
    box: Rect


@dataclass(frozen=True, slots=True)
class Way:
    """A line between two rooms: of `kind` join (a machine in both) or talk (connections), with its points."""

    key: str
    kind: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """The name of a tier in the rail, from `top` to `bottom`; `between`: network machines known to stand above it, None where one asks not."""

    key: str
    top: float
    bottom: float
    between: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything with its place. `room_head` is the height of a room's head; `overfull`: it did not fit and stands out of the sheet."""

    plan: Plan
    sheet: Sheet
    style: Style
    head: Rect
    house: Rect
    wall: Rect
    parties: tuple[PlacedParty, ...]
    gates: tuple[Gate, ...]
    rooms: tuple[PlacedRoom, ...]
    ways: tuple[Way, ...]
    tiers: tuple[Tier, ...]
    legend: Rect
    room_head: float
    overfull: bool


@dataclass(frozen=True, slots=True)
class Between:
    """A line to draw between two rooms: its key, kind, and the keys of the rooms."""

    key: str
    kind: str
    start: str
    target: str


def place(plan: Plan, sheet: Sheet, between: Sequence[Between] = ()) -> Layout:
    """Return the layout of a plan on a sheet; `between` are lines from room to room."""
    left, right = sheet.margin + sheet.rail, sheet.width - sheet.margin - (12 if sheet.rail else 0)
    spans = tuple(row_spans(row, left, right, sheet.gutter, last=number == len(plan.rows) - 1) for number, row in enumerate(plan.rows))
    gutters = tuple(row_gutters(row, left, right) for row in spans)
    cards = card_spans(plan, left, right)
    places = {room.key: (number, at) for number, row in enumerate(plan.rows) for at, room in enumerate(row)}
    wishes = [
        Wish(f"{entry.key}>{room}", entry.key, cards[entry.key][0] + cards[entry.key][1] / 2, places[room])
        for entry in plan.entries
        for room in entry.rooms
    ]
    wishes += [Wish(one.key, one.key, places[one.start], places[one.target]) for one in between if {one.start, one.target} <= places.keys()]
    led, tracks = lead(wishes, spans, gutters)
    top = sheet.margin + sheet.header
    wall = Rect(sheet.margin, top + sheet.card + sheet.street + 6, sheet.width - 2 * sheet.margin, _WALL)
    bottom = sheet.height - sheet.margin - sheet.legend - 10
    first = wall.y + _WALL / 2 + GATE / 2
    style, insides, overfull = choose_style(plan, spans, sheet, tracks, bottom - first - 12)
    streets = street_heights(sheet, style, tracks)
    heights = [max((insides[room.key].height for room in row), default=0.0) for row in plan.rows]
    hidden = [max((room.size + 1 for room in row if insides[room.key].groups), default=0) for row in plan.rows]
    heights, streets = stretched(heights, streets, hidden, bottom - first - 12)
    ys = _tops(first, streets, heights)
    floor = ys[-1] + heights[-1] if ys else first
    house = Rect(sheet.margin, wall.y, wall.w, (floor + 8 if sheet is SMALL else max(bottom, floor + 12)) - wall.y)
    rooms = [
        _room(room, Rect(low, y, high - low, height), sheet, style, insides[room.key])
        for row, held, y, height in zip(plan.rows, spans, ys, heights, strict=True)
        for room, (low, high) in zip(row, held, strict=True)
    ]
    drawn = {way.key: _points(way, first, ys, streets, tracks) for way in led}
    gates = tuple(
        _gate(entry, cards[entry.key], top, sheet.card, wall, [drawn[f"{entry.key}>{room}"] for room in entry.rooms])
        for entry in plan.entries
    )
    ways = tuple(Way(one.key, one.kind, drawn[one.key]) for one in between if one.key in drawn)
    tiers = (Tier("outside", top, top + sheet.card), Tier("edge", wall.y - 12, wall.y + GATE / 2 + 6), *_tiers(plan, ys, heights))
    legend = Rect(sheet.margin, house.bottom + (8 if sheet.legend else 0), wall.w, sheet.legend)
    parties = tuple(_party(party, cards, top, sheet.card) for party in plan.parties)
    head_box = Rect(sheet.margin, sheet.margin, wall.w, sheet.header)
    if sheet in SCREENS or sheet is SMALL:
        sheet = replace(sheet, height=round(max(legend.bottom, house.bottom) + sheet.margin, 2))
    head = sheet.room_head * style.tight
    return Layout(plan, sheet, style, head_box, house, wall, parties, gates, tuple(rooms), ways, tiers, legend, head, overfull)


def _tops(first: float, streets: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Return the top of every row: below its street, which is below the row before."""
    tops: list[float] = []
    y = first
    for street, height in zip(streets, heights, strict=True):
        tops.append(y + street)
        y += street + height
    return tops


def _room(room: Room, box: Rect, sheet: Sheet, style: Style, least: Inside) -> PlacedRoom:
    held = richest(room, box, sheet, style, least)
    cells = tuple(Cell(cell.machine, cell.box.moved(box.x, box.y)) for cell in held.cells)
    return PlacedRoom(room, box, cells, tuple(_moved(group, box) for group in held.groups))


def _moved(group: Group, box: Rect) -> Group:
    return Group(
        group.kind, group.machines, group.box.moved(box.x, box.y), group.dots.moved(box.x, box.y), group.pitch, group.across, group.beside
    )


def _points(
    way: Led, first: float, ys: Sequence[float], streets: Sequence[float], tracks: Sequence[int]
) -> tuple[tuple[float, float], ...]:
    points: list[tuple[float, float]] = []
    y = first if way.from_wall else ys[way.first]
    a = way.xs[0]
    points.append((a, y))
    for number, track in enumerate(way.tracks):
        street = way.first + number
        b = way.xs[number + 1]
        # Less than that is no turn, and the line stays where it is: it must not lean.
        if abs(a - b) > 0.5:
            top = ys[street] - streets[street]
            middle = top + (streets[street] - TRACK * max(0, tracks[street] - 1)) / 2 + TRACK * track
            points += [(a, middle), (b, middle)]
            a = b
    last = way.first + len(way.tracks) - 1
    points.append((a, ys[last]))
    rounded = [(round(x, 2), round(y, 2)) for x, y in points]
    return tuple(reversed(rounded)) if way.turned else tuple(rounded)


def _gate(
    entry: Entry, card: tuple[float, float], top: float, height: float, wall: Rect, ways: Sequence[tuple[tuple[float, float], ...]]
) -> Gate:
    x, wide = card
    door = Rect(x + 3, wall.y + _WALL / 2 - GATE / 2, wide - 6, GATE)
    middle = x + wide / 2
    # A door nobody knows where it leads ends just inside.
    inward = tuple(ways) or (((middle, door.bottom), (middle, door.bottom + 14)),)
    return Gate(entry, Rect(x, top, wide, height), door, ((middle, top + height), (middle, door.y)), inward)


def _party(party: Party, cards: Mapping[str, tuple[float, float]], top: float, height: float) -> PlacedParty:
    x = cards[party.entries[0].key][0]
    last = cards[party.entries[-1].key]
    return PlacedParty(party, Rect(x, top, last[0] + last[1] - x, height))


def _tiers(plan: Plan, ys: Sequence[float], heights: Sequence[float]) -> tuple[Tier, ...]:
    tiers: list[Tier] = []
    above: set[str] = set()
    for row, y, height in zip(plan.rows, ys, heights, strict=True):
        name, keys = row[0].tier, {room.key for room in row}
        if tiers and tiers[-1].key == name:
            tiers[-1] = Tier(name, tiers[-1].top, y + height, tiers[-1].between)
        else:
            standing = tuple(
                one.machine for one in plan.hospital.between if one.network and above & set(one.zones) and keys & set(one.zones)
            )
            tiers.append(Tier(name, y, y + height, standing if above else None))
        above |= keys
    return tuple(tiers)
