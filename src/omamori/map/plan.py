"""Decide what is shown where: rooms in tiers, their size classes, the doors and who uses them. No coordinates yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from omamori.map.hospital import Door, Hospital, Line, Machine, Zone
from omamori.map.ways_in import OUTSIDE_KINDS, WayIn
from omamori.map.words import KIND_ORDER
from omamori.model.look import SEVERITIES

TIERS = ("dmz", "lan", "device", "backup", "unknown")
_TIER = {"dmz": "dmz", "medical": "device", "backup": "backup"}
_KINDS = ("dmz", "ehr", "department", "imaging", "office", "other", "guest", "medical", "backup")
CLASSES = (3, 8, 20, 60, 200, 600)
"""Most machines of the size classes of rooms; a room keeps its size until its class changes."""
UNITS = (2, 2, 3, 3, 3, 4, 6)
"""Width of a room of each class, in twelfths of the sheet."""
ROW = 12
FULLEST = 13
"""A row takes so many units; its rooms then stand a little closer."""
FLAT = 5
"""So many rooms stand side by side in a flat plan, in two rows at most."""
STRANGE = 4
"""So many doors nobody declared stand by themselves."""
OTHER_ROOMS = "*others*"
"""The room that stands for several others in a flat plan."""
NO_ZONE = "*no zone*"
"""The room of machines whose zone is not known."""


@dataclass(frozen=True, slots=True)
class Room:
    """A zone with its machines by kind, gravest first. `size` is its class; `zone` is None for the room of those without one. `folded`: it
    stands for so many rooms."""

    key: str
    tier: str
    zone: Zone | None
    machines: tuple[Machine, ...]
    size: int
    folded: int = 0

    @property
    def kinds(self) -> tuple[tuple[str, tuple[Machine, ...]], ...]:
        """The machines by kind, in the order of `KIND_ORDER`."""
        groups: dict[str, list[Machine]] = defaultdict(list)
        for machine in self.machines:
            groups[machine.kind].append(machine)
        return tuple((kind, tuple(groups[kind])) for kind in sorted(groups, key=_kind_order))

    @property
    def known(self) -> int:
        """How many of them are known machines, strangers left out."""
        return sum(not machine.stranger for machine in self.machines)

    @property
    def observed(self) -> int:
        """How many of its machines were looked at."""
        return sum(machine.observed for machine in self.machines)


@dataclass(frozen=True, slots=True)
class Entry:
    """A door from outside: a declared line, several folded ones, or what no line tells of. `rooms` are where it leads, none if not told.

    `ways` are the entries it stands for: of a line its own, of a door without lines those that evidence shows on one device.
    """

    key: str
    rooms: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    doors: tuple[Door, ...] = ()
    device: Machine | None = None
    ways: tuple[WayIn, ...] = ()

    @property
    def declared(self) -> bool:
        """Whether the ledger names it."""
        return bool(self.lines) or (bool(self.ways) and not self.doors and all(way.declared for way in self.ways))

    @property
    def seen(self) -> bool:
        """Whether anything but the ledger shows that it is there."""
        return bool(self.doors) or any(line.seen for line in self.lines) or any(way.observed for way in self.ways)

    @property
    def closed(self) -> bool:
        """Whether supposed changes close all of it."""
        return bool(self.ways) and len(self.lines) <= 1 and all(way.closed for way in self.ways)

    @property
    def worst(self) -> str:
        """The gravest severity found on it."""
        found = [line.judged.worst for line in self.lines if line.judged.worst]
        return min(found, key=severity_order) if found else ""


@dataclass(frozen=True, slots=True)
class Party:
    """Who stands outside, with the doors it uses. An empty name: the user is not told; `declared` false: nobody declared it."""

    name: str
    declared: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn: parties outside, and rows of rooms from the outside in."""

    hospital: Hospital
    parties: tuple[Party, ...]
    rows: tuple[tuple[Room, ...], ...]

    @property
    def rooms(self) -> tuple[Room, ...]:
        """All rooms, row by row."""
        return tuple(room for row in self.rows for room in row)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All doors, in the order they stand."""
        return tuple(entry for party in self.parties for entry in party.entries)

    @property
    def inside(self) -> Mapping[str, tuple[WayIn, ...]]:
        """Room → the entries that stand inside it: sockets, wireless, machines in two networks."""
        keys, zone_of = {room.key for room in self.rooms}, {machine.name: machine.zone for machine in self.hospital.machines}
        found: dict[str, list[WayIn]] = defaultdict(list)
        for way in self.hospital.ways.entries:
            if way.kind not in OUTSIDE_KINDS:
                zone = way.zone or zone_of.get(way.machine, "")
                key = zone if zone in keys else NO_ZONE
                found[key if key in keys else OTHER_ROOMS].append(way)
        return {key: tuple(ways) for key, ways in found.items()}


def make_plan(hospital: Hospital, most_entries: int = 14, *, flat: bool = False, ahead: Collection[str] = ()) -> Plan:
    """Return the plan of a hospital; of more than `most_entries` doors those with the least found are folded.

    `flat`: all rooms side by side and of one size, of very many the last ones as one. `ahead` are machines that stand first of their kind.
    """
    machines = {machine.name: machine for machine in hospital.machines}
    devices = {line.machine for line in hospital.lines if line.machine}
    rooms = _rooms(hospital, devices, frozenset(ahead))
    rows = _flat(rooms) if flat else _rows(rooms)
    places = {room.key: (number, place) for number, row in enumerate(rows) for place, room in enumerate(row)}
    if OTHER_ROOMS in places:
        places |= {room.key: places[OTHER_ROOMS] for room in rooms if room.key not in places}
    drawn = {room.key for row in rows for room in row}
    entries = [
        (party, declared, replace(entry, rooms=tuple(dict.fromkeys(room if room in drawn else OTHER_ROOMS for room in entry.rooms))))
        for party, declared, entry in _entries(hospital, machines, places, most_entries)
    ]
    return Plan(hospital, _parties(entries, places), rows)


def _rooms(hospital: Hospital, devices: Iterable[str], ahead: Collection[str]) -> list[Room]:
    """Return the rooms. The machine a line ends on stands in the wall, not in a room."""
    at_wall = set(devices)
    zones = {zone.name: zone for zone in hospital.zones if zone.kind != "external"}
    held: dict[str, list[Machine]] = {name: [] for name in zones}
    for machine in hospital.everything:
        if machine.name not in at_wall:
            held.setdefault(machine.zone if machine.zone in zones else NO_ZONE, []).append(machine)
    return [
        Room(
            key,
            _TIER.get(zone.kind, "lan") if zone else "unknown",
            zone,
            tuple(sorted(inside, key=lambda one: _place(one, ahead))),
            size_class(len(inside)),
        )
        for key, inside in held.items()
        for zone in (zones.get(key),)
    ]


def size_class(count: int) -> int:
    """Return the size class of a room with so many machines."""
    return next((number for number, most in enumerate(CLASSES) if count <= most), len(CLASSES))


def _place(machine: Machine, ahead: Collection[str]) -> tuple[int, bool, int, bool, bool, str]:
    return (
        _kind_order(machine.kind),
        machine.name not in ahead,
        severity_order(machine.judged.worst),
        machine.declared is not False,
        not machine.important,
        machine.name,
    )


def _kind_order(kind: str) -> int:
    return KIND_ORDER.index(kind) if kind in KIND_ORDER else len(KIND_ORDER)


def severity_order(severity: str) -> int:
    """Return 0 for critical to 3 for low, 4 for nothing found."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


