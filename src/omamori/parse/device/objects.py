"""What objects and groups of a firewall amount to: addresses and services with their doubts, and the alternatives a rule has by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from omamori.parse.device.extent import ANY, Range, merged, written


@dataclass(frozen=True, slots=True)
class Extent:
    """Addresses that are known, and others of which only a bound is known (None: none) with the words that name them."""

    ranges: tuple[Range, ...] = ()
    doubts: tuple[tuple[tuple[Range, ...] | None, str], ...] = ()

    @property
    def bound(self) -> tuple[Range, ...]:
        """Ranges no doubtful address is outside of."""
        if any(ranges is None for ranges, _ in self.doubts):
            return ANY
        return merged(one for ranges, _ in self.doubts for one in ranges or ())


@dataclass(frozen=True, slots=True)
class Part:
    """Packets of a service: protocol, source and destination ports (of icmp the types); None for any."""

    protocol: str | None = None
    sources: str | None = None
    ports: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What a service amounts to, and what of it could not be told."""

    parts: tuple[Part, ...] = ()
    doubts: tuple[str, ...] = ()


def joined(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Put the ports of one protocol and one range of source ports into one part."""
    ports: dict[tuple[str | None, str | None], list[str] | None] = {}
    for part in parts:
        key = (part.protocol, part.sources)
        held = ports.setdefault(key, [])
        if part.ports is None or held is None:
            ports[key] = None
        else:
            held += [one for one in part.ports.split(",") if one not in held]
    if (None, None) in ports:
        return (Part(),)
    return tuple(Part(*key, ",".join(held) if held else None) for key, held in ports.items())


@dataclass(frozen=True, slots=True)
class Side:
    """One alternative of sources or destinations, with what of it could not be told, and what it asks of the packet besides."""

    text: str | None = None
    unread: str | None = None
    states: str | None = None
    protocol: str | None = None
    ports: str | None = None


def sides(extent: Extent, *, negate: bool, states: str | None = None) -> list[Side]:
    """Return the alternatives of a list of addresses: what is known, and what is not."""
    doubt = "; ".join(text for _, text in extent.doubts)
    if negate:
        if not extent.ranges:
            return [Side(None, f"not {doubt}", states)] if doubt else [Side(None, None, states)]
        text = written(extent.ranges)
        return [] if text is None else [Side(f"!{text}", f"not {doubt}" if doubt else None, states)]
    found = [Side(written(extent.ranges), None, states)] if extent.ranges else []
    return [*found, Side(written(extent.bound), doubt, states)] if doubt else found


def both(one: str | None, other: str | None) -> str | None:
    """Return the ports in both lists; an empty text when there are none, None for any."""
    if one is None or other is None:
        return one if other is None else other
    found = []
    for low, high in _ports(one):
        found += [(max(low, start), min(high, stop)) for start, stop in _ports(other) if max(low, start) <= min(high, stop)]
    return ",".join(str(low) if low == high else f"{low}-{high}" for low, high in found)


def _ports(text: str) -> list[tuple[int, int]]:
    pairs = (word.partition("-") for word in text.split(","))
    return [(int(low), int(high or low)) for low, _, high in pairs if low.isascii() and low.isdigit() and (not high or high.isdigit())]


def product(
    left: Sequence[Side], right: Sequence[Side], service: Service, unread: Sequence[str]
) -> Iterator[tuple[Part, Side, Side, str | None]]:
    """Yield every alternative of source, destination and service with what of it could not be told."""
    parts = [(part, None) for part in service.parts]
    doubtful = [(Part(), "; ".join(service.doubts))] if service.doubts else []
    for source in left:
        for target in right:
            for part, doubt in (*parts, *doubtful):
                if target.protocol is not None and part.protocol not in (None, target.protocol):
                    continue
                ports = both(part.ports, target.ports) if target.ports is not None else part.ports
                if ports == "":
                    continue
                told = [one for one in (*unread, source.unread, target.unread, doubt) if one]
                yield Part(target.protocol or part.protocol, part.sources, ports), source, target, "; ".join(told)[:1000] or None
