"""Draw what frames the picture: title and figures, the names of the tiers, the legend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo

from omamori.map.layout import Layout
from omamori.map.letters import width, wrapped
from omamori.map.pen import Pen, number
from omamori.map.rooms import Rect
from omamori.map.sheet import SMALLEST
from omamori.map.ways_in import OUTSIDE_KINDS, Path
from omamori.map.words import KIND_ORDER, KINDS, TIERS, W
from omamori.model.look import SEVERITIES, SEVERITY_WORDS
from omamori.model.moments import shown
from omamori.model.text import Language

TALL_LEGEND = 40
"""A legend as high as this has room for the kinds of machines too."""


def draw_head(pen: Pen, layout: Layout, language: Language, zone: tzinfo) -> None:
    """Draw the hospital's name, the moment, and the figures one should know first."""
    hospital, box, sheet = layout.plan.hospital, layout.head, layout.sheet
    if not sheet.header:
        return
    small = sheet.title < 20
    moment = shown(hospital.moment, zone)
    told = (
        f"{W['title'].say(language)}   {moment} {W['at'].say(language)}"
        if language == "ja"
        else f"{W['title'].say(language)}, {W['at'].say(language)} {moment}"
    )
    figures = list(_figures(layout, language))
    widths = [max(width(value, sheet.title) * 0.95, width(label, 7.4)) + 20 for value, label, _ in figures]
    x = box.right
    for (value, label, kind), wide in zip(reversed(figures), reversed(widths), strict=True):
        pen.text(x, box.y + sheet.title * 0.86, value, sheet.title, f"m-strong {kind}", anchor="end")
        pen.text(x, box.y + sheet.title * 0.86 + 13, label, 7.4, "m-soft", anchor="end")
        x -= wide
    room = x - box.x - 10
    pen.text(box.x, box.y + sheet.title * 0.86, hospital.name or W["no_name"].say(language), sheet.title, "m-strong m-ink", room=room)
    pen.text(box.x, box.y + sheet.title * 0.86 + (13 if small else 16), told, 8.4 if small else 9.4, "m-soft", room=room)


def _figures(layout: Layout, language: Language) -> list[tuple[str, str, str]]:
    hospital = layout.plan.hospital
    grave = sum(machine.judged.worst == "critical" for machine in hospital.machines)
    machines = len(hospital.machines)
    undeclared = sum(machine.declared is False for machine in hospital.machines)
    strange = {
        way.device or way.machine or way.name for way in hospital.ways.entries if way.kind in OUTSIDE_KINDS and way.declared is False
    }
    ways = len({door.machine for door in hospital.doors} | strange)
    figures = [(f"{hospital.observed}{W['of'].say(language)}{machines}", W["looked"].say(language), "m-ink")]
    figures.append((str(grave), W["found_machines"].say(language), "m-red" if grave else "m-ink"))
    declared = str(len(hospital.lines)) if hospital.lines_known or hospital.lines else "?"
    figures.append((declared, W["doors_declared"].say(language), "m-ink"))
    figures.append((str(ways), W["l_line_undeclared"].say(language), "m-red" if ways else "m-ink"))
    figures.append((str(undeclared), W["not_in_ledger"].say(language), "m-red" if undeclared else "m-ink"))
    if hospital.strangers:
        figures.append((str(len(hospital.strangers)), W["strangers"].say(language), "m-red"))
    return figures


def draw_tiers(pen: Pen, layout: Layout, language: Language) -> None:
    """Write the name of every tier into the rail, where no line runs."""
    if not layout.sheet.rail:
        return
    x = layout.sheet.margin + 11
    room = layout.sheet.rail - 16
    for tier in layout.tiers:
        outside = tier.key == "outside"
        top = tier.top + (layout.sheet.card / 2 - 2 if outside else 26 if tier.key == "edge" else 16)
        for place, line in enumerate(wrapped(TIERS[tier.key].say(language), 8.6, room, 3)):
            pen.text(x - (10 if outside else 0), top + place * 11, line, 8.6, "m-strong m-soft")
        if tier.between is not None:
            _between(pen, x, tier.top - 9, tier.between, room, language)


def _between(pen: Pen, x: float, y: float, names: tuple[str, ...], room: float, language: Language) -> None:
    """Write what is known of the machine that parts a tier from the one above: often nothing, and that is said."""
    told = W["between"].say(language).format(names=", ".join(names)) if names else W["between_unknown"].say(language)
    lines = wrapped(told, SMALLEST, room + 2, 3)
    for place, line in enumerate(lines):
        pen.text(x, y - (len(lines) - 1 - place) * 8.4, line, SMALLEST, "m-soft")


