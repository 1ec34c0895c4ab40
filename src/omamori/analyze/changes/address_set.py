"""A set of addresses given by ranges, asked many times: a scan of a whole hospital may name every address one by one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address, ip_network

from omamori.analyze.addresses import Network, networks_of

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class AddressSet:
    """Addresses: of each version the ranges in order, joined where they touch."""

    v4: Ranges = ()
    v6: Ranges = ()

    @classmethod
    def of(cls, networks: Iterable[Network]) -> AddressSet:
        """Make it of networks and ranges."""
        by_version: dict[int, list[tuple[int, int]]] = {4: [], 6: []}
        for network in networks:
            by_version[network.first.version].append((int(network.first), int(network.last)))
        return cls(_joined(by_version[4]), _joined(by_version[6]))

    @classmethod
    def read(cls, text: str | None) -> AddressSet:
        """Read networks, ranges and addresses separated by spaces or commas."""
        return cls.of(networks_of(text))

    def holds(self, address: str) -> bool:
        """Return True when an address lies inside."""
        version, number = parsed(address)
        ranges = self.v4 if version == 4 else self.v6
        place = bisect_right(ranges, (number, 1 << 129)) - 1
        return place >= 0 and number <= ranges[place][1]


@lru_cache(maxsize=65536)
def parsed(address: str) -> tuple[int, int]:
    """Return version and number of an address; ValueError when it is none."""
    found = ip_address(address)
    return found.version, int(found)


@lru_cache(maxsize=65536)
def network_of(address: str) -> str:
    """Return the neighbourhood of an address that is judged as one: its /24, of IPv6 its /64."""
    found = ip_address(address)
    return str(ip_network(f"{found}/{24 if found.version == 4 else 64}", strict=False))


def _joined(ranges: Iterable[tuple[int, int]]) -> Ranges:
    found: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)
