"""One packet on its way through devices: hooks in order, tracking, translation, routes, the wire. Used by `ask` alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from omamori.analyze.reach.ask_rules import Packet, World, judge
from omamori.analyze.reach.parts import DESTINATION_NAT, SOURCE_NAT, TRACKING, Chain, Device, Network, Nic, RuleName, Start, Way
from omamori.analyze.reach.ranges import ICMP, TCP


@dataclass(frozen=True, slots=True)
class Step:
    """What a device remembers of a connection: how the first packet came in and left; `tracked` False where it does not look."""

    device: str
    before: Packet
    after: Packet
    tracked: bool


@dataclass(frozen=True, slots=True)
class Journey:
    """A packet and what it has met so far."""

    packet: Packet
    through: tuple[str, ...] = ()
    rules: tuple[RuleName, ...] = ()
    steps: tuple[Step, ...] = ()
    met: tuple[tuple[str, str, Packet], ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """Where a packet ends: at a device itself, on a segment, `beyond` what was read, or out of an interface; `doubt`: it cannot be told."""

    kind: str
    journey: Journey
    device: str = ""
    segment: str = ""
    nic: str = ""
    doubt: str | None = None


@dataclass(slots=True)
class Transit:
    """The way of a packet in one world; `first` is how it was sent, `steps` what the devices remember once answers go back."""

    network: Network
    start: Start
    world: World
    first: Packet | None = None
    steps: tuple[Step, ...] = field(default=())

    def arrive(self, device: Device, nic: Nic, journey: Journey, *, answer: bool, translated_only: bool = False) -> Iterator[End]:
        """A packet comes in by an interface."""
        here = (device.name, nic.name, journey.packet)
        if here in journey.met:
            return
        journey = replace(journey, met=(*journey.met, here), through=(*journey.through, device.name))
        doubt = device.interfaces_doubt or device.rules_doubt
        if doubt:
            yield End("device", journey, device.name, doubt=f"{doubt}: {device.name}")
            return
        step = self.connection(device, journey.packet) if answer else None
        for passed, tracked in self._hook(device, "prerouting", nic, None, journey, step, answer=answer, tracked=True):
            if translated_only and passed.packet.dst == journey.packet.dst:
                continue
            yield from self._route(device, nic, journey.packet, passed, step, answer=answer, tracked=tracked)

    def connection(self, device: Device, packet: Packet) -> Step | None:
        """Return what a device remembers of the connection an answer belongs to."""
        for step in self.steps:
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
        journey: Journey,
        step: Step | None,
        *,
        answer: bool,
        tracked: bool,
    ) -> list[tuple[Journey, bool]]:
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

    def _undone(self, step: Step, journey: Journey, hook: str) -> Journey:
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
        going: list[tuple[Journey, bool, bool]],
        step: Step | None,
        *,
        answer: bool,
    ) -> list[tuple[Journey, bool, bool]]:
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
        self, device: Device, nic: Nic, came: Packet, journey: Journey, step: Step | None, *, answer: bool, tracked: bool
    ) -> Iterator[End]:
        packet = journey.packet
        if not self._source_fits(device, nic, packet.src):
            return
        if device.owns(packet.dst, nic.vrf):
            for passed, kept in self._hook(device, "input", nic, None, journey, step, answer=answer, tracked=tracked):
                yield End("device", self._remembering(device, came, passed, kept, answer=answer), device.name)
            return
        if device.routes_doubt or device.forwards is None:
            yield End("device", journey, device.name, doubt=f"{device.routes_doubt or 'not_collected'}: {device.name}")
            return
        if device.forwards:
            for out, gateway in self.ways(device, nic.vrf, packet.dst):
                yield from self.leave(device, nic, out, gateway, came, journey, step, answer=answer, tracked=tracked)

    def _remembering(self, device: Device, came: Packet, journey: Journey, tracked: bool, *, answer: bool) -> Journey:
        if answer:
            return journey
        return replace(journey, steps=(*journey.steps, Step(device.name, came, journey.packet, tracked)))

    def leave(
        self,
        device: Device,
        nic: Nic | None,
        out: Nic,
        gateway: int | None,
        came: Packet,
        journey: Journey,
        step: Step | None,
        *,
        answer: bool,
        tracked: bool,
    ) -> Iterator[End]:
        """Send a packet on by an interface: forward (output for the device's own), postrouting, then the wire."""
        for passed, kept in self._hook(device, "forward" if nic else "output", nic, out, journey, step, answer=answer, tracked=tracked):
            for left, still in self._hook(device, "postrouting", nic, out, passed, step, answer=answer, tracked=kept):
                onward = self._remembering(device, came, left, still, answer=answer)
                yield from self.wire(device, out, gateway, onward, answer=answer)

    def wire(self, device: Device, out: Nic, gateway: int | None, journey: Journey, *, answer: bool) -> Iterator[End]:
        """A packet leaves by an interface, for a next hop or for whom it names."""
        packet = journey.packet
        if answer and self.start.kind == "interface" and (device.name, out.name) == (self.start.device, self.start.interface):
            yield End("start", journey, device.name, out.segment, out.name)
            return
        towards = packet.dst if gateway is None else gateway
        if gateway is None and (out.segment == "" or out.point_to_point):
            others = [end for end in self.network.attached.get(out.segment, ()) if end[0].name != device.name]
            if not out.first <= packet.dst <= out.last and len(others) != 1:
                yield End("beyond", journey, device.name, nic=out.name)
                return
            if out.point_to_point and len(others) == 1 and packet.dst != out.address:
                yield from self.arrive(*others[0], journey, answer=answer)
                return
        if gateway is None:
            yield from self.on_segment(out.segment, journey, device, answer=answer)
            return
        for other, nic in self.network.attached.get(out.segment, ()):
            if nic.address == towards and other.name != device.name:
                yield from self.arrive(other, nic, journey, answer=answer)
                return
        if (out.segment, towards) not in self.network.host_at:
            yield End("beyond", journey, device.name, nic=out.name)

    def on_segment(self, segment: str, journey: Journey, sender: Device | None, *, answer: bool) -> Iterator[End]:
        """A packet is put on a segment for the address it names."""
        dst = journey.packet.dst
        for device, nic in self.network.attached.get(segment, ()):
            if nic.address == dst and device is not sender:
                yield from self.arrive(device, nic, journey, answer=answer)
                return
        for device, nic in self.network.attached.get(segment, ()):
            if device.answers_for_translated and device is not sender:
                yield from self.arrive(device, nic, journey, answer=answer, translated_only=True)
        if answer or self.first is None or dst != journey.packet.src or dst == self.first.dst:
            yield End("segment", journey, segment=segment)  # else led back to its sender, who takes nothing from its own address

    def ways(self, device: Device, vrf: str | None, dst: int) -> Iterator[tuple[Nic, int | None]]:
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
        back = [out for out, _ in self.ways(device, nic.vrf, source)]
        fits = bool(back) if nic.reverse == 2 else any(out.name == nic.name for out in back)
        if fits or nic.reverse is not None:
            return fits
        return self.world.chosen((device.name, nic.name, "rp_filter"), f"not_collected: {device.name} rp_filter")


def _moved(before: Packet, after: Packet) -> bool:
    return (before.dst, before.dport) != (after.dst, after.dport)


def _state(device: Device, chain: Chain, packet: Packet, step: Step | None, *, answer: bool, tracked: bool) -> str:
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
