"""Everything that packets from a start reach, exactly, as few disjoint-by-rule sets as it takes (decision 0036)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from omamori.analyze.reach.cubes import DST, SPT, SRC, SVC, Cube, merged, without
from omamori.analyze.reach.flow import Flow, answered, answers, came_back
from omamori.analyze.reach.masks import Masks
from omamori.analyze.reach.parts import Network, RuleName, Start
from omamori.analyze.reach.ranges import ICMP, TCP, UDP, Ranges, addresses, holds, network_numbers, ports, protocols
from omamori.analyze.reach.walk import End, Walker

Services = tuple[tuple[int, Ranges | None], ...]
"""(number of the protocol or `cubes.OTHER`, ranges of destination ports or of icmp types; None: any)."""


@dataclass(frozen=True, slots=True)
class Packets:
    """Limits what is followed, written as in the device tables; None: all."""

    sources: str | None = None
    destinations: str | None = None
    protocol: str | None = None
    ports: str | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """Packets of a start that arrive: every combination of `sources`, `destinations` and `services`.

    `destinations` and `services` are what the sender asks for, `addresses` and `ports_at` what arrives after translation (the same
    where nothing was translated: `translated` False). `reach`: open, one-way or unknown. `device`: arrives at the device itself;
    `beyond`: was handed by this device to what was not read. `others`: numbers of the protocols besides tcp, udp and icmp. `doubt` says why it cannot be told.
    """

    reach: str
    sources: Ranges
    destinations: Ranges
    services: Services
    addresses: Ranges
    ports_at: Services
    translated: bool = False
    through: tuple[str, ...] = ()
    rules: tuple[RuleName, ...] = ()
    doubt: str | None = None
    device: str | None = None
    beyond: str | None = None
    others: Ranges = ()

    def holds(self, protocol: int, source: int, destination: int, port: int) -> bool:
        """Return whether a packet, as its sender wrote it, is one of these; addresses as numbers, of icmp `port` is the type."""
        if not (holds(self.sources, source) and holds(self.destinations, destination)):
            return False
        if protocol not in (ICMP, TCP, UDP):
            return holds(self.others, protocol)
        return any(number == protocol and holds(ranges, port) for number, ranges in self.services)


def follow(network: Network, start: Start, packets: Packets | None = None, masks: Masks | None = None) -> tuple[Reached, ...]:
    """Return all that packets from a start reach; what is in no set returned is not reached.

    `masks` of `network` built with this start among its starts spares building them again for every start.
    """
    known = masks if masks is not None and packets is None else Masks(network, (start, *_limits(packets)))
    walker = Walker(known, start)
    pieces: list[_Piece] = []
    for ends in _begin(walker, start, packets):
        for end in ends:
            pieces += _pieces(walker, end)
    return _told(known, pieces)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Packets that arrived, as they began, and how."""

    reach: str
    cube: Cube
    end: End
    doubt: str | None


def _limits(packets: Packets | None) -> tuple[Start, ...]:
    """Cut the space at the limits of what is followed."""
    if packets is None:
        return ()
    return (Start("interface", sources=packets.sources), Start("interface", sources=packets.destinations, ports=packets.ports))


def _begin(walker: Walker, start: Start, packets: Packets | None) -> Iterator[Iterator[End]]:
    masks = walker.masks
    space = masks.space
    whole = space.all
    if packets is not None:
        wanted = space.service(protocols(packets.protocol)[0], ports(packets.ports)[0])
        whole = (
            space.address.mask(addresses(packets.sources)[0]),
            space.address.mask(addresses(packets.destinations)[0]),
            wanted,
            whole[SPT],
        )
    flow: Flow | None = Flow(whole)
    if start.kind == "interface":
        flow = Flow(whole).narrowed(SRC, space.address.mask(addresses(start.sources)[0]))
        device = masks.network.device.get(start.device or "")
        for nic in list(device.nics_of(start.interface) if device else ())[:1]:
            if flow is not None and device is not None:
                yield walker.arrive(device, nic, flow)
        return
    for segment, src in _segments(masks, start):
        ends = masks.network.attached[segment]
        inside = masks.network_of(ends[0][1])
        mine = Flow(whole).narrowed(SRC, src)
        if mine is None:
            continue
        if near := mine.narrowed(DST, inside):
            yield walker.on_segment(segment, near, None)
        if far := mine.narrowed(DST, ~inside):
            for device, nic in ends:
                if start.gateway in (None, device.name):
                    yield walker.arrive(device, nic, far)


def _segments(masks: Masks, start: Start) -> Iterator[tuple[str, int]]:
    """Yield the segments a zone's machines may stand on, with their addresses; those of devices are none of theirs."""
    numbers = network_numbers(start.network)
    for segment, ends in masks.network.attached.items() if numbers else ():
        src = masks.network_of(ends[0][1]) & masks.space.address.mask((numbers,) if numbers else ())
        for _, nic in ends:
            if nic.address is not None:
                src &= ~masks.space.address.at(nic.address)
        if src:
            yield segment, src


