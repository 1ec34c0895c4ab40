"""Machines that others speak of and that were not looked at themselves: pure, from the ledger, the domain, neighbours and peers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from omamori.analyze.addresses import Network, addresses_of, networks_of, parse_address, split_addresses
from omamori.analyze.assets import zone_of
from omamori.analyze.neighbours import INSIDE, NOT_THERE, plain_mac
from omamori.model.declared import LedgerAsset, RemoteLine, Zone
from omamori.model.derived import Asset
from omamori.model.windows import DomainComputer
from omamori.parse.addresses import scope
from omamori.snapshot.database import Database

_DEVICE_LINES = ("ssl-vpn", "ipsec-vpn", "ip-vpn", "lte", "isdn", "internet")
"""Lines that end on a router: nothing of a kit runs there."""
_NO_KIT = ("printer", "camera", "phone", "switch", "router", "wireless")
"""Kinds of machines on which nothing of a kit runs."""
_STRANGERS = 2000
"""So many machines are kept of which nobody knows more than the address: those that most machines speak of."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What others say of a machine: how many of them, on which ports, and the line of evidence of one of them."""

    machines: int
    evidence: str
    ports: tuple[int, ...] = ()


@dataclass(slots=True)
class Unvisited:
    """One machine that was not looked at, with everything others say of it. `signs` by kind: out, in, neighbour, dns."""

    name: str
    asset: Asset | None = None
    entry: LedgerAsset | None = None
    computer: DomainComputer | None = None
    line: RemoteLine | None = None
    zone: Zone | None = None
    mac: str = ""
    addresses: dict[str, None] = field(default_factory=dict)
    signs: dict[str, Sign] = field(default_factory=dict)

    @property
    def role(self) -> str | None:
        """What the ledger, else the domain says it is."""
        if self.entry is not None and self.entry.role:
            return self.entry.role
        system = (self.computer.os_name or "").lower() if self.computer else ""
        if self.computer is not None and (self.computer.controller or "server" in system):
            return "server"
        return "client" if "windows" in system else None

    @property
    def os_name(self) -> str | None:
        """Operating system as the domain, which hears it from the machine, else the ledger says."""
        return (self.computer.os_name if self.computer else None) or (self.entry.os if self.entry else None)

    @property
    def evidence(self) -> str:
        """The line that says the machine exists."""
        rows = (self.entry, self.computer, self.line)
        said = (row.evidence for row in rows if row is not None)
        return next(said, None) or next((sign.evidence for sign in self.signs.values()), self.asset.evidence if self.asset else "")


@dataclass(slots=True)
class _Known:
    """Who is known by which name and address. `looked` are machines somebody looked at: they are no matter for a visit."""

    looked: set[str]
    no_kit: set[str]
    names: dict[str, str]
    addresses: dict[str, str]
    macs: dict[str, str]


def unvisited(database: Database, *, met: bool = True) -> tuple[Unvisited, ...]:
    """Return every machine that was not looked at, by name; `met` False: only those that ledger, lines and domain name.

    Left out: network devices and default gateways, on which nothing of a kit runs; accounts of computers that the domain
    no longer lets in and that nobody meets.
    """
    assets = {row.asset: row for row in database.rows("assets")}
    ledger = {row.asset: row for row in database.rows("ledger_assets") if row.asset}
    kinds = dict(database.select("select asset, kind from recognised_machines where kind is not null"))
    known = _known(database, assets)
    found = {
        name: Unvisited(name, asset=asset, entry=ledger.get(name))
        for name, asset in assets.items()
        if name not in known.looked and asset.role != "network" and not (name not in ledger and kinds.get(name) in _NO_KIT)
    }
    for address, owner in known.addresses.items():
        if owner in found:
            found[owner].addresses[address] = None
    domain = list(database.rows("domain_computers"))
    for computer in domain:
        _add_computer(computer, known, found)
    for line in database.rows("remote_lines"):
        if line.kind not in _DEVICE_LINES:
            for address in split_addresses(line.device_address):
                machine = _by_address(address, None, known, found)
                if machine is not None and machine.line is None:
                    machine.line = line
    limit = len(found) + _STRANGERS
    for kind, address, mac, sign in _signs(database) if met else ():
        if len(found) >= limit and address not in known.addresses:
            continue
        machine = _by_address(address, mac, known, found)
        if machine is not None:
            before = machine.signs.get(kind)
            machine.signs[kind] = sign if before is None or before.machines < sign.machines else before
    places = [(network, zone) for zone in database.rows("zones") for network in networks_of(zone.networks)]
    zones = {zone.zone: zone for _, zone in places} | {zone.zone: zone for zone in database.rows("zones")}
    for machine in found.values():
        machine.zone = _zone(machine, zones, places)
    return tuple(found[name] for name in sorted(found) if _may_exist(found[name]))


