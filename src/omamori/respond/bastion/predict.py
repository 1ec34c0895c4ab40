"""What each side reaches by the reach engine, now and with the edits, and what of it the plan does not name."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from omamori.analyze.reach.ask import Answer, ask
from omamori.analyze.reach.follow import Reached, follow
from omamori.analyze.reach.masks import Masks
from omamori.analyze.reach.parts import Network, Start
from omamori.analyze.reach.ranges import Ranges, addresses, joined, ports, protocol_name, protocol_number
from omamori.respond.bastion.parts import Leak, Opening, Side, Target

CLIENT_PORT = 40000
"""A port as programs send from (RFC 6056): rules that name a sender's port are for other things than logins."""


_PROVEN = ("wireguard", "ipsec", "openvpn", "ssl-vpn")
"""Tunnels that throw away what comes in with an address that is not the other end's."""


def start_of(side: Side) -> Start:
    """Return where the packets of a side begin: at its interface, from any address."""
    return Start("interface", device=side.device, interface=side.interface)


def bound_start(side: Side) -> Start:
    """Return the same for packets as they can really come: out of a tunnel that proves its senders, from those alone."""
    proven = side.line and side.entry.method in _PROVEN and side.entry.sources is not None
    sources = ",".join(one.sources for one in side.entries if one.sources) if proven else None
    return replace(start_of(side), sources=sources or None)


def reached_by(
    network: Network, sides: Sequence[Side], starts: Sequence[Start] | None = None
) -> dict[tuple[str, str], tuple[Reached, ...]]:
    """Return (device, interface) → everything its packets reach; from `starts`, one for each side, else from any address."""
    starts = [start_of(side) for side in sides] if starts is None else starts
    masks = Masks(network, starts)
    return {(side.device, side.interface): follow(network, start, masks=masks) for side, start in zip(sides, starts, strict=True)}


def leaks(side: Side, reached: Iterable[Reached]) -> tuple[Leak, ...]:
    """Return what a side reaches besides what it may."""
    passing, admitted = _allowed(side.passing), _allowed(side.admitted)
    found = []
    for one in reached:
        allowed = admitted if one.device is not None else passing
        for number, ranges in one.ports_at:
            left = _left(one.addresses, number, ranges, allowed)
            if left:
                found.append(_leak(one, left, number, ranges))
    return tuple(found)


def inward(found: Iterable[Leak], inside: Ranges) -> tuple[Leak, ...]:
    """Return the leaks that are a way in: to devices themselves or addresses of the inside, and of TCP only where answers come back."""
    kept = []
    for leak in found:
        blind = leak.reach == "one-way" and leak.services.startswith(("tcp", "icmp"))
        where = leak.addresses if leak.device is not None else common(leak.addresses, inside)
        if where and not blind:
            kept.append(replace(leak, addresses=where))
    return tuple(kept)


def common(one: Ranges, other: Ranges) -> Ranges:
    """Return the numbers that are in both."""
    return joined((max(a, c), min(b, d)) for a, b in one for c, d in other if a <= d and c <= b)


_Allowed = tuple[tuple[Ranges | None, int | None, Ranges | None], ...]


def _allowed(openings: Iterable[Opening]) -> _Allowed:
    return tuple((addresses(one.addresses)[0], protocol_number(one.protocol), ports(one.ports)[0]) for one in openings)


def _left(found: Ranges, number: int, ranges: Ranges | None, allowed: _Allowed) -> Ranges:
    """Return the addresses that no opening names with this protocol and all these ports."""
    left = list(found)
    for spans, protocol, allowed_ports in allowed:
        if protocol != number or not _within(ranges, allowed_ports):
            continue
        if spans is None:
            return ()
        left = [part for first, last in left for part in _without(first, last, spans)]
    return joined(left)


def _within(ranges: Ranges | None, allowed: Ranges | None) -> bool:
    if allowed is None:
        return True
    return ranges is not None and all(any(low <= first and last <= high for low, high in allowed) for first, last in ranges)


def _without(first: int, last: int, spans: Ranges) -> Iterator[tuple[int, int]]:
    at = first
    for low, high in sorted(spans):
        if high < at or low > last:
            continue
        if low > at:
            yield at, low - 1
        at = max(at, high + 1)
    if at <= last:
        yield at, last


def _leak(one: Reached, left: Ranges, number: int, ranges: Ranges | None) -> Leak:
    name = protocol_name(number) if protocol_number(protocol_name(number)) == number else "other"
    told = ",".join(str(low) if low == high else f"{low}-{high}" for low, high in ranges or ())
    evidence = next((rule.evidence for rule in reversed(one.rules) if rule.evidence), "")
    services = f"{name}/{told}" if told else name
    return Leak(left, services, one.reach, one.through, tuple(map(str, one.rules)), evidence, one.doubt, one.device)


def to_door(network: Network, side: Side, target: Target) -> Answer:
    """Return what becomes of a login to the door by a line, from the addresses its vendor sends from; the best of them."""
    best = Answer("none")
    order = ("none", "one-way", "unknown", "open")
    for source in senders(side):
        for port in target.ports[:1]:
            answer = ask(network, start_of(side), "tcp", source, target.address or "", port, CLIENT_PORT)
            if order.index(answer.reach) > order.index(best.reach):
                best = answer
    return best


def senders(side: Side) -> list[str]:
    """Return an address of each network that comes in by a side: of a network its second, since the first is often a device's."""
    found = []
    for opening in side.passing:
        for first, last in addresses(opening.sources)[0] or ():
            found.append(str(ipaddress.IPv4Address(min(first + 2, last))))
    return found or ["198.51.100.10"]


def covered(reached: Iterable[Reached], address: int, protocol: str, port: int | None) -> bool:
    """Return whether a port of an address is among what is reached."""
    number = protocol_number(protocol)
    return any(
        any(first <= address <= last for first, last in one.addresses)
        and any(
            known == number and (ranges is None or port is None or any(a <= port <= b for a, b in ranges)) for known, ranges in one.ports_at
        )
        for one in reached
    )


def rules_used(reached: Iterable[Reached]) -> Mapping[str, set[str]]:
    """Return device → the rules that let packets through, as `CHAIN: RULE`."""
    found: dict[str, set[str]] = {}
    for one in reached:
        for rule in one.rules:
            found.setdefault(rule.device, set()).add(f"{rule.chain}: {rule.rule}")
    return found
