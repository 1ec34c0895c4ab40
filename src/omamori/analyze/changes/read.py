"""Reads the picture of the network out of a snapshot's tables. What a table of an older version lacks is not known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from omamori.analyze.addresses import networks_of, parse_address, split_addresses
from omamori.analyze.changes.conflicts import read_conflicts
from omamori.analyze.changes.picture import Machine, OwnView, Picture, Place, Port, PortLook, Run, Sign
from omamori.analyze.changes.runs import read_runs
from omamori.analyze.changes.signs import Owners, read_signs, read_switch_ports
from omamori.analyze.neighbours import INSIDE
from omamori.model.gentle import GENTLE_PORTS
from omamori.model.look import EVERYWHERE, Identity
from omamori.model.sightings import NetworkPort
from omamori.parse.nmap.targets import holds
from omamori.snapshot.database import Database
from omamori.snapshot.network_state import PortKey, PortRanges, SeenPort

_NOT_OURS = ("loopback", "tunnel", "mobile")
_TABLES = ("scans", "network_hosts", "network_ports")


def read_picture(database: Database, moment: datetime) -> Picture:
    """Return what a snapshot of a moment knows of the network; of a file older than scans, what the machines themselves say."""
    identity = tuple(database.rows("identity"))
    zones = tuple((network, str(row.zone)) for row in database.rows("zones") for network in networks_of(row.networks))
    looks = _Looks(database)
    runs: Mapping[str, Run] = {}
    asked: Mapping[str, PortRanges] = {}
    places: dict[str, dict[str, Place]] = defaultdict(dict)
    if all(database.has(table) for table in _TABLES):
        hosts = list(database.rows("network_hosts"))
        runs, asked = read_runs(database, hosts)
        ports: dict[tuple[str, str], list[NetworkPort]] = defaultdict(list)
        for row in database.rows("network_ports"):
            ports[row.asset, row.address].append(row)
        for row in sorted(hosts, key=lambda row: (row.seen or datetime.min, row.evidence)):
            address = parse_address(row.address)
            if address is not None:
                look = _look(row, ports.get((row.asset, row.address), ()), runs, asked, looks)
                found = Place(str(address), row.seen, row.scan or "", row.mac, row.distance, look, row.evidence)
                places[row.asset][found.address] = found
    assets = {row.asset: row for row in database.rows("assets")}
    owners = Owners.read(identity, _addresses(database, places, identity))
    signs, switch_ports = read_signs(database, owners), read_switch_ports(database, owners)
    own = _own(database, looks)
    machines: dict[str, Machine] = {}
    for name in sorted({*assets, *places, *own} - {"", EVERYWHERE}):
        asset = assets.get(name)
        machines[name] = Machine(
            asset=name,
            zone=(asset.zone or "") if asset else "",
            role=(asset.role or "") if asset else "",
            declared=asset.declared if asset else None,
            hands_off=asset.hands_off if asset else False,
            places=places.get(name, {}),
            own=own.get(name, OwnView()),
            signs=tuple(signs.get(name, ())),
            switch_port=switch_ports.get(name),
        )
    return Picture(
        moment=moment,
        machines=machines,
        identity=identity,
        runs=tuple(sorted(runs.values(), key=lambda run: (run.began, run.name))),
        tabled=looks.whole("forwarding_entries"),
        conflicts=read_conflicts(database, zones, owners, looks.seen),
        zones=zones,
    )


def _addresses(
    database: Database, places: Mapping[str, Mapping[str, Place]], identity: Iterable[Identity]
) -> Mapping[str, Collection[str]]:
    """Return the addresses of every asset: where it was seen, its own, those of the ledger and of its identifiers."""
    found: dict[str, set[str]] = defaultdict(set)
    for asset, own in places.items():
        found[asset] |= own.keys()
    for table in ("interfaces", "ledger_assets"):
        for row in database.rows(table):
            found[row.asset] |= set(split_addresses(row.address))
    for one in identity:
        if one.identifier.startswith("ip:"):
            found[one.asset] |= set(split_addresses(one.identifier[3:]))
    return found


class _Looks:
    """Which looks there are at a table of an asset: whole or not, when, and of which evidence."""

    def __init__(self, database: Database) -> None:
        self._rows: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for row in database.rows("collected"):
            self._rows[row.table_name, row.asset].append(row)

    def of(self, table: str, asset: str) -> list[Any]:
        """Return the looks at a table of one asset."""
        return self._rows.get((table, asset), [])

    def whole(self, table: str) -> frozenset[str]:
        """Return the assets whose rows of a table were all seen."""
        return frozenset(asset for (name, asset), rows in self._rows.items() if name == table and all(row.complete for row in rows))

    def seen(self, table: str, asset: str) -> datetime | None:
        """Return the moment of the newest look."""
        return max((row.seen for row in self.of(table, asset) if row.seen is not None), default=None)

    def reads(self, table: str, asset: str, column: str) -> bool:
        """Return True when all rows were seen with this column."""
        rows = self.of(table, asset)
        return bool(rows) and all(row.complete and column not in row.missing.split(",") for row in rows)


def _look(
    host: Any, rows: Iterable[NetworkPort], runs: Mapping[str, Run], asked: Mapping[str, PortRanges], looks: _Looks
) -> PortLook | None:
    """Return what is known of the ports of an address.

    Without a row of a port the run that saw the address tells, where its own output is what was chosen for the ports too.
    """
    ports: dict[PortKey, Port] = {}
    run, seen = "", None
    for row in rows:
        if row.port is not None:
            seen_port = SeenPort(row.state, row.service, row.product, row.version, row.method == "probed")
            ports[row.protocol, row.port] = Port(seen_port, row.evidence)
            run, seen = row.scan or "", row.seen
    # Of a look of nmap that is too old by now nothing else was missing where nothing is needed: what it saw was so on its day.
    complete: dict[str, bool] = {}
    for look in looks.of("network_ports", host.asset):
        whole = look.complete or (look.reason == "too_old" and look.source == "nmap.xml" and not look.needs)
        complete[look.evidence] = whole and complete.get(look.evidence, True)
    blob = min((port.where for port in ports.values()), default=host.evidence).partition(":")[0]
    if not ports:
        if not complete.get(blob):
            return None  # Nothing is listed: nothing was open, or the scanner gave up on it.
        run, seen = host.scan or "", host.seen
    known, ranges = runs.get(run), asked.get(run, ())
    # A look is incomplete where few ports were asked, and where the address was not asked to the end: only the first leaves rows to be compared.
    ended = complete.get(blob, False) or (_few(ranges) and known is not None and known.finished)
    where = min((port.where for port in ports.values()), default=host.evidence)
    return PortLook(run, seen, ports, {"tcp": ranges} if ranges else {}, ended, where)


@lru_cache(maxsize=64)
def _few(ranges: PortRanges) -> bool:
    return not all(holds(ranges, port) for port in GENTLE_PORTS)


def _own(database: Database, looks: _Looks) -> dict[str, OwnView]:
    """Return what each machine that was looked at says of itself."""
    addresses: dict[str, dict[str, str]] = defaultdict(dict)
    for row in database.rows("interfaces"):
        parsed = parse_address(row.address)
        ours = row.kind not in _NOT_OURS and row.up is not False and not INSIDE.match(row.name)
        if ours and parsed is not None and parsed.version == 4 and not (parsed.is_loopback or parsed.is_link_local):
            addresses[row.asset][str(parsed)] = row.evidence
    listeners: dict[str, dict[PortKey, Port]] = defaultdict(dict)
    for row in database.rows("listeners", protocol="tcp"):
        if row.port is not None and row.loopback is False:
            listeners[row.asset].setdefault(("tcp", row.port), Port(SeenPort("open", row.process), row.evidence))
    found = {}
    for row in database.rows("hosts"):
        name = row.asset
        found[name] = OwnView(
            hostname=row.hostname,
            addresses=addresses.get(name, {}) if looks.reads("interfaces", name, "address") else None,
            listeners=_lasting(listeners.get(name, {}), row.platform) if looks.reads("listeners", name, "loopback") else None,
            sign=Sign(looks.seen("hosts", name), row.evidence),
            listened=Sign(looks.seen("listeners", name), next((look.evidence for look in looks.of("listeners", name)), "")),
        )
    return found


def _lasting(listeners: Mapping[PortKey, Port], platform: str | None) -> Mapping[PortKey, Port]:
    """Leave out ports that a system gives away anew at every start (from 49152, of Linux from 32768): they differ without a change."""
    first = 49152 if platform == "windows" else 32768
    return {key: port for key, port in listeners.items() if key[1] < first}