def senders(masks: Masks, start: Start) -> tuple[Ranges, ...]:
    """Return the addresses packets of a start have, for each segment it may begin at. Empty where nothing is known of it."""
    address = masks.space.address
    if start.kind == "interface":
        device = masks.network.device.get(start.device or "")
        if device is None or not any(True for _ in device.nics_of(start.interface)):
            return ()
        return (address.ranges(address.mask(addresses(start.sources)[0])),)
    return tuple(address.ranges(src) for _, src in _segments(masks, start))


def _pieces(walker: Walker, end: End) -> Iterator[_Piece]:
    """Tell of packets that arrived whether their answers come back."""
    space, flow = walker.masks.space, end.flow
    doubt = end.doubt or (f"not_collected: {end.device} > ?" if end.kind == "beyond" else None)
    if doubt:
        yield _Piece("unknown", flow.began(), end, "; ".join((*flow.doubts, doubt)))
        return
    coming = "; ".join(flow.doubts) or None
    asking, silent = answers(space, flow)
    for one in silent:
        yield _Piece("unknown" if coming else "open", one.began(), end, coming)
    for answer in asking:
        asked = answer.asked
        if asked is None:
            continue
        returned: list[Cube] = []
        for back in walker.back(end, answer):
            cube, why = _home(walker, back)
            doubts = "; ".join(one for one in (coming, why) if one) or None
            if cube is not None:
                yield _Piece("unknown" if doubts else "open", cube, replace(end, flow=asked), doubts)
            if cube is not None and why is None:
                returned.append(cube)
        for cube in without(asked.began(), returned):
            yield _Piece(_FAINT if coming else "one-way", cube, replace(end, flow=asked), coming)


def _home(walker: Walker, back: End) -> tuple[Cube | None, str | None]:
    """Return the first packets whose answers came back, and why it is not certain; None when they did not."""
    masks, start, flow = walker.masks, walker.start, back.flow
    if back.doubt:
        return answered(masks.space, flow), back.doubt
    if back.kind == "beyond":
        return answered(masks.space, flow), f"not_collected: {back.device} > ?"
    if back.kind == "segment":
        nics = [nic for _, nic in masks.network.attached.get(back.segment, ())]
        if start.kind == "interface":
            device = masks.network.device[start.device or ""]
            nics = [nic for nic in device.nics_of(start.interface) if nic.segment == back.segment]
        inside = 0
        for nic in nics:
            inside |= masks.network_of(nic)
        near = flow.narrowed(DST, inside)
        if near is None:
            return None, None
        flow = near
    elif back.kind != "start":
        return None, None
    return (answered(masks.space, flow) if came_back(flow) else None), "; ".join(flow.doubts) or None


_FAINT = "faint"
_RANK = ("open", "unknown", _FAINT, "one-way")
"""Faint: it cannot be told whether they arrive, and no answer would come back. Told as unknown also where another way is certain and one-way."""


def _told(masks: Masks, pieces: list[_Piece]) -> tuple[Reached, ...]:
    """Put pieces together: what is open is not unknown as well, what is unknown not one-way; the source port is the sender's choice."""
    space = masks.space
    better: list[Cube] = []
    found: list[Reached] = []
    for reach in _RANK:
        groups: dict[tuple[object, ...], list[Cube]] = {}
        ends: dict[tuple[object, ...], _Piece] = {}
        for piece in pieces:
            if piece.reach == reach:
                flow = piece.end.flow
                at = tuple(0 if flow.links[axis] else flow.cube[axis] for axis in (SRC, DST, SVC))
                key: tuple[object, ...] = (flow.through, flow.rules, piece.doubt, piece.end.kind, piece.end.device, at)
                groups.setdefault(key, []).append((*piece.cube[:3], space.port.all))
                ends.setdefault(key, piece)
        fresh: list[Cube] = []
        for group, cubes in groups.items():
            left = merged([rest for cube in merged(cubes) for rest in without(cube, better)])
            fresh += left
            found += [_reached(masks, ends[group], cube) for cube in left]
        better = merged([*better, *fresh])
    return tuple(found)


def _reached(masks: Masks, piece: _Piece, cube: Cube) -> Reached:
    space, end, flow = masks.space, piece.end, piece.end.flow
    translated = not (flow.links[DST] and flow.links[SVC])
    at = cube[DST] if flow.links[DST] else flow.cube[DST]
    services = cube[SVC] if flow.links[SVC] else flow.cube[SVC]
    return Reached(
        reach="unknown" if piece.reach == _FAINT else piece.reach,
        sources=space.address.ranges(cube[SRC]),
        destinations=space.address.ranges(cube[DST]),
        services=space.told(cube[SVC]),
        addresses=space.address.ranges(at),
        ports_at=space.told(services),
        translated=translated,
        through=flow.through,
        rules=tuple(dict.fromkeys(flow.rules)),
        doubt=piece.doubt,
        device=end.device if end.kind == "device" and not end.doubt else None,
        beyond=end.device if end.kind == "beyond" or end.doubt else None,
        others=space.protocol.ranges((cube[SVC] & space.other) >> space.other_at),
    )
