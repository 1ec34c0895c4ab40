"""Finds the ways of the lab: which routes every host and router needs so that all zones are reached as drawn. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from omamori.lab.description import Hospital, Host

EVERYWHERE = IPv4Network("0.0.0.0/0")


@dataclass(frozen=True, slots=True)
class Route:
    """Packets for `network` go to the router `via`, or into the tunnel of a line."""

    network: IPv4Network
    via: IPv4Address | None = None
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """The next router on a way, and how it is reached: its address, or a line."""

    router: str
    via: IPv4Address | None
    line: str | None


def routes_of(hospital: Hospital, host: Host) -> tuple[Route, ...]:
    """Return the routes of a host besides those its own legs give it."""
    if not host.router:
        return _of_machine(hospital, host.legs[0].zone)
    found = []
    own = {leg.zone for leg in host.legs}
    neighbours = _neighbours(hospital)
    for zone in hospital.zones.values():
        if zone.id in own:
            continue
        step = _first_step(hospital, neighbours, host.id, zone.id)
        if step is not None:
            network = EVERYWHERE if zone.internet else zone.network
            found.append(Route(network, step.via, step.line))
    return tuple(found)


def next_step(hospital: Hospital, router: str, zone: str) -> Step | None:
    """Return the first step of the shortest way from a router to a zone it has no leg in; None when there is no way.

    The Internet is reached by a router that hides others behind its address (`nat`); no way leads through the Internet but
    inside a tunnel.
    """
    return _first_step(hospital, _neighbours(hospital), router, zone)


def _first_step(hospital: Hospital, neighbours: Mapping[str, Sequence[Step]], router: str, zone: str) -> Step | None:
    first: dict[str, Step] = {}
    waiting = deque([router])
    seen = {router}
    while waiting:
        at = waiting.popleft()
        for step in neighbours[at]:
            if step.router in seen:
                continue
            seen.add(step.router)
            first[step.router] = first.get(at, step)
            there = hospital.hosts[step.router]
            if any(leg.zone == zone for leg in there.legs) and (there.nat or not hospital.zones[zone].internet):
                return first[step.router]
            waiting.append(step.router)
    return None


def through_line(hospital: Hospital, router: str, line: str) -> tuple[IPv4Network, ...]:
    """Return the networks a router sends into a line."""
    return tuple(route.network for route in routes_of(hospital, hospital.hosts[router]) if route.line == line)


def _of_machine(hospital: Hospital, own: str) -> tuple[Route, ...]:
    """A machine sends everything to its zone's gateway.

    Where that one filters, it would see half of what goes by a router standing beside it, and drop that: there the machine
    knows the router by itself.
    """
    gateway = hospital.zones[own].gateway
    if gateway is None:
        return ()
    found = [Route(EVERYWHERE, _leg(hospital, gateway, own))]
    if hospital.hosts[gateway].forward.allow is not None:
        neighbours = _neighbours(hospital)
        for zone in hospital.zones.values():
            step = _first_step(hospital, neighbours, gateway, zone.id)
            if step is not None and zone.id != own and step.via is not None and step.via in hospital.zones[own].network:
                found.append(Route(zone.network, step.via))
    return tuple(found)


def _neighbours(hospital: Hospital) -> Mapping[str, list[Step]]:
    routers = [host for host in hospital.hosts.values() if host.router]
    found: dict[str, list[Step]] = {host.id: [] for host in routers}
    for host in routers:
        own = {leg.zone for leg in host.legs if not hospital.zones[leg.zone].internet}
        for other in routers:
            if other is not host:
                found[host.id] += [Step(other.id, leg.address, None) for leg in other.legs if leg.zone in own][:1]
    for line in hospital.lines.values():
        found[line.source].append(Step(line.target, None, line.id))
        found[line.target].append(Step(line.source, None, line.id))
    return found


def _leg(hospital: Hospital, host: str, zone: str) -> IPv4Address:
    return next(leg.address for leg in hospital.hosts[host].legs if leg.zone == zone)