def _rows(rooms: Sequence[Room]) -> tuple[tuple[Room, ...], ...]:
    """Put the rooms into rows: a tier begins a new row, and a row holds `ROW` units of width."""
    rows: list[list[Room]] = []
    for tier in (("dmz",), ("lan",), ("device", "backup", "unknown")):
        row: list[Room] = []
        for room in sorted((room for room in rooms if room.tier in tier), key=_room_order):
            if row and sum(UNITS[one.size] for one in row) + UNITS[room.size] > FULLEST:
                rows.append(row)
                row = []
            row.append(room)
        if row:
            rows.append(row)
    return tuple(map(tuple, rows))


def _flat(rooms: Sequence[Room]) -> tuple[tuple[Room, ...], ...]:
    ordered = [replace(room, tier="lan", size=0) for room in sorted(rooms, key=_room_order)]
    if len(ordered) > 2 * FLAT:
        rest = ordered[2 * FLAT - 1 :]
        together = tuple(machine for room in rest for machine in room.machines)
        ordered = [*ordered[: 2 * FLAT - 1], Room(OTHER_ROOMS, "lan", None, together, 0, len(rest))]
    return tuple(tuple(ordered[start : start + FLAT]) for start in range(0, len(ordered), FLAT))


def _room_order(room: Room) -> tuple[int, int, str]:
    kind = room.zone.kind if room.zone else ""
    return TIERS.index(room.tier), _KINDS.index(kind) if kind in _KINDS else len(_KINDS), room.key


