"""What the lab hospital is made of, in one shape: zones, hosts, rules, tunnels. Facts only; nothing here does anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network
from typing import Any, Literal

from omamori.model.text import Text

Shape = Literal["sick", "healthy"]
SHAPES: tuple[Shape, ...] = ("sick", "healthy")
Answers = Literal["everything", "no-ping", "ports", "arp"]
ANSWERS: tuple[Answers, ...] = ("everything", "no-ping", "ports", "arp")
"""How a host answers: to everything; to all but ping; only on its services' ports, and ping not at all; to ARP alone."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A network, one bridge. `gateway`: the host its machines send to what is elsewhere; `internet`: only tunnels go through it."""

    id: str
    name: Text
    kind: str
    network: IPv4Network
    gateway: str | None = None
    outside: bool = False
    internet: bool = False


@dataclass(frozen=True, slots=True)
class Leg:
    """One network card of a host. `interface` is its name inside the host."""

    zone: str
    interface: str
    address: IPv4Address
    mac: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What a firewall lets through: from and to are zones or hosts; no ports: all."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    ports: tuple[tuple[str, int], ...]
    why: Text


@dataclass(frozen=True, slots=True)
class Forward:
    """How a router passes packets on. `allow` None: everything; else what no rule names is dropped."""

    allow: tuple[Rule, ...] | None = None
    log: bool = False


@dataclass(frozen=True, slots=True)
class Host:
    """One machine, or router, with all that is told of it in this shape."""

    id: str
    name: Text
    kind: str
    legs: tuple[Leg, ...]
    services: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    answers: Answers = "everything"
    admits: tuple[str, ...] = ()
    """Zones and hosts its host firewall lets in, where it has one; empty: everybody."""
    owner: str = "hospital"
    vendor: str | None = None
    medical: bool = False
    consent: bool = False
    """Whether its maker or owner agreed that it is looked at, where it is not the hospital's alone."""
    excluded: bool = False
    important: bool = False
    declared: bool = True
    forwards: bool = False
    router: bool = False
    nat: bool = False
    forward: Forward = Forward()
    scanner: bool = False
    conditions: tuple[str, ...] = ()

    @property
    def address(self) -> IPv4Address:
        """Its first address."""
        return self.legs[0].address


@dataclass(frozen=True, slots=True)
class Traffic:
    """Who uses a line: every few seconds a connection from `source` to a port of `target`."""

    source: str
    target: str
    protocol: str
    port: int


@dataclass(frozen=True, slots=True)
class Line:
    """A tunnel from the router of an outside site to a device of the hospital, which listens on a UDP port."""

    id: str
    name: Text
    kind: str
    vendor: str
    source: str
    target: str
    port: int
    lands_in: str
    traffic: Traffic
    restricted: bool = False
    declared: bool = True


@dataclass(frozen=True, slots=True)
class Hospital:
    """The whole lab in one shape. All mappings are by id, in the order of the description."""

    shape: Shape
    name: Text
    beds: int
    zones: Mapping[str, Zone]
    hosts: Mapping[str, Host]
    lines: Mapping[str, Line]
    vendors: Mapping[str, Text]
    conditions: Mapping[str, Text]

    def inside(self) -> tuple[Zone, ...]:
        """The zones that are the hospital's."""
        return tuple(zone for zone in self.zones.values() if not zone.outside)

    def is_inside(self, host: Host) -> bool:
        """Whether a host has a leg in a zone of the hospital."""
        return any(not self.zones[leg.zone].outside for leg in host.legs)

    def scanner(self) -> Host:
        """The host a scan is run from."""
        return next(host for host in self.hosts.values() if host.scanner)
