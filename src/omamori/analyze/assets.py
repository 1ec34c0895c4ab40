"""Fills `assets`: every machine that is known, from the ledger, from a look at it, or by an identifier only.

The list itself is always complete: what is not known is not a machine yet. What only the ledger can say
is missing while no ledger was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from omamori.analyze.addresses import Network, current_addresses, networks_of
from omamori.analyze.coverage import Coverage, Input, View, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.network_differences import NetworkFacts, unanswered
from omamori.analyze.whereabouts import Whereabouts
from omamori.knowledge.makers import Makers
from omamori.model.declared import LedgerAsset, Zone
from omamori.model.derived import Asset
from omamori.model.host import Host
from omamori.model.look import EVERYWHERE
from omamori.snapshot.database import Database

_WEIGHT = ("important",)
_ASKED = "台帳の「止まると診療が止まるか」に はい か いいえ を / yes or no in the ledger's column on whether care stops without it"
_LEDGER_ONLY = ("vendor", "hands_off", "medical", "important", "declared")
_ZONED = ("zone", "closed")
_STRANGER = ("stranger",)
_USED = ("asset", "address", "role", "zone", "vendor", "owner", "medical_device", "important", "internet")


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield one `Asset` and its look for every machine that is known."""
    coverage = Coverage.read(database)
    ledger = {row.asset: row for row in database.rows("ledger_assets") if row.asset}
    hosts = {row.asset: row for row in database.rows("hosts")}
    zones = list(database.rows("zones"))
    places = [(network, zone) for zone in zones for network in networks_of(zone.networks)]
    addresses = current_addresses(database)
    identified = {str(name) for (name,) in database.select("select distinct asset from identity where asset is not null")}
    routers = {str(asset) for (asset,) in database.select("select asset from device_facts where forwards")}
    network, whereabouts = NetworkFacts.read(database), Whereabouts.read(database)
    names = set(ledger) | set(hosts) | identified | coverage.assets()
    for name in sorted(name for name in names if name and name != EVERYWHERE):
        yield from _asset(
            name,
            ledger.get(name),
            hosts.get(name),
            zones,
            places,
            addresses.get(name, ()),
            coverage,
            network,
            moment.pack.makers,
            whereabouts,
            routes=name in routers,
        )


def _asset(
    name: str,
    entry: LedgerAsset | None,
    host: Host | None,
    zones: Sequence[Zone],
    places: Sequence[tuple[Network, Zone]],
    addresses: Sequence[str],
    coverage: Coverage,
    network: NetworkFacts,
    makers: Makers,
    whereabouts: Whereabouts,
    *,
    routes: bool,
) -> Iterator[Any]:
    zone = _zone(entry, zones, places, addresses)
    zone_name = zone.zone if zone else (entry.zone if entry else None)
    looks, sightings = coverage.machine_looks(name), coverage.sightings(name)
    declared = True if entry is not None else False if coverage.view("ledger_assets", name).knows("asset") else None
    # The tables and logs of a network device tell of others: nobody has looked at the device itself yet. Its configuration tells what
    # it lets through, but nothing of what a host is asked about.
    looked = {look.source.partition(".")[0] for look in looks if look.seen is not None or look.evidence}
    observed = bool(looked - {"network", "device"})
    last_seen = max((look.seen for look in (*looks, *sightings) if look.seen is not None), default=None)
    stranger = None if declared is None else network.stranger(name, known=declared or observed)
    medical = entry is not None and (entry.medical_device == "yes" or entry.role == "medical")
    yield Asset(
        asset=name,
        hostname=(host.hostname if host and host.hostname else entry.hostname if entry else None),
        role=(entry.role if entry and entry.role else host.role if host else None),
        platform=host.platform if host else None,
        zone=zone_name,
        vendor=entry.vendor if entry else None,
        hands_off=medical or (entry is not None and entry.owner in ("vendor", "lease")),
        medical=medical,
        important=entry is not None and entry.important == "yes",
        closed=_closed(entry, zone),
        declared=declared,
        observed=observed,
        configured="device" in looked,
        forwards=routes,
        scanned=name in network.seen,
        stranger=stranger,
        unanswered=unanswered(entry, last_seen, network),
        seen_as=network.seen_as(name, makers, whereabouts) if stranger else None,
        last_seen=last_seen,
        source=ANALYZER.name,
        evidence=entry.evidence if entry else (host.evidence if host else next((look.evidence for look in (*looks, *sightings)), "")),
    )
    yield _look(name, entry, host, coverage)


