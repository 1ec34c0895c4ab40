"""What one packet meets: a plain walk, step by step, that shares nothing with the set algebra of `follow` but the network it reads.

Semantics: decision 0036. Order of hooks and of tracking and translation: netfilter (nft(8), "Address families", "nat"); TCP answers
without a connection are `invalid`, UDP ones `new` (nf_conntrack).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from omamori.analyze.reach import ask_rules
from omamori.analyze.reach.ask_rules import Packet, World, judge
from omamori.analyze.reach.parts import DESTINATION_NAT, SOURCE_NAT, TRACKING, Chain, Device, Host, Network, Nic, RuleName, Start, Way
from omamori.analyze.reach.ranges import (
    ICMP,
    LAST_ADDRESS,
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


@dataclass(frozen=True, slots=True)
class _Step:
    """What a device remembers of a connection: how the first packet came in and left; `tracked` False where it does not look."""

    device: str
    before: Packet
    after: Packet
    tracked: bool


@dataclass(frozen=True, slots=True)
class _Journey:
    packet: Packet
    through: tuple[str, ...] = ()
    rules: tuple[RuleName, ...] = ()
    steps: tuple[_Step, ...] = ()
    met: tuple[tuple[str, str, Packet], ...] = ()


@dataclass(frozen=True, slots=True)
class _End:
    """Where a packet ends: at a device itself, on a segment, `beyond` what was read, or out of an interface; `doubt`: it cannot be told."""

    kind: str
    journey: _Journey
    device: str = ""
    segment: str = ""
    nic: str = ""
    doubt: str | None = None


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
    waiting: list[dict[ask_rules.Key, bool]] = [{}]
    answers: list[Answer] = []
    doubts: dict[str, None] = {}
    while waiting and len(answers) < _WORLDS:
        world = World(waiting.pop())
        answers.append(_Walk(network, start, world).best(packet))
        doubts.update(dict.fromkeys(world.doubts))
        for count, key in enumerate(world.asked):
            waiting.append(world.fixed | dict.fromkeys(world.asked[:count], True) | {key: False})
    reaches = {answer.reach for answer in answers}
    if len(reaches) == 1 and not waiting:
        return answers[0]
    kept = max(answers, key=lambda answer: _BEST.index(answer.reach))
    return replace(kept, reach="unknown", doubt=kept.doubt or "; ".join(doubts) or "not_understood")


@dataclass(slots=True)
class _Walk:
    network: Network
    start: Start
    world: World
    first: Packet | None = field(default=None)

    def best(self, packet: Packet) -> Answer:
        self.first = packet
        found = Answer("none")
        for end in self._begin(packet):
            answer = self._told(end)
            if _BEST.index(answer.reach) > _BEST.index(found.reach):
                found = answer
        return found

    def _told(self, end: _End) -> Answer:
        journey = end.journey
        place = (written(((journey.packet.dst, journey.packet.dst),)), journey.packet.dport if journey.packet.has_ports else None)
        doubt = end.doubt or (f"not_collected: {end.device} > ?" if end.kind == "beyond" else None)
        if doubt:
            return Answer("unknown", journey.through, journey.rules, doubt, place)
        reach, doubt = self._answered(end)
        return Answer(reach, journey.through, journey.rules, doubt, place)

    # The first packet

    def _begin(self, packet: Packet) -> Iterator[_End]:
        start, journey = self.start, _Journey(packet)
        if start.kind == "interface":
            allowed = addresses(start.sources)[0]
            if holds(allowed, packet.src):
                device = self.network.device.get(start.device or "")
                for nic in list(device.nics_of(start.interface) if device else ())[:1]:
                    yield from self._arrive(device, nic, journey, answer=False)  # type: ignore[arg-type]
            return
        numbers = network_numbers(start.network)
        if numbers is None or not numbers[0] <= packet.src <= numbers[1]:
            return
        for segment, ends in self.network.attached.items():
            nic = ends[0][1]
            if not nic.first <= packet.src <= nic.last or any(nic.address == packet.src for _, nic in ends):
                continue
            if nic.first <= packet.dst <= nic.last:
                yield from self._on_segment(segment, journey, None, answer=False)
                continue
            for device, nic in ends:
                if start.gateway in (None, device.name):
                    yield from self._arrive(device, nic, journey, answer=False)

    def _arrive(self, device: Device, nic: Nic, journey: _Journey, *, answer: bool, translated_only: bool = False) -> Iterator[_End]:
        """A packet comes in by an interface."""
        here = (device.name, nic.name, journey.packet)
        if here in journey.met:
            return
        journey = replace(journey, met=(*journey.met, here), through=(*journey.through, device.name))
        doubt = device.interfaces_doubt or device.rules_doubt
        if doubt:
            yield _End("device", journey, device.name, doubt=f"{doubt}: {device.name}")
            return
        step = self._connection(device, journey.packet) if answer else None
        for passed, tracked in self._hook(device, "prerouting", nic, None, journey, step, answer=answer, tracked=True):
            if translated_only and passed.packet.dst == journey.packet.dst:
                continue
            yield from self._route(device, nic, journey.packet, passed, step, answer=answer, tracked=tracked)

    def _connection(self, device: Device, packet: Packet) -> _Step | None:
        for step in self._steps:
            wanted = step.after.reversed()
            if step.device == device.name and packet == (wanted if packet.has_ports else replace(wanted, dport=packet.dport)):
                return step
        return None

    def _hook(
        self,
        device: Device,
        hook: str,
        nic: Nic | None,
        out: Nic | None,
        journey: _Journey,
        step: _Step | None,
        *,
        answer: bool,
        tracked: bool,
    ) -> list[tuple[_Journey, bool]]:
        """Send a packet through the chains of a hook: what comes out, and whether its connection is tracked."""
        going = [(journey, tracked, False)]
        chains = list(device.bases.get(hook, ()))
        undo = {"prerouting": DESTINATION_NAT, "postrouting": SOURCE_NAT}.get(hook)
        before = [chain for chain in chains if undo is None or chain.priority < undo]
        for chain in before:
            going = self._chain(device, chain, nic, out, going, step, answer=answer)
        if step is not None and undo is not None:
            going = [(self._undone(step, one, hook), kept, done) for one, kept, done in going if kept] + [
                one for one in going if not one[1]
            ]
        for chain in chains[len(before) :]:
            going = self._chain(device, chain, nic, out, going, step, answer=answer)
        return [(one, kept) for one, kept, _ in going]

    def _undone(self, step: _Step, journey: _Journey, hook: str) -> _Journey:
        """Give an answer back the addresses its connection had before the device translated it."""
        packet = journey.packet
        if hook == "prerouting":
            packet = replace(packet, dst=step.before.src, dport=step.before.sport if packet.has_ports else packet.dport)
        else:
            packet = replace(packet, src=step.before.dst, sport=step.before.dport if packet.has_ports else packet.sport)
        return replace(journey, packet=packet)

    def _chain(
        self,
        device: Device,
        chain: Chain,
        nic: Nic | None,
        out: Nic | None,
        going: list[tuple[_Journey, bool, bool]],
        step: _Step | None,
        *,
        answer: bool,
    ) -> list[tuple[_Journey, bool, bool]]:
        found = []
        for journey, tracked, translated in going:
            state = _state(device, chain, journey.packet, step, answer=answer, tracked=tracked)
            if chain.first_packet and state != "new":
                # What belongs to no connection passes translation untouched, but no policy of a stateful device.
                if state != "invalid" or chain.translates:
                    found.append((journey, tracked, translated))
                continue
            if chain.first_packet and chain.translates and translated:
                found.append((journey, tracked, translated))  # one translation at a hook (nf_nat_initialized)
                continue
            facts = {state} if device.stateful is not False else {"new"}
            arrived = journey.met[-1][2] if journey.met else journey.packet
            if _moved(step.before, step.after) if step is not None else not answer and _moved(arrived, journey.packet):
                facts.add("dnat")
            if answer and journey.packet.protocol == TCP:
                facts.add("ack")
            for verdict in judge(self.world, device, chain, journey.packet, nic, out, frozenset(facts)):
                rules = journey.rules if answer else (*journey.rules, *verdict.rules)
                onward = replace(journey, packet=verdict.packet, rules=rules)
                found.append((onward, tracked and not verdict.untracked, translated or verdict.translated))
        return found

    def _route(
        self, device: Device, nic: Nic, came: Packet, journey: _Journey, step: _Step | None, *, answer: bool, tracked: bool
    ) -> Iterator[_End]:
        packet = journey.packet
        if not self._source_fits(device, nic, packet.src):
            return
        if device.owns(packet.dst, nic.vrf):
            for passed, kept in self._hook(device, "input", nic, None, journey, step, answer=answer, tracked=tracked):
                yield _End("device", self._remembering(device, came, passed, kept, answer=answer), device.name)
            return
        if device.routes_doubt or device.forwards is None:
            yield _End("device", journey, device.name, doubt=f"{device.routes_doubt or 'not_collected'}: {device.name}")
            return
        if device.forwards:
            for out, gateway in self._ways(device, nic.vrf, packet.dst):
                yield from self._leave(device, nic, out, gateway, came, journey, step, answer=answer, tracked=tracked)

    def _remembering(self, device: Device, came: Packet, journey: _Journey, tracked: bool, *, answer: bool) -> _Journey:
        if answer:
            return journey
        return replace(journey, steps=(*journey.steps, _Step(device.name, came, journey.packet, tracked)))

    def _leave(
        self,
        device: Device,
        nic: Nic | None,
        out: Nic,
        gateway: int | None,
        came: Packet,
        journey: _Journey,
        step: _Step | None,
        *,
        answer: bool,
        tracked: bool,
    ) -> Iterator[_End]:
        """Send a packet on by an interface: forward (output for the device's own), postrouting, then the wire."""
        for passed, kept in self._hook(device, "forward" if nic else "output", nic, out, journey, step, answer=answer, tracked=tracked):
            for left, still in self._hook(device, "postrouting", nic, out, passed, step, answer=answer, tracked=kept):
                onward = self._remembering(device, came, left, still, answer=answer)
                yield from self._wire(device, out, gateway, onward, answer=answer)

    def _wire(self, device: Device, out: Nic, gateway: int | None, journey: _Journey, *, answer: bool) -> Iterator[_End]:
        packet = journey.packet
        if answer and self.start.kind == "interface" and (device.name, out.name) == (self.start.device, self.start.interface):
            yield _End("start", journey, device.name, out.segment, out.name)
            return
        towards = packet.dst if gateway is None else gateway
        if gateway is None and (out.segment == "" or out.point_to_point):
            others = [end for end in self.network.attached.get(out.segment, ()) if end[0].name != device.name]
            if not out.first <= packet.dst <= out.last and len(others) != 1:
                yield _End("beyond", journey, device.name, nic=out.name)
                return
            if out.point_to_point and len(others) == 1 and packet.dst != out.address:
                yield from self._arrive(*others[0], journey, answer=answer)
                return
        if gateway is None:
            yield from self._on_segment(out.segment, journey, device, answer=answer)
            return
        for other, nic in self.network.attached.get(out.segment, ()):
            if nic.address == towards and other.name != device.name:
                yield from self._arrive(other, nic, journey, answer=answer)
                return
        if (out.segment, towards) not in self.network.host_at:
            yield _End("beyond", journey, device.name, nic=out.name)

    def _on_segment(self, segment: str, journey: _Journey, sender: Device | None, *, answer: bool) -> Iterator[_End]:
        """A packet is put on a segment for the address it names."""
        dst = journey.packet.dst
        for device, nic in self.network.attached.get(segment, ()):
            if nic.address == dst and device is not sender:
                yield from self._arrive(device, nic, journey, answer=answer)
                return
        for device, nic in self.network.attached.get(segment, ()):
            if device.answers_for_translated and device is not sender:
                yield from self._arrive(device, nic, journey, answer=answer, translated_only=True)
        if answer or self.first is None or dst != journey.packet.src or dst == self.first.dst:
            yield _End("segment", journey, segment=segment)  # else led back to its sender, who takes nothing from its own address

    def _ways(self, device: Device, vrf: str | None, dst: int) -> Iterator[tuple[Nic, int | None]]:
        """The interfaces a packet may leave by: those of the longest prefix and least distance; a route with a condition holds or not."""
        ways: list[tuple[int, int, int, Way | None, Nic | None]] = [
            (nic.last - nic.first, -1, position, None, nic)
            for position, nic in enumerate(device.nics)
            if nic.vrf == vrf and nic.first <= dst <= nic.last and nic.first != nic.last
        ]
        found = ways
        for position, way in enumerate(device.ways):
            if way.vrf == vrf and way.first <= dst <= way.last:
                if way.condition and not self.world.chosen(
                    (device.name, "route", position), f"to_confirm: {device.name} route {way.condition}"
                ):
                    continue
                found.append((way.size - 1, way.distance, position, way, _out(device, way)))
        best = min(((size, distance) for size, distance, *_ in found), default=None)
        for size, distance, _, route, nic in found:
            if (size, distance) == best and nic is not None and not (route and route.discard):
                yield nic, route.gateway if route else None

    def _source_fits(self, device: Device, nic: Nic, source: int) -> bool:
        """Looks at sources as the device does (RFC 3704; own addresses are never taken from outside)."""
        if device.owns(source, nic.vrf):
            return False
        if nic.reverse == 0:
            return True
        back = [out for out, _ in self._ways(device, nic.vrf, source)]
        fits = bool(back) if nic.reverse == 2 else any(out.name == nic.name for out in back)
        if fits or nic.reverse is not None:
            return fits
        return self.world.chosen((device.name, nic.name, "rp_filter"), f"not_collected: {device.name} rp_filter")

    # The answer

    _steps: tuple[_Step, ...] = ()

    def _answered(self, end: _End) -> tuple[str, str | None]:
        """Return whether the answer comes back."""
        journey = end.journey
        packet = journey.packet.reversed()
        if packet.protocol == ICMP:
            kinds = dict(_ANSWERED)
            if journey.packet.dport not in kinds:
                return "open", None  # a message that asks for no answer
            packet = replace(packet, dport=kinds[journey.packet.dport])
        self._steps = journey.steps
        best = "one-way"
        doubt: str | None = None
        for back in self._back(end, _Journey(packet)):
            if back.doubt or back.kind == "beyond":
                found = "unknown"
                why: str | None = back.doubt or f"not_collected: {back.device} > ?"
            else:
                found, why = "open" if self._home(back) else "one-way", None
            if _BEST.index(found) > _BEST.index(best):
                best, doubt = found, why
        return best, doubt

    def _home(self, back: _End) -> bool:
        """Whether an answer arrives where the packet came from, and looks like one to it."""
        first = self.first
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
        if self.start.kind == "zone":
            return any(nic.first <= first.src <= nic.last for _, nic in self.network.attached.get(back.segment, ()))
        device = self.network.device[self.start.device or ""]
        return any(nic.segment == back.segment and nic.first <= first.src <= nic.last for nic in device.nics_of(self.start.interface))

    def _back(self, end: _End, journey: _Journey) -> Iterator[_End]:
        packet = journey.packet
        if end.kind == "device":
            device = self.network.device[end.device]
            step = self._connection(device, packet) or None
            for vrf in {nic.vrf: None for nic in device.nics if nic.address == packet.src}:
                for out, gateway in self._ways(device, vrf, packet.dst):
                    yield from self._leave(device, None, out, gateway, packet, journey, step, answer=True, tracked=True)
            return
        host = self.network.host_at.get((end.segment, packet.src))
        if host is not None and host.ways is not None:
            yield from self._from_host(host, end.segment, journey)
            return
        ends = self.network.attached.get(end.segment, ())
        if any(nic.first <= packet.dst <= nic.last for _, nic in ends):
            yield from self._on_segment(end.segment, journey, None, answer=True)
            return
        for device, nic in ends:
            yield from self._arrive(device, nic, journey, answer=True)

    def _from_host(self, host: Host, segment: str, journey: _Journey) -> Iterator[_End]:
        """Send the answer of a machine whose own routes are known."""
        as_device = Device(host.name, host.nics, host.ways or ())
        for out, gateway in self._ways(as_device, None, journey.packet.dst):
            yield from self._wire(as_device, out, gateway, journey, answer=True)


def _moved(before: Packet, after: Packet) -> bool:
    return (before.dst, before.dport) != (after.dst, after.dport)


def _state(device: Device, chain: Chain, packet: Packet, step: _Step | None, *, answer: bool, tracked: bool) -> str:
    if chain.hook in ("prerouting", "output") and chain.priority < TRACKING and device.stateful is not False:
        return "invalid"  # no connection is looked up yet
    if not tracked:
        return "untracked"
    if step is not None and step.tracked:
        return "established"
    if answer and packet.protocol in (TCP, ICMP):
        return "invalid"
    return "new"


def _out(device: Device, way: Way) -> Nic | None:
    """Return the interface a route leaves by; one whose network holds the next hop is meant before others."""
    named = [nic for nic in device.nics if nic.vrf == way.vrf and way.interface in (None, nic.name)]
    if way.gateway is None:
        return named[0] if way.interface is not None and named else None
    return next((nic for nic in named if nic.first <= way.gateway <= nic.last), named[0] if way.interface is not None and named else None)


__all__ = ("LAST_ADDRESS", "Answer", "ask")
