"""Read the hospital from a snapshot's tables: only what stands in them, every text made harmless, in one order whatever theirs is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from omamori.analyze.addresses import addresses_of
from omamori.map.hospital import Between, Changes, Counts, Deviation, Found, Hospital, Judged, Machine, Zone
from omamori.map.read_lines import read_doors, read_lines
from omamori.map.read_talks import read_talks
from omamori.map.read_ways import doors_of_programs, read_ways, seen_lines
from omamori.model.clean import clean
from omamori.model.look import EVERYWHERE, SEVERITIES
from omamori.model.moments import plain_utc
from omamori.model.text import Text
from omamori.snapshot.database import Database

MOST_FOUND = 6
"""So many findings of one subject can be read in the picture, the gravest; the report has all."""
_NAME, _LONG = 120, 400
_OF_ROLE = {"server": "server", "client": "client", "network": "network", "medical": "modality", "other": "other"}
_SIGHTINGS = ("network_hosts", "network_ports", "dicom_answers")
"""Tables of what a scan sees of a machine from outside."""
_NOT_THERE = ("failed", "incomplete", "noarp", "none")


def read_hospital(database: Database, moment: datetime | None = None, changes: Changes | None = None) -> Hospital:
    """Return the hospital of a snapshot, of which `moment` is when it was taken; `changes` since an earlier look, where known."""
    addresses = {clean(asset, _NAME): found for asset, found in addresses_of(database).items()}
    seen = _seen_addresses(database)
    judged = _judged(database)
    zones = _zones(database, judged)
    machines = _machines(database, judged, addresses, seen, changes)
    zone_of = {machine.name: machine.zone for machine in machines}
    owner = _owners(addresses)
    ways = read_ways(database)
    walls = {machine.name for machine in machines if machine.kind in ("network", "router")}
    name = next((clean(str(row[0] or ""), _NAME) for row in database.select("select name from site order by name")), "")
    return Hospital(
        name=name,
        moment=moment and plain_utc(moment),
        zones=zones,
        zones_known=_read_at_all(database, "zones"),
        machines=machines,
        lines=read_lines(database, judged, owner, seen, {m.name for m in machines if m.observed or m.answered}, seen_lines(ways, walls)),
        lines_known=_read_at_all(database, "remote_lines"),
        doors=doors_of_programs(ways, read_doors(database, zone_of, {zone.name: zone.kind for zone in zones})),
        between=_between(database, machines, addresses),
        talks=read_talks(database, zone_of, owner),
        strangers=_strangers(database, {machine.name for machine in machines}),
        site=judged.get("site", Judged()),
        changes=changes,
        ways=ways,
    )


def _word(value: object, limit: int = _NAME) -> str:
    return clean(str(value), limit) if value is not None else ""


def _machines(
    database: Database,
    judged: Mapping[str, Judged],
    addresses: Mapping[str, tuple[str, ...]],
    seen: frozenset[str],
    changes: Changes | None,
) -> tuple[Machine, ...]:
    systems = {_word(name): _word(system) for name, system in database.select("select asset, max(os_name) from hosts group by 1")}
    ledger = {_word(row[0]): row for row in database.select("select asset, purpose, place, os, address from ledger_assets order by all")}
    known = {_word(row.asset): row for row in _ordered(database.rows("recognised_machines"))}
    services, deviations = _services(database), _deviations(database)
    answered = {_word(asset) for (asset,) in database.select("select distinct asset from network_hosts")}
    changed = changes.of if changes else {}
    only_sighted = _only_sighted(database)
    found = []
    for row in database.rows("assets"):
        name = _word(row.asset)
        if not name or name == EVERYWHERE:
            continue
        guess, entry, own = known.get(name), ledger.get(name), addresses.get(name, ())
        kind = (guess.kind if guess and guess.kind else None) or _OF_ROLE.get(row.role or "", "unknown")
        found.append(
            Machine(
                name=name,
                hostname=_word(row.hostname),
                kind=_word(kind),
                sure=guess is None or guess.kind_certainty != "probable",
                zone=_word(row.zone),
                addresses=tuple(sorted(own, key=_address_order)),
                system=systems.get(name) or _word(guess.system if guess else None) or _word(entry[3] if entry else None),
                maker=_word(guess.maker if guess else None),
                purpose=_word(entry[1] if entry else None),
                place=_word(entry[2] if entry else None),
                vendor=_word(row.vendor),
                hands_off=bool(row.hands_off),
                medical=bool(row.medical),
                important=bool(row.important),
                declared=row.declared,
                observed=bool(row.observed) and name not in only_sighted,
                answered=name in answered or any(address in seen for address in own),
                last_seen=row.last_seen,
                judged=judged.get(name, Judged()),
                services=services.get(name, ()),
                deviations=deviations.get(name, ()),
                change=changed.get(name, ""),
                evidence=_word(row.evidence),
            )
        )
    return tuple(sorted(found, key=lambda machine: machine.name))


def _only_sighted(database: Database) -> frozenset[str]:
    """Return what a scan saw from outside and nobody looked at: it answered, but what is on it was not seen."""
    looks = "select distinct asset from collected where source not like 'ledger.%' and source not like 'analyze.%' and source not like 'report.%'"
    sighted = {
        _word(asset) for (asset,) in database.select(f"{looks} and list_contains($tables, table_name)", {"tables": list(_SIGHTINGS)})
    }
    looked = {
        _word(asset) for (asset,) in database.select(f"{looks} and not list_contains($tables, table_name)", {"tables": list(_SIGHTINGS)})
    }
    return frozenset(sighted - looked)


def _ordered(rows: Any) -> list[Any]:
    return sorted(rows, key=repr)


def _address_order(address: str) -> tuple[int, str]:
    return len(address), address


def _services(database: Database) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for asset, service in database.select("select distinct asset, service from recognised_services order by all"):
        found[_word(asset)].append(_word(service))
    return {asset: tuple(services) for asset, services in found.items()}


def _deviations(database: Database) -> Mapping[str, tuple[Deviation, ...]]:
    found: dict[str, list[Deviation]] = defaultdict(list)
    for asset, kind, item, evidence in database.select("select asset, kind, item, evidence from deviations order by all"):
        found[_word(asset)].append(Deviation(_word(kind), _word(item, _LONG), _word(evidence)))
    return {asset: tuple(rows) for asset, rows in found.items()}


def _judged(database: Database) -> Mapping[str, Judged]:
    """Return what was judged of every subject: counted in the database, the gravest findings of each by name."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0, 0])
    query = "select subject, verdict, severity, count(*) from verdicts where verdict <> 'pass' group by all"
    for subject, verdict, severity, count in database.select(query):
        places = counts[_word(subject)]
        if verdict == "fail":
            places[SEVERITIES.index(severity) if severity in SEVERITIES else 3] += int(count)
        else:
            places[4 if verdict == "unknown" else 5] += int(count)
    order = "case severity when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end, check_id, finding_key, message_en, evidence"
    query = (
        "select subject, check_id, severity, message_ja, message_en, evidence from verdicts where verdict = 'fail' "  # noqa: S608 - our own words
        f"qualify row_number() over (partition by subject order by {order}) <= {MOST_FOUND} order by subject, {order}"
    )
    texts: dict[str, list[Found]] = defaultdict(list)
    for subject, check, severity, ja, en, evidence in database.select(query):
        texts[_word(subject)].append(Found(check, severity, Text(_word(ja, _LONG), _word(en, _LONG)), _word(evidence)))
    return {subject: Judged(_four(places), places[4], places[5], tuple(texts.get(subject, ()))) for subject, places in counts.items()}


