"""Draw a room: its head, the machines that stand by name, and the dots of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from omamori.map.hospital import Machine
from omamori.map.layout import PlacedRoom
from omamori.map.letters import width
from omamori.map.marking import mark, second_line
from omamori.map.pen import Pen, number
from omamori.map.rooms import ALL, Cell, Group, Rect
from omamori.map.sheet import SMALLEST, Style
from omamori.map.svg_ways import draw_inside, inside_width
from omamori.map.ways_in import WayIn
from omamori.map.words import CHANGES, KINDS, SHORT, ZONES, W
from omamori.model.look import SEVERITIES
from omamori.model.text import Language

_DOT_ORDER = (*SEVERITIES, "unseen", "quiet")


def draw_room(
    pen: Pen,
    placed: PlacedRoom,
    style: Style,
    head: float,
    language: Language,
    numbers: Mapping[str, int],
    doors: Collection[str],
    *,
    linked: bool = False,
    ways: Sequence[WayIn] = (),
) -> None:
    """Draw one room. `numbers` gives every machine's number, `doors` names those with a door nobody declared, `ways` come in inside it."""
    room, box = placed.room, placed.box
    base = box.y + head * 0.62
    pen.open(class_="m-zone", data_zone=room.key)
    pen.box(box, "m-room" if room.zone else "m-room-unknown", 6)
    other = W["other_rooms"].say(language).format(n=room.folded) if room.folded else W["no_zone"].say(language)
    name = room.zone.name if room.zone else other
    size = 10.5 if head > 19 else 8.6
    looked = W["room_looked" if room.known else "room_strangers" if placed.cells or placed.groups else "room_empty"].say(language)
    looked = looked.format(n=room.known, m=room.observed)
    right = box.right - 9
    room_for = box.w - 24
    # In a small room its name is more than the signs of its sockets: the page and the register tell those.
    used = draw_inside(pen, ways if width(name, size) + inside_width(ways) <= room_for else (), right, base, language)
    right, room_for = right - used, room_for - used
    if box.w > 170:
        pen.text(right, base - 0.5, looked, 7.2, "m-soft m-told", anchor="end")
        room_for -= width(looked, 7.2) + 8
    used = pen.text(box.x + 9, base, name, size, "m-strong m-ink m-name", room=room_for)
    if room.zone:
        kind = ZONES[room.zone.kind].say(language) if room.zone.kind in ZONES else room.zone.kind
        told = room.zone.networks if kind == name or kind in name else f"{kind}  {room.zone.networks}"
        if width(told, 7.2) > room_for - used - 8:
            # A cut address says nothing: better without the kind.
            told = room.zone.networks
        if room_for - used > 60:
            pen.text(box.x + 17 + used, base, told.strip(), 7.2, "m-soft m-told", room=room_for - used - 8)
    for cell in placed.cells:
        draw_cell(pen, cell, style, language, numbers[cell.machine.name], door=cell.machine.name in doors, linked=linked)
    for group in placed.groups:
        draw_group(pen, group, language, numbers)
    pen.close()


def draw_cell(pen: Pen, cell: Cell, style: Style, language: Language, place: int, *, door: bool, linked: bool) -> None:
    """Draw a machine that stands by name."""
    machine, box = cell.machine, cell.box
    shown = mark(machine)
    look = "m-cell-ghost" if machine.ghost else "m-cell m-cell-critical" if shown == "critical" and machine.important else "m-cell"
    if linked:
        pen.link("#machines", class_="m-machine", data_machine=machine.name)
    else:
        pen.open(class_="m-machine", data_m=str(place), data_kind=machine.kind)
    pen.title(machine.name)
    pen.box(box, f"{look} m-cell-not" if machine.declared is False else look, 4)
    left = box.x + 5
    middle = box.y + box.h / 2
    pen.symbol(
        f"i-{machine.kind if machine.kind in KINDS else 'other'}",
        left,
        middle - style.icon / 2,
        style.icon,
        "m-i-ghost" if machine.ghost else "m-i",
    )
    size = 13 if style.second else 10
    right = box.right - 5 - size
    pen.symbol(f"m-{shown}", right, middle - size / 2, size)
    if machine.important:
        right -= size * 0.85 + 2
        pen.symbol("m-care", right, middle - size * 0.4, size * 0.8)
    if door:
        right -= size + 2
        pen.symbol("i-door", right, middle - size / 2, size, "m-i-door")
    x = left + style.icon + 4
    room = right - 3 - x
    name = machine.name
    if not style.second:
        pen.text(x, middle + style.name * 0.36, name, style.name, "m-soft" if machine.ghost else "", room=room)
    else:
        pen.text(x, middle - 1.8, name, style.name, "m-soft" if machine.ghost else "", room=room)
        _second(pen, machine, x, middle + style.second + 1.6, style, language, room)
    pen.close(link=linked)


