"""Ways in that hosts show: programs, mobile and wireless cards, two networks, USB ports, packets from where no zone is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from omamori.analyze.addresses import networks_of, parse_address
from omamori.analyze.entry_devices import DEFAULT, Found, route_by
from omamori.analyze.entry_places import Places, commas
from omamori.snapshot.database import Database

_TUNNEL_OF = {"openvpn": "openvpn", "wireguard": "wireguard", "strongswan": "ipsec", "libreswan": "ipsec", "tailscale": "wireguard"}
_CARDS = ("ethernet", "wireless", None)
MOST = 50
"""Networks nobody drew that are told one by one."""


def found_on_hosts(database: Database, devices: Collection[str], places: Places) -> Iterator[Found]:
    """Yield what hosts show, each way in once. `devices` tell of their interfaces and tunnels themselves."""
    zones = {str(asset): str(zone) if zone else None for asset, zone in database.select("select asset, zone from assets")}
    yield from _programs(database, zones)
    yield from _cards(database, devices, zones)
    yield from _two_networks(database, devices, places)
    yield from _usb(database, zones)
    yield from _routes(database, devices, places)


def _programs(database: Database, zones: Mapping[str, str | None]) -> Iterator[Found]:
    told = {(str(asset), str(kind)) for asset, kind in database.select("select asset, kind from device_vpns")}
    for row in database.rows("remote_access"):
        if row.running is False or row.kind == "shell" or (row.asset, _TUNNEL_OF.get(row.product, "")) in told:
            continue
        yield Found(
            name=f"{row.asset} {row.product}",
            kind="remote-software",
            sort="program",
            method=row.product,
            asset=row.asset,
            evidence=row.evidence,
            zones=_one(zones.get(row.asset)),
            on_machine=True,
            open=row.running,
            words=row.product,
            declared=row.declared,
        )


def _cards(database: Database, devices: Collection[str], zones: Mapping[str, str | None]) -> Iterator[Found]:
    """A mobile card is a way in by itself; wireless cards are one way in per zone."""
    wireless: dict[str | None, list[tuple[str, str]]] = defaultdict(list)
    query = (
        "select distinct asset, kind, name, evidence from interfaces where kind in ('mobile', 'wireless') and up is not false order by all"
    )
    for asset, kind, name, evidence in database.select(query):
        if asset in devices:
            continue
        if kind == "mobile":
            yield Found(
                f"{asset} {name}", "mobile", "interface", "interface", asset, evidence, name, _one(zones.get(asset)), on_machine=True
            )
        else:
            wireless[zones.get(asset)].append((asset, evidence))
    for zone, cards in sorted(wireless.items(), key=str):
        yield _together(zone, "wireless", "interface", cards)


def _usb(database: Database, zones: Mapping[str, str | None]) -> Iterator[Found]:
    ports: dict[str | None, list[tuple[str, str]]] = defaultdict(list)
    for asset, evidence in database.select("select asset, evidence from windows_settings where usb_storage order by all"):
        ports[zones.get(asset)].append((asset, evidence))
    for zone, machines in sorted(ports.items(), key=str):
        yield _together(zone, "usb", "port", machines)


def _together(zone: str | None, kind: str, sort: str, machines: list[tuple[str, str]]) -> Found:
    """One way in for all machines of a zone; it names the machine where it is a single one."""
    names = sorted({asset for asset, _ in machines})
    single = len(names) == 1
    name = f"{zone or names[0]} {kind}"
    return Found(name, kind, sort, kind, names[0], machines[0][1], zones=_one(zone), on_machine=single, shared=not single)


def _two_networks(database: Database, devices: Collection[str], places: Places) -> Iterator[Found]:
    legs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in database.rows("interfaces"):
        if row.asset not in devices and row.address and row.up is not False and row.kind in _CARDS:
            legs[row.asset].append((row.address, row.evidence))
    for asset, addresses in sorted(legs.items()):
        zones = {zone for address, _ in addresses if (zone := places.zone_of(address))}
        foreign = [address for address, _ in addresses if places.foreign(address)]
        if len(zones) > 1 or (zones and foreign):
            yield Found(
                f"{asset} dual-homed", "dual-homed", "interface", "interface", asset, addresses[0][1],
                zones=tuple(sorted(zones)), on_machine=True, sources=commas(sorted(foreign)),
            )  # fmt: skip


def _routes(database: Database, devices: Collection[str], places: Places) -> Iterator[Found]:
    """A host's own route to a network no zone has: the maintenance router it leads to is told, once for all hosts."""
    beyond: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    query = "select distinct asset, destination, gateway, evidence from routes where gateway is not null and coalesce(origin, '') <> 'vpn' order by all"
    for asset, destination, gateway, evidence in database.select(query):
        if asset not in devices and destination not in DEFAULT and places.foreign(destination):
            beyond[gateway].setdefault(destination, (asset, evidence))
    for gateway, found in sorted(beyond.items())[:MOST]:
        asset, evidence = next(iter(found.values()))
        yield route_by(gateway, tuple(found), places.zone_of(gateway), asset, evidence, places)