def _four(places: list[int]) -> Counts:
    return places[0], places[1], places[2], places[3]


def _zones(database: Database, judged: Mapping[str, Judged]) -> tuple[Zone, ...]:
    found = {}
    for row in _ordered(database.rows("zones")):
        name = _word(row.zone)
        found[name] = Zone(
            name,
            _word(row.kind) or "other",
            _word(row.networks, _LONG),
            _word(row.internet),
            judged.get(name, Judged()),
            _word(row.evidence),
        )
    return tuple(found[name] for name in sorted(found) if name)


def _read_at_all(database: Database, table: str) -> bool:
    rows = database.select("select count(*) from collected where table_name = $table and complete", {"table": table})
    return bool(rows[0][0])


def _owners(addresses: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    """Return address → machine; one that two machines claim belongs to none."""
    claims: dict[str, set[str]] = defaultdict(set)
    for asset, own in addresses.items():
        for address in own:
            claims[address].add(asset)
    return {address: min(names) for address, names in claims.items() if len(names) == 1}


def _seen_addresses(database: Database) -> frozenset[str]:
    """Return the addresses that something answered at: to a scan, to a neighbour, in a connection, in a firewall's log."""
    rows = database.select(
        "select address from network_hosts union "
        "select address from neighbours where mac is not null and not list_contains($gone, coalesce(state, '')) union "
        "select peer from peers where direction = 'in' union select source_address from flows",
        {"gone": list(_NOT_THERE)},
    )
    return frozenset(str(address) for (address,) in rows if address)


def _strangers(database: Database, known: Collection[str]) -> tuple[Machine, ...]:
    """Return what answered on the network, or stands in the domain, and is no machine that is known; in the zone of its address."""
    nets = _networks(database)
    found: dict[str, Machine] = {}
    query = (
        "select item, kind, asset, observed, evidence from deviations where kind in ('undeclared-neighbour', 'undeclared-lease', 'undeclared-computer') "
        "order by all"
    )
    for item, kind, asset, observed, evidence in database.select(query):
        name = _word(item)
        if name in known or name in found:
            continue
        zone = _zone_of(name, nets)
        computer = kind == "undeclared-computer"
        found[name] = Machine(
            name=name,
            kind="client" if computer else "unknown",
            sure=False,
            zone=zone,
            addresses=() if computer else (name,),
            system=_word(observed) if computer else "",
            maker="" if computer else _word(observed),
            declared=False,
            answered=not computer,
            stranger=_word(asset),
            evidence=_word(evidence),
        )
    return tuple(found[name] for name in sorted(found, key=_address_order))


def _networks(database: Database) -> list[tuple[int, str, int, int]]:
    """Return (size, zone, first, last) of every declared network."""
    query = "select zone, network_first, network_last from zone_networks where network_first is not null order by all"
    return [(int(last) - int(first), clean(str(zone), _NAME), int(first), int(last)) for zone, first, last in database.select(query)]


def _zone_of(address: str, nets: Sequence[tuple[int, str, int, int]]) -> str:
    """Return the zone with the smallest network that holds an address; empty where none does."""
    number = _number(address)
    inside = [(size, zone) for size, zone, first, last in nets if number is not None and first <= number <= last]
    return min(inside)[1] if inside else ""


def _between(database: Database, machines: tuple[Machine, ...], addresses: Mapping[str, tuple[str, ...]]) -> tuple[Between, ...]:
    """Return the machines with addresses in several zones: what joins them, or stands between them."""
    nets = _networks(database)
    found = []
    for machine in machines:
        own = addresses.get(machine.name, ())
        if len(own) < 2:
            continue
        zones = {machine.zone} - {""}
        zones |= {_zone_of(address, nets) for address in own} - {""}
        if len(zones) > 1:
            found.append(Between(machine.name, tuple(sorted(zones)), machine.kind in ("network", "router", "switch")))
    return tuple(found)


def _number(address: str) -> int | None:
    parts = address.split(".")
    if len(parts) != 4 or not all(part.isdigit() for part in parts):
        return None
    return sum(int(part) << shift for part, shift in zip(parts, (24, 16, 8, 0), strict=True))
