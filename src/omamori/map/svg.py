"""The picture as SVG: for paper with its own style inside, or to stand in a page that brings the style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo
from importlib.resources import files

from omamori.map.layout import Layout
from omamori.map.pen import Pen, escaped, number
from omamori.map.svg_frame import draw_head, draw_legend, draw_tiers
from omamori.map.svg_outside import draw_gates, draw_lines, draw_parties
from omamori.map.svg_rooms import draw_room
from omamori.map.svg_ways import Band, draw_band, draw_paths
from omamori.map.symbols import definitions
from omamori.map.ways_in import Path
from omamori.map.words import W
from omamori.model.text import Language


def style_sheet() -> str:
    """Return the style of the drawing; all its classes begin with `m-`."""
    return files("omamori.map").joinpath("drawing.css").read_text(encoding="utf-8")


def draw(
    layout: Layout,
    language: Language,
    zone: tzinfo = UTC,
    *,
    alone: bool = True,
    prefix: str = "",
    linked: bool = False,
    cropped: bool = False,
    over: Sequence[Path] = (),
    numbered: bool = False,
    band: Band | None = None,
) -> str:
    """Return the SVG. `alone`: a file of its own, with its size in millimetres and its style; else an element for a page.

    `cropped`: without the head, where the page says whose picture it is; `linked` makes every machine a link (`#machines`, `data-machine`).
    `zone` is the one moments are shown in; `prefix` begins the names of its parts, for pages with several drawings. `over` are paths of an
    intruder drawn over the picture, their steps `numbered`; `band` are the words below it.
    """
    pen = Pen(prefix)
    sheet = layout.sheet
    hospital = layout.plan.hospital
    told = f"{hospital.name or W['no_name'].say(language)} {W['title'].say(language)}"
    wide, high = sheet.millimetres
    # A page gives it the size of its own screen.
    size = f' width="{number(wide)}mm" height="{number(high)}mm"' if alone else ""
    numbers: Mapping[str, int] = {machine.name: place for place, machine in enumerate(hospital.everything)}
    top = 0.0 if alone or not cropped else layout.head.bottom - 8
    pen.raw(
        f'<svg xmlns="http://www.w3.org/2000/svg"{size} viewBox="0 {number(top)} {number(sheet.width)} {number(sheet.height - top)}" role="img" '
        f'class="m-map" lang="{language}" aria-label="{escaped(told)}">'
    )
    pen.title(told)
    if alone:
        pen.raw(f"<style>{style_sheet()}</style>")
    pen.raw(f"<defs>{definitions(prefix)}</defs>")
    pen.raw(f'<rect class="m-paper" width="{number(sheet.width)}" height="{number(sheet.height)}"/>')
    if not top:
        draw_head(pen, layout, language, zone)
    pen.box(layout.house, "m-house", 10)
    pen.box(layout.wall, "m-wall")
    draw_tiers(pen, layout, language)
    draw_parties(pen, layout, language)
    doors, inside = {door.machine for door in hospital.doors}, layout.plan.inside
    for room in layout.rooms:
        ways = inside.get(room.room.key, ())
        draw_room(pen, room, layout.style, layout.room_head, language, numbers, doors, linked=linked, ways=ways)
    draw_lines(pen, layout)
    draw_gates(pen, layout, language)
    if over:
        draw_paths(pen, layout, over, numbered=numbered)
    draw_legend(pen, layout, language, over)
    if band is not None:
        draw_band(pen, band, sheet)
    pen.raw("</svg>")
    return pen.done()
