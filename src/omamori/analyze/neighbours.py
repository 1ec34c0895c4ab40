"""Machines that answer on the network and that nobody knows: pure, from neighbour tables, also of routers and switches, and from leases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from omamori.analyze.addresses import addresses_of, parse_address, split_addresses
from omamori.analyze.differences import Difference
from omamori.model.network import Neighbour
from omamori.model.sightings import Lease
from omamori.parse.addresses import scope
from omamori.snapshot.database import Database

NOT_THERE = ("failed", "incomplete", "noarp", "none")
"""States of a neighbour that did not answer."""
INSIDE = re.compile(r"^(lo$|docker|br-|virbr|veth|lxc|lxdbr|cni|podman|vnet|tap)")
"""Names of interfaces inside the machine itself: containers, virtual machines."""
CONSOLE = "network.console"
"""Kind of evidence of the tables of network devices: they see whole networks, so what they see is told once."""
_DEVICES = (CONSOLE, "device.config")
"""Kinds of evidence such tables come in: alone, or beside a configuration."""
_VIRTUAL = ("00005e0001", "00005e0002", "00000c07ac", "00000c9ff", "0007b400")
"""Hardware addresses that routers share (VRRP, HSRP, GLBP): no machine of their own."""
_HELD = frozenset({None, "active", "bound", "expired"})
"""States of a lease that some machine had; a reservation alone was seen by nobody."""
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

    def with_names(self, leases: Iterable[Lease], names: Collection[str]) -> KnownMachines:
        """Add the hardware addresses of machines whose name is known: a DHCP server heard it from them."""
        named = {plain_mac(row.mac) for row in leases if row.hostname and row.hostname.lower() in names} - {""}
        return replace(self, macs=self.macs | named)


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
        if mac.startswith(_VIRTUAL):
            continue
        if (mac or str(address)) not in seen:
            seen.add(mac or str(address))
            yield Difference("undeclared-neighbour", str(address), None, row.mac or "", row.evidence)


def unlisted_machines(
    neighbours: Mapping[str, Sequence[Neighbour]], leases: Mapping[str, Sequence[Lease]], known: KnownMachines
) -> Mapping[str, Sequence[Difference]]:
    """Return by asset the machines that are nobody's: of each host those beside it, of devices and DHCP servers those nobody told before.

    `item` is the address, `observed` the hardware address.
    """
    found: dict[str, list[Difference]] = defaultdict(list)
    told: set[str] = set()
    for asset, rows in sorted(neighbours.items()):
        found[asset] += unknown_neighbours((row for row in rows if row.source not in _DEVICES), known)
        told.update(_identity(item) for item in found[asset])
    for asset, rows in sorted(neighbours.items()):
        inside = (row for row in rows if row.source in _DEVICES and scope(row.address) in ("private", "link"))
        found[asset] += _new(unknown_neighbours(inside, known), told)
    for asset, given in sorted(leases.items()):
        held = (row for row in given if row.state in _HELD)
        as_neighbours = [Neighbour(asset=asset, address=row.address, mac=row.mac, evidence=row.evidence) for row in held]
        unknown = (replace(item, kind="undeclared-lease") for item in unknown_neighbours(as_neighbours, known))
        found[asset] += _new(unknown, told)
    return found


def _identity(item: Difference) -> str:
    return plain_mac(item.observed) or item.item


def _new(items: Iterable[Difference], told: set[str]) -> Iterator[Difference]:
    for item in items:
        if _identity(item) not in told:
            told.add(_identity(item))
            yield item
