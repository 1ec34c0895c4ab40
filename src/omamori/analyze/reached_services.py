"""Fills `reached_services`: the listening ports each zone and entry reaches, over the network and through the machine's own firewall."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from omamori.analyze.addresses import current_addresses
from omamori.analyze.coverage import NEVER, Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.reach.network import TABLES, read_network
from omamori.analyze.reach.parts import Network
from omamori.analyze.reach.ranges import address_number, addresses, holds
from omamori.analyze.reachability import origins_of
from omamori.analyze.reached_hosts import HostFirewalls, Let
from omamori.model.look import EVERYWHERE
from omamori.model.tables import TABLES as MODEL
from omamori.model.ways_in import Reachable, ReachedService
from omamori.snapshot.database import Database, Selected

MOST_ROWS = 20_000
"""Rows of one origin; what is more is left out, and the looks say so."""
WORTH_COPYING = 1_000
"""Rows of an origin from which on those of one that sees the same are copied in the database, not made anew."""
_RANK = ("none", "one-way", "unknown", "open")
_ADDRESS_LISTENED = ("*", "0.0.0.0", "::", "")  # noqa: S104 - what a listener's row says, nothing is bound


@dataclass(frozen=True, slots=True)
class Door:
    """A port of a machine at one address: `listened` from the machine's own list, else from a scan."""

    asset: str
    address: int
    text: str
    protocol: str
    port: int
    process: str | None
    listened: bool
    evidence: str


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield a row for each origin and port it reaches, and one look per asset."""
    coverage = Coverage.read(database)
    network = read_network(database)
    firewalls = HostFirewalls.read(database, network)
    doors = sorted(
        {*_listened(database), *_scanned(database, coverage), *_administered(database)},
        key=lambda one: (one.address, one.protocol, one.port, one.asset),
    )
    named = _services(database)
    senders = _senders(database)
    cut = False
    particular = [door for door in doors if _minds_sender(door, firewalls)]
    common = [door for door in doors if not _minds_sender(door, firewalls)]
    made: dict[tuple[Reachable, ...], tuple[tuple[str, str], int]] = {}
    for origin, rows in _by_origin(database):
        sees = tuple(_nameless(row) for row in rows)
        own = list(_reached(rows, _Machines(tuple(particular), network, firewalls, named, senders.get(origin))))
        if sees in made and made[sees][1] + len(own) <= MOST_ROWS:
            yield _copied(made[sees][0], origin, sorted(firewalls.devices))
            yield from own
            continue
        found = [*own, *_reached(rows, _Machines(tuple(common), network, firewalls, named, senders.get(origin)))]
        cut = cut or len(found) > MOST_ROWS
        yield from sorted(found, key=_in_order)[:MOST_ROWS]
        if WORTH_COPYING <= len(found) <= MOST_ROWS:
            made[sees] = (origin, len(found) - len(own))
    for asset, configured in database.select("select asset, configured from assets order by asset"):
        # What a network device listens on its configuration says; of the machine behind it there is no list.
        views = [view for table in ("exposures", "network_ports") if (view := coverage.view(table, asset)).looked]
        if configured:
            views = [coverage.view("device_access", asset), coverage.view("device_interfaces", asset)]
        inputs = [Input(coverage.view("reachability", EVERYWHERE)), *(Input(view, ("protocol", "port")) for view in views or [NEVER])]
        yield derived_look(asset, "reached_services", ANALYZER.name, inputs, undecided=cut)


def _nameless(row: Reachable) -> Reachable:
    """What a row says apart from whose it is: its evidence goes into no row here."""
    return replace(row, origin="", origin_kind="", evidence="", doubt=None if row.doubt == _unread(row.origin) else row.doubt)


def _unread(origin: str) -> str:
    return f"not_collected: {origin}"


def _minds_sender(door: Door, firewalls: HostFirewalls) -> bool:
    """True when who may come in at a port can depend on who asks."""
    row = firewalls.exposures.get((door.asset, door.protocol, door.port))
    return door.listened and (door.asset in firewalls.devices or (row is not None and row.inbound == "restricted"))


def _in_order(row: ReachedService) -> tuple[int, str, int, str]:
    return (address_number(row.address) or 0, row.protocol, row.port or 0, row.asset)


def _copied(first: tuple[str, str], origin: tuple[str, str], exact: Sequence[str]) -> Selected:
    """The rows of an origin from which the network looks the same as from one before, where a machine does not mind who asks."""
    others = ", ".join(column.name for column in MODEL["reached_services"].columns if column.name not in ("origin", "origin_kind", "doubt"))
    doubt = "case when starts_with(doubt, $unread) then $mine || substr(doubt, length($unread) + 1) else doubt end as doubt"
    return Selected(
        "reached_services",
        f"select $name as origin, $kind as origin_kind, {doubt}, {others} from reached_services r "  # noqa: S608 - names of the model
        "where origin_kind = $first_kind and origin = $first and not list_contains($exact, asset) and not exists (from exposures e "
        "where e.asset = r.asset and e.protocol = r.protocol and e.port = r.port and e.inbound = 'restricted')",
        {
            "kind": origin[0],
            "name": origin[1],
            "first_kind": first[0],
            "first": first[1],
            "unread": _unread(first[1]),
            "mine": _unread(origin[1]),
            "exact": list(exact),
        },
    )


def _listened(database: Database) -> Iterator[Door]:
    """The ports of machines whose own lists were read, at each of their addresses they listen on."""
    where = current_addresses(database)
    at: dict[tuple[str, str, int | None], set[str]] = defaultdict(set)
    for row in database.rows("listeners"):
        if not row.loopback:
            at[(row.asset, row.protocol, row.port)].add(row.address)
    for row in database.rows("exposures"):
        listened = at.get((row.asset, row.protocol, row.port), set())
        for text in where.get(row.asset, ()):
            number = address_number(text)
            if number is not None and row.port is not None and (text in listened or not listened.isdisjoint(_ADDRESS_LISTENED)):
                yield Door(row.asset, number, text, row.protocol, row.port, row.process, listened=True, evidence=row.evidence)


def _scanned(database: Database, coverage: Coverage) -> Iterator[Door]:
    """The ports a scan found open on machines whose own lists were not read."""
    for row in database.rows("network_ports"):
        number = address_number(row.address)
        if number is not None and row.port is not None and row.state == "open" and not coverage.view("listeners", row.asset).looked:
            yield Door(row.asset, number, row.address, row.protocol, row.port, None, listened=False, evidence=row.evidence)


def _administered(database: Database) -> Iterator[Door]:
    """The ports a network device is administered at, at the addresses of the interfaces they answer on."""
    query = (
        "select distinct a.asset, i.address, case when a.protocol in ('snmp', 'tftp') then 'udp' else 'tcp' end, a.port, a.protocol, a.evidence "
        "from device_access a join device_interfaces i on i.asset = a.asset and i.name = coalesce(a.interface, i.name) "
        "where a.enabled is not false and a.port is not null and i.enabled is not false order by all"
    )
    for asset, address, protocol, port, process, evidence in database.select(query):
        number = address_number(address) if address else None
        if number is not None:
            yield Door(asset, number, address, protocol, port, process, listened=True, evidence=evidence)


def _services(database: Database) -> Mapping[tuple[str, str, int | None], str]:
    return {(row.asset, row.protocol, row.port): row.service for row in database.rows("recognised_services")}


def _senders(database: Database) -> Mapping[tuple[str, str], str | None]:
    """The addresses each origin sends from, where a row of `reachability` says no less; None is any."""
    found: dict[tuple[str, str], str | None] = {}
    for origin in origins_of(database):
        texts = [start.network if start.kind == "zone" else start.sources for start in origin.starts]
        found[(origin.kind, origin.name)] = ",".join(text for text in texts if text) if texts and all(texts) else None
    return found


def _by_origin(database: Database) -> Iterator[tuple[tuple[str, str], list[Reachable]]]:
    rows: dict[tuple[str, str], list[Reachable]] = defaultdict(list)
    for row in database.rows("reachability"):
        if row.protocol in ("tcp", "udp"):
            rows[(row.origin_kind, row.origin)].append(row)
    yield from sorted(rows.items())


@dataclass(frozen=True, slots=True)
class _Machines:
    """All doors in order of their addresses, and what decides who comes in by them. `sent_from`: the addresses of the origin."""

    doors: tuple[Door, ...]
    network: Network
    firewalls: HostFirewalls
    named: Mapping[tuple[str, str, int | None], str]
    sent_from: str | None


def _reached(rows: Sequence[Reachable], machines: _Machines) -> Iterator[ReachedService]:
    doors = machines.doors
    numbers = [door.address for door in doors]
    best: dict[Door, ReachedService] = {}
    for row in rows:
        if row.address_first is None or row.address_last is None:
            continue
        for door in doors[bisect_left(numbers, row.address_first) : bisect_right(numbers, row.address_last)]:
            if door.protocol == row.protocol and (
                row.port_first is None or row.port_first <= door.port <= (row.port_last or row.port_first)
            ):
                _better(best, door, row, machines)
        for door in _published(row, machines):
            _better(best, door, row, machines)
    yield from (best[door] for door in sorted(best, key=lambda one: (one.address, one.protocol, one.port, one.asset)))


def _published(row: Reachable, machines: _Machines) -> Iterator[Door]:
    """The ports of a machine that itself passes their packets on (to a container): there the row names where it was sent to."""
    if row.published_as is None or not row.through:
        return
    last = row.through.rsplit(" > ", 1)[-1]
    text, _, services = row.published_as.partition(" ")
    sent = addresses(text)[0]
    ports = [word.partition("/")[2] for word in services.split() if word.startswith(f"{row.protocol}/")]
    for door in machines.doors if last in machines.network.device else ():
        meant = door.asset == last and door.protocol == row.protocol and holds(sent, door.address)
        if meant and any(_in_ports(told, door.port) for told in ports):
            yield door


def _in_ports(told: str, port: int) -> bool:
    spans = (word.partition("-") for word in told.split(",") if word)
    return any(int(first) <= port <= int(last or first) for first, _, last in spans)


def _better(best: dict[Door, ReachedService], door: Door, row: Reachable, machines: _Machines) -> None:
    """Keep what reaches a port best: the network's answer and the machine's own firewall together."""
    known = best.get(door)
    if known is not None and _RANK.index(known.reach) >= _RANK.index(row.reach):
        return
    let = Let("open")
    if door.listened and door.asset not in machines.network.device:
        let = machines.firewalls.let(door.asset, door.address, door.protocol, door.port, row.sources or machines.sent_from)
    reach = _both(row.reach, let.reach)
    if reach == "none" or (known is not None and _RANK.index(known.reach) >= _RANK.index(reach)):
        return
    best[door] = ReachedService(
        origin=row.origin,
        origin_kind=row.origin_kind,
        asset=door.asset,
        address=door.text,
        protocol=door.protocol,
        port=door.port,
        service=machines.named.get((door.asset, door.protocol, door.port)),
        process=door.process,
        reach=reach,
        through=row.through,
        rules="; ".join(text for text in (row.rules, let.rules) if text) or None,
        doubt="; ".join(text for text in (row.doubt, let.doubt) if text) or None if reach == "unknown" else None,
        source=ANALYZER.name,
        evidence=door.evidence,
    )


def _both(network: str, host: str) -> str:
    """Put the answers of network and machine together."""
    for reach in ("none", "unknown", "one-way"):
        if reach in (network, host):
            return reach
    return "open"


ANALYZER = Analyzer(
    name="analyze.reached_services",
    reads=(
        "assets", "reachability", "zone_networks", "entries", "exposures", "listeners", "network_ports", "recognised_services", "ledger_assets", "network_hosts",
        "identity", *TABLES, "device_access", "collected",
    ),
    fills=("reached_services",),
    run=run,
)  # fmt: skip
"""The analyzer of this module."""
