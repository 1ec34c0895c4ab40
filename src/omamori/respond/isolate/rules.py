"""The rules of a cut in the form of the device tables: what is never blocked first, then what is dropped. Reach is worked out with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from omamori.analyze.reach.ranges import written
from omamori.model.device import DeviceChain, DeviceRule
from omamori.respond.bastion.parts import Edit
from omamori.respond.isolate.names import table_name
from omamori.respond.isolate.parts import Crossing, Cut, NeverBlocked

PRIORITY = -190
"""After connection tracking (-200), so that answers are known, and before every other filter (mangle -150, NAT -100, filter 0)."""
HOOKS = ("input", "forward", "output")
SOURCE = "respond.isolate"


def edits_of(cut: Cut, never: Sequence[NeverBlocked]) -> tuple[Edit, ...]:
    """Return the chains of a cut, one for each hook; none where no device is known.

    Each chain accepts by policy: what it says accept to, or nothing, still meets every other chain of the device. So a cut never opens.
    """
    if cut.device is None:
        return ()
    return tuple(_edit(cut.device, f"inet {table_name(cut)} {hook}", hook, list(rules_at(cut, never, hook))) for hook in HOOKS)


def _edit(device: str, chain: str, hook: str, rules: Sequence[DeviceRule]) -> Edit:
    numbered = tuple(
        replace(rule, asset=device, chain=chain, position=position, rule=f"omamori {position}", source=SOURCE)
        for position, rule in enumerate(rules)
    )
    return Edit(device, numbered, DeviceChain(asset=device, chain=chain, hook=hook, priority=PRIORITY, policy="accept", source=SOURCE))


def rules_at(cut: Cut, never: Sequence[NeverBlocked], hook: str) -> Iterator[DeviceRule]:
    """Yield the rules at a hook in order. There is no word of established connections before a drop: those are cut too."""
    for one in never:
        yield from kept(one)
    if never:
        # A path that takes only small packets says so by ICMP (RFC 1191): without it a connection that is kept would hang.
        yield DeviceRule(decision="accept", family="ipv4", protocol="icmp", states="related")
    for crossing in cut.crossings:
        yield from dropped(crossing, hook)


def kept(one: NeverBlocked) -> Iterator[DeviceRule]:
    """Yield the rules that let a connection pass: its packets, and its answers (of a kernel that does not track it: all that look like one)."""
    sources, targets = written(one.sources), written(one.destinations)
    port = None if one.port is None else str(one.port)
    for protocol in protocols_of(one):
        way = DeviceRule(decision="accept", family="ipv4", protocol=protocol, sources=sources, destinations=targets, destination_ports=port)
        yield way
        yield replace(way, sources=targets, destinations=sources, destination_ports=None, source_ports=port, states="established,untracked")


def protocols_of(one: NeverBlocked) -> tuple[str | None, ...]:
    """Return the protocols of what is never blocked: a port without a protocol is one of TCP and of UDP."""
    if one.protocol is not None:
        return (one.protocol,)
    return ("tcp", "udp") if one.port is not None else (None,)


def dropped(crossing: Crossing, hook: str) -> Iterator[DeviceRule]:
    """Yield the drops of a crossing at a hook, both ways."""
    if crossing.one is None and crossing.other is None and crossing.interface is None:
        # Everything of the machine but what it says to itself.
        yield DeviceRule(
            decision="drop", interface_in=None if hook == "output" else "!lo", interface_out="!lo" if hook == "output" else None
        )
        return
    for sources, targets in _ways(crossing):
        family = "ipv4" if sources or targets else None
        rule = DeviceRule(decision="drop", sources=sources, destinations=targets, family=family)
        if crossing.interface is None:
            yield rule
            continue
        if hook in ("input", "forward"):
            yield replace(rule, interface_in=crossing.interface)
        if hook in ("output", "forward"):
            yield replace(rule, interface_out=crossing.interface)


def _ways(crossing: Crossing) -> Iterable[tuple[str | None, str | None]]:
    one = None if crossing.one is None else written(crossing.one)
    other = None if crossing.other is None else written(crossing.other)
    return dict.fromkeys(((one, other), (other, one)))
