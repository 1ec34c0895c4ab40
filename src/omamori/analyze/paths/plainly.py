"""The search of `search` and the order of `graph` with lists alone: slower, and the same answers to the edge."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any


def in_order(nodes: int, source: Sequence[int], target: Sequence[int], step: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    """Return (first edge of each node and the end, targets, steps) of edges in order of source, target and step."""
    edges = sorted(zip(source, target, step, strict=True))
    first = [0] * (nodes + 1)
    for start, _, _ in edges:
        first[start + 1] += 1
    for node in range(nodes):
        first[node + 1] += first[node]
    return first, [end for _, end, _ in edges], [row for _, _, row in edges]


def source_of(first: Sequence[int], edge: int) -> int:
    """Return the node an edge begins at."""
    return bisect_right(first, edge) - 1


def alive(
    sets: Sequence[Sequence[int]], changes: Sequence[int], certain: Sequence[bool], removed: Iterable[int], *, certain_only: bool
) -> list[bool]:
    """Return which step rows are left when the changes `removed` were made."""
    gone = set(removed)
    hit = [not gone.isdisjoint(members) for members in sets]
    return [not (sets and hit[row]) and (sure or not certain_only) for row, sure in zip(changes, certain, strict=True)]


def search(graph: Any, start: int, goals: Sequence[int], left: Sequence[bool]) -> dict[int, list[int]]:
    """Return the edges of a shortest way to each goal over the steps that are `left`; goals out of reach are left out."""
    came_by: dict[int, int] = {}
    seen = {start}
    open_goals = {goal for goal in goals if goal != start}
    frontier = [start]
    free = [one and other for one, other in zip(left, graph.steps.free, strict=True)]
    dear = [one and not other for one, other in zip(left, graph.steps.free, strict=True)]
    while frontier and open_goals:
        reached = frontier
        while graph.has_free and reached:
            reached = _expand(graph, reached, free, seen, came_by)
            frontier = sorted({*frontier, *reached})
        open_goals -= seen
        if open_goals:
            frontier = _expand(graph, frontier, dear if graph.has_free else left, seen, came_by)
    return {goal: _back(graph, came_by, start, goal) for goal in goals if goal in seen}


def _expand(graph: Any, frontier: Sequence[int], left: Sequence[bool], seen: set[int], came_by: dict[int, int]) -> list[int]:
    """Mark what one step from the frontier reaches for the first time, and return it in order."""
    found = []
    for node in frontier:
        for edge in range(graph.first[node], graph.first[node + 1]):
            end = graph.target[edge]
            if end not in seen and left[graph.step[edge]]:
                seen.add(end)
                came_by[end] = edge
                found.append(end)
    return sorted(found)


def _back(graph: Any, came_by: dict[int, int], start: int, goal: int) -> list[int]:
    edges: list[int] = []
    at = goal
    while at != start:
        edges.append(came_by[at])
        at = source_of(graph.first, edges[-1])
    return edges[::-1]
