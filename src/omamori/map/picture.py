"""The picture of a hospital in one call: what is drawn between rooms is decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, tzinfo
from types import MappingProxyType

from omamori.map.hospital import OUTSIDE, Hospital
from omamori.map.layout import Between, Layout, place
from omamori.map.plan import NO_ZONE, Plan, make_plan
from omamori.map.sheet import SHEETS, SMALL, Sheet
from omamori.map.svg import draw
from omamori.map.svg_frame import TALL_LEGEND
from omamori.map.svg_ways import BAND_SHARES, lay_band
from omamori.map.ways_told import chosen_ways, told
from omamori.model.text import LANGUAGES, Language

LAYERS = ("lines", "joins", "talks", "designed", "changes")
"""What can be drawn over the rooms: lines from outside, machines in two networks, connections seen, designed against seen, changes."""
MOST_TALKS = 16
"""So many lines of connections are drawn between rooms; more would hide the rest."""
LEGEND_LINE = 13.5
NO_LINES: Mapping[str, str] = MappingProxyType({})
DEFAULT_LAYERS = ("lines", "joins", "changes")


def lay_out(hospital: Hospital, sheet: Sheet, layers: Collection[str] = DEFAULT_LAYERS, ahead: Collection[str] = ()) -> Layout:
    """Return the hospital's layout on a sheet with the layers asked for; the machines `ahead` stand by name as far as there is room."""
    if "changes" not in layers:
        hospital = replace(hospital, machines=tuple(replace(one, change="") if one.change else one for one in hospital.machines))
    plan = make_plan(hospital, sheet.doors, flat=sheet is SMALL, ahead=ahead)
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
    linked: bool = False,
    cropped: bool = False,
    ways_in: str = "",
    lines: Mapping[str, str] = NO_LINES,
) -> str:
    """Return the picture as SVG: `paper` is a3, a4, or small (178 mm wide); for the rest see `omamori.map.svg.draw`.

    `ways_in` draws the paths of an intruder from an entry (a name, or `all`) over it, with the steps in words below; `lines` are the lines of
    evidence by reference that are quoted there.
    """
    if ways_in:
        return _with_ways(hospital, language, SHEETS[paper], zone, layers, ways_in, lines)
    return draw(
        lay_out(hospital, SMALL if paper == "small" else SHEETS[paper], layers),
        language,
        zone,
        alone=alone,
        prefix=prefix,
        linked=linked,
        cropped=cropped,
    )


def _with_ways(
    hospital: Hospital, language: Language, sheet: Sheet, zone: tzinfo, layers: Collection[str], wanted: str, lines: Mapping[str, str]
) -> str:
    """Draw the picture on what is left of a sheet above the words of the paths, and the paths over it."""
    names = {way.name for way in chosen_ways(hospital.ways, wanted)}
    paths = [path for path in hospital.ways.paths if path.entry in names]
    if sheet.legend < TALL_LEGEND:
        # The signs of the ways take one line more.
        sheet = replace(sheet, legend=sheet.legend + LEGEND_LINE)
    ahead = {step.asset for path in paths for step in path.strides}
    # Both languages leave the same room, so that both draw the same picture. Words give way to the picture.
    for share in BAND_SHARES:
        bands = {one: lay_band(told(hospital.ways, wanted, one, lines), sheet, one, share) for one in LANGUAGES}
        high = max(band.height for band in bands.values())
        layout = lay_out(hospital, replace(sheet, height=sheet.height - high), layers, ahead)
        if not layout.overfull:
            break
    # A picture that is too high even so makes the sheet higher.
    layout = replace(layout, sheet=replace(sheet, height=max(sheet.height, layout.legend.bottom + sheet.margin + high)))
    return draw(layout, language, zone, over=paths, numbered=len(names) == 1, band=replace(bands[language], height=high))


def between(plan: Plan, layers: Collection[str]) -> tuple[Between, ...]:
    """Return the lines between rooms that the layers ask for."""
    rooms = frozenset(room.key for room in plan.rooms)
    found: list[Between] = []
    if "joins" in layers:
        found += [
            Between(f"join:{one.machine}:{zone}", "join", one.zones[0], zone)
            for one in plan.hospital.between
            for zone in one.zones[1:]
            if one.zones[0] in rooms and zone in rooms
        ]
    if "talks" in layers or "designed" in layers:
        found += _talks(plan, judged="designed" in layers)
    return tuple(found)


def room_pairs(plan: Plan) -> tuple[tuple[str, str, int, bool], ...]:
    """Return (from, to, pairs of machines, whether one of them is decided not to be) for rooms that were seen to talk, the most first."""
    rooms = {room.key for room in plan.rooms}
    count: Counter[tuple[str, str]] = Counter()
    undesigned: set[tuple[str, str]] = set()
    for talk in plan.hospital.talks:
        ends = [zone if zone in rooms else NO_ZONE for zone in (talk.client_zone, talk.server_zone)]
        if OUTSIDE in (talk.client_zone, talk.server_zone) or ends[0] == ends[1] or not rooms.issuperset(ends):
            continue
        count[(ends[0], ends[1])] += 1
        if talk.designed is False:
            undesigned.add((ends[0], ends[1]))
    ordered = sorted(count.items(), key=lambda item: (-item[1], item[0]))
    return tuple((*pair, number, pair in undesigned) for pair, number in ordered)


def _talks(plan: Plan, *, judged: bool) -> list[Between]:
    """Return the lines of who talks to whom, from room to room: the most, and first what was not designed where that is asked."""
    pairs = sorted(room_pairs(plan), key=lambda pair: not (judged and pair[3]))[:MOST_TALKS]
    return [
        Between(f"talk:{start}:{target}", "talk-not" if judged and wrong else "talk", start, target) for start, target, _, wrong in pairs
    ]
