"""Chooses the one door: a jump server in the DMZ, as the ledger and the evidence show it, or as the person names it."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping

from omamori.analyze.reach.ranges import Ranges, address_number, holds
from omamori.model.declared import LedgerAsset
from omamori.model.text import Text
from omamori.respond.bastion.parts import Facts, Target
from omamori.snapshot.database import Database

DOOR_PORTS = (22, 443, 3389)
"""Ports a person logs in by on a jump server: SSH, a gateway's web page, remote desktop."""
_WORDS = ("踏み台", "踏台", "中継サーバ", "jump", "bastion")
_MACHINE = Text(
    "踏み台にする機械を1台、DMZに置く。余っているPCや仮想マシンにLinuxとOpenSSHを入れれば費用なし",
    "one machine as the jump server in the DMZ: a spare PC or a virtual machine with Linux and OpenSSH costs nothing",
)
_ZONE = Text(
    "DMZがなければ、今のファイアウォールの空いた口かVLANを一つDMZにする(費用なし〜少し)。台帳の「ゾーン」シートに種類dmzで書く",
    "without a DMZ: make one of a free port or a VLAN of the firewall you have (none to low cost), and write it into the sheet Zones as dmz",
)
_FIREWALL = Text(
    "口もVLANもなければ、小さなファイアウォールを1台買う(中くらいの費用)",
    "with neither port nor VLAN: buy one small firewall (medium cost)",
)


class NoSuchTarget(ValueError):
    """What was named with `--to` is no zone, no machine and no address of a zone."""


def choose(database: Database, facts: Facts, named: str | None) -> Target:
    """Return the door. `named` is a zone, an asset, a hostname or an address; NoSuchTarget when it is none of them."""
    rows = sorted(database.rows("ledger_assets"), key=lambda one: one.asset)
    if named:
        return _named(database, facts, named, rows)
    dmz = [zone for zone, (kind, _) in facts.zones.items() if kind == "dmz"]
    for row in rows:
        found = _machine(database, facts, row.asset) if _is_jump(row) else None
        if found is not None:
            return found
    if dmz:
        return _empty(facts, dmz[0])
    return Target(None, None, None, needs=(_MACHINE, _ZONE, _FIREWALL))


def _named(database: Database, facts: Facts, named: str, rows: Iterable[LedgerAsset]) -> Target:
    if named in facts.zones:
        inside = [row.asset for row in rows if row.zone == named and _is_jump(row)]
        machine = _machine(database, facts, inside[0]) if inside else None
        return machine or _empty(facts, named)
    number = address_number(named)
    if number is not None:
        owner = next((asset for asset, held in sorted(facts.addresses.items()) if named in held), None)
        zone = zone_of(facts.zones, number)
        if zone is None:
            raise NoSuchTarget(named)
        if owner is None:
            return Target(zone, None, named, proposed=True, needs=(_MACHINE,))
        return _machine(database, facts, owner, named) or Target(zone, owner, named)
    names = {str(name): str(asset) for asset, name in database.select("select asset, hostname from assets order by all") if name}
    asset = named if named in facts.addresses else names.get(named)
    found = _machine(database, facts, asset) if asset else None
    if found is None:
        raise NoSuchTarget(named)
    return found


def _is_jump(row: LedgerAsset) -> bool:
    text = " ".join(part or "" for part in (row.asset, row.hostname, row.purpose)).lower()
    return any(word in text for word in _WORDS)


def _machine(database: Database, facts: Facts, asset: str, address: str | None = None) -> Target | None:
    """The machine as a door; where it stands in no DMZ that has to be told."""
    own = [one for one in ([address] if address else facts.addresses.get(asset, ())) if address_number(one) is not None]
    placed = [(one, zone_of(facts.zones, address_number(one) or 0)) for one in own]
    placed.sort(key=lambda one: facts.zones.get(one[1] or "", ("",))[0] != "dmz")
    if not placed:
        return None
    chosen, zone = placed[0]
    listening = "select distinct port from listeners where asset = $asset and protocol = 'tcp' and not loopback"
    scanned = "select distinct port from network_ports where asset = $asset and protocol = 'tcp' and state = 'open'"
    open_now = {port for query in (listening, scanned) for (port,) in database.select(query, {"asset": asset})}
    ports = tuple(port for port in DOOR_PORTS if port in open_now) or (22,)
    kind = facts.zones.get(zone or "", ("", ()))[0]
    needs = () if kind == "dmz" else (_ZONE, _FIREWALL)
    return Target(zone, asset, chosen, ports, needs=needs)


def _empty(facts: Facts, zone: str) -> Target:
    """A DMZ without a jump server: an address nobody was seen at is proposed."""
    used = {address_number(one) for held in facts.addresses.values() for one in held}
    used |= {nic.address for device in facts.network.devices for nic in device.nics}
    for first, last in facts.zones[zone][1]:
        for number in range(last - 1, max(first, last - 4096), -1):
            if number not in used:
                return Target(zone, None, str(ipaddress.IPv4Address(number)), proposed=True, needs=(_MACHINE,))
    return Target(zone, None, None, needs=(_MACHINE,))


def zone_of(zones: Mapping[str, tuple[str, Ranges]], number: int) -> str | None:
    """Return the smallest zone that holds an address."""
    holding = [(sum(last - first for first, last in ranges), zone) for zone, (_, ranges) in zones.items() if holds(ranges, number)]
    return min(holding)[1] if holding else None
