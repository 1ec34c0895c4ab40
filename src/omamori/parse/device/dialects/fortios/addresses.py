"""Addresses, groups and virtual addresses of FortiOS, written out into ranges (administration guide, "Addresses", "Virtual IPs")."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from omamori.parse.device.dialects.fortios.tree import Block
from omamori.parse.device.extent import ANY, ZERO, Range, merged, network, number, wildcard, without
from omamori.parse.device.objects import Extent

_KEYS = ("type", "subnet", "start-ip", "end-ip", "wildcard", "interface", "fqdn", "country", "sdn", "macaddr", "sub-type", "wildcard-fqdn")
_NEVER = ((0, 0),)
_FIXED: Mapping[str, tuple[Range, ...]] = MappingProxyType({"all": ANY, "none": _NEVER, "SSLVPN_TUNNEL_ADDR1": ((0x0AD486C8, 0x0AD486D2),)})


@dataclass(frozen=True, slots=True)
class Address:
    """Names of a rule, told apart: addresses, and virtual addresses by name."""

    extent: Extent
    vips: tuple[str, ...] = ()


class Addresses:
    """The address objects of one virtual domain; `interface` tells the networks of an interface."""

    def __init__(self, home: Block, interface: Callable[[str], tuple[Range, ...]]) -> None:
        """`home` holds the tables of the virtual domain."""
        self.single = home.block("firewall address").entries
        self.groups = home.block("firewall addrgrp").entries
        self.vips = home.block("firewall vip").entries
        self.vip_groups = home.block("firewall vipgrp").entries
        self.interface = interface
        self.known: dict[str, Extent] = {}
        self.open: set[str] = set()

    def of(self, names: Sequence[str]) -> Address:
        """Return what the names in a rule amount to."""
        vips: list[str] = []
        plain: list[str] = []
        for name in names:
            if name in self.vips:
                vips.append(name)
            elif name in self.vip_groups:
                vips += self.vip_groups[name].all("member")
            else:
                plain.append(name)
        return Address(self.together(plain), tuple(dict.fromkeys(vips)))

    def together(self, names: Sequence[str]) -> Extent:
        """Return the union of some objects."""
        found = [self.named(name) for name in names]
        return Extent(
            merged(one for extent in found for one in extent.ranges),
            tuple(dict.fromkeys(doubt for extent in found for doubt in extent.doubts)),
        )

    def named(self, name: str) -> Extent:
        """Return one object or group; a group that holds itself, which the device refuses, is a doubt."""
        if name in self.known:
            return self.known[name]
        if name in self.open or len(self.open) > 60:
            return Extent((), ((None, f"address group {name} holds itself"),))
        self.open.add(name)
        if name in self.single:
            found = self._single(self.single[name])
        elif name in self.groups:
            found = self._group(self.groups[name])
        elif name in _FIXED:
            found = Extent(_FIXED[name])
        else:
            found = Extent((), ((None, f"address {name}"),))
        self.open.discard(name)
        self.known[name] = found
        return found

    def _group(self, group: Block) -> Extent:
        whole = self.together(group.all("member"))
        excluded = group.all("exclude-member")
        if not group.on("exclude") or not excluded:
            return whole
        out = self.together(excluded)
        if out.doubts:
            return Extent((), ((None if whole.doubts else whole.ranges, f"address group {group.name} with exclusions"),))
        kept = tuple((without(ranges if ranges is not None else ANY, out.ranges), text) for ranges, text in whole.doubts)
        return Extent(without(whole.ranges, out.ranges), kept)

    def _single(self, block: Block) -> Extent:
        said = {key: block.all(key) for key in _KEYS}
        kind = (said["type"] or ["ipmask"])[0]
        found: tuple[Range, ...] | None = None
        if kind == "ipmask":
            one = network(*said["subnet"][:2]) if said["subnet"] else _FIXED.get(block.name, ANY)[0]
            found = (one,) if one else None
        elif kind == "iprange" and said["end-ip"]:
            low, high = number((said["start-ip"] or [ZERO])[0]), number(said["end-ip"][0])
            found = ((low, high),) if low is not None and high is not None and low <= high else None
        elif kind == "wildcard" and len(said["wildcard"]) == 2:
            found = wildcard(*said["wildcard"])
        elif kind == "interface-subnet" and said["interface"]:
            found = self.interface(said["interface"][0]) or None
        if found is not None:
            return Extent(found)
        words = " ".join(said.get(kind) or said["fqdn"] or said["country"] or said["macaddr"] or said["interface"])
        return Extent((), ((None, f"address {block.name}: {kind} {words}".strip()),))


@dataclass(frozen=True, slots=True)
class Vip:
    """A virtual address: what is translated, and into what. `doubt` is what was not understood."""

    name: str
    line: int
    interface: str | None
    outside: tuple[Range, ...]
    inside: tuple[Range, ...]
    protocol: str | None
    outside_ports: str | None
    inside_ports: str | None
    sources: tuple[Range, ...]
    active: bool
    doubt: str | None


_ODD = ("server-load-balance", "access-proxy", "fqdn", "dns-translation")


def vip(block: Block, interface: Callable[[str], tuple[Range, ...]]) -> Vip:
    """Read an entry of `config firewall vip`. Port forwarding of TCP is the default of `protocol`; `extintf` is `any` by default."""
    kind, outside, words = block.one("type", "static-nat"), block.one("extip"), block.all("mappedip")
    extintf = block.one("extintf", "any")
    doubts = [f"type {kind}"] if kind in _ODD else []
    range_out = network(outside) if outside and outside != ZERO else None
    ranges = (range_out,) if range_out else interface(extintf) if outside == ZERO else ()
    if not ranges:
        doubts.append(f"extip {outside or 'not set'}")
    ranges_in = [one for one in (network(word) for word in words) if one]
    if len(ranges_in) != len(words) or not ranges_in or block.all("mapped-addr"):
        doubts.append(f"mappedip {' '.join(words) or 'not set'}")
    forward = block.on("portforward")
    ports, mapped = block.one("extport").replace(" ", ""), block.one("mappedport")
    protocol = block.one("protocol", "tcp") if forward else None
    services = block.all("service")
    if services:
        doubts.append(f"service {' '.join(services)}")
    filters = [network(word) for word in block.all("src-filter")]
    if None in filters:
        doubts.append("src-filter")
    for key in ("nat44", "srcintf-filter", "realservers", "add-nat46-route", "ipv6-mappedip"):
        if block.one(key) not in ("", "enable") or (key == "srcintf-filter" and block.all(key)):
            doubts.append(key)
    ports = "" if protocol == "icmp" else ports
    return Vip(
        block.name, block.line, None if extintf == "any" else extintf, ranges, tuple(ranges_in), protocol,
        ports or None if forward else None, (mapped or ports or None) if forward else None,
        merged(one for one in filters if one), block.one("status", "enable") == "enable" and kind != "dns-translation",
        "; ".join(doubts) or None,
    )  # fmt: skip
