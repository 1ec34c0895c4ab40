"""What of a lab stands and answers now. Nothing is sent: processes and sockets are read from the kernel."""

from __future__ import annotations

from dataclasses import dataclass

from omamori.gate.daemon import alive
from omamori.lab.description import Hospital, Host, Line
from omamori.lab.inside import listening
from omamori.lab.serving import up
from omamori.lab.state import State
from omamori.lab.tunnels import shaken


@dataclass(frozen=True, slots=True)
class ServiceStatus:
    """A service (or a tunnel's end, or a log) of a host, whether it is up, and where its log lies."""

    service: str
    up: bool
    log: str


@dataclass(frozen=True, slots=True)
class HostStatus:
    """A host: whether it stands, its namespace, its services."""

    host: Host
    namespace: str
    up: bool
    services: tuple[ServiceStatus, ...]


@dataclass(frozen=True, slots=True)
class LineStatus:
    """A line, and whether its two ends have talked to each other."""

    line: Line
    up: bool


def status_of(hospital: Hospital, state: State) -> tuple[tuple[HostStatus, ...], tuple[LineStatus, ...]]:
    """Return every host and every line of a lab as they are now."""
    standing = {host: alive(holder) for host, holder in state.holders.items()}
    listened = {host: listening(holder) if standing[host] else set() for host, holder in state.holders.items()}
    hosts = tuple(
        HostStatus(
            host=host,
            namespace=state.namespaces.get(host.id, ""),
            up=standing.get(host.id, False),
            services=tuple(ServiceStatus(one.service, up(state, one, listened), one.log) for one in state.served if one.host == host.id),
        )
        for host in hospital.hosts.values()
    )
    return hosts, tuple(LineStatus(line, standing.get(line.source, False) and shaken(state, line)) for line in hospital.lines.values())
