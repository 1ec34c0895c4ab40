"""The picture of a hospital in one call: what is drawn between rooms is decided here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Set
from datetime import UTC, tzinfo

from omamori.map.hospital import OUTSIDE, Hospital
from omamori.map.layout import Between, Layout, place
from omamori.map.plan import NO_ZONE, Plan, make_plan
from omamori.map.sheet import SHEETS, Sheet
from omamori.map.svg import draw
from omamori.model.text import Language

LAYERS = ("lines", "joins", "talks", "designed", "changes")
"""What can be drawn over the rooms: lines from outside, machines in two networks, connections seen, designed against seen, changes."""
DEFAULT_LAYERS = ("lines", "joins", "changes")


def lay_out(hospital: Hospital, sheet: Sheet, layers: Collection[str] = DEFAULT_LAYERS) -> Layout:
    """Return the hospital's layout on a sheet with the layers asked for."""
    plan = make_plan(hospital)
    return place(plan, sheet, between(plan, layers))


def picture(
    hospital: Hospital,
    language: Language,
    paper: str = "a3",
    zone: tzinfo = UTC,
    *,
    layers: Collection[str] = DEFAULT_LAYERS,
    alone: bool = True,
    prefix: str = "",
) -> str:
    """Return the picture as SVG: `paper` is a3 or a4; for the rest see `omamori.map.svg.draw`."""
    return draw(lay_out(hospital, SHEETS[paper], layers), language, zone, alone=alone, prefix=prefix)


def between(plan: Plan, layers: Collection[str]) -> tuple[Between, ...]:
    """Return the lines between rooms that the layers ask for."""
    rooms = {room.key for room in plan.rooms}
    found: list[Between] = []
    if "joins" in layers:
        found += [
            Between(f"join:{one.machine}:{zone}", "join", one.zones[0], zone)
            for one in plan.hospital.between
            for zone in one.zones[1:]
            if one.zones[0] in rooms and zone in rooms
        ]
    if "talks" in layers or "designed" in layers:
        found += _talks(plan, rooms, judged="designed" in layers)
    return tuple(found)


def _talks(plan: Plan, rooms: Set[str], *, judged: bool) -> list[Between]:
    """Return who talks to whom, from room to room; what stays in one room or goes outside is told elsewhere."""
    pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for talk in plan.hospital.talks:
        ends = [zone if zone in rooms else NO_ZONE for zone in (talk.client_zone, talk.server_zone)]
        if OUTSIDE in (talk.client_zone, talk.server_zone) or ends[0] == ends[1] or not rooms.issuperset(ends):
            continue
        kind = "talk" if not judged or talk.designed else "talk-not" if talk.designed is False else "talk" if talk.seen else "talk-unseen"
        pairs[(ends[0], ends[1])].add(kind)
    order = ("talk-not", "talk", "talk-unseen")
    return [
        Between(f"talk:{start}:{target}", next(kind for kind in order if kind in kinds), start, target)
        for (start, target), kinds in sorted(pairs.items())
    ]
