"""Draw the outside: who stands there, the doors in the wall, and the lines that come through them."""

from __future__ import annotations

from omamori.map.layout import Gate, Layout
from omamori.map.marking import entry_device, entry_mark, entry_name
from omamori.map.pen import Pen, number
from omamori.map.plan import Entry
from omamori.map.rooms import Rect
from omamori.map.words import W
from omamori.model.text import Language

_NARROW = 108.0
"""A card or door narrower than this has no symbol, so that its words have room."""


def draw_parties(pen: Pen, layout: Layout, language: Language) -> None:
    """Draw the cards of those who stand outside, with the name of every door they use."""
    for placed in layout.parties:
        party, box = placed.party, placed.box
        folded = any(entry.key == "line:*" for entry in party.entries)
        name = W["others"].say(language) if folded else party.name if party.declared else W["undeclared_party"].say(language)
        pen.box(Rect(box.x + 1, box.y, box.w - 2, box.h), "m-card" if party.declared else "m-card-not", 6)
        symbol = "vendor" if party.name else "internet" if party.declared else "unknown"
        left = box.x + 8
        if box.w > _NARROW:
            pen.symbol(f"i-{symbol}", box.x + 7, box.y + 5, 14, "m-i" if party.declared else "m-i-door")
            left = box.x + 25
        kind = "m-strong" if party.declared else "m-strong m-red"
        pen.text(left, box.y + 15.6, name or W["no_vendor"].say(language), 9, kind, room=box.right - 6 - left)
    for number_, gate in enumerate(layout.gates):
        box = gate.card
        title, kind = entry_name(gate.entry, language)
        pen.open(class_="m-entry", data_e=str(number_))
        pen.text(box.middle, box.y + box.h - 20, title, 8, "" if gate.entry.declared else "m-red", anchor="middle", room=box.w - 8)
        pen.text(box.middle, box.y + box.h - 8, kind, 6.9, "m-soft", anchor="middle", room=box.w - 8)
        pen.close()


def line_kind(entry: Entry) -> str:
    """Return the classes of a door's line."""
    if not entry.declared:
        return "m-line m-line-not"
    worst = f" m-line-{entry.worst}" if entry.worst in ("critical", "high") else ""
    return f"m-line{worst}" + ("" if entry.seen else " m-line-declared")


def end_kind(entry: Entry) -> str:
    """Return the classes of the arrow at the end of a door's line."""
    if not entry.declared:
        return "m-end m-end-not"
    return f"m-end m-end-{entry.worst}" if entry.worst in ("critical", "high") else "m-end"


def draw_lines(pen: Pen, layout: Layout) -> None:
    """Draw the lines: those between rooms first, then those from outside, over them."""
    for way in layout.ways:
        pen.open(class_=f"m-way m-way-{way.kind}", data_w=way.key)
        pen.halo(way.points)
        pen.line(way.points, f"m-{way.kind}")
        pen.close()
    for place, gate in enumerate(layout.gates):
        pen.open(class_="m-entry m-closed" if gate.entry.closed else "m-entry", data_e=str(place))
        kind = line_kind(gate.entry)
        pen.path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in gate.drop), kind)
        shortened = [(*way[:-1], (way[-1][0], way[-1][1] - 5)) for way in gate.ways]
        # The halos first: branches of one line do not part each other.
        for points in shortened:
            pen.halo(points)
        for points in shortened:
            pen.line(points, kind)
        for x, y in (way[-1] for way in gate.ways):
            if gate.entry.rooms:
                pen.path(f"M{number(x - 4.6)} {number(y - 7.5)}h9.2L{number(x)} {number(y)}z", end_kind(gate.entry))
            else:
                pen.symbol("m-unseen", x - 6, y - 5, 12)
        pen.close()


def draw_gates(pen: Pen, layout: Layout, language: Language) -> None:
    """Draw the doors in the wall: the device each line ends on, and its worst finding."""
    for place, gate in enumerate(layout.gates):
        pen.open(class_="m-entry m-closed" if gate.entry.closed else "m-entry", data_e=str(place))
        _gate(pen, gate, language)
        pen.close()


def _gate(pen: Pen, gate: Gate, language: Language) -> None:
    entry, box = gate.entry, gate.door
    look = "m-door-not" if not entry.declared else f"m-door-{entry.worst}" if entry.worst in ("critical", "high") else "m-door"
    on = " m-white" if entry.worst == "critical" else ""
    pen.box(box, "m-paper", 5)
    pen.box(box, look, 5)
    name, below = entry_device(entry, language)
    size = 15.0
    x = box.x + 5
    kinds = {line.kind for line in entry.lines[:1]} or {way.kind for way in entry.ways}
    icon = "i-door" if not entry.declared else "i-internet" if kinds & {"internet", "eligibility"} else "i-vpn"
    if box.w > _NARROW:
        pen.symbol(icon, x, box.y + box.h / 2 - 7, 14, "m-i-door" if not entry.declared else "m-i-on" if on else "m-i")
        x += 18
    right = box.right - 5 - size
    if entry.declared:
        shown = entry_mark(entry)
        pen.symbol(f"m-{shown}-on" if on else f"m-{shown}", right, box.y + box.h / 2 - size / 2, size)
    else:
        right = box.right - 4
    named = entry.device or (entry.lines and entry.lines[0].device) or any(way.device or way.machine for way in entry.ways)
    known = bool(named) or not entry.declared or len(entry.lines) > 1
    if entry.closed:
        name = W["closed"].say(language)
    middle = box.y + box.h / 2
    pen.text(x, middle - 1.2 if below else middle + 2.8, name, 7.8, f"m-strong{on}" if known else f"m-soft{on}", room=right - 3 - x)
    pen.text(x, middle + 9, below, 6.8, f"m-soft{on}", room=right - 3 - x)
