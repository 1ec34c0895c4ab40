"""Shortest ways through the graph of steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from omamori.analyze.paths import plainly
from omamori.analyze.paths.columns import HAS_NUMPY
from omamori.analyze.paths.graph import Graph, sets_hit

if HAS_NUMPY:
    import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omamori.analyze.paths.graph import Flags

_NONE = -1
_PIECE = 65_536
"""Edges looked at in one piece."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way from a start to a goal: its edges in order, and whether every step of it is certain."""

    edges: tuple[int, ...]
    certain: bool


def alive_steps(graph: Graph, removed: Iterable[int] = (), *, certain_only: bool = False) -> Flags:
    """Return which step rows are left when the changes `removed` (numbers) were made."""
    steps = graph.steps
    columns: Any = steps.changes
    if isinstance(columns, list):
        left: Any = plainly.alive(steps.change_sets, columns, list(steps.certain), removed, certain_only=certain_only)
        return left  # type: ignore[no-any-return]
    hit = sets_hit(steps.change_sets, removed, len(steps.change_names))
    alive: Flags = ~hit[steps.changes] if len(steps.change_sets) else np.ones(len(steps), np.bool_)
    return alive & steps.certain if certain_only else alive


def ways(graph: Graph, start: int, goals: Iterable[int], removed: Iterable[int] = ()) -> Mapping[int, Way]:
    """Return the shortest way from `start` to each goal that can be reached: the shortest certain one, else the shortest at all.

    Short counts the steps an intruder takes; free ones count nothing. Of equally short ways always the same is returned, whatever
    the order the graph was built in.
    """
    gone = tuple(removed)
    wanted = list(dict.fromkeys(goals))
    sure = search(graph, start, wanted, alive_steps(graph, gone, certain_only=True))
    rest = [goal for goal in wanted if goal not in sure]
    found = {goal: Way(tuple(edges), certain=True) for goal, edges in sure.items()}
    if rest:
        maybe = search(graph, start, rest, alive_steps(graph, gone))
        found |= {goal: Way(tuple(edges), certain=False) for goal, edges in maybe.items()}
    return found


def search(graph: Graph, start: int, goals: Sequence[int], alive: Flags) -> dict[int, list[int]]:
    """Return the edges of a shortest way to each goal over the steps that are `alive`; goals out of reach are left out."""
    if isinstance(alive, list):
        return plainly.search(graph, start, goals, alive)
    nodes = len(graph.names)
    came_by = np.full(nodes, _NONE, np.int64)
    seen = np.zeros(nodes, np.bool_)
    seen[start] = True
    open_goals = {goal for goal in goals if goal != start}
    frontier = np.array([start], np.int64)
    free, dear = (alive & graph.steps.free, alive & ~graph.steps.free) if graph.has_free else (alive, alive)
    while frontier.size and open_goals:
        if graph.has_free:
            reached = frontier
            while reached.size:
                reached = _expand(graph, reached, free, seen, came_by)
                frontier = np.union1d(frontier, reached)
            open_goals -= {goal for goal in open_goals if seen[goal]}
            if not open_goals:
                break
        frontier = _expand(graph, frontier, dear, seen, came_by)
        # Free steps of this round may still lead to a goal: it is looked for after them.
        if not graph.has_free:
            open_goals -= {goal for goal in open_goals if seen[goal]}
    return {goal: _back(graph, came_by, start, goal) for goal in goals if seen[goal]}


def _expand(graph: Graph, frontier: NDArray[np.int64], alive: Flags, seen: Flags, came_by: NDArray[np.int64]) -> NDArray[np.int64]:
    """Mark what one step from the frontier reaches for the first time, and return it in order.

    A piece at a time that stays in the processor's cache; what an earlier piece reached, a later one does not reach again.
    """
    begin = graph.first[frontier]
    count = graph.first[frontier + 1] - begin
    upto = np.cumsum(count)
    total = int(upto[-1])
    found: list[NDArray[np.int64]] = []
    at = 0
    while at < frontier.size:
        done = int(upto[at - 1]) if at else 0
        end = max(int(np.searchsorted(upto, done + _PIECE, side="right")), at + 1)
        reached = _piece(graph, begin[at:end], count[at:end], alive, seen, came_by)
        if reached.size:
            found.append(reached)
        at = frontier.size if int(upto[end - 1]) == total else end
    return np.sort(np.concatenate(found)) if found else np.empty(0, np.int64)


def _piece(
    graph: Graph, begin: NDArray[np.int64], count: NDArray[np.int64], alive: Flags, seen: Flags, came_by: NDArray[np.int64]
) -> NDArray[np.int64]:
    total = int(count.sum())
    if not total:
        return np.empty(0, np.int64)
    edges = np.repeat(begin - np.cumsum(count) + count, count)
    edges += np.arange(total)
    edges = edges[~seen[graph.target[edges]]]
    edges = edges[alive[graph.step[edges]]]
    ends = graph.target[edges]
    # Of several edges to one node the last written stays: written from behind, that is the first.
    came_by[ends[::-1]] = edges[::-1]
    seen[ends] = True
    first: NDArray[np.int64] = ends[came_by[ends] == edges].astype(np.int64)
    return first


def _back(graph: Graph, came_by: NDArray[np.int64], start: int, goal: int) -> list[int]:
    edges: list[int] = []
    at = goal
    while at != start:
        edge = int(came_by[at])
        edges.append(edge)
        at = graph.source_of(edge)
    return edges[::-1]
