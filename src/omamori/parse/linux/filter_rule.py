"""What a rule of the Linux packet filter asks of a packet and does with it, whatever tool printed it.

A condition is a conjunction. What cannot be written in the columns of `device_rules` goes to `unread`: the rule then matches no more
than its other columns say, so that nothing is ever claimed of packets it does not name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from omamori.parse.linux.filter_spans import Names, Spans

MOST_RULES = 50_000
MOST_ALTERNATIVES = 5000
"""More combinations of one rule than this are not written out."""
LOCAL = "destination is an address of this machine"
"""Stands in `unread` for a condition that the hooks a chain is met at decide, where they do (`filter_places`)."""
CONNECTION = frozenset(("new", "established", "related", "invalid", "untracked"))


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold all together. `states` hold together as well: each is a list of states of which one is enough."""

    family: str | None = None
    protocol: Names | None = None
    sources: Spans | None = None
    destinations: Spans | None = None
    source_ports: Spans | None = None
    destination_ports: Spans | None = None
    interface_in: Names | None = None
    interface_out: Names | None = None
    states: tuple[Names, ...] = ()
    unread: tuple[str, ...] = ()
    sources_named: tuple[str, ...] = ()
    destinations_named: tuple[str, ...] = ()
    services_named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the line it was printed at, its condition, what it does."""

    line: int
    condition: Condition
    decision: str
    target: str | None = None
    name: str | None = None
    to_addresses: str | None = None
    to_ports: str | None = None
    one_to_one: bool = False
    logs: bool = False
    hits: int | None = None


@dataclass(slots=True)
class FilterChain:
    """A chain: where packets meet it (no hook: by a jump only), and its rules in order. `nat`: sees first packets only.

    `printed` counts the rules as the tool printed them; one of those may have become several.
    """

    name: str
    line: int
    family: str | None = None
    hook: str | None = None
    priority: int = 0
    policy: str | None = None
    nat: bool = False
    label: str | None = None
    rules: list[Rule] = field(default_factory=list)
    printed: int = 0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class NotRead:
    """A line that was not understood, and the table that depends on it."""

    line: int
    text: str
    section: str
    concerns: str = "device_rules"


@dataclass(slots=True)
class Filter:
    """All chains of one machine by name, and what was not understood."""

    chains: dict[str, FilterChain] = field(default_factory=dict)
    unread: list[NotRead] = field(default_factory=list)
    count: int = 0

    def add(self, chain: FilterChain, rules: Sequence[Rule], line: int) -> None:
        """Append rules to a chain; beyond the 50,000th of all one rule that may do anything stands for the rest of each chain."""
        if self.count + len(rules) <= MOST_RULES:
            self.count += len(rules)
            chain.rules += rules
        elif not chain.cut:
            chain.cut = True
            chain.rules.append(Rule(line, Condition(), "unknown"))
            self.unread.append(NotRead(line, f"rules after the first {MOST_RULES}", chain.name))


def both(one: Condition, other: Condition) -> Condition | None:
    """Return what both ask for together; None when no packet can fulfil it."""
    if one.family and other.family and one.family != other.family:
        return None
    unread = [*one.unread, *(text for text in other.unread if text not in one.unread)]
    spans: dict[str, Spans | None] = {}
    for name in ("sources", "destinations", "source_ports", "destination_ports"):
        spans[name] = _both_spans(getattr(one, name), getattr(other, name))
    names: dict[str, Names | None] = {}
    for name in ("protocol", "interface_in", "interface_out"):
        left, right = getattr(one, name), getattr(other, name)
        joined = left.both(right) if left and right else left or right
        if left and right and joined is None:
            joined = left
            unread.append(f"{name} {'not ' if right.negated else ''}{','.join(right.words)}")
        names[name] = joined
    states = _states((*one.states, *other.states))
    if any(known is not None and known.nothing for known in (*spans.values(), *names.values(), *states)):
        return None
    return Condition(
        family=one.family or other.family,
        protocol=names["protocol"],
        sources=spans["sources"],
        destinations=spans["destinations"],
        source_ports=spans["source_ports"],
        destination_ports=spans["destination_ports"],
        interface_in=names["interface_in"],
        interface_out=names["interface_out"],
        states=states,
        unread=tuple(unread),
        sources_named=(*one.sources_named, *other.sources_named),
        destinations_named=(*one.destinations_named, *other.destinations_named),
        services_named=(*one.services_named, *other.services_named),
    )


def _both_spans(one: Spans | None, other: Spans | None) -> Spans | None:
    return one.both(other) if one is not None and other is not None else one if one is not None else other


def _states(states: Iterable[Names]) -> tuple[Names, ...]:
    """Join the lists that speak of the same thing: the state of the connection."""
    found: list[Names] = []
    for one in states:
        for position, known in enumerate(found):
            joined = known.both(one) if known == one or CONNECTION.issuperset((*known.words, *one.words)) else None
            if joined is not None:
                found[position] = joined
                break
        else:
            found.append(one)
    return tuple(found)


def cross(left: Sequence[Condition], right: Sequence[Condition], text: str) -> list[Condition]:
    """Return every condition of the one joined with every one of the other; `text` stands for the right when that is too many."""
    if len(left) * len(right) > MOST_ALTERNATIVES:
        return [replace(one, unread=(*one.unread, text)) for one in left]
    return [joined for one in left for other in right if (joined := both(one, other)) is not None]
