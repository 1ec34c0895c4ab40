"""What the page knows of every machine, door and connection: plain data, only in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import Any

from omamori.map.hospital import OUTSIDE, Found, Hospital, Judged, Machine, Talk
from omamori.map.layout import Layout
from omamori.map.marking import entry_device, entry_name, mark
from omamori.map.page.ways import ways_of, ways_payload
from omamori.map.page.words import DEVIATIONS, P
from omamori.map.picture import room_pairs
from omamori.map.plan import Entry, Room
from omamori.map.words import CHANGES, KINDS, ZONES, W
from omamori.model.look import SEVERITIES, SEVERITY_WORDS
from omamori.model.moments import shown
from omamori.model.recognised import SERVICES
from omamori.model.text import Language

_SERVICES = {value.code: value.label for value in SERVICES}
_MOST_TALKS = 60
"""So many connections of one machine are told."""


def payload(layout: Layout, language: Language, zone: tzinfo, lines: Mapping[str, tuple[str, str, str]]) -> dict[str, Any]:
    """Return what the script reads; empty values are left out. Machines and doors have the numbers of the drawing."""
    hospital = layout.plan.hospital
    machines = hospital.everything
    numbers = {machine.name: place for place, machine in enumerate(machines)}
    doors: dict[str, list[str]] = {}
    for door in hospital.doors:
        doors.setdefault(door.machine, []).append(f"{W[f'door_{door.kind}'].say(language)}: {door.product}")
    told = [_machine(machine, language, zone, doors.get(machine.name, [])) for machine in machines]
    entries = [_entry(entry, language, numbers) for entry in layout.plan.entries]
    for number, ways in enumerate(entry.ways for entry in layout.plan.entries):
        entries[number] |= {"w": own} if (own := ways_of(hospital.ways, ways)) else {}
    used = references(hospital) & lines.keys()
    return {
        "words": {key: text.say(language) for key, text in P.items()},
        "severities": {severity: SEVERITY_WORDS[severity].say(language) for severity in SEVERITIES},
        "kinds": {kind: text.say(language) for kind, text in KINDS.items()},
        "machines": told,
        "entries": entries,
        "talks": _talks(hospital.talks, numbers),
        "rooms": [list(pair) for pair in room_pairs(layout.plan)],
        "ways": ways_payload(layout, language, numbers),
        "zones": {room.key: _room(room, layout, language) for room in layout.plan.rooms},
        "lines": {ref: lines[ref] for ref in sorted(used)},
    }


def _slim(value: dict[str, Any]) -> dict[str, Any]:
    return {key: inner for key, inner in value.items() if inner not in (None, False, "", [], ()) or (inner == 0 and inner is not False)}


def _machine(machine: Machine, language: Language, zone: tzinfo, doors: list[str]) -> dict[str, Any]:
    return _slim(
        {
            "n": machine.name,
            "k": machine.kind,
            "p": not machine.sure,
            "m": mark(machine),
            "z": machine.zone,
            "a": list(machine.addresses),
            "h": machine.hostname if machine.hostname != machine.name else "",
            "os": machine.system,
            "mk": machine.maker,
            "pu": machine.purpose,
            "pl": machine.place,
            "v": machine.vendor,
            "o": machine.hands_off,
            "i": machine.important,
            "u": machine.declared is False,
            "g": machine.ghost,
            "ob": machine.observed,
            "s": machine.stranger,
            "ch": CHANGES[machine.change].say(language) if machine.change in CHANGES else "",
            "t": shown(machine.last_seen, zone),
            "sv": [_SERVICES[code].say(language) for code in machine.services if code in _SERVICES],
            "do": doors,
            "dv": [
                [DEVIATIONS[one.kind].say(language) if one.kind in DEVIATIONS else one.kind, one.item, one.evidence]
                for one in machine.deviations
            ],
            "e": machine.evidence,
            **_judged(machine.judged, language),
        }
    )


def _judged(judged: Judged, language: Language) -> dict[str, Any]:
    return {
        "c": list(judged.counts) if judged.total else [],
        "un": judged.unknown or "",
        "ac": judged.accepted or "",
        "f": [_found(one, language) for one in judged.found],
    }


def _found(one: Found, language: Language) -> list[Any]:
    return [SEVERITIES.index(one.severity) if one.severity in SEVERITIES else 3, one.message.say(language), one.evidence]


def _entry(entry: Entry, language: Language, numbers: Mapping[str, int]) -> dict[str, Any]:
    name, kind = entry_name(entry, language)
    device, below = entry_device(entry, language)
    found: dict[str, Any] = {
        "n": W["undeclared_party"].say(language) if entry.doors else name,
        "k": kind,
        "d": f"{device} {below}".strip(),
        "m": entry.worst or "unseen",
        "r": [room if not room.startswith("*") else P["no_zone"].say(language) for room in entry.rooms],
        "dc": entry.declared,
        "sn": entry.seen,
        "ms": sorted({numbers[door.machine] for door in entry.doors if door.machine in numbers}),
        "ls": [line.name for line in entry.lines] if len(entry.lines) > 1 else [],
    }
    if len(entry.lines) == 1:
        line = entry.lines[0]
        found |= {
            "v": line.vendor,
            "pu": line.purpose,
            "a": line.address,
            "ao": line.always_open,
            "sr": line.source_restricted,
            "tf": line.two_factor,
            "lu": line.last_used,
            "e": line.evidence,
            "dm": numbers.get(line.machine),
            **_judged(line.judged, language),
        }
    return _slim(found)


def _room(room: Room, layout: Layout, language: Language) -> dict[str, Any]:
    zone = room.zone
    inside = sum(talk.client_zone == talk.server_zone == room.key for talk in layout.plan.hospital.talks)
    if zone is None:
        return {"n": W["no_zone"].say(language)}
    kind = ZONES[zone.kind].say(language) if zone.kind in ZONES else zone.kind
    return _slim({"n": zone.name, "k": kind, "nw": zone.networks, "in": zone.internet, "t": inside, **_judged(zone.judged, language)})


def _talks(talks: Iterable[Talk], numbers: Mapping[str, int]) -> list[list[Any]]:
    """Return [client, server, ports, judged]: ends are numbers of machines, or an address; judged 1 designed, 2 not, 0 undecided."""
    counts: dict[str, int] = {}
    found = []
    for talk in talks:
        ends = (talk.client, talk.server)
        if not any(end in numbers for end in ends) or all(counts.get(end, 0) >= _MOST_TALKS for end in ends if end in numbers):
            continue
        for end in ends:
            counts[end] = counts.get(end, 0) + 1
        outside = OUTSIDE in (talk.client_zone, talk.server_zone)
        judged = {True: 1, False: 2, None: 0}[talk.designed]
        found.append([*(numbers.get(end, end) for end in ends), " ".join(talk.ports), judged, 1 if outside else 0])
    return found


def references(hospital: Hospital) -> frozenset[str]:
    """Return the evidence references the page can show lines for."""
    found = {machine.evidence for machine in hospital.everything} | {line.evidence for line in hospital.lines}
    found |= {door.evidence for door in hospital.doors}
    for judged in (*(machine.judged for machine in hospital.everything), *(line.judged for line in hospital.lines)):
        found |= {one.evidence for one in judged.found}
    for machine in hospital.everything:
        found |= {one.evidence for one in machine.deviations}
    found |= {way.evidence for way in hospital.ways.entries}
    found |= {step.evidence for path in hospital.ways.paths for step in path.strides}
    return frozenset(found - {""})
