"""What the newest snapshot says that bears on an approval: machines that are off limits, own networks, names of machines."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

from omamori.model.permission import IpAddress, SiteFacts, Span
from omamori.parse.addresses import ip
from omamori.snapshot.database import Database

_HELD = "select asset from assets where hands_off or medical"
_ADDRESSES = """
select asset, address from ledger_addresses
union select asset, address from interfaces where address is not null
union select asset, address from network_hosts
union select asset, substr(identifier, 4) from identity where identifier like 'ip:%'
order by 1, 2
"""
_NAMES = """
select lower(asset), asset from assets
union select lower(hostname), asset from assets where hostname is not null
union select lower(substr(identifier, 6)), asset from identity where identifier like 'name:%'
order by 1, 2
"""
_WIDEST = {4: 16, 6: 32}
"""Bits of the widest network that may be a hospital's own: a prefix of 0 on some tunnel would make the whole Internet own."""
_NETWORKS = "select distinct address, prefix from interfaces where address is not null and prefix is not null order by 1, 2"


def site_facts(database: Database, snapshot: str) -> SiteFacts:
    """Read them from the tables of the snapshot named `snapshot`."""
    addresses: dict[str, list[IpAddress]] = {}
    for asset, text in database.select(_ADDRESSES):
        known = ip(text)
        if known is not None and not known.is_loopback:
            addresses.setdefault(asset, []).append(known)
    held = [asset for (asset,) in database.select(f"{_HELD} order by 1")]
    hands_off = tuple((address, asset) for asset in held for address in dict.fromkeys(addresses.get(asset, ())))
    names = tuple((name, address) for name, asset in database.select(_NAMES) for address in dict.fromkeys(addresses.get(asset, ())))
    return SiteFacts(hands_off, tuple(_networks(database)), names, snapshot)


def _networks(database: Database) -> Iterator[Span]:
    for address, prefix in database.select(_NETWORKS):
        try:
            network = ip_network(f"{ip(address)}/{prefix}", strict=False)
        except ValueError:
            continue
        if network.prefixlen >= _WIDEST[network.version]:
            yield Span(network[0], network[-1])
