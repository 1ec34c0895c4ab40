"""What a cut drops as boxes of packets with what is never blocked taken out: for devices whose first rule decides alone.

There an `accept` before the drops would open something. So nothing is accepted: what is denied is cut to shape instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from omamori.analyze.reach.ranges import LAST_ADDRESS, LAST_PORT, Ranges, joined
from omamori.respond.isolate.parts import Crossing, NeverBlocked
from omamori.respond.isolate.rules import protocols_of

ALL_ADDRESSES: Ranges = ((0, LAST_ADDRESS),)
ALL_PORTS: Ranges = ((0, LAST_PORT),)
PROTOCOLS = ("tcp", "udp", "other")
OTHERS = ("icmp", "ipip", "gre", "esp", "ah")
"""Protocols that `other` is written out as where a language has no word for all but TCP and UDP."""


@dataclass(frozen=True, slots=True)
class Box:
    """Packets of one protocol (`tcp`, `udp`, `other`, or `any` where all three are alike) between addresses and ports."""

    sources: Ranges
    destinations: Ranges
    protocol: str
    destination_ports: Ranges = ALL_PORTS
    source_ports: Ranges = ALL_PORTS


def boxes(crossing: Crossing, never: Sequence[NeverBlocked], *, answers: bool) -> list[Box]:
    """Return what a crossing drops. `answers`: the device sees no connections, so answers of what is never blocked are taken out as well."""
    one, other = crossing.one or ALL_ADDRESSES, crossing.other or ALL_ADDRESSES
    kept = [box for held in never for box in kept_boxes(held, answers=answers)]
    found: list[Box] = []
    for sources, targets in dict.fromkeys(((one, other), (other, one))):
        for protocol in PROTOCOLS:
            left = [Box(sources, targets, protocol)]
            for box in kept:
                if box.protocol == protocol:
                    left = [piece for part in left for piece in without(part, box)]
            found += left
    return _put_together(found)


def kept_boxes(one: NeverBlocked, *, answers: bool) -> Iterator[Box]:
    """Yield the packets of what is never blocked; with `answers` those that come back too."""
    ports: Ranges = ALL_PORTS if one.port is None else ((one.port, one.port),)
    for named in protocols_of(one):
        for protocol in PROTOCOLS if named is None else (named if named in PROTOCOLS else "other",):
            way = Box(joined(one.sources), joined(one.destinations), protocol, ports if protocol != "other" else ALL_PORTS)
            yield way
            if answers:
                yield Box(way.destinations, way.sources, protocol, ALL_PORTS, way.destination_ports)


def without(box: Box, other: Box) -> Iterator[Box]:
    """Yield what is left of a box when another of the same protocol is taken out."""
    rest = box
    for axis in ("sources", "destinations", "destination_ports", "source_ports"):
        mine, theirs = getattr(rest, axis), getattr(other, axis)
        left, shared = minus(mine, theirs), common(mine, theirs)
        if left:
            yield _narrowed(rest, axis, left)
        if not shared:
            return
        rest = _narrowed(rest, axis, shared)


def _narrowed(box: Box, axis: str, ranges: Ranges) -> Box:
    return replace(box, **{axis: ranges})  # type: ignore[arg-type]


def common(one: Ranges, other: Ranges) -> Ranges:
    """Return the numbers that are in both."""
    return joined((max(a, c), min(b, d)) for a, b in one for c, d in other if a <= d and c <= b)


def minus(one: Ranges, other: Ranges) -> Ranges:
    """Return the numbers of the first that are not in the second."""
    found = []
    for first, last in one:
        at = first
        for low, high in sorted(other):
            if high < at or low > last:
                continue
            if low > at:
                found.append((at, low - 1))
            at = high + 1
        if at <= last:
            found.append((at, last))
    return joined(found)


def _put_together(found: Iterable[Box]) -> list[Box]:
    """Where all protocols are dropped alike, say so once."""
    kept: dict[Box, None] = dict.fromkeys(found)
    for box in list(kept):
        if box.protocol == "tcp" and box in kept:
            alike = [replace(box, protocol=protocol) for protocol in PROTOCOLS]
            if all(one in kept for one in alike):
                for one in alike:
                    del kept[one]
                kept[replace(box, protocol="any")] = None
    return sorted(kept, key=lambda box: (box.sources, box.destinations, box.protocol, box.destination_ports, box.source_ports))
