"""Addresses and networks as people and machines write them."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from omamori.snapshot.database import Database

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Network:
    """A network or a range of addresses, first and last included."""

    first: IpAddress
    last: IpAddress

    @property
    def size(self) -> int:
        """Number of addresses."""
        return int(self.last) - int(self.first) + 1

    def holds(self, address: str) -> bool:
        """Return whether `address` lies inside; False for what is no address."""
        parsed = parse_address(address)
        return parsed is not None and parsed.version == self.first.version and int(self.first) <= int(parsed) <= int(self.last)


def parse_address(text: str | None) -> IpAddress | None:
    """Read an address: a zone id (`%eth0`) and brackets are dropped, an IPv4 inside IPv6 becomes IPv4; None if it is none."""
    word = (text or "").strip().strip("[]").split("%")[0]
    try:
        address = ipaddress.ip_address(word)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def networks_of(text: str | None) -> tuple[Network, ...]:
    """Read networks, ranges (`10.1.0.1-10.1.0.20`) and addresses separated by spaces or commas; words that are none are left out."""
    found = []
    for word in re.split(r"[\s,、;]+", (text or "").strip()):
        network = _network(word)
        if network is not None:
            found.append(network)
    return tuple(found)


def _network(word: str) -> Network | None:
    first, dash, last = word.partition("-")
    if dash:
        low, high = parse_address(first), parse_address(last)
        if low is None or high is None or low.version != high.version or int(high) < int(low):
            return None
        return Network(low, high)
    try:
        parsed = ipaddress.ip_network(word, strict=False)
    except ValueError:
        return None
    return Network(parsed.network_address, parsed.broadcast_address)


def addresses_of(database: Database) -> Mapping[str, tuple[str, ...]]:
    """Return the addresses of every asset: of its interfaces, of the ledger, where scans saw it, of its identifiers; loopback left out."""
    return _grouped(database, _ALL)


def current_addresses(database: Database) -> Mapping[str, tuple[str, ...]]:
    """Return the addresses every asset has now: its own and the ledger's; else where it was seen last; else all that name it."""
    told, seen = _grouped(database, _OWN), _grouped(database, _SEEN_LAST)
    return {asset: told.get(asset) or seen.get(asset) or addresses for asset, addresses in addresses_of(database).items()}


def last_seen_addresses(database: Database) -> Mapping[str, tuple[str, ...]]:
    """Return the addresses every asset was seen at last, within a day, whatever it and the ledger say."""
    return _grouped(database, _SEEN_LAST)


_OWN = (
    "select asset, address from interfaces where address is not null and coalesce(kind, '') <> 'loopback' "
    "union all select asset, address from ledger_assets where address is not null"
)
_ALL = (
    "select asset, address from interfaces where address is not null and coalesce(kind, '') <> 'loopback' "
    "union all select asset, address from ledger_assets where address is not null "
    "union all select asset, address from network_hosts "
    "union all select asset, substr(identifier, 4) from identity where identifier like 'ip:%'"
)
_SEEN_LAST = (
    "select asset, address from (select asset, address, seen, max(seen) over (partition by asset) as last from network_hosts) "
    "where seen is null or seen >= last - interval 1 day order by asset, seen desc, address"
)


def _grouped(database: Database, query: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for asset, text in database.select(query):
        for address in split_addresses(text):
            found.setdefault(str(asset), {})[address] = None
    return {asset: tuple(addresses) for asset, addresses in found.items()}


def split_addresses(text: str | None) -> Iterable[str]:
    """Yield the addresses in a text, each in its shortest form; loopback and words that are none are left out."""
    for word in re.split(r"[\s,、;]+", text or ""):
        address = parse_address(word.split("/")[0])
        if address is not None and not address.is_loopback and not address.is_unspecified:
            yield str(address)