def draw_legend(pen: Pen, layout: Layout, language: Language, over: Sequence[Path] = ()) -> None:
    """Draw the legend in as many lines as it takes, and what the picture cannot say. `over` are the paths that are drawn."""
    box = layout.legend
    if not layout.sheet.legend:
        return
    x, y = box.x, box.y + 9
    for drawing, words, wide in _legend(pen, layout, language, over):
        length = wide + 4 + width(words, 7.2) + 13
        if x + length > box.right + 10:
            x, y = box.x, y + 13.5
        drawing(x, y)
        pen.text(x + wide + 4, y + 2.6, words, 7.2)
        x += length
    if layout.sheet.legend >= TALL_LEGEND:
        _kinds(pen, layout, language, box.x, y + 14)
    foot = f"{W['foot'].say(language)}  {W['made'].say(language)}"
    # On a small sheet the last line of the legend may reach as far as these words: then they stand below it.
    below = box.bottom - 1 - y < 10 and x > box.right - width(foot, 6.9) and layout.sheet.legend < TALL_LEGEND
    pen.text(box.right, y + 13 if below else box.bottom - 1, foot, 6.9, "m-soft", anchor="end")


def _kinds(pen: Pen, layout: Layout, language: Language, x: float, y: float) -> None:
    """Draw the kinds of machines there are, as many as there is room for."""
    present = {machine.kind for machine in layout.plan.hospital.everything}
    for kind in (kind for kind in KIND_ORDER if kind in present):
        words = KINDS[kind].say(language)
        length = 15 + width(words, 7.2) + 12
        if x + length > layout.legend.right - 260:
            return
        pen.symbol(f"i-{kind}", x, y - 5.5, 11, "m-i")
        pen.text(x + 15, y + 2.6, words, 7.2)
        x += length


def _legend(pen: Pen, layout: Layout, language: Language, over: Sequence[Path]) -> list[tuple[Callable[[float, float], None], str, float]]:
    def symbol(name: str) -> Callable[[float, float], None]:
        return lambda x, y: pen.symbol(name, x, y - 5, 10)

    def icons(kinds: Sequence[str]) -> Callable[[float, float], None]:
        def drawing(x: float, y: float) -> None:
            for place, kind in enumerate(kinds):
                pen.symbol(f"i-{kind}", x + 12 * place, y - 5, 10, "m-i")

        return drawing

    def line(kind: str) -> Callable[[float, float], None]:
        return lambda x, y: pen.path(f"M{number(x)} {number(y)}h24", kind)

    def cell(kind: str) -> Callable[[float, float], None]:
        return lambda x, y: pen.box(Rect(x, y - 5, 18, 10), kind, 3)

    items: list[tuple[Callable[[float, float], None], str, float]] = []
    items += [(symbol(f"m-{severity}"), SEVERITY_WORDS[severity].say(language), 10) for severity in SEVERITIES]
    items += [(symbol("m-quiet"), W["nothing"].say(language), 10), (symbol("m-unseen"), W["not_looked"].say(language), 10)]
    items += [(symbol("m-care"), W["l_care"].say(language), 10)]
    items += [(cell("m-cell m-cell-not"), W["l_undeclared"].say(language), 18), (cell("m-cell-ghost"), W["l_ghost"].say(language), 18)]
    items.append((lambda x, y: pen.symbol("i-door", x, y - 5, 10, "m-i-door"), W["l_door"].say(language), 10))
    items += [
        (line("m-line"), W["l_line"].say(language), 24),
        (line("m-line m-line-declared"), W["l_line_declared"].say(language), 24),
        (line("m-line m-line-not"), W["l_line_undeclared"].say(language), 24),
        (line("m-join"), W["l_join"].say(language), 24),
    ]
    inside = sorted({way.kind for ways in layout.plan.inside.values() for way in ways})
    if inside:
        items.append((icons(inside), W["l_local"].say(language), 12.0 * len(inside) - 2))
    for look, word, there in (
        ("m-step", "l_path", any(path.certain and not path.cut for path in over)),
        ("m-step m-step-possible", "l_path_possible", any(not path.certain and not path.cut for path in over)),
        ("m-step m-step-cut", "l_path_cut", any(path.cut for path in over)),
    ):
        if there:
            items.append((line(look), W[word].say(language), 24))
    return items