def _look(name: str, entry: LedgerAsset | None, host: Host | None, coverage: Coverage) -> Any:
    ledger, zones, hosts, interfaces = (coverage.view(table, name) for table in ("ledger_assets", "zones", "hosts", "interfaces"))
    scans = coverage.view("scans", name)
    network_seen = coverage.view("network_hosts", name)
    inputs = [
        Input(ledger, _USED, _LEDGER_ONLY),
        Input(ledger, _USED, _ZONED),
        Input(zones, ("zone", "networks", "internet"), _ZONED),
    ]
    if ledger.looked:
        inputs.append(Input(ledger, ("role",), ("role",)))
    if _may_matter(entry, host):
        inputs.append(Input(replace(ledger, missing=ledger.missing | {"important"}, reason="to_confirm", needs=_ASKED), _WEIGHT, _WEIGHT))
    if scans.looked and entry is not None and entry.address:
        # One that was cut off may have asked.
        inputs.append(Input(scans, ("began", "finished", "targets"), ("unanswered",)))
    if network_seen.looked:
        inputs += [Input(ledger, ("asset", "address", "mac"), _STRANGER), Input(network_seen, ("address", "mac"), ("scanned", *_STRANGER))]
    if entry is None or not entry.zone:
        # Where the ledger names no zone, the address decides: a look at the machine tells it, or where a scan saw it.
        inputs.append(Input(network_seen if network_seen.looked and not interfaces.looked else interfaces, ("address",), _ZONED))
    if not _said(entry, "role"):
        inputs.append(Input(hosts, ("role",), ("role",)))
    inputs.append(Input(hosts, ("platform",), ("platform",)))
    inputs.append(Input(hosts if not _said(entry, "hostname") else _either(hosts, ledger), ("hostname",), ("hostname",)))
    return derived_look(name, "assets", ANALYZER.name, inputs)


def _may_matter(entry: LedgerAsset | None, host: Host | None) -> bool:
    """Whether care may stop without it and nobody said: an empty cell beside a server is no "no", beside one of many client PCs it is."""
    if entry is None or entry.important in ("yes", "no"):
        return False
    return (entry.role or (host.role if host else None)) in (None, "server", "medical")


def _said(entry: LedgerAsset | None, column: str) -> bool:
    return entry is not None and bool(getattr(entry, column))


def _either(first: View, second: View) -> View:
    return first if first.complete else second


def _zone(
    entry: LedgerAsset | None, zones: Sequence[Zone], places: Sequence[tuple[Network, Zone]], addresses: Sequence[str]
) -> Zone | None:
    if entry is not None and entry.zone:
        return next((zone for zone in zones if zone.zone == entry.zone), None)
    return zone_of(addresses, places)


def zone_of(addresses: Iterable[str], places: Sequence[tuple[Network, Zone]]) -> Zone | None:
    """Return the zone with the smallest network that holds one of `addresses`; None when none does."""
    best: tuple[int, Zone] | None = None
    for address in addresses:
        for network, zone in places:
            if network.holds(address) and (best is None or network.size < best[0]):
                best = (network.size, zone)
    return best[1] if best else None


def _closed(entry: LedgerAsset | None, zone: Zone | None) -> bool | None:
    words: Mapping[str, bool] = {"no": True, "yes": False}
    if entry is not None and entry.internet in words:
        return words[str(entry.internet)]
    return words.get(zone.internet or "") if zone is not None else None


ANALYZER = Analyzer(
    name="analyze.assets",
    reads=(
        "ledger_assets",
        "zones",
        "hosts",
        "interfaces",
        "network_hosts",
        "network_ports",
        "leases",
        "forwarding_entries",
        "remote_lines",
        "device_facts",
        "scans",
        "identity",
        "collected",
    ),
    fills=("assets",),
    run=run,
)
"""The analyzer of this module."""