def _second(pen: Pen, machine: Machine, x: float, y: float, style: Style, language: Language, room: float) -> None:
    tag = W["stranger"] if machine.stranger else W["tag_undeclared"] if machine.declared is False else CHANGES.get(machine.change)
    if tag:
        words = tag.say(language)
        wide = width(words, SMALLEST) + 6
        pen.box(Rect(x - 1, y - SMALLEST + 0.2, wide, SMALLEST + 2.2), "m-pill", 2)
        pen.text(x + 2, y, words, SMALLEST, "m-white")
        return
    kind = "m-red" if machine.judged.worst == "critical" else "m-soft"
    pen.text(x, y, second_line(machine, language), style.second, kind, room=room)


def draw_group(pen: Pen, group: Group, language: Language, numbers: Mapping[str, int]) -> None:
    """Draw the machines that stand as dots or as a bar: what they are, how many, what is the matter with them."""
    box = group.box
    pen.open(
        class_="m-many",
        data_many=" ".join(str(numbers[machine.name]) for machine in group.machines),
        data_dots=f"{number(group.dots.x)} {number(group.dots.y)} {number(group.pitch)} {group.across}",
        data_kind=group.kind,
    )
    pen.title(KINDS[group.kind].say(language) if group.kind in KINDS else group.kind)
    pen.box(box, "m-group", 3.5)
    if group.kind == ALL:
        pen.text(box.x + 5, box.y + box.h / 2 + 2.6, W["machines"].say(language).format(n=len(group.machines)), 7, "m-strong")
        _bar(pen, group)
        pen.close()
        return
    kind = SHORT[group.kind].say(language) if group.kind in SHORT else group.kind
    words = W["more" if group.beside else "all"].say(language).format(n=len(group.machines), kind=kind)
    middle = box.y + min(box.h, 18) / 2 if group.across else box.y + box.h / 2
    x = box.x + 4
    pen.symbol(f"i-{group.kind if group.kind in KINDS else 'other'}", x, middle - 5.5, 11, "m-i")
    pen.text(x + 14, middle + 2.6, words, 7, "m-strong", room=group.dots.x - x - 15)
    if group.across:
        draw_dots(pen, group)
    else:
        _bar(pen, group)
    pen.close()


def _bar(pen: Pen, group: Group) -> None:
    """Draw how the machines of a group divide by their worst finding."""
    found = Counter(mark(machine) for machine in group.machines)
    x, share = group.dots.x, group.dots.w / len(group.machines)
    for shown in _DOT_ORDER:
        if found[shown]:
            pen.box(Rect(x, group.dots.y, found[shown] * share, group.dots.h), f"m-part-{shown}")
            x += found[shown] * share


def draw_dots(pen: Pen, group: Group) -> None:
    """Draw one dot a machine, by severity in one path each: a diamond, a triangle, a square, rings."""
    paths: dict[str, list[str]] = {}
    size = group.pitch * 0.36
    for place, machine in enumerate(group.machines):
        x = group.dots.x + (place % group.across + 0.5) * group.pitch
        y = group.dots.y + (place // group.across + 0.5) * group.pitch
        shown = mark(machine)
        paths.setdefault(shown, []).append(_dot(shown, x, y, size))
    for shown in _DOT_ORDER:
        if shown in paths:
            pen.path("".join(paths[shown]), f"m-dot-{shown}")


def _dot(shown: str, x: float, y: float, size: float) -> str:
    """Return the path of one dot about x, y."""
    n, near = number, size * 0.8
    if shown == "critical":
        far = n(size * 1.3)
        return f"M{n(x)} {n(y - size * 1.3)}l{far} {far}-{far} {far}-{far}-{far}z"
    if shown == "high":
        return f"M{n(x)} {n(y - size)}l{n(size * 1.1)} {n(size * 1.9)}h-{n(size * 2.2)}z"
    if shown == "medium":
        return f"M{n(x - near)} {n(y - near)}h{n(2 * near)}v{n(2 * near)}h-{n(2 * near)}z"
    if shown == "unseen":
        return f"M{n(x - near)} {n(y - size * 0.25)}h{n(2 * near)}v{n(size * 0.5)}h-{n(2 * near)}z"
    return f"M{n(x - near)} {n(y)}a{n(near)} {n(near)} 0 1 0 {n(2 * near)} 0a{n(near)} {n(near)} 0 1 0-{n(2 * near)} 0z"
