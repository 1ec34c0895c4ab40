"""Where things stand from left to right: only size classes and the number of doors decide, never how many machines there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from omamori.map.plan import ROW, UNITS, Plan, Room

_WIDEST_ENTRY = 158.0
_WIDEST_ROOM = 8
_DMZ_SHARE = 0.5
"""The DMZ takes at most so much of the width: beside it lines run that pass it by."""


def row_spans(row: Sequence[Room], left: float, right: float, gutter: float, *, last: bool) -> tuple[tuple[float, float], ...]:
    """Return the x of every room of a row: by size class, then stretched to fill the row as far as that is sensible."""
    units = [UNITS[room.size] for room in row]
    room_for = right - left - gutter * (len(row) + 1)
    widest = ROW * _DMZ_SHARE if row[0].tier == "dmz" else ROW
    stretch = (
        min(widest / sum(units), _WIDEST_ROOM / max(units) if len(row) > 1 or last else ROW)
        if sum(units) < widest
        else ROW / max(ROW, sum(units))
    )
    if row[0].tier == "lan":
        stretch = ROW / sum(units)
    unit = room_for / ROW * stretch
    spans, x = [], left + gutter
    for count in units:
        spans.append((round(x, 2), round(x + unit * count, 2)))
        x += unit * count + gutter
    return tuple(spans)


def row_gutters(spans: Sequence[tuple[float, float]], left: float, right: float) -> tuple[tuple[float, float], ...]:
    """Return the free spans of a row: left of its first room, between rooms, right of its last."""
    edges = [left, *(edge for span in spans for edge in span), right]
    return tuple((edges[number], edges[number + 1]) for number in range(0, len(edges), 2))


def card_spans(plan: Plan, left: float, right: float) -> Mapping[str, tuple[float, float]]:
    """Return x and width of every door's part of a card."""
    gap = 10.0
    if not plan.entries:
        return {}
    # What nobody declared has more to say.
    share = {entry.key: 1.0 if entry.declared else 1.5 for entry in plan.entries}
    unit = min(_WIDEST_ENTRY, (right - left - gap * (len(plan.parties) - 1)) / sum(share.values()))
    found, x = {}, left
    for party in plan.parties:
        for entry in party.entries:
            wide = min(_WIDEST_ENTRY, unit * share[entry.key])
            found[entry.key] = (round(x, 2), round(wide, 2))
            x += wide
        x += gap
    return found
