"""What the page knows of ways in: entries, the paths of an intruder with their steps, and the changes that take them away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from omamori.map.layout import Layout
from omamori.map.ways_in import Path, WayIn, WaysIn
from omamori.map.ways_told import change_line
from omamori.map.words import ENTRIES, JEWEL_WORDS, W
from omamori.model.text import Language


def ways_of(ways: WaysIn, own: Iterable[WayIn]) -> list[int]:
    """Return the numbers of the entries a door stands for."""
    numbers = {way.name: number for number, way in enumerate(ways.entries)}
    return sorted({numbers[way.name] for way in own if way.name in numbers})


def ways_payload(layout: Layout, language: Language, machines: Mapping[str, int]) -> dict[str, Any]:
    """Return the ways in for the script. A place is ["m", machine], ["z", zone] or ["e", door]; what is not drawn has none."""
    ways = layout.plan.hospital.ways
    doors = {way.name: number for number, entry in enumerate(layout.plan.entries) for way in entry.ways}
    rooms = {room.key for room in layout.plan.rooms}
    changes = {change.change: number for number, change in enumerate(ways.changes)}

    def place(name: str) -> list[Any] | None:
        return ["m", machines[name]] if name in machines else ["z", name] if name in rooms else None

    return {
        "known": ways.known,
        "supposed": [one.say(language) for one in ways.supposed],
        "entries": [_entry(way, language, doors, place(way.machine) or place(way.zone)) for way in ways.entries],
        "paths": [_path(path, language, place, changes) for way in ways.entries for path in ways.of(way.name)],
        "changes": [change_line(change, language) for change in ways.changes],
        "first": [changes[change.change] for change in ways.first if change.told not in ways.supposed],
    }


def _entry(way: WayIn, language: Language, doors: Mapping[str, int], inside: list[Any] | None) -> dict[str, Any]:
    found = {
        "n": way.name,
        "k": ENTRIES[way.kind].say(language) if way.kind in ENTRIES else way.kind,
        "i": way.kind,
        "s": way.state,
        "t": W[f"w_{way.state}"].say(language),
        "v": way.vendor,
        "d": way.device or way.machine,
        "m": way.method,
        "z": way.zone,
        "o": way.opened_from,
        "c": way.closed,
        "e": way.evidence,
        "p": ["e", doors[way.name]] if way.name in doors else inside,
    }
    return {key: value for key, value in found.items() if value}


def _path(path: Path, language: Language, place: Any, changes: Mapping[str, int]) -> dict[str, Any]:
    found = {
        "w": path.entry,
        "a": path.asset,
        "p": place(path.asset),
        "j": JEWEL_WORDS[path.jewel].say(language) if path.jewel in JEWEL_WORDS else path.jewel,
        "c": path.certain,
        "x": path.cut,
        "ch": [changes[change] for change in path.changes if change in changes],
        "s": [
            [step.told.say(language), step.evidence, 1 if step.certain else 0, changes.get(step.change, -1), place(step.asset)]
            for step in path.strides
        ],
    }
    return {key: value for key, value in found.items() if value not in (None, False, "", [])}
