"""Read the ways in: entries, paths with their steps, and changes. Texts made harmless, in one order whatever that of the rows is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from omamori.map.hospital import Door
from omamori.map.ways_in import Change, Path, Stride, WayIn, WaysIn
from omamori.model.clean import clean
from omamori.model.text import Text
from omamori.model.ways_in import AttackStep, Entry
from omamori.model.ways_in import Change as ChangeRow
from omamori.snapshot.database import Database

_NAME, _LONG = 120, 400


def read_ways(database: Database) -> WaysIn:
    """Return the ways in of a snapshot; of one judged by an earlier version none, and not known."""
    if not all(database.has(table) for table in ("entries", "attack_paths", "attack_steps", "path_changes")):
        return WaysIn()
    known = database.select("select count(*) from collected where table_name = 'entries' and complete")
    entries = {_word(row.entry): _way(row) for row in sorted(database.rows("entries"), key=repr)}
    changes = {_word(row.change): _change(row) for row in sorted(database.rows("path_changes"), key=repr)}
    return WaysIn(
        known=bool(known[0][0]),
        entries=tuple(entries[name] for name in sorted(entries)),
        paths=_paths(database),
        changes=tuple(changes[name] for name in sorted(changes)),
    )


def _word(value: object, limit: int = _NAME) -> str:
    return clean(str(value), limit) if value is not None else ""


def _way(row: Entry) -> WayIn:
    return WayIn(
        name=_word(row.entry),
        kind=_word(row.kind, 40),
        line=_word(row.line),
        vendor=_word(row.vendor),
        device=_word(row.device),
        method=_word(row.method, 80),
        zone=_word(row.zone or row.declared_zone),
        machine=_word(row.machine),
        opened_from=_word(row.opened_from),
        declared=row.declared,
        observed=row.observed,
        evidence=_word(row.evidence),
    )


def _change(row: ChangeRow) -> Change:
    who = "" if row.who in (None, "hospital") else _word(row.who)
    return Change(_word(row.change), Text(_word(row.told_ja, _LONG), _word(row.told_en, _LONG)), _word(row.cost, 20), who, row.rank or 0)


def _paths(database: Database) -> tuple[Path, ...]:
    steps: dict[str, dict[int, AttackStep]] = defaultdict(dict)
    for step in sorted(database.rows("attack_steps"), key=repr):
        steps[step.path][step.position] = step
    found = {}
    for row in sorted(database.rows("attack_paths"), key=repr):
        strides = tuple(
            Stride(
                _word(step.start),
                _word(step.asset),
                Text(_word(step.told_ja, _LONG), _word(step.told_en, _LONG)),
                bool(step.certain),
                _word(step.change),
                _word(step.evidence),
            )
            for _, step in sorted(steps[row.path].items())
        )
        changes = tuple(_word(change) for change in (row.changes or "").split("; ") if change)
        key = (_word(row.entry), _word(row.asset))
        found[key] = Path(*key, _word(row.jewel, 40), bool(row.certain), strides, changes=changes)
    return tuple(found[key] for key in sorted(found))


def doors_of_programs(ways: WaysIn, doors: Collection[Door]) -> tuple[Door, ...]:
    """Return the doors, and those programs for remote control among the entries that no door shows yet."""
    held = {door.machine for door in doors if door.kind in ("vpn", "remote")}
    more = [
        Door(way.machine, way.method or way.name, "remote", way.evidence)
        for way in ways.entries
        if way.kind == "remote-software" and way.machine and way.machine not in held and not way.declared and way.observed
    ]
    return tuple(sorted({*doors, *more}, key=lambda door: (door.machine, door.kind, door.product)))


def seen_lines(ways: WaysIn, devices: Collection[str]) -> Mapping[str, str]:
    """Return the declared lines that evidence shows: line → the machine of `devices` it ends on, empty where it is none of them."""
    seen = [way for way in ways.entries if way.line and way.observed]
    return {way.line: way.device if way.device in devices else "" for way in sorted(seen, key=lambda way: (way.name == way.line, way.name))}
