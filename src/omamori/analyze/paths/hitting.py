"""The cheapest set that hits every one of some sets (weighted hitting set), exactly while the search stays within a bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LIMIT = 200_000
"""Places of the search that are looked at before it gives up exactness."""


@dataclass(frozen=True, slots=True)
class Hitting:
    """The chosen members, in order; what they cost; the least any such set can cost (equal where `exact`)."""

    chosen: tuple[int, ...]
    cost: int
    at_least: int
    exact: bool


@dataclass(slots=True)
class _Search:
    cost: Mapping[int, int]
    best: tuple[int, ...]
    best_cost: int
    left: int


def cheapest_hitting(sets: Sequence[frozenset[int]], cost: Mapping[int, int], limit: int = LIMIT) -> Hitting:
    """Return the cheapest members that hit every set; costs are positive whole numbers.

    Of equally cheap ones always the same. When the search takes more than `limit` places, the best one found so far comes back with
    `exact` false, and `at_least` then is a bound nobody can get below. ValueError when a set is empty: nothing hits it.
    """
    if any(not members for members in sets):
        raise ValueError("an empty set cannot be hit")
    needed = _least(sets)
    start = tuple(sorted(_greedy(needed, cost)))
    search = _Search(cost, start, sum(cost[member] for member in start), limit)
    bound = _bound(needed, cost)
    if search.best_cost > bound:
        _branch(search, needed, (), 0)
    exact = search.left > 0
    return Hitting(tuple(sorted(search.best)), search.best_cost, search.best_cost if exact else bound, exact)


def _least(sets: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """Leave out sets that hold another one: who hits the smaller hits the larger."""
    kept: list[frozenset[int]] = []
    for members in sorted(set(sets), key=lambda one: (len(one), sorted(one))):
        if not any(smaller <= members for smaller in kept):
            kept.append(members)
    return kept


def _greedy(sets: Sequence[frozenset[int]], cost: Mapping[int, int]) -> set[int]:
    chosen: set[int] = set()
    open_sets = list(sets)
    while open_sets:
        counts: dict[int, int] = {}
        for members in open_sets:
            for member in members:
                counts[member] = counts.get(member, 0) + 1
        pick = min(counts, key=lambda member: (cost[member] / counts[member], member))
        chosen.add(pick)
        open_sets = [members for members in open_sets if pick not in members]
    # What the later ones made needless goes out again, the dearest first.
    for member in sorted(chosen, key=lambda one: (-cost[one], one)):
        if all(members & (chosen - {member}) for members in sets):
            chosen.remove(member)
    return chosen


def _bound(sets: Sequence[frozenset[int]], cost: Mapping[int, int]) -> int:
    """Return what any hitting set costs at least: every set raises its price until a member is paid for in full (dual ascent)."""
    rest: dict[int, int] = {}
    total = 0
    for members in sets:
        price = min(rest.get(member, cost[member]) for member in members)
        if price:
            total += price
            for member in members:
                rest[member] = rest.get(member, cost[member]) - price
    return total


def _branch(search: _Search, sets: list[frozenset[int]], chosen: tuple[int, ...], spent: int) -> None:
    if search.left <= 0:
        return
    search.left -= 1
    if not sets:
        if spent < search.best_cost or (spent == search.best_cost and sorted(chosen) < sorted(search.best)):
            search.best, search.best_cost = chosen, spent
        return
    if spent + _bound(sets, search.cost) >= search.best_cost:
        return
    narrow = min(sets, key=lambda members: (len(members), sorted(members)))
    banned: set[int] = set()
    # Each member in turn hits the narrowest set; the ones tried before are then known not to be in it.
    for member in sorted(narrow, key=lambda one: (search.cost[one], one)):
        rest = [members - banned for members in sets if member not in members]
        if all(rest):
            _branch(search, _least(rest), (*chosen, member), spent + search.cost[member])
        banned.add(member)
