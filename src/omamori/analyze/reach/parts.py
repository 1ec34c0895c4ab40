"""What a network is made of, as packets meet it: devices with interfaces, routes and chains of rules, and the hosts between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from omamori.analyze.reach.ranges import Ranges, Words

TRACKING = -200
"""Priority of connection tracking: chains before it see no state (netfilter, `NF_IP_PRI_CONNTRACK`)."""
DESTINATION_NAT = -100
SOURCE_NAT = 100


@dataclass(frozen=True, slots=True)
class Nic:
    """An IPv4 address of an interface; `address` None where it has none or gets it from outside.

    `reverse` says how sources are looked at (RFC 3704): 0 not, 1 strictly, 2 loosely, None when it was not read. `segment` names the
    network it is attached to: the same for all that share it.
    """

    name: str
    address: int | None = None
    first: int = 0
    last: int = -1
    zone: str | None = None
    vrf: str | None = None
    reverse: int | None = 0
    point_to_point: bool = False
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A route. `condition` is what limits it and was not followed."""

    first: int
    last: int
    gateway: int | None = None
    interface: str | None = None
    distance: int = 0
    discard: bool = False
    vrf: str | None = None
    condition: str | None = None

    @property
    def size(self) -> int:
        """Addresses it is for: the fewest win."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its conditions as ranges (None: any). `doubt` is why it may match or not, a code of `look.REASONS`."""

    position: int
    decision: str
    name: str | None = None
    target: str | None = None
    protocols: Ranges | None = None
    sources: Ranges | None = None
    destinations: Ranges | None = None
    source_ports: Ranges | None = None
    destination_ports: Ranges | None = None
    ins: Words | None = None
    outs: Words | None = None
    states: Words | None = None
    to_addresses: Ranges | None = None
    to_ports: Ranges | None = None
    one_to_one: bool = False
    doubt: str | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of rules in order; `hook` None for one that is jumped to."""

    name: str
    hook: str | None = None
    priority: int = 0
    policy: str | None = None
    ins: Words | None = None
    outs: Words | None = None
    first_packet: bool = False
    rules: tuple[Rule, ...] = ()
    evidence: str = ""

    @property
    def translates(self) -> bool:
        """Whether it translates addresses: a packet that belongs to no connection is not judged by it."""
        return any(rule.decision in TRANSLATING for rule in self.rules) or self.priority in (DESTINATION_NAT, SOURCE_NAT)


TELLING = ("input", "forward")
"""Hooks whose policy is named where it lets a packet through; elsewhere chains let pass what they do not concern."""
TRANSLATING = ("dnat", "redirect", "snat", "masquerade")


@dataclass(frozen=True)
class Device:
    """A device that passes packets on. The doubts say why a part of its configuration is not known wholly; None: it is."""

    name: str
    nics: tuple[Nic, ...] = ()
    ways: tuple[Way, ...] = ()
    chains: tuple[Chain, ...] = ()
    forwards: bool | None = True
    stateful: bool | None = True
    answers_for_translated: bool = False
    rules_doubt: str | None = None
    routes_doubt: str | None = None
    interfaces_doubt: str | None = None

    @cached_property
    def chain(self) -> dict[str, Chain]:
        """The chains by name."""
        return {chain.name: chain for chain in self.chains}

    @cached_property
    def bases(self) -> dict[str, tuple[Chain, ...]]:
        """The chains at each hook in the order a packet meets them."""
        hooks: dict[str, list[Chain]] = {}
        for chain in self.chains:
            if chain.hook is not None:
                hooks.setdefault(chain.hook, []).append(chain)
        return {hook: tuple(sorted(found, key=lambda chain: chain.priority)) for hook, found in hooks.items()}

    def owns(self, address: int, vrf: str | None) -> bool:
        """Return whether an address is the device's own."""
        return any(nic.address == address and nic.vrf == vrf for nic in self.nics)

    def nics_of(self, name: str | None) -> Iterator[Nic]:
        """Yield the addresses of an interface."""
        return (nic for nic in self.nics if nic.name == name)


@dataclass(frozen=True, slots=True)
class Host:
    """A machine that passes nothing on; `ways` None where its routes were not read: it may use any device of its network."""

    name: str
    nics: tuple[Nic, ...] = ()
    ways: tuple[Way, ...] | None = None


@dataclass(frozen=True)
class Network:
    """All devices and the hosts whose addresses are known."""

    devices: tuple[Device, ...] = ()
    hosts: tuple[Host, ...] = ()

    @cached_property
    def device(self) -> dict[str, Device]:
        """The devices by name."""
        return {device.name: device for device in self.devices}

    @cached_property
    def attached(self) -> dict[str, tuple[tuple[Device, Nic], ...]]:
        """The devices at each segment."""
        found: dict[str, list[tuple[Device, Nic]]] = {}
        for device in self.devices:
            for nic in device.nics:
                if nic.segment:
                    found.setdefault(nic.segment, []).append((device, nic))
        return {segment: tuple(ends) for segment, ends in found.items()}

    @cached_property
    def host_at(self) -> dict[tuple[str, int], Host]:
        """The hosts by segment and address."""
        return {(nic.segment, nic.address): host for host in self.hosts for nic in host.nics if nic.address is not None}


@dataclass(frozen=True, slots=True)
class Start:
    """Where packets begin: `zone`, a machine in `network` (CIDR), or `interface`, packets that come in by an interface of a device.

    `sources` are the addresses an interface lets in, written as in the device tables (None: any). `gateway` limits a zone's
    machines to one device; None: they may use any device of their network. `ports` only says where sets shall be told apart.
    """

    kind: str
    network: str | None = None
    device: str | None = None
    interface: str | None = None
    sources: str | None = None
    gateway: str | None = None
    ports: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class RuleName:
    """A rule, or the policy of a chain, that let packets through or translated them."""

    device: str
    chain: str
    rule: str
    evidence: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.device} {self.chain}: {self.rule}"


def rule_name(device: Device, chain: Chain, rule: Rule | None) -> RuleName:
    """Name a rule as the device shows it, else by its place (`#3`); None is the chain's policy."""
    if rule is None:
        return RuleName(device.name, chain.name, "policy", chain.evidence)
    return RuleName(device.name, chain.name, rule.name or f"#{rule.position}", rule.evidence)
