"""What joins looks at machines: groups that share a link, and hardware that is lent from one machine to the next. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import TypeVar

Thing = TypeVar("Thing")
Seen = tuple[frozenset[str], frozenset[str]]
"""One look at one machine: its names, and its hardware (uuid and addresses of cards)."""

_MANY = 8


def components(things: Sequence[Thing], links: Callable[[Thing], Iterable[str]]) -> list[list[Thing]]:
    """Return the groups of things that share a link, directly or through others."""
    parent = list(range(len(things)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    first: dict[str, int] = {}
    for number, thing in enumerate(things):
        for link in links(thing):
            parent[root(number)] = root(first.setdefault(link, number))
    groups: dict[int, list[Thing]] = defaultdict(list)
    for number, thing in enumerate(things):
        groups[root(number)].append(thing)
    return list(groups.values())


def lent_hardware(looks: Iterable[Seen]) -> frozenset[str]:
    """Return the hardware that does not tell whose it is: a docking station, a network adapter for USB, a made-up uuid.

    Two machines of different names share it, and each has other hardware that the other lacks. One machine that was
    renamed keeps all it had, or two parts at least when a third was changed. A part with very many names is lent too.
    When in doubt it is lent: two entries of one machine are seen and can be joined, a machine inside another is not.
    """
    named = sorted({(tuple(sorted(names)), tuple(sorted(hardware))) for names, hardware in looks if names and hardware})
    by_hardware: dict[str, list[Seen]] = defaultdict(list)
    for group in components(named, lambda look: (f"{name} {part}" for name in look[0] for part in look[1])):
        machine = (frozenset(name for names, _ in group for name in names), frozenset(part for _, parts in group for part in parts))
        for part in machine[1]:
            by_hardware[part].append(machine)
    return frozenset(
        part
        for part, machines in by_hardware.items()
        if len(machines) > _MANY or any(_two_machines(one, other) for one, other in combinations(machines, 2))
    )


def _two_machines(one: Seen, other: Seen) -> bool:
    names, hardware = zip(one, other, strict=True)
    return bool(
        names[0].isdisjoint(names[1]) and hardware[0] - hardware[1] and hardware[1] - hardware[0] and len(hardware[0] & hardware[1]) < 2
    )
