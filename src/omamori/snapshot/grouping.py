"""Which looks are at one machine, by what it carries with it: machine-id, hardware, names. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from omamori.snapshot.holding import OVERLAP
from omamori.snapshot.identifiers import is_made_up, is_strong
from omamori.snapshot.joining import components, lent_hardware
from omamori.snapshot.machine import Claim, Machine, machine_of, names_of, order

_PROXY = 8
"""A hardware address that answers for more addresses than this in one scan is a router's that answers for others."""


def grouped_by_identity(claims: Sequence[Claim], proxies: Collection[str]) -> tuple[list[Machine], list[Claim]]:
    """Group what was seen: by machine-id first, then by hardware, then by name, then by made-up hardware.

    In: `proxies` are hardware addresses that witnesses name for many addresses. Out: the machines, and the claims that have an
    address and nothing else that tells them apart.
    """
    shared = set(proxies) | _answering_for_many(claims)
    shared |= lent_hardware((frozenset(names_of(claim)), frozenset(filter(is_strong, claim.identifiers))) for claim in claims)
    by_id: dict[str, list[Claim]] = defaultdict(list)
    strong, named, made_up, bare = [], [], [], []
    for claim in claims:
        first = next((name for name in claim.identifiers if name.startswith("machine-id:")), None)
        if first is not None:
            by_id[first].append(claim)
        elif any(is_strong(name) and (name not in shared or claim.itself) for name in claim.identifiers):
            strong.append(claim)
        elif any(names_of(claim)):
            named.append(claim)
        elif any(is_made_up(name) and name not in shared for name in claim.identifiers):
            made_up.append(claim)
        elif claim.itself:
            named.append(claim)
        else:
            bare.append(claim)
    groups = [group for _, same in sorted(by_id.items()) for group in _clones(same)]
    groups = join(groups, strong, lambda claim: _hardware_links(claim, shared))
    several = _names_of_several(groups)
    groups = join(groups, [claim for claim in named if claim.itself or several.isdisjoint(names_of(claim))], names_of)
    bare += [claim for claim in named if not claim.itself and not several.isdisjoint(names_of(claim))]
    groups = join(groups, made_up, lambda claim: (name for name in claim.identifiers if is_made_up(name) and name not in shared))
    return sorted(map(machine_of, groups), key=lambda machine: order(machine.claims[0])), bare


def _answering_for_many(claims: Iterable[Claim]) -> set[str]:
    addresses: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in claims:
        if not claim.itself:
            for hardware in claim.ids("mac"):
                addresses[claim.evidence, hardware].update(claim.addresses())
    return {hardware for (_, hardware), found in addresses.items() if len(found) > _PROXY}


def _names_of_several(groups: Sequence[Sequence[Claim]]) -> frozenset[str]:
    """Return the names that several machines carry."""
    holders: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for claim in group:
            for name in names_of(claim):
                holders[name].add(number)
    return frozenset(name for name, numbers in holders.items() if len(numbers) > 1)


def _clones(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Tell cloned machines with one machine-id apart: other name and other hardware at the same time."""
    clusters = components(claims, lambda claim: (name for name in claim.identifiers if name.startswith(("name:", "mac:"))))
    machines = [machine_of(cluster) for cluster in clusters]
    definite = sorted(
        (one for one in machines if one.ids("name") and one.ids("mac")), key=lambda one: (one.first, one.last, order(one.claims[0]))
    )
    unclear = [one for one in machines if one not in definite]
    lanes: list[list[Machine]] = []
    for one in definite:
        free = [lane for lane in lanes if max(other.last for other in lane) + OVERLAP < one.first]
        if free:
            max(free, key=lambda lane: max(other.last for other in lane)).append(one)
        else:
            lanes.append([one])
    if not lanes:
        return [list(claims)]
    lanes[0] += unclear
    return [[claim for one in lane for claim in one.claims] for lane in lanes]


def _hardware_links(claim: Claim, shared: Collection[str]) -> Iterator[str]:
    """Yield what joins a claim to others: its own hardware, and lent hardware together with the machine's name."""
    for hardware in filter(is_strong, claim.identifiers):
        if hardware not in shared:
            yield hardware
        yield from (f"{name} {hardware}" for name in names_of(claim))


def join(groups: list[list[Claim]], claims: Sequence[Claim], links: Callable[[Claim], Iterable[str]]) -> list[list[Claim]]:
    """Join claims to the one group that shares a link; several groups are ambiguous and none is chosen."""
    holders: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for claim in group:
            for link in links(claim):
                holders[link].add(number)
    # An identifier of two machines (a docking station, a copied name) tells nothing.
    useful = {link for link, numbers in holders.items() if len(numbers) == 1}
    result = [list(group) for group in groups]
    for component in components(claims, lambda claim: (link for link in links(claim) if link in useful or link not in holders)):
        targets = {number for claim in component for link in links(claim) if link in useful for number in holders[link]}
        if len(targets) == 1:
            result[targets.pop()] += component
        else:
            result.append(component)
    return result
