"""Write the page: the drawing, what is known of each part of it, style and script, in one file that asks for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from omamori.map.hospital import Hospital
from omamori.map.layout import Layout
from omamori.map.page.closed import for_script, policy
from omamori.map.page.payload import payload
from omamori.map.page.words import P
from omamori.map.picture import lay_out
from omamori.map.sheet import SCREENS
from omamori.map.svg import draw, style_sheet
from omamori.map.ways_told import chosen_ways
from omamori.map.words import KIND_ORDER, KINDS, W
from omamori.model.moments import shown
from omamori.model.text import Language

SCRIPTS = ("view.js", "data.js", "panel.js", "near.js", "ways.js", "main.js")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of stored evidence, to read: which machine or file, what command printed it, what it says."""

    origin: str
    command: str
    text: str


def render_page(
    hospital: Hospital, language: Language, zone: tzinfo = UTC, lines: Mapping[str, Line] | None = None, ways_in: str = ""
) -> str:
    """Return the page. `lines` are evidence lines by reference; where one is not there its reference is shown.

    `ways_in` is the entry the page opens with, or `all` to begin with the paths of every one; empty: the reader switches them on.

    A content security policy allows this file's own style and script by their hashes and nothing else: no request leaves the page,
    and text from a machine cannot become script.
    """
    layout = _laid_out(hospital)
    style = style_sheet() + _file("page.css")
    script = "\n".join(_file(name) for name in SCRIPTS)
    environment = Environment(
        loader=FunctionLoader(_file), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    kinds = {machine.kind for machine in hospital.everything}
    data = payload(layout, language, zone, {ref: (line.origin, line.command, line.text) for ref, line in (lines or {}).items()})
    chosen = [number for number, way in enumerate(hospital.ways.entries) if way in chosen_ways(hospital.ways, ways_in)] if ways_in else []
    data["ways"]["start"] = chosen[0] if len(chosen) == 1 else None
    return environment.get_template("page.html.j2").render(
        shown_ways=len(chosen) > 1,
        language=language,
        P={key: text.say(language) for key, text in P.items()},
        title=f"{hospital.name or W['no_name'].say(language)} - {W['title'].say(language)}",
        name=hospital.name or W["no_name"].say(language),
        told=f"{W['title'].say(language)}  {shown(hospital.moment, zone)}",
        kinds=[(kind, KINDS[kind].say(language)) for kind in KIND_ORDER if kind in kinds],
        policy=policy(style, script),
        style=Markup(style),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704 - our own files
        drawing=Markup(draw(layout, language, zone, alone=False)),  # noqa: S704 - every text in it was escaped by the pen
        data=Markup(for_script(data)),  # noqa: S704 - escaped for a script element
    )


def _laid_out(hospital: Hospital) -> Layout:
    """Return the layout on the narrowest screen that is high enough."""
    for sheet in SCREENS:
        layout = lay_out(hospital, sheet, ("lines", "joins", "changes"))
        if not layout.overfull:
            break
    return layout


def _file(name: str) -> str:
    return files("omamori.map.page").joinpath(name).read_text(encoding="utf-8")
