"""Rules of a packet filter, whatever tool printed them: chains are followed, so that a flat list in order remains.

A packet goes through the base chain of a hook; jumps into other chains are written out in place, with
both conditions together. What is not understood never makes a rule disappear: it becomes `conditional`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Ports = tuple[int, int]
Target = Literal["accept", "drop", "reject", "unknown", "return", "jump", "goto", "log", "pass"]
_DECIDES = ("accept", "drop", "reject", "unknown")
MOST_RULES = 5000
"""A longer list is cut: the decisions after it are unknown."""
_DEEPEST = 24
_MOST_PAIRS = 10_000
_PORT = re.compile(r"(\d{1,5})(?:[:-](\d{1,5}))?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule demands of a packet; None and () mean anything. `conditional`: also something else."""

    protocol: str | None = None
    ports: tuple[Ports, ...] = ()
    sources: tuple[str, ...] = ()
    interface: str | None = None
    state: str | None = None
    family: str | None = None
    conditional: bool = False

    @property
    def anything(self) -> bool:
        """Whether every packet matches."""
        return self == Match()


@dataclass(frozen=True, slots=True)
class Line:
    """One rule as printed: its line in the evidence, its condition, what it does, the chain it jumps to, its comment."""

    line: int
    match: Match
    target: Target
    chain: str = ""
    name: str | None = None


@dataclass(slots=True)
class Chain:
    """A chain: its rules, and as base chain its policy (accept or drop) and the line that says so."""

    policy: str | None = None
    line: int = 0
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Decision:
    """One rule after the jumps are followed."""

    match: Match
    decision: str
    line: int
    name: str | None


def both(outer: Match, inner: Match) -> Match | None:
    """Return the condition that both hold; None when no packet can fulfil both."""
    for one, other in ((outer.protocol, inner.protocol), (outer.interface, inner.interface), (outer.family, inner.family)):
        if one is not None and other is not None and one != other:
            return None
    ports = _both_ports(outer.ports, inner.ports)
    if ports is None:
        return None
    narrowed = any(one and other and one != other for one, other in ((outer.sources, inner.sources), (outer.state, inner.state)))
    return Match(
        protocol=inner.protocol or outer.protocol,
        ports=ports,
        sources=inner.sources or outer.sources,
        interface=inner.interface or outer.interface,
        state=inner.state or outer.state,
        family=inner.family or outer.family,
        conditional=outer.conditional or inner.conditional or narrowed,
    )


def _both_ports(one: tuple[Ports, ...], other: tuple[Ports, ...]) -> tuple[Ports, ...] | None:
    if not one or not other or len(one) * len(other) > _MOST_PAIRS:
        return other or one
    shared = tuple((max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) <= min(b, d))
    return shared or None


@dataclass(slots=True)
class _Walk:
    """One walk through the chains of a hook."""

    chains: Mapping[str, Chain]
    left: int = MOST_RULES
    logs: bool = False

    def chain(self, name: str, outer: Match, depth: int) -> Iterator[Decision]:
        chain = self.chains.get(name)
        if chain is None or depth > _DEEPEST:
            yield Decision(replace(outer, conditional=True), "unknown", 0, name)
            return
        for line in chain.lines:
            self.left -= 1
            if self.left == 0:
                yield Decision(Match(), "unknown", line.line, "more rules than can be read")
            match = both(outer, line.match)
            if self.left <= 0:
                return
            if match is None:
                continue
            if line.target == "log":
                self.logs = True
            elif line.target in ("jump", "goto"):
                yield from self.chain(line.chain, match, depth + 1)
            elif line.target in _DECIDES:
                yield Decision(match, line.target, line.line, line.name)
            if line.target in ("return", "goto"):
                if line.match.anything or match == outer:
                    return
                # Packets of this rule leave the chain: the rest of it holds for the others only.
                outer = replace(outer, conditional=True)


def follow(chains: Mapping[str, Chain], start: str) -> tuple[tuple[Decision, ...], bool]:
    """Return the rules that decide at a base chain, in order, and whether some rule on the way writes to the log."""
    walk = _Walk(chains)
    found = tuple(walk.chain(start, Match(), 0))
    return found, walk.logs


def default_of(policy: str | None, decisions: tuple[Decision, ...]) -> str | None:
    """Return what happens to packets that no rule names: accept or drop; None when it cannot be told.

    A last rule that takes every packet stands before the policy.
    """
    for decision in decisions:
        if decision.match.anything:
            return {"accept": "accept", "unknown": None}.get(decision.decision, "drop")
    return policy


def port_range(text: str) -> Ports | None:
    """Return a port or range (`22`, `22:23`, `22-23`); None when it is neither."""
    found = _PORT.match(text)
    if not found:
        return None
    first = int(found[1])
    last = int(found[2]) if found[2] else first
    return (first, last) if first <= last <= 65535 else None
