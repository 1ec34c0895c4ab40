"""Lead lines along channels: streets above every row of rooms, gutters between rooms. Nothing leads through a room or its words."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TRACK = 7.0
"""Between two lines that run side by side in a street."""
APART = 12.0
"""Between two that come down side by side: their arrows must not touch."""
EDGE = 16.0
"""A line keeps so far from a room's corner."""

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Wish:
    """A line to lead: from `start` (an x on the wall, or a room's place) to a room's place (row, number in it)."""

    key: str
    start: float | tuple[int, int]
    target: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Led:
    """The way of a wish: x on every street from `first` on (one more than streets), and the track on each; `turned`: it begins at the target."""

    key: str
    first: int
    from_wall: bool
    xs: tuple[float, ...]
    tracks: tuple[int, ...]
    turned: bool


def lead(
    wishes: Sequence[Wish], rooms: Sequence[Sequence[Span]], gutters: Sequence[Sequence[Span]]
) -> tuple[tuple[Led, ...], tuple[int, ...]]:
    """Return the ways, and how many tracks each street needs. `rooms` and `gutters` are spans of x, row by row."""
    taken: dict[int, list[float]] = defaultdict(list)
    for wish in wishes:
        if isinstance(wish.start, float):
            taken[0].append(wish.start)
    ways = []
    for wish in wishes:
        start, target, turned = wish.start, wish.target, False
        if isinstance(start, tuple) and start > target:
            start, target, turned = target, start, True
        goal = rooms[target[0]][target[1]]
        if isinstance(start, tuple):
            first, own = start[0], rooms[start[0]][start[1]]
            x = _free((goal[0] + goal[1]) / 2 if start[0] != target[0] else own[1], own[0] + EDGE, own[1] - EDGE, taken[first])
            taken[first].append(x)
        else:
            first, x = 0, start
        xs = [x]
        for row in range(first, target[0]):
            x = _gutter(x, (goal[0] + goal[1]) / 2, gutters[row], [one for one in taken[row] + taken[row + 1] if one != x])
            taken[row].append(x)
            taken[row + 1].append(x)
            xs.append(x)
        x = _free(xs[-1], goal[0] + EDGE, goal[1] - EDGE, [one for one in taken[target[0]] if one != xs[-1]])
        taken[target[0]].append(x)
        xs.append(x)
        ways.append((wish.key, first, not isinstance(wish.start, tuple), tuple(xs), turned))
    tracks, needed = _tracks(ways, len(rooms))
    return tuple(Led(key, first, wall, xs, tracks[key], turned) for key, first, wall, xs, turned in ways), needed


def _gutter(x: float, goal: float, spans: Sequence[Span], taken: Sequence[float]) -> float:
    """Return an x in the gutter that makes the way shortest."""

    def way(span: Span) -> tuple[float, float]:
        near = min(max(x, span[0]), span[1])
        return abs(near - x) + abs(near - goal), span[0]

    low, high = min(spans, key=way)
    return _free(x, low + 4, high - 4, taken)


def _free(wanted: float, low: float, high: float, taken: Sequence[float]) -> float:
    """Return the x nearest to `wanted` between `low` and `high` with room to every one taken; the nearest at all where there is none."""
    low, high = min(low, high), max(low, high)
    start = min(max(wanted, low), high)
    best, room = start, -1.0
    for step in range(int((high - low) / 3) + 2):
        for x in (start + 3 * step, start - 3 * step):
            if low <= x <= high:
                near = min((abs(x - one) for one in taken), default=APART)
                if near >= APART:
                    return x
                if near > room:
                    best, room = x, near
    return best


def _tracks(
    ways: Sequence[tuple[str, int, bool, tuple[float, ...], bool]], streets: int
) -> tuple[Mapping[str, tuple[int, ...]], tuple[int, ...]]:
    """Give every sideways stretch a track of its own among those it runs beside."""
    stretches: dict[int, list[tuple[float, float, str, int]]] = defaultdict(list)
    found: dict[str, list[int]] = {}
    for key, first, _, xs, _ in ways:
        found[key] = [0] * (len(xs) - 1)
        for number, (a, b) in enumerate(itertools.pairwise(xs)):
            if abs(a - b) > 0.5:
                stretches[first + number].append((min(a, b), max(a, b), key, number))
    needed = [0] * streets
    for street, held in stretches.items():
        ends: list[float] = []
        for low, high, key, number in sorted(held):
            track = next((place for place, end in enumerate(ends) if end + TRACK < low), len(ends))
            if track == len(ends):
                ends.append(high)
            ends[track] = high
            found[key][number] = track
        needed[street] = len(ends)
    return {key: tuple(tracks) for key, tracks in found.items()}, tuple(needed)
