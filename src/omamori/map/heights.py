"""How high things are: the style that fits the sheet, and what is left of its height shared out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from omamori.map.plan import Plan, Room
from omamori.map.rooms import Inside, Rect, inside
from omamori.map.routes import TRACK
from omamori.map.sheet import ON_SCREEN, ON_SMALL, SCREENS, SMALL, STYLES, Sheet, Style, richer

_MOST_STRETCH = 46.0


def choose_style(
    plan: Plan, spans: Sequence[Sequence[tuple[float, float]]], sheet: Sheet, tracks: Sequence[int], available: float
) -> tuple[Style, Mapping[str, Inside], bool]:
    """Return the most generous style with which everything fits, and the inside of every room."""
    widths = {room.key: high - low for row, held in zip(plan.rows, spans, strict=True) for room, (low, high) in zip(row, held, strict=True)}
    best: tuple[float, Style, Mapping[str, Inside]] | None = None
    styles = ON_SMALL if sheet is SMALL else ON_SCREEN if sheet in SCREENS else STYLES
    for style in styles:
        insides = {room.key: inside(room, widths[room.key], sheet.room_head * style.tight, style) for room in plan.rooms}
        height = sum(max(insides[room.key].height for room in row) for row in plan.rows) + sum(street_heights(sheet, style, tracks))
        if height <= available:
            return style, insides, False
        if sheet in SCREENS or best is None or height < best[0] - 1:
            best = (height, style, insides)
    return (best[1], best[2], True) if best else (STYLES[0], {}, False)


def street_heights(sheet: Sheet, style: Style, tracks: Sequence[int]) -> list[float]:
    """Return the height of every street: room for its tracks, and a little more."""
    return [sheet.street * style.tight + TRACK * count for count in tracks]


def richest(room: Room, box: Rect, sheet: Sheet, style: Style, least: Inside) -> Inside:
    """Return the inside of a room that tells most of those that fit its box."""
    if not least.groups:
        return least
    for one in richer(style):
        found = inside(room, box.w, sheet.room_head * style.tight, one)
        if found.height <= box.h + 0.01:
            return found
    return least


def stretched(heights: list[float], streets: list[float], hidden: Sequence[int], available: float) -> tuple[list[float], list[float]]:
    """Share out what is left of the sheet's height: a little to the streets, the rest to the rows that could show more (`hidden`).

    Only size classes decide, so that a machine more moves nothing.
    """
    left = available - sum(heights) - sum(streets)
    if left <= 0 or not heights:
        return heights, streets
    each = min(14.0, left * (0.15 if any(hidden) else 0.4) / len(streets))
    streets = [street + each for street in streets]
    left -= each * len(streets)
    if any(hidden):
        return [height + left * share / sum(hidden) for height, share in zip(heights, hidden, strict=True)], streets
    whole = sum(heights)
    return [height + min(_MOST_STRETCH, left * height / whole) for height in heights], streets