def with_traffic(found: Iterable[Found], database: Database, places: Places) -> list[Found]:
    """Return the ways in with their last use, and those that only packets show: from the Internet, or from networks nobody drew."""
    listed = list(found)
    named = [(place, network) for place, one in enumerate(listed) if one.sources for network in networks_of(one.sources)]
    by_interface: dict[tuple[str, str | None], int] = {}
    for place, one in enumerate(listed):
        by_interface.setdefault((one.asset, one.interface), place)
    used: dict[int, datetime | None] = {}
    rest: dict[tuple[str, str, str], tuple[datetime | None, str, str]] = {}
    for asset, peer, interface, moment, evidence in _packets(database):
        if peer in places.owners or places.zone_of(peer):
            continue
        named_by = next((place for place, network in named if network.holds(peer)), None)
        shown_by = named_by if named_by is not None or not interface else by_interface.get((asset, interface))
        network = _around(peer, places)
        if shown_by is not None:
            used[shown_by] = _later(used.get(shown_by), moment)
        elif network is not None:
            key = ("", "", network) if network else (asset, interface, "")
            known = rest.get(key, (None, evidence, asset))
            rest[key] = (_later(known[0], moment), *known[1:])
    listed = [replace(one, last_used=_later(one.last_used, used.get(place))) for place, one in enumerate(listed)]
    return listed + [_unexplained(key, *seen) for key, seen in sorted(rest.items(), key=str)[:MOST]]


def _packets(database: Database) -> Iterator[tuple[str, str, str, datetime | None, str]]:
    """Yield (machine, peer outside, interface, moment, evidence) of what came in and was let in; of the Internet one peer for all."""
    yield from database.select(
        "select asset, case when peer_scope = 'public' then '' else peer_address end as peer, '' as interface_in, max(seen), min(evidence) "
        "from connections where direction = 'in' and peer_scope in ('private', 'public') and peer_address is not null group by 1, 2 "
        "union all select asset, case when source_scope = 'public' then '' else source_address end, coalesce(interface_in, ''), "
        "max(last_seen), min(evidence) from flows "
        "where action = 'accept' and source_scope in ('private', 'public') group by 1, 2, 3 order by 1, 2, 3"
    )


def _around(peer: str, places: Places) -> str | None:
    """Return the network of 256 addresses a private peer nobody drew lies in; empty for the Internet, None for what is neither."""
    if not peer:
        return ""
    parsed = parse_address(peer.split("/")[0])
    if parsed is None or parsed.version != 4 or not places.foreign(str(parsed)):
        return None
    return f"{str(parsed).rpartition('.')[0]}.0/24"


def _unexplained(key: tuple[str, str, str], moment: datetime | None, evidence: str, shown_by: str) -> Found:
    asset, interface, network = key
    if network:
        return Found(f"network {network}", "line", "network", "network", shown_by, evidence, sources=network, last_used=moment, shared=True)
    name = f"{asset} {interface or 'Internet'}"
    return Found(name, "internet", "network", "network", asset, evidence, interface or None, on_machine=not interface, last_used=moment)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((moment for moment in (one, other) if moment is not None), default=None)


def _one(zone: str | None) -> tuple[str, ...]:
    return (zone,) if zone else ()
