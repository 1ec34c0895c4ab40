"""Weaker sightings: what neighbour tables, DHCP leases and switches' MAC address tables say of machines that others know by address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from omamori.analyze.addresses import parse_address
from omamori.analyze.changes.picture import Sign, SwitchPort
from omamori.analyze.neighbours import NOT_THERE, plain_mac
from omamori.model.look import Identity
from omamori.snapshot.database import Database
from omamori.snapshot.identifiers import is_strong

_EDGE = 8
"""A port of a switch behind which more hardware addresses were learned leads to other switches: nobody is plugged in there."""


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose a hardware address or an IP address is, where exactly one machine has it."""

    macs: Mapping[str, str]
    addresses: Mapping[str, str]

    @classmethod
    def read(cls, identity: Iterable[Identity], addresses: Mapping[str, Iterable[str]]) -> Owners:
        """Take them from identifiers and from the addresses of every asset."""
        macs: dict[str, set[str]] = defaultdict(set)
        for row in identity:
            if row.identifier.startswith("mac:") and is_strong(row.identifier):
                macs[plain_mac(row.identifier[4:])].add(row.asset)
        held: dict[str, set[str]] = defaultdict(set)
        for asset, own in addresses.items():
            for address in own:
                held[address].add(asset)
        return cls(_only(macs), _only(held))

    def of(self, mac: str | None, address: str | None) -> str | None:
        """Return whose sighting it is: the hardware address decides, the IP address only where there is none."""
        plain = plain_mac(mac)
        if plain:
            return self.macs.get(plain)
        parsed = parse_address(address)
        return self.addresses.get(str(parsed)) if parsed is not None else None


def _only(found: Mapping[str, set[str]]) -> dict[str, str]:
    return {name: next(iter(owners)) for name, owners in found.items() if len(owners) == 1}


def read_signs(database: Database, owners: Owners) -> Mapping[str, list[Sign]]:
    """Return asset → the newest moment at which neighbours, a lease and a switch knew it."""
    found: dict[str, dict[str, Sign]] = defaultdict(dict)
    for kind, query in _QUERIES:
        if database.has(kind):
            for observer, mac, address, seen, evidence in database.select(query):
                owner = owners.of(mac, address)
                if owner is not None and owner != observer and seen is not None:
                    sign, before = Sign(seen, str(evidence or "")), found[owner].get(kind)
                    if before is None or (before.seen or seen, before.where) < (seen, sign.where):
                        found[owner][kind] = sign
    return {asset: [signs[kind] for kind in sorted(signs)] for asset, signs in found.items()}


_QUERIES = (
    (
        "neighbours",
        "select n.asset, n.mac, n.address, max(c.seen), min(n.evidence) from neighbours n join collected c on c.asset = n.asset "  # noqa: S608 - our own words
        f"and c.table_name = 'neighbours' where coalesce(n.state, '') not in {NOT_THERE!r} group by n.asset, n.mac, n.address order by all",
    ),
    ("leases", "select asset, mac, address, starts, evidence from leases where coalesce(state, 'active') = 'active' order by all"),
    (
        "forwarding_entries",
        "select f.asset, f.mac, null, max(c.seen), min(f.evidence) from forwarding_entries f join collected c on c.asset = f.asset "
        "and c.table_name = 'forwarding_entries' where coalesce(f.kind, 'dynamic') = 'dynamic' group by f.asset, f.mac order by all",
    ),
)


def read_switch_ports(database: Database, owners: Owners) -> Mapping[str, SwitchPort]:
    """Return asset → the port it is plugged in at: of all ports that learned it the one with the fewest others, where these are few."""
    if not database.has("forwarding_entries"):
        return {}
    found: dict[str, SwitchPort] = {}
    query = (
        "with entries as (select distinct f.asset, f.port, f.mac, f.evidence, c.seen from forwarding_entries f left join collected c "
        "on c.asset = f.asset and c.table_name = 'forwarding_entries' where coalesce(f.kind, 'dynamic') = 'dynamic') "
        "select e.asset, e.port, e.mac, count(distinct o.mac), max(e.seen), min(e.evidence) from entries e join entries o "
        "on o.asset = e.asset and o.port = e.port group by e.asset, e.port, e.mac order by all"
    )
    for switch, port, mac, shared, seen, evidence in database.select(query):
        owner = owners.macs.get(plain_mac(mac))
        if owner is not None and owner != switch and shared <= _EDGE:
            here = SwitchPort(str(switch), str(port), int(shared), Sign(seen, str(evidence or "")))
            before = found.get(owner)
            if before is None or (here.shared, here.switch, here.port) < (before.shared, before.switch, before.port):
                found[owner] = here
    return found
