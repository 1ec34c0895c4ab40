"""Works out from the description what can be seen of every host from where somebody stands: what a scan is measured by. Pure.

A scanner never reads this; only tests and people who compare do.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address

from omamori.lab.description import Hospital, Host, Leg, Rule
from omamori.lab.routes import next_step
from omamori.lab.rules import Ports

_PING = ("icmp", 0)


@dataclass(frozen=True, slots=True)
class Sight:
    """What can be seen of one address.

    `neighbour`: it answers ARP, since it stands in the same zone. `ping`: it answers ping. `refuses`: it says so when a port
    is closed. `ports`: (protocol, port) that can be reached.
    """

    host: str
    address: IPv4Address
    neighbour: bool
    ping: bool
    refuses: bool
    ports: frozenset[tuple[str, int]]

    @property
    def can_be_found(self) -> bool:
        """Whether anything at all comes back."""
        return self.neighbour or self.ping or self.refuses or any(protocol == "tcp" for protocol, _ in self.ports)


def seen_from(hospital: Hospital, viewer: str, ports: Ports) -> tuple[Sight, ...]:
    """Return the sight of every address of the hospital but the viewer's own, in the order of the description."""
    standing = hospital.hosts[viewer]
    inside = [(host, leg) for host in hospital.hosts.values() for leg in host.legs if not hospital.zones[leg.zone].outside]
    return tuple(_sight(hospital, standing, host, leg, ports) for host, leg in inside if host.id != viewer)


def _sight(hospital: Hospital, viewer: Host, host: Host, leg: Leg, ports: Ports) -> Sight:
    way = _way(hospital, viewer, host, leg)
    near = any(own.zone == leg.zone for own in viewer.legs)
    if way is None:
        return Sight(host.id, leg.address, False, False, False, frozenset())
    source = next((own for own in viewer.legs if own.zone == leg.zone), viewer.legs[0])

    def passes(protocol: str, port: int) -> bool:
        return all(_lets_through(hospital, router, (viewer.id, source.zone), (host.id, leg.zone), protocol, port) for router in way)

    admitted = host.answers != "arp" and (host.answers != "ports" or not host.admits or bool({viewer.id, source.zone} & set(host.admits)))
    reached = frozenset((port.protocol, port.port) for port in ports.get(host.id, ()) if admitted and passes(port.protocol, port.port))
    open_host = host.answers in ("everything", "no-ping")
    free = passes("tcp", 0)
    return Sight(host.id, leg.address, near, host.answers == "everything" and passes(*_PING), open_host and free, reached)


def _way(hospital: Hospital, viewer: Host, host: Host, leg: Leg) -> tuple[Host, ...] | None:
    """The routers that pass packets on between the two; None when there is no way."""
    if any(own.zone == leg.zone for own in viewer.legs):
        return ()
    at = viewer.id if viewer.router else hospital.zones[viewer.legs[0].zone].gateway
    way = [] if viewer.router else [at]
    while at is not None and at != host.id and all(one.zone != leg.zone for one in hospital.hosts[at].legs):
        step = next_step(hospital, at, leg.zone)
        at = None if step is None else step.router
        way.append(at)
    if at is None:
        return None
    return tuple(hospital.hosts[one] for one in way if one is not None and one != host.id)


def _lets_through(hospital: Hospital, router: Host, source: tuple[str, str], target: tuple[str, str], protocol: str, port: int) -> bool:
    """Whether a router's rules let it pass; port 0 stands for any that no rule names."""
    allow = router.forward.allow
    return allow is None or any(_matches(rule, source, target, protocol, port) for rule in allow)


def _matches(rule: Rule, source: tuple[str, str], target: tuple[str, str], protocol: str, port: int) -> bool:
    between = bool(set(source) & set(rule.sources)) and bool(set(target) & set(rule.targets))
    return between and (not rule.ports or (protocol, port) in rule.ports)
