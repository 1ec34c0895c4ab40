"""A network as masks: every rule a cube, every device a table of where it sends what. Built once, asked for every start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from omamori.analyze.reach.cubes import Cube, Space
from omamori.analyze.reach.parts import Chain, Device, Network, Nic, Rule, Start, Way
from omamori.analyze.reach.ranges import ICMP, Ranges, addresses, holds, network_numbers, ports

_PASSES = 8
_MOST_CUTS = 200_000


@dataclass(frozen=True, slots=True)
class Hop:
    """A way out of a device: by an interface, to a next hop or (None) to the address itself."""

    out: Nic
    gateway: int | None


@dataclass(frozen=True, slots=True)
class Branch:
    """Destinations a device sends the same way; several hops share them. `doubt` says why it may be another way."""

    destinations: int
    hops: tuple[Hop, ...]
    doubt: str | None = None


class Masks:
    """The space of a network, and what is looked up in it again and again."""

    def __init__(self, network: Network, starts: Iterable[Start] = ()) -> None:
        """Cut the space wherever the network or a start tells packets apart."""
        self.network = network
        self.space = _space(network, starts)
        self._cubes: dict[int, Cube | None] = {}
        self._applying: dict[tuple[object, ...], tuple[tuple[Rule, Cube], ...]] = {}
        self._branches: dict[tuple[str, str | None], tuple[Branch, ...]] = {}

    def cube(self, rule: Rule) -> Cube | None:
        """Return the packets a rule names, interfaces and states aside; None when no packet is one."""
        key = id(rule)
        if key not in self._cubes:
            space = self.space
            services = space.service(rule.protocols, rule.destination_ports)
            if rule.source_ports is not None:
                services &= space.tcp | space.udp
            cube = (
                space.address.mask(rule.sources),
                space.address.mask(rule.destinations),
                services,
                space.port.mask(rule.source_ports),
            )
            self._cubes[key] = cube if all(cube) else None
        return self._cubes[key]

    def applying(
        self, device: Device, chain: Chain, nic: Nic | None, out: Nic | None, facts: frozenset[str]
    ) -> tuple[tuple[Rule, Cube], ...]:
        """Return the rules of a chain that can match between two interfaces in a state of the connection, with their cubes."""
        key = (device.name, chain.name, nic and nic.name, out and out.name, facts)
        found = self._applying.get(key)
        if found is None:
            chosen = []
            for rule in chain.rules:
                cube = self.cube(rule)
                if cube is not None and rule.decision != "continue" and _fits(rule, nic, out, facts):
                    chosen.append((rule, cube))
            found = self._applying[key] = tuple(chosen)
        return found

    def own(self, device: Device, vrf: str | None) -> int:
        """Return the addresses of a device itself."""
        mask = 0
        for nic in device.nics:
            if nic.address is not None and nic.vrf == vrf:
                mask |= self.space.address.at(nic.address)
        return mask

    def network_of(self, nic: Nic) -> int:
        """Return the addresses of the network an interface is attached to."""
        return self.space.address.mask(((nic.first, nic.last),)) if nic.last >= nic.first else 0

    def branches(self, device: Device, vrf: str | None) -> tuple[Branch, ...]:
        """Return where a device sends packets: longest prefix first, least distance; a route with a condition may hold or not."""
        key = (device.name, vrf)
        found = self._branches.get(key)
        if found is None:
            found = self._branches[key] = tuple(_branches(self, device, vrf))
        return found


def _branches(masks: Masks, device: Device, vrf: str | None) -> Iterable[Branch]:
    address = masks.space.address
    groups: dict[tuple[int, int], list[tuple[int, Hop | None, str | None]]] = {}
    for nic in device.nics:
        if nic.vrf == vrf and nic.last > nic.first:
            groups.setdefault((nic.last - nic.first, -1), []).append((masks.network_of(nic), Hop(nic, None), None))
    for way in device.ways:
        if way.vrf == vrf:
            mask = address.mask(((way.first, way.last),))
            out = None if way.discard else way_out(device, way)
            doubt = f"to_confirm: {device.name} route {way.condition}" if way.condition else None
            groups.setdefault((way.size - 1, way.distance), []).append((mask, Hop(out, way.gateway) if out else None, doubt))
    left = address.all
    doubts: list[tuple[int, str]] = []
    together: dict[tuple[tuple[Hop, ...], str | None], int] = {}
    for _, ways in sorted(groups.items(), key=lambda item: item[0]):
        parts: dict[int, tuple[tuple[Hop, ...], str | None, bool]] = {left: ((), None, False)}
        for mask, hop, doubt in ways:
            parts = _with(parts, mask, hop, doubt)
        for mask, (hops, doubt, certain) in parts.items():
            for inside, why in _by_doubt(mask, doubts) if hops else ():
                reason = doubt or why
                together[(hops, reason)] = together.get((hops, reason), 0) | inside
            if certain:
                left &= ~mask
            elif doubt:
                doubts.append((mask, doubt))
    for (hops, reason), mask in together.items():
        yield Branch(mask, hops, reason)


def _with(
    parts: dict[int, tuple[tuple[Hop, ...], str | None, bool]], mask: int, hop: Hop | None, doubt: str | None
) -> dict[int, tuple[tuple[Hop, ...], str | None, bool]]:
    """Add a way of the same length and distance to those before it."""
    found: dict[int, tuple[tuple[Hop, ...], str | None, bool]] = {}
    for part, (hops, why, certain) in parts.items():
        if inside := part & mask:
            more = hops if hop is None or hop in hops else (*hops, hop)
            found[inside] = (more, why or doubt, certain or doubt is None)
        if outside := part & ~mask:
            found[outside] = (hops, why, certain)
    return found


def _by_doubt(mask: int, doubts: list[tuple[int, str]]) -> Iterable[tuple[int, str | None]]:
    """Split destinations by whether a better route may hold for them."""
    for other, why in doubts:
        if inside := mask & other:
            yield inside, why
            mask &= ~other
    if mask:
        yield mask, None


def way_out(device: Device, way: Way) -> Nic | None:
    """Return the interface a route leaves by: the one named, at the network that holds the next hop."""
    named = [nic for nic in device.nics if nic.vrf == way.vrf and (way.interface is None or nic.name == way.interface)]
    holding = [nic for nic in named if way.gateway is not None and nic.first <= way.gateway <= nic.last]
    if holding:
        return holding[0]
    return named[0] if named and way.interface is not None else None


def _fits(rule: Rule, nic: Nic | None, out: Nic | None, facts: frozenset[str]) -> bool:
    for wanted, seen in ((rule.ins, nic), (rule.outs, out)):
        if wanted is not None and not wanted.match(*((seen.name, seen.zone) if seen else ())):
            return False
    return rule.states is None or facts.isdisjoint(rule.states.names) == rule.states.others


def _space(network: Network, starts: Iterable[Start]) -> Space:
    """Cut the axes at every end point; ends that a translation one to one carries elsewhere are cut there as well."""
    spans: set[tuple[int, int]] = {(0, 0)}
    port_spans: set[tuple[int, int]] = set()
    types: set[int] = set()
    protocols: set[int] = set()
    shifts: list[tuple[Ranges, Ranges]] = []
    for device in network.devices:
        for nic in device.nics:
            spans.update(_of_nic(nic))
        for way in device.ways:
            spans.add((way.first, way.last))
        for chain in device.chains:
            for rule in chain.rules:
                for ranges in (rule.sources, rule.destinations, rule.to_addresses):
                    spans.update(ranges or ())
                for ranges in (rule.source_ports, rule.destination_ports, rule.to_ports):
                    port_spans.update(ranges or ())
                if rule.protocols is not None and holds(rule.protocols, ICMP):
                    types.update(cut for first, last in rule.destination_ports or () for cut in (first, last + 1))
                protocols.update(cut for first, last in rule.protocols or () for cut in (first, last + 1))
                before = rule.sources if rule.decision == "snat" else rule.destinations
                if rule.one_to_one and before and rule.to_addresses:
                    shifts.append((before, rule.to_addresses))
    for host in network.hosts:
        for nic in host.nics:
            spans.update(_of_nic(nic))
        spans.update((way.first, way.last) for way in host.ways or ())
    for start in starts:
        numbers = network_numbers(start.network)
        spans.update((numbers,) if numbers else ())
        spans.update(addresses(start.sources)[0] or ())
        port_spans.update(ports(start.ports)[0] or ())
        types.update(cut for first, last in ports(start.ports)[0] or () for cut in (first, last + 1))
    cuts = _carried({cut for first, last in spans for cut in (first, last + 1)}, shifts)
    return Space(cuts, {cut for first, last in port_spans for cut in (first, last + 1)}, types, protocols)


def _of_nic(nic: Nic) -> Iterable[tuple[int, int]]:
    if nic.address is not None:
        yield nic.address, nic.address
    if nic.last >= nic.first:
        yield nic.first, nic.last


def _carried(cuts: set[int], shifts: list[tuple[Ranges, Ranges]]) -> set[int]:
    """Carry cuts over every translation one to one, both ways, until nothing new comes (or it is enough)."""
    for _ in range(_PASSES):
        new = set()
        for (first, last), (to_first, to_last) in ((before[0], after[0]) for before, after in shifts):
            new |= {cut - first + to_first for cut in cuts if first <= cut <= last}
            new |= {cut - to_first + first for cut in cuts if to_first <= cut <= to_last}
        if new <= cuts or len(cuts) > _MOST_CUTS:
            break
        cuts = cuts | new
    return cuts
