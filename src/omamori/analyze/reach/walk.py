"""Sends sets of packets through devices: hooks in order, translation, routing, the wire; and their answers back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from omamori.analyze.reach.cubes import DST, SRC, single_bits
from omamori.analyze.reach.flow import DST_DONE, DST_MOVED, SRC_DONE, Flow, Step, connection, undone
from omamori.analyze.reach.judge import judge
from omamori.analyze.reach.masks import Hop, Masks
from omamori.analyze.reach.parts import DESTINATION_NAT, SOURCE_NAT, TRACKING, Chain, Device, Host, Nic, Start
from omamori.analyze.reach.ranges import ICMP, TCP

_UNDO = (("prerouting", DESTINATION_NAT), ("postrouting", SOURCE_NAT))


@dataclass(frozen=True, slots=True)
class End:
    """Where packets end: `device` (at its own address), `segment`, `beyond` what was read, `start` (out where they came in)."""

    kind: str
    flow: Flow
    device: str = ""
    segment: str = ""
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class _Visit:
    """Packets at a device: how they came in, and what it remembers of their connection (answers)."""

    device: Device
    nic: Nic | None
    came: Flow
    step: Step | None = None


class Walker:
    """Follows packets from one start."""

    def __init__(self, masks: Masks, start: Start) -> None:
        """Follow packets of `start` through the network of `masks`."""
        self.masks = masks
        self.start = start

    def arrive(self, device: Device, nic: Nic, flow: Flow, *, translated_only: bool = False) -> Iterator[End]:
        """Packets come in by an interface."""
        if flow.looping(device.name, nic.name):
            return
        here = (device.name, nic.name, flow.links, flow.cube)
        flow = replace(flow, met=(*flow.met, here), through=(*flow.through, device.name), moved=0, untracked=False)
        doubt = device.interfaces_doubt or device.rules_doubt
        if doubt:
            yield End("device", flow, device.name, doubt=f"{doubt}: {device.name}")
            return
        visit = _Visit(device, nic, flow, connection(self.masks.space, flow, device.name))
        for passed in self._hook(visit, "prerouting", None, [flow]):
            if not (translated_only and passed.links[DST] == flow.links[DST] and passed.moved & DST_MOVED == 0):
                yield from self._route(visit, passed)

    def _hook(self, visit: _Visit, hook: str, out: Nic | None, flows: list[Flow]) -> list[Flow]:
        """Send packets through the chains of a hook; answers get their own addresses back where the device translates."""
        chains = visit.device.bases.get(hook, ())
        undo = dict(_UNDO).get(hook)
        step = visit.step
        for chain in chains:
            if undo is not None and chain.priority >= undo and step is not None:
                flows = self._undone(step, flows, hook)
                undo = None
            flows = [passed for flow in flows for passed in self._chain(visit, chain, out, flow)]
            if not flows:
                return []
        if undo is not None and step is not None:
            flows = self._undone(step, flows, hook)
        return flows

    def _undone(self, step: Step, flows: list[Flow], hook: str) -> list[Flow]:
        space = self.masks.space
        return [flow if flow.untracked else undone(space, flow, step, prerouting=hook == "prerouting") for flow in flows]

    def _chain(self, visit: _Visit, chain: Chain, out: Nic | None, flow: Flow) -> list[Flow]:
        state = _state(visit, chain, flow)
        if chain.first_packet and state != "new":
            return [flow] if state != "invalid" or chain.translates else []
        done = DST_DONE if chain.hook in ("prerouting", "output") else SRC_DONE
        if chain.first_packet and chain.translates and flow.moved & done:
            return [flow]
        facts = {state if visit.device.stateful is not False else "new"}
        step = visit.step
        if step is not None:
            if (step.before_links[1:3], step.before[1:3]) != (step.after_links[1:3], step.after[1:3]) and _redirected(step):
                facts.add("dnat")
        elif flow.protocol is None and flow.moved & DST_MOVED:
            facts.add("dnat")
        if flow.protocol == TCP:
            facts.add("ack")
        return judge(self.masks, visit.device, chain, flow, visit.nic, out, frozenset(facts))

    def _route(self, visit: _Visit, flow: Flow) -> Iterator[End]:
        device, nic = visit.device, visit.nic
        if nic is None:
            return
        own = self.masks.own(device, nic.vrf)
        for fitting in self._sources(device, nic, own, flow):
            local = fitting.narrowed(DST, own)
            if local is not None:
                for passed in self._hook(visit, "input", None, [local]):
                    yield End("device", self._remembering(visit, passed), device.name)
            onward = fitting.narrowed(DST, ~own)
            if onward is None:
                continue
            if device.routes_doubt or device.forwards is None:
                why = device.routes_doubt or "not_collected"
                yield End("device", onward, device.name, doubt=f"{why}: {device.name}")
            elif device.forwards:
                yield from self.leave(visit, nic.vrf, onward)

    def _sources(self, device: Device, nic: Nic, own: int, flow: Flow) -> Iterator[Flow]:
        """Look at sources as the device does (RFC 3704); its own are never taken from outside."""
        foreign = flow.narrowed(SRC, ~own)
        if foreign is None or nic.reverse == 0:
            yield from (foreign,) if foreign else ()
            return
        rest: Flow | None = foreign
        for branch in self.masks.branches(device, nic.vrf):
            part = foreign.narrowed(SRC, branch.destinations)
            if part is not None and any(nic.reverse == 2 or hop.out.name == nic.name for hop in branch.hops):
                yield part.doubted(branch.doubt)
                if branch.doubt is None and rest is not None:
                    rest = rest.narrowed(SRC, ~branch.destinations)
        if rest is not None and nic.reverse is None:
            yield rest.doubted(f"not_collected: {device.name} rp_filter")

    def _remembering(self, visit: _Visit, flow: Flow) -> Flow:
        if flow.protocol is not None:
            return flow
        came = visit.came
        step = Step(visit.device.name, came.cube, came.links, flow.cube, flow.links, not flow.untracked)
        return replace(flow, steps=(*flow.steps, step))

    def leave(self, visit: _Visit, vrf: str | None, flow: Flow) -> Iterator[End]:
        """Send packets on: routing, forward (output for the device's own), postrouting, then the wire."""
        hook = "output" if visit.nic is None else "forward"
        for branch in self.masks.branches(visit.device, vrf):
            part = flow.narrowed(DST, branch.destinations)
            if part is None:
                continue
            for hop in branch.hops:
                for passed in self._hook(visit, hook, hop.out, [part.doubted(branch.doubt)]):
                    for left in self._hook(visit, "postrouting", hop.out, [passed]):
                        yield from self.wire(visit.device, hop, self._remembering(visit, left))

    def wire(self, device: Device, hop: Hop, flow: Flow) -> Iterator[End]:
        """Packets leave by an interface, for a next hop or for whom they name."""
        start, out = self.start, hop.out
        if flow.protocol is not None and start.kind == "interface" and (device.name, out.name) == (start.device, start.interface):
            yield End("start", flow, device.name, out.segment)
            return
        attached = self.masks.network.attached.get(out.segment, ())
        if hop.gateway is not None:
            for other, nic in attached:
                if nic.address == hop.gateway and other.name != device.name:
                    yield from self.arrive(other, nic, flow)
                    return
            if (out.segment, hop.gateway) not in self.masks.network.host_at:
                yield End("beyond", flow, device.name)
            return
        if out.segment and not out.point_to_point:
            yield from self.on_segment(out.segment, flow, device)
            return
        others = [end for end in attached if end[0].name != device.name]
        inside = self.masks.network_of(out)
        if len(others) == 1:
            if out.point_to_point:
                mine = 0 if out.address is None else self.masks.space.address.at(out.address)
                if there := flow.narrowed(DST, ~mine):
                    yield from self.arrive(*others[0], there)
            return
        if there := flow.narrowed(DST, inside):
            yield from self.on_segment(out.segment, there, device)
        if further := flow.narrowed(DST, ~inside):
            yield End("beyond", further, device.name)

    def on_segment(self, segment: str, flow: Flow, sender: Device | None) -> Iterator[End]:
        """Packets are put on a segment for the addresses they name."""
        address = self.masks.space.address
        attached = self.masks.network.attached.get(segment, ())
        rest: Flow | None = flow
        for device, nic in attached:
            if rest is not None and nic.address is not None and device is not sender:
                mask = address.at(nic.address)
                if there := rest.narrowed(DST, mask):
                    yield from self.arrive(device, nic, there)
                rest = rest.narrowed(DST, ~mask)
        if rest is None:
            return
        for device, nic in attached:
            if device.answers_for_translated and device is not sender:
                yield from self.arrive(device, nic, rest, translated_only=True)
        yield from (End("segment", one, segment=segment) for one in self._not_to_itself(rest))

    def _not_to_itself(self, flow: Flow) -> Iterator[Flow]:
        """Leave out packets a translation led back to their sender: it takes nothing that comes from its own address."""
        rest: Flow | None = flow
        if flow.protocol is None and not flow.links[DST]:
            for bit in single_bits(flow.cube[SRC] & flow.cube[DST]):
                ((first, last),) = self.masks.space.address.ranges(bit)
                if rest is not None and first == last:
                    if (own := rest.narrowed(SRC, bit)) and (others := own.narrowed(DST, ~bit)):
                        yield others
                    rest = rest.narrowed(SRC, ~bit)
        if rest is not None:
            yield rest

    # Answers

    def back(self, end: End, answer: Flow) -> Iterator[End]:
        """Send answers back from where their first packets arrived."""
        if end.kind == "device":
            device = self.masks.network.device[end.device]
            visit = _Visit(device, None, answer, connection(self.masks.space, answer, device.name))
            for vrf in {nic.vrf: None for nic in device.nics}:
                if own := answer.narrowed(SRC, self.masks.own(device, vrf)):
                    yield from self.leave(visit, vrf, own)
            return
        address = self.masks.space.address
        rest: Flow | None = answer
        for (segment, number), host in self.masks.network.host_at.items():
            if rest is None:
                return
            if segment == end.segment and host.ways is not None:
                mask = address.at(number)
                if own := rest.narrowed(SRC, mask):
                    yield from self._from_host(host, own)
                rest = rest.narrowed(SRC, ~mask)
        if rest is None:
            return
        attached = self.masks.network.attached.get(end.segment, ())
        inside = 0
        for _, nic in attached:
            inside |= self.masks.network_of(nic)
        if near := rest.narrowed(DST, inside):
            yield from self.on_segment(end.segment, near, None)
        if far := rest.narrowed(DST, ~inside):
            for device, nic in attached:
                yield from self.arrive(device, nic, far)

    def _from_host(self, host: Host, answer: Flow) -> Iterator[End]:
        """Send the answers of a machine whose own routes are known."""
        device = Device(f"host {host.name}", host.nics, host.ways or ())
        for branch in self.masks.branches(device, None):
            part = answer.narrowed(DST, branch.destinations)
            for hop in branch.hops if part else ():
                if part is not None:
                    yield from self.wire(device, hop, part)


def _redirected(step: Step) -> bool:
    """Whether a connection's destination was translated at a device."""
    return any(
        step.before_links[at] != step.after_links[at] or (not step.after_links[at] and step.before[at] != step.after[at]) for at in (1, 2)
    )


def _state(visit: _Visit, chain: Chain, flow: Flow) -> str:
    if chain.hook in ("prerouting", "output") and chain.priority < TRACKING and visit.device.stateful is not False:
        return "invalid"  # no connection is looked up yet
    if flow.untracked:
        return "untracked"
    if visit.step is not None and visit.step.tracked:
        return "established"
    return "invalid" if flow.protocol in (TCP, ICMP) else "new"
