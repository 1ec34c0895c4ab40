"""What stands on a machine or door: its mark, its second line, its tags. Words, no coordinates."""

from __future__ import annotations

from omamori.map.hospital import Machine
from omamori.map.plan import Entry
from omamori.map.words import ENTRIES, LINES, W
from omamori.model.look import SEVERITIES, SEVERITY_WORDS
from omamori.model.text import Language


def mark(machine: Machine) -> str:
    """Return the mark of a machine: its worst finding; `quiet` where it was looked at and nothing was found; `unseen` where nobody looked."""
    if machine.judged.worst:
        return machine.judged.worst
    return "quiet" if machine.observed else "unseen"


def second_line(machine: Machine, language: Language) -> str:
    """Return what is said below a machine's name."""
    if machine.ghost:
        return W["tag_ghost"].say(language)
    counted = counts(machine.judged.counts, language, most=2)
    if counted:
        return counted
    return W["nothing" if machine.observed else "not_looked"].say(language)


def counts(found: tuple[int, int, int, int], language: Language, most: int = 4) -> str:
    """Return counts of findings in words, the gravest first."""
    told = [(severity, count) for severity, count in zip(SEVERITIES, found, strict=True) if count][:most]
    return "  ".join(f"{SEVERITY_WORDS[severity].say(language)} {count}" for severity, count in told)


def entry_mark(entry: Entry) -> str:
    """Return the mark of a door."""
    if entry.worst:
        return entry.worst
    return "unseen"


def entry_name(entry: Entry, language: Language) -> tuple[str, str]:
    """Return the name of a door and what kind it is."""
    if len(entry.lines) == 1:
        line = entry.lines[0]
        return line.name, LINES[line.kind].say(language) if line.kind in LINES else line.kind
    if entry.lines or entry.key == "line:*":
        return W["other_lines"].say(language).format(n=len(entry.lines) + sum(not way.line for way in entry.ways)), ""
    if not entry.doors:
        told = "・".join(dict.fromkeys(ENTRIES[way.kind].say(language) for way in entry.ways if way.kind in ENTRIES))
        one = entry.ways[0].name if len(entry.ways) == 1 else ""
        return one or (W["other_ways"].say(language).format(n=len(entry.ways)) if entry.key == "ways:*" else entry.ways[0].device), told
    ways = [door for door in entry.doors if door.kind != "out"]
    machines = len({door.machine for door in ways} or {door.machine for door in entry.doors})
    kinds = [kind for kind in ("vpn", "remote", "in", "out") if any(door.kind == kind for door in (ways or entry.doors))]
    return W["door_machines"].say(language).format(n=machines), "・".join(W[f"door_{kind}"].say(language) for kind in kinds)


def entry_device(entry: Entry, language: Language) -> tuple[str, str]:
    """Return what stands in the wall: the device and its version, or the products that run inside."""
    if len(entry.lines) == 1:
        line = entry.lines[0]
        name = line.device or (entry.device.name if entry.device else "") or next((way.device for way in entry.ways if way.device), "")
        return name or W["device_unknown"].say(language), line.firmware
    if entry.lines:
        return "・".join(line.name for line in entry.lines), ""
    if not entry.doors:
        devices = sorted({way.device or way.machine for way in entry.ways} - {""})
        methods = [way.method for way in entry.ways if way.method]
        return "・".join(devices) or W["device_unknown"].say(language), "・".join(dict.fromkeys(methods))
    products = sorted({door.product for door in entry.doors if door.kind in ("vpn", "remote")})
    out = len({door.machine for door in entry.doors if door.kind == "out"})
    return " ".join(products) or W["door_in" if any(door.kind == "in" for door in entry.doors) else "door_out"].say(language), (
        f"{W['door_out'].say(language)} {W['door_machines'].say(language).format(n=out)}" if out else ""
    )