def _known(database: Database, assets: Mapping[str, Asset]) -> _Known:
    looked = {name for name, asset in assets.items() if asset.observed}
    names = {str(word).lower(): name for name in sorted(assets) for word in (assets[name].hostname, name) if word}
    for asset, word in database.select("select asset, substr(identifier, 6) from identity where identifier like 'name:%' order by all"):
        names.setdefault(str(word).lower(), str(asset))
    addresses: dict[str, str] = {}
    for asset, owned in sorted(addresses_of(database).items()):
        for address in owned:
            # What a machine that was looked at has, it has; a ledger may be wrong.
            if address not in addresses or (asset in looked and addresses[address] not in looked):
                addresses[address] = asset
    query = (
        "select asset, mac from interfaces where mac is not null union select asset, mac from ledger_assets where mac is not null "
        "union select asset, substr(identifier, 5) from identity where identifier like 'mac:%' order by all"
    )
    macs: dict[str, str] = {}
    for asset, text in database.select(query):
        for word in str(text).replace(",", " ").split():
            mac = plain_mac(word)
            if mac and (mac not in macs or str(asset) in looked):
                macs[mac] = str(asset)
    gateways = database.select("select distinct gateway from routes where destination in ('0.0.0.0/0', '::/0') and gateway is not null")
    no_kit = {address for (text,) in gateways for address in split_addresses(text)}
    for kind, text in database.select("select kind, device_address from remote_lines where device_address is not null"):
        if kind in _DEVICE_LINES:
            no_kit.update(split_addresses(text))
    no_kit |= {address for address, asset in addresses.items() if asset in assets and assets[asset].role == "network"}
    return _Known(looked, no_kit, names, addresses, macs)


def _add_computer(computer: DomainComputer, known: _Known, found: dict[str, Unvisited]) -> None:
    short = computer.name.lower()
    owner = known.names.get(short) or known.names.get((computer.dns_name or "").lower())
    if owner in known.looked or not short:
        return
    machine = found.setdefault(owner or short, Unvisited(owner or short))
    known.names.setdefault(short, machine.name)
    if machine.computer is None or (computer.controller and not machine.computer.controller):
        machine.computer = computer


def _by_address(address: str, mac: str | None, known: _Known, found: dict[str, Unvisited]) -> Unvisited | None:
    """Return the machine behind an address, made when nobody knows it; None when it was looked at or no kit runs on it."""
    owner = known.addresses.get(address) or known.macs.get(mac or "")
    if address in known.no_kit or owner in known.looked:
        return None
    if owner is not None and owner not in found:
        return None  # a network device of the ledger, a printer a scan saw
    machine = found.setdefault(owner or address, Unvisited(owner or address))
    machine.addresses[address] = None
    known.addresses.setdefault(address, machine.name)
    if mac:
        known.macs.setdefault(mac, machine.name)
        machine.mac = machine.mac or mac
    return machine


def _signs(database: Database) -> Iterator[tuple[str, str, str | None, Sign]]:
    """Yield (kind, address, hardware address, sign), counted by the database: there may be hundreds of thousands of connections."""
    neighbours = (
        f"select address, mac, count(distinct asset), min(evidence) from neighbours where coalesce(state, '') not in {NOT_THERE!r} "  # noqa: S608 - our own words
        f"and not regexp_matches(coalesce(interface, ''), '{INSIDE.pattern}') "
        "group by address, mac order by count(distinct asset) desc, address, mac"
    )
    for address, mac, machines, evidence in database.select(neighbours):
        parsed = parse_address(address)
        if parsed is not None and not parsed.is_multicast and not parsed.is_link_local:
            yield "neighbour", str(parsed), plain_mac(mac) or None, Sign(machines, evidence)
    peers = (
        "select direction, peer, count(distinct asset), list(distinct port order by port), min(evidence) from peers "
        "where peer_scope = 'private' and direction is not null group by direction, peer "
        "order by count(distinct asset) desc, direction desc, peer"
    )
    for direction, address, machines, ports, evidence in database.select(peers):
        if _is_machine(address):
            yield str(direction), address, None, Sign(machines, evidence, tuple(port for port in ports if port is not None)[:8])
    asked: dict[str, dict[str, str]] = defaultdict(dict)
    name_servers = "select asset, value, evidence from outbound_settings where kind = 'dns' and address_public is not true order by all"
    for asset, value, evidence in database.select(name_servers):
        for address in split_addresses(value):
            asked[address].setdefault(str(asset), str(evidence))
    for address, by in sorted(asked.items()):
        if scope(address) == "private":
            yield "dns", address, None, Sign(len(by), min(by.values()))


def _is_machine(text: Any) -> bool:
    address = parse_address(text)
    return address is not None and not (address.is_multicast or address.is_unspecified or str(address).endswith(".255"))


def _zone(machine: Unvisited, zones: Mapping[str, Zone], places: list[tuple[Network, Zone]]) -> Zone | None:
    if machine.entry is not None and machine.entry.zone:
        return zones.get(machine.entry.zone)
    return zone_of(machine.addresses, places)


def _may_exist(machine: Unvisited) -> bool:
    computer = machine.computer
    return bool(machine.entry or machine.line or machine.signs or computer is None or computer.enabled is not False)
