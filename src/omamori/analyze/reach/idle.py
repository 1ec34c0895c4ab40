"""Rules that can never decide anything, because others before them take all their packets. Exact in addresses, ports and protocols;
of interfaces and states only what certainly covers counts, so that a rule called idle is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from omamori.analyze.reach.cubes import Cube, meet, without
from omamori.analyze.reach.masks import Masks
from omamori.analyze.reach.parts import TRANSLATING, Chain, Device, Rule
from omamori.analyze.reach.ranges import Words, fits

_DECIDING = ("accept", "drop", "reject", *TRANSLATING)
_PASSING = ("continue", "notrack", "unknown")


@dataclass(frozen=True, slots=True)
class Idle:
    """An idle rule: shadowed (others decide otherwise), redundant (they decide the same) or unreachable (nothing leads to it)."""

    chain: Chain
    rule: Rule
    kind: str
    because: tuple[Rule, ...] = ()


def idle_rules(masks: Masks, device: Device) -> Iterator[Idle]:
    """Yield the rules of a device that can never decide anything, in order."""
    met = _met(device)
    for chain in device.chains:
        if chain.name not in met:
            if not device.rules_doubt:
                yield from (Idle(chain, rule, "unreachable") for rule in chain.rules if rule.decision not in _PASSING)
            continue
        earlier: list[tuple[Rule, Cube]] = []
        for rule in chain.rules:
            cube = masks.cube(rule)
            if cube is None or rule.decision in _PASSING:
                continue
            covering = _covering(rule, cube, earlier)
            if covering is not None:
                same = all(_same(rule, one) for one in covering)
                yield Idle(chain, rule, "redundant" if same else "shadowed", covering)
            elif rule.doubt is None and rule.decision in (*_DECIDING, "return", "goto"):
                earlier.append((rule, cube))


def _met(device: Device) -> frozenset[str]:
    """The chains packets can come to."""
    found = {chain.name for chain in device.chains if chain.hook is not None}
    waiting = list(found)
    while waiting:
        chain = device.chain[waiting.pop()]
        for rule in chain.rules:
            if rule.decision in ("jump", "goto") and rule.target in device.chain and rule.target not in found:
                found.add(rule.target)
                waiting.append(rule.target)
    return frozenset(found)


def _covering(rule: Rule, cube: Cube, earlier: list[tuple[Rule, Cube]]) -> tuple[Rule, ...] | None:
    """Return the earlier rules that take all packets of a rule; None when some are left."""
    taking = [
        (one, other)
        for one, other in earlier
        if meet(cube, other) is not None
        and _covers(one.ins, rule.ins)
        and _covers(one.outs, rule.outs)
        and _covers(one.states, rule.states)
    ]
    left = [cube]
    needed = []
    for one, other in taking:
        if any(meet(part, other) is not None for part in left):
            left = [rest for part in left for rest in without(part, (other,))]
            needed.append(one)
        if not left:
            return tuple(needed)
    return None


def _covers(wide: Words | None, narrow: Words | None) -> bool:
    """Whether a list of names certainly holds all another one does."""
    if wide is None or wide == narrow:
        return True
    if narrow is None or wide.others or narrow.others:
        return False
    return all(any(fits(pattern, name) for pattern in wide.names) for name in narrow.names if not name.endswith("*")) and not any(
        name.endswith("*") and name not in wide.names for name in narrow.names
    )


def _same(rule: Rule, other: Rule) -> bool:
    """Whether two rules do the same with a packet; to drop it is to refuse it without a word."""
    refuse = ("drop", "reject")
    if rule.decision in refuse and other.decision in refuse:
        return True
    return (rule.decision, rule.target, rule.to_addresses, rule.to_ports) == (
        other.decision,
        other.target,
        other.to_addresses,
        other.to_ports,
    )
