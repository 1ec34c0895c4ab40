"""What a cut would stop: worked out by where the two ends of each flow lie, seen from the device that is to cut.

Where a device's routes do not tell it, a flow counts as stopped: a preview may list too much, never too little of what it knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from omamori.analyze.reach.parts import Device
from omamori.analyze.reach.ranges import LAST_ADDRESS, Ranges, written
from omamori.model.text import Text
from omamori.respond.isolate.boxes import common
from omamori.respond.isolate.facts import Facts
from omamori.respond.isolate.parts import Crossing, Cut, NeverBlocked, Preview, Stopped
from omamori.respond.isolate.rules import protocols_of
from omamori.respond.isolate.traffic import Flow, Traffic, within

_Answer = TypeVar("_Answer")
NO_WAY = "*"
"""In place of an interface: the device has no route there."""


def preview(facts: Facts, traffic: Traffic, cut: Cut, never: Sequence[NeverBlocked], *, by_rules: bool = True) -> Preview:
    """Return what a cut would stop, clinical flows first, then what can be borne the shortest.

    `by_rules` False: it is a plug that is pulled, and no list of what is never blocked holds.
    """
    passing = never if by_rules else ()
    found: dict[tuple[str, ...], list[Stopped]] = {}
    turning: set[tuple[str, str]] = set()
    for flow in traffic.flows:
        if any(keeps(one, flow) for one in passing):
            continue
        if not stops(facts, cut, flow):
            turning |= {(_address(flow.sources), _address(flow.destinations))} if stops(facts, cut, flow, turning=True) else set()
        else:
            key, one = _listed(facts, _affected(facts, cut, flow))
            found.setdefault(key, []).append(one)
    stopped = [_together(ones) for ones in found.values()]
    return Preview(
        cut=cut,
        stopped=tuple(sorted(stopped, key=_order)),
        kept=kept_by(facts, cut, passing),
        lost=() if by_rules else kept_by(facts, cut, never),
        days=traffic.days,
        doubts=(*traffic.doubts, *_doubts(facts, cut), *_turning(cut, sorted(turning))),
        blind=not traffic.flows or not cut.crossings or _of_nobody(facts, cut),
    )


def _of_nobody(facts: Facts, cut: Cut) -> bool:
    """Whether it is of a whole machine of which no address is known: no flow can be found to be its own."""
    whole = any(crossing.interface is None and crossing.one is None and crossing.other is None for crossing in cut.crossings)
    machine = facts.machines.get(cut.device or "")
    return whole and not (machine and machine.addresses)


def _order(one: Stopped) -> tuple[bool, int, str, str, str, int]:
    hours = 10**6 if one.bearable_hours is None else one.bearable_hours
    return not one.clinical, hours, one.zone, one.asset, one.source, one.port or 0


def _turning(cut: Cut, ends: Sequence[tuple[str, str]]) -> Iterator[Text]:
    """Say of flows between a network and a router that stands in it: who has this device for its only router answers by it."""
    if ends:
        example = " → ".join(ends[0])
        yield Text(
            f"同じ側のルーターを通る通信が {len(ends)} 組あります(例: {example})。端末が {cut.device} を経由して答えていれば、それも止まります",
            f"{len(ends)} pairs talk by a router that stands on the same side (for example {example}): where a machine answers by way of {cut.device}, "
            "that stops too",
        )


def stops(facts: Facts, cut: Cut, flow: Flow, *, turning: bool = False) -> bool:
    """Return whether a cut stops a flow, or may; with `turning` also one that could go in and out at one interface by a router beside it."""
    device = facts.network.network.device.get(cut.device or "")
    machine = facts.machines.get(cut.device or "")
    own = machine.addresses if machine else ()
    return any(_crosses(crossing, flow, device, own, turning=turning) for crossing in cut.crossings)


def _crosses(crossing: Crossing, flow: Flow, device: Device | None, own: Ranges, *, turning: bool) -> bool:
    ends = (flow.sources, flow.destinations)
    if crossing.interface is None and crossing.one is None and crossing.other is None:
        return any(common(end, own) for end in ends)
    if not any(_between(crossing, *pair) for pair in (ends, ends[::-1])):
        return False
    if device is None:
        return True
    near, far = (leads_to(device, end) for end in ends)
    if near is None or far is None:
        return True
    if NO_WAY in (near, far):
        return False  # It cannot have come this way.
    return (near != far or not _beside(device, ends, turning=turning)) and crossing.interface in (None, near, far)


def _beside(device: Device, ends: Sequence[Ranges], *, turning: bool) -> bool:
    """Return whether ends behind one interface reach each other without the device: all in one network of it, or behind routers that stand there.

    With `turning` a router counts as a network of its own.
    """
    return _alike(_hop(device, address, turning=turning) for end in ends for address in _points(device, end)) is not None


def _hop(device: Device, address: int, *, turning: bool) -> tuple[int, ...] | None:
    """The network an address is attached in (first, last), or that of the router its packets are given to; None where the device does not say."""
    attached = _network(device, address)
    if attached is not None:
        return attached
    ways = [way for way in device.ways if way.first <= address <= way.last]
    size = min((way.size for way in ways), default=0)
    gates = {way.gateway for way in ways if way.size == size}
    gate = gates.pop() if len(gates) == 1 else None
    if gate is None:
        return None
    return (gate,) if turning else _network(device, gate)


def _network(device: Device, address: int) -> tuple[int, int] | None:
    """The smallest network of the device an address is attached in."""
    attached = ((nic.first, nic.last) for nic in device.nics if nic.first <= address <= nic.last)
    return min(attached, key=lambda span: span[1] - span[0], default=None)


def _between(crossing: Crossing, near: Ranges, far: Ranges) -> bool:
    if crossing.one is not None and crossing.other is None:
        # What stays among themselves passes no device.
        return bool(common(near, crossing.one)) and not within(far, crossing.one)
    return (crossing.one is None or bool(common(near, crossing.one))) and (crossing.other is None or bool(common(far, crossing.other)))


def leads_to(device: Device, ranges: Ranges) -> str | None:
    """Return the interface addresses lie behind as the device routes them: empty for the device itself, None where that is not certain."""
    return _alike(_leads_to(device, address) for address in _points(device, ranges))


def _alike(answers: Iterable[_Answer | None]) -> _Answer | None:
    """Return the answer that all give; None where two differ (the rest is not asked any more), one is not known, or there is none."""
    found: _Answer | None = None
    for answer in answers:
        if answer is None or (found is not None and answer != found):
            return None
        found = answer
    return found


def _points(device: Device, ranges: Ranges) -> Iterator[int]:
    """Yield addresses that stand for all of the ranges: their ends, and wherever a network or a route of the device begins or ends within.

    Between two of these every address is routed alike.
    """
    edges = [(nic.first, nic.last) for nic in device.nics] + [(way.first, way.last) for way in device.ways]
    for first, last in ranges:
        yield first
        if last != first:
            yield last
            for low, high in edges:
                yield from (at for at in (low - 1, low, high, high + 1) if first < at < last and high >= low)


def _leads_to(device: Device, address: int) -> str | None:
    if any(nic.address == address for nic in device.nics):
        return ""
    attached = [nic for nic in device.nics if nic.first <= address <= nic.last]
    if attached:
        return min(attached, key=lambda nic: nic.last - nic.first).name
    ways = [way for way in device.ways if way.first <= address <= way.last]
    if not ways and device.routes_doubt is None and device.interfaces_doubt is None:
        return NO_WAY
    size = min((way.size for way in ways), default=0)
    names = {way.interface or _attached(device, way.gateway) for way in ways if way.size == size}
    return names.pop() if len(names) == 1 else None


def _attached(device: Device, gateway: int | None) -> str | None:
    return next((nic.name for nic in device.nics if gateway is not None and nic.first <= gateway <= nic.last), None)


def keeps(one: NeverBlocked, flow: Flow) -> bool:
    """Return whether all of a flow is never blocked."""
    protocols = protocols_of(one)
    fits = (protocols == (None,) or flow.protocol in protocols) and one.port in (None, flow.port)
    return fits and within(flow.sources, one.sources) and within(flow.destinations, one.destinations)


def kept_by(facts: Facts, cut: Cut, never: Sequence[NeverBlocked]) -> tuple[NeverBlocked, ...]:
    """Return what is never blocked and would be stopped by a cut otherwise, or may."""
    return tuple(one for one in never if stops(facts, cut, _as_flow(one)))


def _as_flow(one: NeverBlocked) -> Flow:
    return Flow(one.sources, one.destinations, "", one.protocol or "", one.port, None, True, None, None, "", "", one.evidence)


def _affected(facts: Facts, cut: Cut, flow: Flow) -> Flow:
    """Return a flow from a whole zone as that of the one machine which is cut off, where the cut is of a machine in that zone."""
    machine = facts.machines.get(cut.subject)
    part = common(flow.sources, machine.addresses) if machine else ()
    if machine is None or not part or common(flow.destinations, machine.addresses):
        return flow
    return replace(flow, sources=part)


def _listed(facts: Facts, flow: Flow) -> tuple[tuple[str, ...], Stopped]:
    """Return a flow as it is listed: by the zone it comes from, what it goes to, and its port."""
    zone = facts.zone_at(flow.sources[0][0])
    server = facts.machines.get(flow.asset)
    target = flow.asset or facts.zone_at(flow.destinations[0][0]) or _address(flow.destinations)
    clinical = flow.clinical if flow.clinical is not None else bool(server and server.care)
    stopped = Stopped(
        source=_machine(facts, flow.sources) or (zone if flow.declared and not flow.seen and zone else "") or _address(flow.sources),
        asset=target,
        protocol=flow.protocol,
        port=flow.port,
        purpose=flow.purpose,
        zone=zone,
        clinical=clinical,
        seen=flow.seen,
        declared=flow.declared,
        bearable_hours=flow.bearable_hours if flow.bearable_hours is not None else (server.bearable_hours if server else None),
        instead=flow.instead or (server.instead if server else ""),
        evidence=(flow.evidence,) if flow.evidence else (),
    )
    return (zone or stopped.source, target, flow.protocol, str(flow.port)), stopped


def _machine(facts: Facts, ranges: Ranges) -> str:
    if len(ranges) != 1 or ranges[0][0] != ranges[0][1]:
        return ""
    return next((machine.asset for machine in facts.machines.values() if common(machine.addresses, ranges)), "")


def _address(ranges: Ranges) -> str:
    return "0.0.0.0/0" if ranges == ((0, LAST_ADDRESS),) else written(ranges[:2]) + (",…" if len(ranges) > 2 else "")


def _together(told: Sequence[Stopped]) -> Stopped:
    """Put flows of one zone to one service together; the gravest word counts."""
    first = told[0]
    sources = list(dict.fromkeys(one.source for one in told if one.seen)) or [first.source]
    seen = [one.seen for one in told if one.seen]
    hours = [one.bearable_hours for one in told if one.bearable_hours is not None]
    return replace(
        first,
        source=sources[0] if len(sources) == 1 else f"{first.zone or '?'} ({len(sources)})",
        purpose=next((one.purpose for one in told if one.purpose), ""),
        clinical=any(one.clinical for one in told),
        seen=max(seen) if seen else None,
        declared=any(one.declared for one in told),
        bearable_hours=min(hours) if hours else None,
        instead=next((one.instead for one in told if one.instead), ""),
        evidence=tuple(dict.fromkeys(line for one in told for line in one.evidence))[:5],
    )


def _doubts(facts: Facts, cut: Cut) -> Iterator[Text]:
    if not cut.crossings:
        yield Text(
            f"「{cut.subject}」がどのインターフェースを通るか分からないため、止まる通信を調べられません。通るものすべてが止まると考えてください",
            f"which interface {cut.subject} passes is not known, so nothing could be worked out: take it that all of it stops",
        )
    elif cut.device is None:
        yield Text(
            "切る機器が分からないため、アドレスだけで調べました。同じケーブルを通るほかの通信も止まります",
            "the device is not known, so this goes by addresses alone: whatever else shares the cable stops too",
        )
    elif _of_nobody(facts, cut):
        yield Text(
            f"{cut.device} のアドレスが分からないため、止まる通信を調べられません。その機器の通信はすべて止まると考えてください",
            f"no address of {cut.device} is known, so nothing could be worked out: take it that everything it says stops",
        )
    device = facts.network.network.device.get(cut.device or "")
    if device is not None and (device.routes_doubt or device.interfaces_doubt):
        yield Text(
            f"{device.name} の経路かインターフェースを全部は見ていないため、ほかにも止まる通信があり得ます",
            f"the routes or interfaces of {device.name} were not looked at completely: more may stop than is listed",
        )
