"""The picture with what a block cuts: a numbered mark at each door and each part of the hospital, by stage, with the words below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo

from omamori.map.hospital import Hospital
from omamori.map.layout import Layout
from omamori.map.pen import Pen
from omamori.map.picture import lay_out
from omamori.map.sheet import SHEETS
from omamori.map.svg import draw
from omamori.map.svg_ways import spots
from omamori.model.text import Language, Text

_ROW = 13.0
_ROUND = 8.5
_STYLE = "<style>.m-stage{fill:#fff;stroke:#111;stroke-width:1.6}.m-stage-needs{fill:#fff;stroke:#111;stroke-width:1.6;stroke-dasharray:3 2}</style>"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a stage cuts: the zones, machines or ways in at which its number stands; `ready` False: something is missing there."""

    stage: int
    places: tuple[str, ...]
    entries: tuple[str, ...] = ()
    ready: bool = True


def cuts_picture(
    hospital: Hospital, language: Language, marks: Sequence[Mark], words: Mapping[int, Text], zone: tzinfo = UTC, paper: str = "a3"
) -> str:
    """Return the picture as SVG. `words` says, by stage, what it cuts; a dashed ring stands where something is still missing."""
    sheet = SHEETS[paper]
    ahead = {place for mark in marks for place in mark.places}
    high = _ROW * (len(words) + 1) + 8
    layout = lay_out(hospital, replace(sheet, height=sheet.height - high), ahead=ahead)
    layout = replace(layout, sheet=replace(sheet, height=max(sheet.height, layout.legend.bottom + sheet.margin + high)))
    drawn = draw(layout, language, zone)
    pen = Pen("")
    pen.raw(_STYLE)
    _rings(pen, layout, marks)
    _words(pen, layout, words, language, high)
    return drawn.removesuffix("</svg>") + pen.done() + "</svg>"


def _rings(pen: Pen, layout: Layout, marks: Sequence[Mark]) -> None:
    places = spots(layout)
    held: dict[tuple[float, float], dict[int, bool]] = {}
    for mark in marks:
        for name in (*mark.places, *(f"entry:{name}" for name in mark.entries)):
            if name in places:
                stages = held.setdefault(places[name], {})
                stages[mark.stage] = stages.get(mark.stage, True) and mark.ready
    for (x, y), stages in held.items():
        # Stages at one place stand side by side; one is ready when all it cuts there is.
        for number, (stage, ready) in enumerate(sorted(stages.items())):
            _ring(pen, x + number * (2 * _ROUND + 2), y + 3, stage, ready=ready)


def _ring(pen: Pen, x: float, y: float, stage: int, *, ready: bool) -> None:
    pen.raw(f'<circle class="{"m-stage" if ready else "m-stage-needs"}" cx="{x:.1f}" cy="{y:.1f}" r="{_ROUND}"/>')
    pen.text(x, y + 3.4, str(stage), 10, "m-strong", anchor="middle")


def _words(pen: Pen, layout: Layout, words: Mapping[int, Text], language: Language, high: float) -> None:
    sheet = layout.sheet
    y = sheet.height - sheet.margin - high + _ROW
    pen.text(sheet.margin, y, _HEAD.say(language), 8.6, "m-strong")
    for stage, text in words.items():
        y += _ROW
        pen.text(sheet.margin, y, f"{stage}  {text.say(language)}", 8.2, room=sheet.width - 2 * sheet.margin)


_HEAD = Text(
    "遮断の段階(番号の所で切る。点線は、まだ足りないものがある)",
    "Stages of the block: each number stands where it cuts; dashed where something is still missing",
)
