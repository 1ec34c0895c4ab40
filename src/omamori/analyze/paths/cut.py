"""The cheapest set of changes after which no way is left: an implicit hitting set.

A way is cut when one of the changes of its steps is made. So: find a way that is left, note its changes as one more set, solve the
small problem of all sets noted exactly, make these changes, and look again. When no way is left, the answer is the cheapest there is,
for every set noted has to be hit by any answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from omamori.analyze.paths.graph import Graph
from omamori.analyze.paths.hitting import LIMIT, Hitting, cheapest_hitting
from omamori.analyze.paths.search import alive_steps, search

ROUNDS = 400
"""Problems solved for one cut before the answer found so far is completed without claiming to be the cheapest."""
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cut:
    """Changes that leave no way between the pairs, their cost, the least such a set can cost, and what no known change cuts."""

    changes: tuple[int, ...]
    cost: int
    at_least: int
    exact: bool
    uncut: tuple[Pair, ...]


def cheapest_cut(
    graph: Graph,
    pairs: Iterable[Pair],
    cost: Mapping[int, int],
    *,
    removed: Iterable[int] = (),
    certain_only: bool = False,
    limit: int = LIMIT,
    rounds: int = ROUNDS,
) -> Cut:
    """Return the cheapest changes that cut every way of the `pairs` (start, goal).

    Pairs that are joined whatever is changed are named in `uncut` and leave the rest as it is. Within `limit` and `rounds` the cut is
    exactly the cheapest; else `exact` is false and `at_least` tells how much cheaper another could be at most.
    """
    made = tuple(removed)
    every = range(len(graph.steps.change_names))
    wanted = sorted(set(pairs))
    stuck = _joined(graph, wanted, every, certain_only=certain_only)
    uncut = tuple(pair for pair in wanted if pair in stuck)
    wanted = [pair for pair in wanted if pair not in stuck]
    sets: list[frozenset[int]] = []
    found = Hitting((), 0, 0, exact=True)
    exact = True
    for number in range(rounds + 1):
        more = _ways_left(graph, wanted, (*made, *found.chosen), certain_only=certain_only)
        if not more:
            return Cut(found.chosen, found.cost, found.cost if exact else found.at_least, exact, uncut)
        sets += more
        # After the last round only enough is added to cut what is left, without a claim.
        found = cheapest_hitting(sets, cost, limit if number < rounds else 1)
        exact = found.exact
        if number == rounds:
            break
    while more := _ways_left(graph, wanted, (*made, *found.chosen), certain_only=certain_only):
        sets += more
        found = replace(cheapest_hitting(sets, cost, 1), at_least=found.at_least)
    return Cut(found.chosen, found.cost, found.at_least, exact=False, uncut=uncut)


def _joined(graph: Graph, pairs: Sequence[Pair], removed: Iterable[int], *, certain_only: bool) -> set[Pair]:
    alive = alive_steps(graph, removed, certain_only=certain_only)
    return {(start, goal) for start, goals in _by_start(pairs).items() for goal in search(graph, start, goals, alive)}


def _ways_left(graph: Graph, pairs: Sequence[Pair], removed: Sequence[int], *, certain_only: bool) -> list[frozenset[int]]:
    """Return the changes of ways that are left, of which no two share a change: each then adds something new to the problem."""
    gone = set(removed)
    noted: list[frozenset[int]] = []
    for start, goals in _by_start(pairs).items():
        left = list(goals)
        while left:
            found = search(graph, start, left, alive_steps(graph, gone, certain_only=certain_only))
            for edges in found.values():
                changes = changes_of(graph, edges)
                if changes.isdisjoint(gone):
                    noted.append(changes)
                    gone |= changes
            left = [goal for goal in left if goal in found]
    return noted


def _by_start(pairs: Sequence[Pair]) -> dict[int, list[int]]:
    grouped: dict[int, list[int]] = {}
    for start, goal in pairs:
        grouped.setdefault(start, []).append(goal)
    return grouped


def changes_of(graph: Graph, edges: Iterable[int]) -> frozenset[int]:
    """Return every change of which any one takes a step of the way away."""
    steps = graph.steps
    return frozenset(change for edge in edges for change in steps.change_sets[int(steps.changes[int(graph.step[edge])])])
