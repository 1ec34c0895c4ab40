"""Holds `reached_services` (network, the machine's own firewall and its listeners put together) against connections to the real servers of the lab."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from omamori.lab.description import Hospital
from omamori.model.declared import Zone
from omamori.report.ledger import ledger_bytes
from omamori.snapshot.database import Database
from truth.field import Field, Try, Way

_AGAIN = 3


@dataclass(slots=True)
class ServiceTruth:
    """What came out: zones, addresses of machines, and pairs of zone and TCP port of an address that were compared."""

    zones: int = 0
    addresses: int = 0
    compared: int = 0
    open: int = 0
    attempts: int = 0
    wrong: list[str] = field(default_factory=list)

    def told(self) -> str:
        """For people, one line."""
        return (
            f"{self.zones} zones to real servers at {self.addresses} addresses: {self.compared} compared, {self.open} within reach, "
            f"{self.attempts} attempts, {len(self.wrong)} differ"
        )


def zones_ledger(hospital: Hospital) -> bytes:
    """Return a ledger that names the hospital's zones and their networks, and says nothing else: what the tables call the origins."""
    zones = [Zone(zone=zone.id, kind=zone.kind, networks=str(zone.network)) for zone in hospital.inside()]
    return ledger_bytes("en", rows={"zones": zones}, states={"zones": "filled"})


def hold_services_against(tables: Path, ground: Field, ways: Sequence[Way]) -> ServiceTruth:
    """Connect from every zone, by every gateway, to every TCP port any machine listens on, at every machine; compare with the table.

    In: a field that listens nowhere, so that only the real servers answer.
    """
    with Database(tables, read_only=True) as database:
        networks = {row.zone: IPv4Network(row.network) for row in database.rows("zone_networks")}
        ports = sorted({row.port for row in database.rows("listeners") if row.protocol == "tcp" and not row.loopback})
        all_addresses = {row.address for row in database.rows("interfaces") if row.address}
        addresses = {address for address in all_addresses if any(_lies(address, network) for network in networks.values())}
        reached = database.rows("reached_services")
        said = {(row.origin, row.address, row.port): row.reach for row in reached if row.origin_kind == "zone" and row.protocol == "tcp"}
    of_zone = {zone: [way for way in ways if way.network == str(network)] for zone, network in networks.items()}
    own = {way.source for way in ways}
    tries = {
        (zone, address, port): [Try(way, "tcp", address, port) for way in of_zone[zone] if way.source != address]
        for zone in networks
        for address in sorted(addresses - own)
        for port in ports
    }
    everything = [one for some in tries.values() for one in some]
    good = ground.knock(everything)
    truth = ServiceTruth(len(networks), len(addresses - own), len(tries))
    differing = _differing(tries, said, good)
    for _ in range(_AGAIN):
        if differing:
            good |= ground.knock([one for key in differing for one in tries[key] if one not in good])
            differing = _differing(tries, said, good)
    truth.attempts = ground.attempts
    truth.open = sum(said.get(key) == "open" for key in tries)
    truth.wrong = [
        f"{zone} -> tcp {address}:{port}: the table says {said.get((zone, address, port), 'none')}, and it "
        f"{'succeeded' if any(one in good for one in tries[zone, address, port]) else 'did not succeed'}"
        for zone, address, port in differing
    ]
    return truth


def _differing(
    tries: dict[tuple[str, str, int], list[Try]], said: dict[tuple[str, str, int | None], str], good: set[Try]
) -> list[tuple[str, str, int]]:
    found = []
    for key, some in tries.items():
        reach = said.get(key, "none")
        if reach == "unknown" or (reach == "open") != any(one in good for one in some):
            found.append(key)
    return found


def _lies(address: str, network: IPv4Network) -> bool:
    try:
        return IPv4Address(address) in network
    except ValueError:
        return False
