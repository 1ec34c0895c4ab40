"""Fills `reachability`: what every declared zone and every entry reaches over the network, and by which rules (decision 0036)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from omamori.analyze.addresses import current_addresses
from omamori.analyze.coverage import Coverage, Input, View, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.reach.cubes import OTHER
from omamori.analyze.reach.follow import Reached, Services, follow, senders
from omamori.analyze.reach.masks import Masks
from omamori.analyze.reach.network import TABLES, read_network
from omamori.analyze.reach.parts import Network, Start
from omamori.analyze.reach.ranges import LAST_ADDRESS, Ranges, address_number, protocol_name, written
from omamori.model.look import EVERYWHERE
from omamori.model.ways_in import Entry, Reachable
from omamori.snapshot.database import Database

MOST_ROWS = 20_000
"""Rows of one origin; what is more is left out, and the look says so."""
_OTHER = "other"
Zones = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """A zone or an entry with the starts its packets have, and the addresses it sends from."""

    name: str
    kind: str
    starts: tuple[Start, ...]
    evidence: str = ""


@dataclass(slots=True)
class _Seen:
    """What was not seen on the way, over all origins."""

    doubts: dict[str, None] = field(default_factory=dict)
    cut: bool = False


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield what each origin reaches, and one look over all."""
    coverage = Coverage.read(database)
    network = read_network(database)
    zones = tuple(
        sorted(
            (row.network_first, row.network_last, row.zone)
            for row in database.rows("zone_networks")
            if row.network_first is not None and row.network_last is not None
        )
    )
    origins = list(origins_of(database))
    masks = Masks(network, [start for origin in origins for start in origin.starts])
    seen = _Seen()
    for origin in origins:
        rows = reachable(network, masks, origin, zones)
        for number, row in enumerate(rows):
            if number >= MOST_ROWS:
                seen.cut = True
                break
            # Beyond the hospital's last device, to addresses no zone has: the row says so, and no answer inside depends on it.
            if row.doubt and (row.zone is not None or row.through is None):
                seen.doubts[row.doubt.split(":")[0]] = None
            yield row
    yield _look(coverage, database, seen)


def origins_of(database: Database) -> Iterator[Origin]:
    """Yield every declared zone with networks, and every entry."""
    networks: dict[str, list[Start]] = {}
    evidence: dict[str, str] = {}
    for row in database.rows("zone_networks"):
        if row.network_first is not None:
            networks.setdefault(row.zone, []).append(Start("zone", network=row.network))
            evidence.setdefault(row.zone, row.evidence)
    for zone, starts in sorted(networks.items()):
        yield Origin(zone, "zone", tuple(dict.fromkeys(starts)), evidence[zone])
    machines = current_addresses(database)
    for entry in sorted(database.rows("entries"), key=lambda one: one.entry):
        yield Origin(entry.entry, "entry", _starts(entry, networks, machines.get(entry.machine or "", ())), entry.evidence)


def _starts(entry: Entry, networks: dict[str, list[Start]], addresses: Iterable[str]) -> tuple[Start, ...]:
    """An entry begins at the machine it lands on, at an interface of a device, or in its zone."""
    if entry.machine:
        return tuple(Start("zone", network=f"{one}/32") for one in addresses if address_number(one) is not None)
    if entry.device and entry.interface:
        return (Start("interface", device=entry.device, interface=entry.interface, sources=entry.sources),)
    return tuple(networks.get(entry.zone or "", ()))


def reachable(network: Network, masks: Masks, origin: Origin, zones: Zones) -> Iterator[Reachable]:
    """Yield the rows of one origin. Where no device it could use was read, one row says that it cannot be told."""
    beginning = [start for start in origin.starts if senders(masks, start)]
    lost = [start for start in origin.starts if start not in beginning]
    if lost or not origin.starts:
        yield Reachable(
            origin=origin.name,
            origin_kind=origin.kind,
            address_first=0,
            address_last=LAST_ADDRESS,
            protocol="tcp",
            reach="unknown",
            doubt=f"not_collected: {origin.name}",
            source=ANALYZER.name,
            evidence=origin.evidence,
        )
    rows: dict[Reachable, None] = {}
    for start in beginning:
        whole = senders(masks, start)
        for found in follow(network, start, masks=masks):
            for row in _rows(origin, whole, found, zones):
                if row not in rows:
                    rows[row] = None
                    yield row
                if len(rows) > MOST_ROWS:
                    return


def _rows(origin: Origin, whole: tuple[Ranges, ...], found: Reached, zones: Zones) -> Iterator[Reachable]:
    sources = None if found.sources in whole else written(found.sources)
    published = _published(found.destinations, found.services) if found.translated else None
    evidence = next((rule.evidence for rule in reversed(found.rules) if rule.evidence), origin.evidence)
    for first, last in found.addresses:
        for low, high, zone in by_zone(first, last, zones):
            for number, ranges in found.ports_at:
                for ports in ranges if ranges is not None else (None,):
                    yield Reachable(
                        origin=origin.name,
                        origin_kind=origin.kind,
                        zone=zone,
                        address_first=low,
                        address_last=high,
                        protocol=_OTHER if number == OTHER else protocol_name(number),
                        port_first=ports[0] if ports else None,
                        port_last=ports[1] if ports else None,
                        reach=found.reach,
                        sources=sources,
                        through=" > ".join(found.through) or None,
                        rules="; ".join(str(rule) for rule in found.rules) or None,
                        published_as=published,
                        doubt=found.doubt,
                        source=ANALYZER.name,
                        evidence=evidence,
                    )


def _published(destinations: Ranges, services: Services) -> str:
    """Write where translated packets were sent to: `203.0.113.5 tcp/443`."""
    ports = []
    for number, ranges in services:
        name = _OTHER if number == OTHER else protocol_name(number)
        told = ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges or ())
        ports.append(f"{name}/{told}" if told else name)
    return f"{written(destinations)} {' '.join(ports)}"


def by_zone(first: int, last: int, zones: Zones) -> Iterator[tuple[int, int, str | None]]:
    """Split a range of addresses by the declared zone it lies in; of two zones that overlap the smaller counts."""
    cuts = {first}
    holding = [zone for zone in zones if zone[0] <= last and first <= zone[1]]
    for low, high, _ in holding:
        cuts |= {cut for cut in (low, high + 1) if first < cut <= last}
    ordered = sorted(cuts)
    for at, low in enumerate(ordered):
        high = ordered[at + 1] - 1 if at + 1 < len(ordered) else last
        inside = [zone for zone in holding if zone[0] <= low and high <= zone[1]]
        yield low, high, min(inside, key=lambda zone: (zone[1] - zone[0], zone[2]))[2] if inside else None


def _look(coverage: Coverage, database: Database, seen: _Seen) -> Any:
    """The look over all origins: complete where the ledger names the zones and nothing on the way was left open."""
    inputs = [Input(coverage.view("zone_networks", EVERYWHERE), ("zone", "network"))]
    inputs += [Input(View(complete=False, reason=reason, looked=True)) for reason in seen.doubts]
    return derived_look(EVERYWHERE, "reachability", ANALYZER.name, inputs, undecided=seen.cut)


ANALYZER = Analyzer(
    name="analyze.reachability",
    reads=("zone_networks", "entries", "ledger_assets", "network_hosts", "identity", *TABLES, "collected"),
    fills=("reachability",),
    run=run,
)
"""The analyzer of this module."""
