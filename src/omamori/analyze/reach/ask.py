"""What one packet meets: a plain walk, step by step, that shares nothing with the set algebra of `follow` but the network it reads.

Semantics: decision 0036. Order of hooks and of tracking and translation: netfilter (nft(8), "Address families", "nat"); TCP answers
without a connection are `invalid`, UDP ones `new` (nf_conntrack).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from omamori.analyze.reach.ask_rules import Key, Packet, World
from omamori.analyze.reach.ask_walk import End, Journey, Transit
from omamori.analyze.reach.parts import Device, Host, Network, RuleName, Start
from omamori.analyze.reach.ranges import (
    ICMP,
    TCP,
    UDP,
    address_number,
    addresses,
    holds,
    network_numbers,
    protocol_number,
    written,
)

_ANSWERED = ((8, 0), (13, 14), (15, 16), (17, 18))
_BEST = ("none", "one-way", "unknown", "open")
_WORLDS = 512


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of a packet: `reach` open, one-way, unknown or none; the devices and rules on its way; where it arrives after NAT."""

    reach: str
    through: tuple[str, ...] = ()
    rules: tuple[RuleName, ...] = ()
    doubt: str | None = None
    delivered_to: tuple[str, int | None] | None = None


def ask(
    network: Network, start: Start, protocol: str, source: str, destination: str, port: int | None, source_port: int | None = None
) -> Answer:
    """Return what becomes of a packet from `source` to `destination` and port (of icmp the type) that begins at `start`.

    Without `source_port` the sender picks the best one. ValueError when an address or the protocol is none.
    """
    number, src, dst = protocol_number(protocol), address_number(source), address_number(destination)
    if number is None or src is None or dst is None:
        raise ValueError(f"no packet: {protocol} {source} {destination}")
    best = Answer("none")
    tried = (0,) if number not in (TCP, UDP) else _source_ports(network) if source_port is None else (source_port,)
    for sport in tried:
        packet = Packet(src, dst, number, sport, port or 0)
        found = _over_worlds(network, start, packet)
        if _BEST.index(found.reach) > _BEST.index(best.reach):
            best = found
        if best.reach == "open":
            break
    return best


def _source_ports(network: Network) -> Iterable[int]:
    """One source port of each kind the rules tell apart; a usual one first."""
    cuts = {40000, 0}
    for device in network.devices:
        for chain in device.chains:
            for rule in chain.rules:
                for ranges in (rule.source_ports, rule.destination_ports, rule.to_ports):
                    cuts.update(value for first, last in ranges or () for value in (first, last + 1) if value <= 65535)
    return sorted(cuts, key=lambda value: value != 40000)


def _over_worlds(network: Network, start: Start, packet: Packet) -> Answer:
    """Walk once for every way in which what was not understood could be; only what all agree on is told."""
    waiting: list[dict[Key, bool]] = [{}]
    answers: list[Answer] = []
    doubts: dict[str, None] = {}
    while waiting and len(answers) < _WORLDS:
        world = World(waiting.pop())
        answers.append(_Question(Transit(network, start, world)).best(packet))
        doubts.update(dict.fromkeys(world.doubts))
        for count, key in enumerate(world.asked):
            waiting.append(world.fixed | dict.fromkeys(world.asked[:count], True) | {key: False})
    reaches = {answer.reach for answer in answers}
    if len(reaches) == 1 and not waiting:
        return answers[0]
    kept = max(answers, key=lambda answer: _BEST.index(answer.reach))
    return replace(kept, reach="unknown", doubt=kept.doubt or "; ".join(doubts) or "not_understood")


