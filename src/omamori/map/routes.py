"""Lead lines along channels: streets above every row of rooms, gutters between rooms. Nothing leads through a room or its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

TRACK = 7.0
"""Between two lines that run side by side in a street."""
APART = 12.0
"""Between two that come down side by side: their arrows must not touch."""
EDGE = 16.0
"""A line keeps so far from a room's corner."""

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Wish:
    """A line to lead: from `start` (an x on the wall, or a room's place) to a room's place (row, number in it).

    Lines of one `bus` share their way as far as they go together.
    """

    key: str
    bus: str
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
    shared: dict[tuple[str, int], float] = {}
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
            if (wish.bus, row) not in shared:
                others = [one for one in taken[row] + taken[row + 1] if one != x]
                shared[(wish.bus, row)] = _gutter(x, (goal[0] + goal[1]) / 2, gutters[row], others)
            x = shared[(wish.bus, row)]
            taken[row].append(x)
            taken[row + 1].append(x)
            xs.append(x)
        x = _free(xs[-1], goal[0] + EDGE, goal[1] - EDGE, [one for one in taken[target[0]] if one != xs[-1]])
        taken[target[0]].append(x)
        xs.append(x)
        ways.append((wish.key, wish.bus, first, not isinstance(wish.start, tuple), tuple(xs), turned))
    tracks, needed = _tracks(ways, len(rooms))
    return tuple(Led(key, first, wall, xs, tracks[key], turned) for key, _, first, wall, xs, turned in ways), needed


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
    ways: Sequence[tuple[str, str, int, bool, tuple[float, ...], bool]], streets: int
) -> tuple[Mapping[str, tuple[int, ...]], tuple[int, ...]]:
    """Give every sideways stretch a track of its own among those it runs beside; the stretches of one bus share theirs."""
    stretches: dict[tuple[int, str], list[tuple[float, float]]] = defaultdict(list)
    for _, bus, first, _, xs, _ in ways:
        for number, (a, b) in enumerate(pairwise(xs)):
            if abs(a - b) > 0.5:
                stretches[(first + number, bus)].append((min(a, b), max(a, b)))
    ends: dict[int, list[float]] = defaultdict(list)
    track_of: dict[tuple[int, str], int] = {}
    whole = {place: (min(low for low, _ in spans), max(high for _, high in spans)) for place, spans in stretches.items()}
    for (street, bus), (low, high) in sorted(whole.items(), key=lambda item: (item[0][0], item[1], item[0][1])):
        held = ends[street]
        track = next((place for place, end in enumerate(held) if end + TRACK < low), len(held))
        if track == len(held):
            held.append(high)
        held[track] = high
        track_of[(street, bus)] = track
    tracks = {key: tuple(track_of.get((first + number, bus), 0) for number in range(len(xs) - 1)) for key, bus, first, _, xs, _ in ways}
    return tracks, tuple(len(ends[street]) for street in range(streets))