def _entries(
    hospital: Hospital, machines: Mapping[str, Machine], places: Mapping[str, tuple[int, int]], most: int
) -> list[tuple[str, bool, Entry]]:
    """Return (party, declared, entry) of every door. What runs on machines inside and no line tells of is one door that leads to many rooms."""
    names, inside = {line.name for line in hospital.lines}, {door.machine for door in hospital.doors}
    outside = [way for way in hospital.ways.entries if way.kind in OUTSIDE_KINDS]
    held: dict[str, list[WayIn]] = defaultdict(list)
    for way in outside:
        mine = way.line in names
        running = not way.declared and (way.machine in inside or way.device in inside)
        held[f"line:{way.line}" if mine else "door:*" if running else f"way:{way.declared is True}:{way.device or way.name}"].append(way)

    def rooms(ways: Iterable[WayIn], *more: str) -> tuple[str, ...]:
        zones = [*more, *(way.zone or (machines[way.machine].zone if way.machine in machines else "") for way in ways)]
        return tuple(sorted({zone for zone in zones if zone in places}, key=places.__getitem__))

    found = []
    for line in hospital.lines:
        ways = tuple(held.pop(f"line:{line.name}", ()))
        entry = Entry(f"line:{line.name}", rooms(ways, line.lands_in), (line,), device=machines.get(line.machine), ways=ways)
        found.append((line.vendor, True, entry))
    zones = {machines[door.machine].zone if door.machine in machines else "" for door in hospital.doors}
    programs = Entry("door:*", (), doors=hospital.doors, ways=tuple(held.pop("door:*", ())))
    others = [(key, tuple(ways)) for key, ways in sorted(held.items())]
    known = [(ways[0].vendor, True, Entry(key, rooms(ways), ways=ways)) for key, ways in others if ways[0].declared]
    unknown = [Entry(key, rooms(ways), ways=ways, device=machines.get(ways[0].device)) for key, ways in others if not ways[0].declared]
    strange = _strange(unknown, max(1, min(STRANGE, most // 3)))
    if hospital.doors:
        led = {zone if zone in places else NO_ZONE for zone in zones} & places.keys()
        strange.append(replace(programs, rooms=tuple(sorted(led, key=places.__getitem__))))
    return [*_folded([*found, *known], most - len(strange)), *(("", False, entry) for entry in strange)]


def _strange(entries: list[Entry], most: int) -> list[Entry]:
    """Return the doors nobody declared; of more than `most` the last ones as one."""
    if len(entries) <= most:
        return entries
    rest = entries[most - 1 :]
    rooms = tuple(dict.fromkeys(room for entry in rest for room in entry.rooms))
    return [*entries[: most - 1], Entry("ways:*", rooms, ways=tuple(way for entry in rest for way in entry.ways))]


def _folded(found: list[tuple[str, bool, Entry]], most: int) -> list[tuple[str, bool, Entry]]:
    if len(found) <= most:
        return found
    ranked = sorted(found, key=lambda one: (severity_order(one[2].worst), one[2].key))
    kept, rest = ranked[: most - 1], ranked[most - 1 :]
    lines = tuple(sorted((line for _, _, entry in rest for line in entry.lines), key=lambda line: line.name))
    ways = tuple(sorted((way for _, _, entry in rest for way in entry.ways), key=lambda way: way.name))
    return [*kept, ("", True, Entry("line:*", tuple(sorted({room for _, _, entry in rest for room in entry.rooms})), lines, ways=ways))]


def _parties(entries: Iterable[tuple[str, bool, Entry]], places: Mapping[str, tuple[int, int]]) -> tuple[Party, ...]:
    """Put the doors together by who uses them, in the order of the rooms they land in, so that lines cross little."""
    by_party: dict[tuple[str, bool], list[Entry]] = defaultdict(list)
    for party, declared, entry in entries:
        by_party[(party, declared)].append(entry)

    def order(entry: Entry) -> tuple[int, int, str]:
        return (*min((places[room] for room in entry.rooms), default=(99, 0)), entry.key)

    parties = [Party(name, declared, tuple(sorted(own, key=order))) for (name, declared), own in by_party.items()]
    return tuple(sorted(parties, key=lambda one: (not one.declared, order(one.entries[0]), one.name)))
