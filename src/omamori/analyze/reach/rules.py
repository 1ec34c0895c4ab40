"""Chains and rules of a device as the engine follows them: conditions as ranges, what was not understood as a doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from omamori.analyze.reach.parts import Chain, Rule
from omamori.analyze.reach.ranges import ICMP, TCP, UDP, Ranges, addresses, ports, protocols, words
from omamori.model.device import DeviceChain, DeviceRule

_DECISIONS = (
    "accept", "drop", "reject", "return", "jump", "goto", "continue", "dnat", "redirect", "snat", "masquerade", "notrack",
)  # fmt: skip


def chains_of(chains: Iterable[DeviceChain], rules: Iterable[DeviceRule]) -> tuple[Chain, ...]:
    """Put chains and their rules together; a rule whose chain is not there makes one that nothing meets."""
    by_chain: dict[str, list[DeviceRule]] = defaultdict(list)
    for rule in rules:
        by_chain[rule.chain].append(rule)
    found = []
    for row in sorted(chains, key=lambda row: (row.hook or "", row.priority, row.chain)):
        if row.family == "ipv6":
            continue
        found.append(
            Chain(
                name=row.chain,
                hook=row.hook,
                priority=row.priority,
                policy=row.policy,
                ins=words(row.interface_in),
                outs=words(row.interface_out),
                first_packet=row.first_packet,
                rules=_in_order(by_chain.get(row.chain, ())),
                evidence=row.evidence,
            )
        )
    return tuple(found)


def _in_order(rows: Sequence[DeviceRule]) -> tuple[Rule, ...]:
    ordered = sorted(rows, key=lambda row: row.position)
    return tuple(_rule(row) for row in ordered if row.enabled and row.family != "ipv6")


def _rule(row: DeviceRule) -> Rule:
    protocol, known = protocols(row.protocol)
    sources, sources_known = addresses(row.sources)
    destinations, destinations_known = addresses(row.destinations)
    source_ports, source_ports_known = ports(row.source_ports)
    destination_ports, destination_ports_known = ports(row.destination_ports)
    to_addresses, to_known = addresses(row.to_addresses)
    to_ports, to_ports_known = ports(row.to_ports)
    understood = (known, sources_known, destinations_known, source_ports_known, destination_ports_known, to_known, to_ports_known)
    decision = row.decision if row.decision in _DECISIONS else "unknown"
    if decision != "unknown" and not (to_known and to_ports_known and _to_something(row, to_addresses)):
        decision = "unknown"
    doubt = None
    if row.unread:
        doubt = "not_understood"
    elif row.schedule:
        doubt = "to_confirm"
    elif not all(understood) or decision == "unknown":
        doubt = "not_understood"
    if row.decision == "continue":
        decision, doubt = "continue", None
    return Rule(
        position=row.position,
        decision=decision,
        name=row.rule,
        target=row.target,
        protocols=_limited(protocol, source_ports, destination_ports),
        sources=sources,
        destinations=destinations,
        source_ports=source_ports,
        destination_ports=destination_ports,
        ins=words(row.interface_in),
        outs=words(row.interface_out),
        states=words(row.states),
        to_addresses=to_addresses,
        to_ports=to_ports,
        one_to_one=row.one_to_one,
        doubt=doubt,
        evidence=row.evidence,
    )


def _to_something(row: DeviceRule, to_addresses: Ranges | None) -> bool:
    """Whether a translation says what it puts in, so that it can be followed."""
    if row.decision == "snat":
        return to_addresses is not None or row.to_ports is not None
    if row.decision in ("dnat", "redirect") and row.one_to_one:
        return _size(to_addresses) == _size(addresses(row.destinations)[0]) != 0
    return True


def _size(ranges: Ranges | None) -> int:
    return ranges[0][1] - ranges[0][0] + 1 if ranges is not None and len(ranges) == 1 else 0


def _limited(protocol: Ranges | None, source_ports: Ranges | None, destination_ports: Ranges | None) -> Ranges | None:
    """A rule with ports is for protocols that have them; `destination_ports` of icmp are its types."""
    if source_ports is None and destination_ports is None:
        return protocol
    having = ((TCP, TCP), (UDP, UDP)) if source_ports is not None or protocol is None else ((ICMP, ICMP), (TCP, TCP), (UDP, UDP))
    if protocol is None:
        return having
    return tuple(one for one in having if any(first <= one[0] <= last for first, last in protocol))
