"""Where an address belongs: to a zone the hospital drew, to a machine it knows, or to neither."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from omamori.analyze.addresses import Network, addresses_of, networks_of, parse_address
from omamori.snapshot.database import Database


@dataclass(frozen=True, slots=True)
class Places:
    """The zones of the hospital, smallest network first, and whose address is whose. `known`: the list of zones is whole."""

    zones: Sequence[tuple[Network, str]]
    owners: Mapping[str, str]
    known: bool

    @classmethod
    def read(cls, database: Database, *, known: bool) -> Places:
        """Read them; zones of kind external are not the hospital's."""
        inside = [
            (network, zone.zone) for zone in database.rows("zones") if zone.kind != "external" for network in networks_of(zone.networks)
        ]
        owners: dict[str, str] = {}
        for asset, addresses in sorted(addresses_of(database).items()):
            for address in addresses:
                owners.setdefault(address, asset)
        query = "select asset, address from device_interfaces where address is not null order by all"
        for asset, address in database.select(query):
            owners.setdefault(str(address), str(asset))
        return cls(sorted(inside, key=lambda item: (item[0].size, str(item[0].first))), owners, known)

    def zone_of(self, address: str | None) -> str | None:
        """Return the zone with the smallest network that holds the address."""
        return next((zone for network, zone in self.zones if address and network.holds(address)), None)

    def zones_of(self, text: str | None) -> tuple[str, ...]:
        """Return the zones the networks of a text overlap, in order; a text that means any address names none."""
        found: dict[str, None] = {}
        for asked in networks_of(text):
            if asked.size < 1 << 31:
                found |= dict.fromkeys(zone for network, zone in self.zones if overlap(asked, network))
        return tuple(sorted(found))

    def foreign(self, network: str) -> bool:
        """Return whether a network is private and no zone has a part of it. False while the zones are not known."""
        if not self.known:
            return False
        asked = networks_of(network)
        return bool(asked) and all(
            is_private(str(one.first)) and not any(overlap(one, inside) for inside, _ in self.zones) for one in asked
        )


def overlap(one: Network, other: Network) -> bool:
    """Return whether two networks share an address."""
    same = one.first.version == other.first.version
    return same and int(one.first) <= int(other.last) and int(other.first) <= int(one.last)


def any_overlap(one: str | None, other: str | None) -> bool:
    """Return whether any network of one text shares an address with one of the other."""
    return any(overlap(first, second) for first in networks_of(one) for second in networks_of(other))


_PRIVATE = tuple(ipaddress.ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"))
_NOWHERE = tuple(
    ipaddress.ip_network(text) for text in ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "fe80::/10", "ff00::/8")
)


def is_private(address: str) -> bool:
    """Return whether an address is of the ranges for use inside (RFC 1918, RFC 6598, RFC 4193)."""
    parsed = parse_address(address)
    return parsed is not None and any(parsed in network for network in _PRIVATE if network.version == parsed.version)


def is_public(address: str | None) -> bool:
    """Return whether an address is one of the Internet: neither for use inside, nor of a single link, nor of no machine."""
    parsed = parse_address(address)
    if parsed is None or parsed.is_loopback or parsed.is_unspecified:
        return False
    return not any(parsed in network for network in (*_PRIVATE, *_NOWHERE) if network.version == parsed.version)


def commas(parts: Iterable[str]) -> str | None:
    """Return the parts in order, each once, separated by commas; None for none."""
    return ",".join(dict.fromkeys(parts)) or None