@dataclass(slots=True)
class _Question:
    """One packet in one world."""

    transit: Transit

    def best(self, packet: Packet) -> Answer:
        self.transit.first = packet
        found = Answer("none")
        for end in self._begin(packet):
            answer = self._told(end)
            if _BEST.index(answer.reach) > _BEST.index(found.reach):
                found = answer
        return found

    def _told(self, end: End) -> Answer:
        journey = end.journey
        place = (written(((journey.packet.dst, journey.packet.dst),)), journey.packet.dport if journey.packet.has_ports else None)
        doubt = end.doubt or (f"not_collected: {end.device} > ?" if end.kind == "beyond" else None)
        if doubt:
            return Answer("unknown", journey.through, journey.rules, doubt, place)
        reach, doubt = self._answered(end)
        return Answer(reach, journey.through, journey.rules, doubt, place)

    # The first packet

    def _begin(self, packet: Packet) -> Iterator[End]:
        start, journey = self.transit.start, Journey(packet)
        if start.kind == "interface":
            allowed = addresses(start.sources)[0]
            if holds(allowed, packet.src):
                device = self.transit.network.device.get(start.device or "")
                for nic in list(device.nics_of(start.interface) if device else ())[:1]:
                    yield from self.transit.arrive(device, nic, journey, answer=False)  # type: ignore[arg-type]
            return
        numbers = network_numbers(start.network)
        if numbers is None or not numbers[0] <= packet.src <= numbers[1]:
            return
        for segment, ends in self.transit.network.attached.items():
            nic = ends[0][1]
            if not nic.first <= packet.src <= nic.last or any(nic.address == packet.src for _, nic in ends):
                continue
            if nic.first <= packet.dst <= nic.last:
                yield from self.transit.on_segment(segment, journey, None, answer=False)
                continue
            for device, nic in ends:
                if start.gateway in (None, device.name):
                    yield from self.transit.arrive(device, nic, journey, answer=False)

    # The answer

    def _answered(self, end: End) -> tuple[str, str | None]:
        """Return whether the answer comes back."""
        journey = end.journey
        packet = journey.packet.reversed()
        if packet.protocol == ICMP:
            kinds = dict(_ANSWERED)
            if journey.packet.dport not in kinds:
                return "open", None  # a message that asks for no answer
            packet = replace(packet, dport=kinds[journey.packet.dport])
        self.transit.steps = journey.steps
        best = "one-way"
        doubt: str | None = None
        for back in self._back(end, Journey(packet)):
            if back.doubt or back.kind == "beyond":
                found = "unknown"
                why: str | None = back.doubt or f"not_collected: {back.device} > ?"
            else:
                found, why = "open" if self._home(back) else "one-way", None
            if _BEST.index(found) > _BEST.index(best):
                best, doubt = found, why
        return best, doubt

    def _home(self, back: End) -> bool:
        """Whether an answer arrives where the packet came from, and looks like one to it."""
        first = self.transit.first
        if first is None:
            return False
        wanted = first.reversed()
        packet = back.journey.packet
        if packet.protocol == ICMP:
            wanted = replace(wanted, dport=packet.dport)
        if packet != wanted:
            return False
        if back.kind == "start":
            return True
        if back.kind != "segment":
            return False
        if self.transit.start.kind == "zone":
            return any(nic.first <= first.src <= nic.last for _, nic in self.transit.network.attached.get(back.segment, ()))
        device = self.transit.network.device[self.transit.start.device or ""]
        return any(
            nic.segment == back.segment and nic.first <= first.src <= nic.last for nic in device.nics_of(self.transit.start.interface)
        )

    def _back(self, end: End, journey: Journey) -> Iterator[End]:
        packet = journey.packet
        if end.kind == "device":
            device = self.transit.network.device[end.device]
            step = self.transit.connection(device, packet) or None
            for vrf in {nic.vrf: None for nic in device.nics if nic.address == packet.src}:
                for out, gateway in self.transit.ways(device, vrf, packet.dst):
                    yield from self.transit.leave(device, None, out, gateway, packet, journey, step, answer=True, tracked=True)
            return
        host = self.transit.network.host_at.get((end.segment, packet.src))
        if host is not None and host.ways is not None:
            yield from self._from_host(host, end.segment, journey)
            return
        ends = self.transit.network.attached.get(end.segment, ())
        if any(nic.first <= packet.dst <= nic.last for _, nic in ends):
            yield from self.transit.on_segment(end.segment, journey, None, answer=True)
            return
        for device, nic in ends:
            yield from self.transit.arrive(device, nic, journey, answer=True)

    def _from_host(self, host: Host, segment: str, journey: Journey) -> Iterator[End]:
        """Send the answer of a machine whose own routes are known."""
        as_device = Device(host.name, host.nics, host.ways or ())
        for out, gateway in self.transit.ways(as_device, None, journey.packet.dst):
            yield from self.transit.wire(as_device, out, gateway, journey, answer=True)
