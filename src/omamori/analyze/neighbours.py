"""Machines that answer on the network and that nobody knows: pure, from neighbour tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from omamori.analyze.addresses import addresses_of, parse_address, split_addresses
from omamori.analyze.differences import Difference
from omamori.model.network import Neighbour
from omamori.snapshot.database import Database

NOT_THERE = ("failed", "incomplete", "noarp", "none")
"""States of a neighbour that did not answer."""
INSIDE = re.compile(r"^(lo$|docker|br-|virbr|veth|lxc|lxdbr|cni|podman|vnet|tap)")
"""Names of interfaces inside the machine itself: containers, virtual machines."""
_MAC = re.compile(r"[0-9a-f]{2}")


@dataclass(frozen=True, slots=True)
class KnownMachines:
    """Addresses and hardware addresses of every machine and line device somebody declared or looked at."""

    addresses: frozenset[str]
    macs: frozenset[str]

    @classmethod
    def read(cls, database: Database) -> KnownMachines:
        """Read them from ledger, lines, interfaces and identifiers."""
        addresses = {address for found in addresses_of(database).values() for address in found}
        for (text,) in database.select("select device_address from remote_lines where device_address is not null"):
            addresses.update(split_addresses(text))
        query = (
            "select mac from interfaces where mac is not null union select mac from ledger_assets where mac is not null "
            "union select substr(identifier, 5) from identity where identifier like 'mac:%'"
        )
        macs = {mac for (text,) in database.select(query) for word in re.split(r"[\s,、;]+", str(text)) if (mac := plain_mac(word))}
        return cls(frozenset(addresses), frozenset(macs))


def plain_mac(text: str | None) -> str:
    """Return a hardware address as twelve hexadecimal digits, however it is written; empty when it is none."""
    digits = "".join(_MAC.findall(re.sub(r"[^0-9a-f]", "", (text or "").lower())))
    return digits if len(digits) == 12 and digits.strip("0") else ""


def unknown_neighbours(rows: Iterable[Neighbour], known: KnownMachines) -> Iterator[Difference]:
    """Yield the neighbours that are nobody's: one per hardware address, else one per address."""
    seen: set[str] = set()
    for row in rows:
        address, mac = parse_address(row.address), plain_mac(row.mac)
        if address is None or address.is_multicast or (row.state or "") in NOT_THERE or INSIDE.match(row.interface or ""):
            continue
        if str(address) in known.addresses or (mac and mac in known.macs) or (address.is_link_local and not mac):
            continue
        if (mac or str(address)) not in seen:
            seen.add(mac or str(address))
            yield Difference("undeclared-neighbour", str(address), None, row.mac or "", row.evidence)
