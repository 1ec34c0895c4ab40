"""Fills `zone_flows`: who talks to whom by zone, put together from logs and machines, held against the design and the rules of devices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from omamori.analyze.addresses import parse_address
from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.entry_places import Places, is_public
from omamori.analyze.flow_design import Design
from omamori.analyze.flow_rules import Rules
from omamori.analyze.interface import Analyzer, Moment
from omamori.model.look import EVERYWHERE
from omamori.model.traffic import ZoneFlow
from omamori.snapshot.database import Database

OUTSIDE, UNKNOWN = "outside", "unknown"
_FLOWS = (
    "select source_address, destination_address, protocol, destination_port, sum(times),"
    " sum(case when action in ('drop', 'reject') then times else 0 end), sum(bytes), min(first_seen), max(last_seen), min(evidence), 'logs'"
    " from flows group by all order by all"
)
_CONNECTIONS = (
    "select case when direction = 'in' then peer_address else local_address end as caller,"
    " case when direction = 'in' then local_address else peer_address end as called, protocol,"
    " case when direction = 'in' then local_port else peer_port end as port, count(*), 0, null, min(seen), max(seen), min(evidence), 'connections'"
    " from connections where direction in ('in', 'out') and peer_scope is distinct from 'loopback' and peer_address is distinct from local_address"
    " and peer_address is not null and local_address is not null group by all order by all"
)
_FOLLOWED = (
    "select source_address, destination_address, protocol, destination_port, sum(times), 0, sum(bytes), min(seen), max(seen), min(evidence),"
    " 'connections' from followed_connections group by all order by all"
)
End = tuple[str, str | None]
"""Kind and zone of an end."""


@dataclass(slots=True)
class _Fold:
    """All pairs between two zones on one port."""

    pairs: set[tuple[str, str]] = field(default_factory=set)
    times: int = 0
    stopped: int = 0
    bytes: int | None = None
    first: datetime | None = None
    last: datetime | None = None
    designed: set[bool | None] = field(default_factory=set)
    undesigned: set[tuple[str, str]] = field(default_factory=set)
    allowed: set[bool | None] = field(default_factory=set)
    seen_in: set[str] = field(default_factory=set)
    example: str | None = None
    evidence: str = ""


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield who talks to whom, and one look of the whole site."""
    coverage = Coverage.read(database)
    places = Places.read(database, known=coverage.view("zones", EVERYWHERE).knows("zone", "networks"))
    design, rules = Design.read(database, coverage), Rules.read(database, coverage)
    end_of = lru_cache(maxsize=65536)(lambda address: end(address, places))
    folds: dict[tuple[End, End, str | None, int | None], _Fold] = defaultdict(_Fold)
    for query in (_FLOWS, _CONNECTIONS, _FOLLOWED):
        for source, destination, protocol, port, *numbers in database.select(query):
            ends = end_of(str(source)), end_of(str(destination))
            if ends[0] is None or ends[1] is None:
                continue
            fold = folds[(ends[0], ends[1], protocol, port)]
            _add(fold, (str(source), str(destination)), numbers)
            passed = numbers[0] > numbers[1]
            if passed:
                _judge(fold, (str(source), str(destination)), (protocol, port), ends, design, rules)
    for key, fold in sorted(folds.items(), key=lambda item: str(item[0])):
        yield _row(key, fold)
    yield from _looks(database, coverage)


def end(address: str, places: Places) -> End | None:
    """Return where an address is; None for one no machine has (multicast, broadcast, loopback)."""
    plain = address.partition("/")[0]
    parsed = parse_address(plain)
    if (
        parsed is None
        or parsed.is_multicast
        or parsed.is_loopback
        or parsed.is_unspecified
        or parsed.is_link_local
        or plain == "255.255.255.255"
    ):
        return None
    zone = places.zone_of(str(parsed))
    if zone is not None:
        return "zone", zone
    return (OUTSIDE, None) if is_public(str(parsed)) else (UNKNOWN, None)


def _add(fold: _Fold, pair: tuple[str, str], numbers: list[Any]) -> None:
    times, stopped, size, first, last, evidence, seen_in = numbers
    fold.pairs.add(pair)
    fold.times += int(times)
    fold.stopped += int(stopped)
    fold.bytes = fold.bytes if size is None else (fold.bytes or 0) + int(size)
    fold.first = min(filter(None, (fold.first, first)), default=None)
    fold.last = max(filter(None, (fold.last, last)), default=None)
    fold.seen_in.add(seen_in)
    fold.evidence = fold.evidence or evidence or ""
    fold.example = fold.example or " > ".join(pair)


def _judge(
    fold: _Fold,
    pair: tuple[str, str],
    service: tuple[str | None, int | None],
    ends: tuple[End | None, End | None],
    design: Design,
    rules: Rules,
) -> None:
    """What passed is held against the design and the rules; what was stopped shows only that somebody tried."""
    designed = design.foresees(*pair, *service)
    fold.designed.add(designed)
    if designed is False:
        if not fold.undesigned:
            fold.example = " > ".join(pair)
        fold.undesigned.add(pair)
    zones = ends[0][1] if ends[0] else None, ends[1][1] if ends[1] else None
    if zones[0] is not None and zones[0] != zones[1]:
        fold.allowed.add(rules.let_through(zones[0], *pair, *service))
    else:
        fold.allowed.add(None)


def _row(key: tuple[End, End, str | None, int | None], fold: _Fold) -> ZoneFlow:
    (from_kind, from_zone), (to_kind, to_zone), protocol, port = key
    return ZoneFlow(
        from_kind=from_kind,
        from_zone=from_zone,
        to_kind=to_kind,
        to_zone=to_zone,
        protocol=protocol,
        port=port,
        pairs=len(fold.pairs),
        times=fold.times,
        stopped=fold.stopped,
        bytes=fold.bytes,
        first_seen=fold.first,
        last_seen=fold.last,
        designed=together(fold.designed),
        undesigned=len(fold.undesigned),
        allowed=together(fold.allowed),
        example=fold.example,
        seen_in=",".join(sorted(fold.seen_in)),
        source=ANALYZER.name,
        evidence=fold.evidence,
    )


def together(answers: set[bool | None]) -> bool | None:
    """Return no where any says no, yes where all say yes, else None."""
    if False in answers:
        return False
    return True if answers == {True} else None


def _looks(database: Database, coverage: Coverage) -> Iterator[Any]:
    """A site was looked at where any log or any machine tells of packets. What is seen is never all that is sent."""
    query = (
        "select distinct asset, table_name from collected where table_name in ('flows', 'connections', 'followed_connections') order by all"
    )
    seen = [Input(coverage.view(str(table), str(asset)), ()) for asset, table in database.select(query)]
    zones = Input(coverage.view("zones", EVERYWHERE), ("zone", "networks"))
    rules = Input(coverage.view("reachability", EVERYWHERE), (), ("allowed",))
    design = Input(coverage.view("designed_flows", EVERYWHERE), ("asset", "peer"), ("designed", "undesigned"))
    inputs = [zones, design, rules, *(seen or [Input(coverage.view("flows", ""))])]
    yield derived_look(EVERYWHERE, "zone_flows", ANALYZER.name, inputs)


ANALYZER = Analyzer(
    name="analyze.zone_flows",
    reads=("flows", "connections", "followed_connections", "zones", "designed_flows", "reachability", "interfaces", "identity", "ledger_assets", "network_hosts",
           "device_interfaces", "assets", "collected"),
    fills=("zone_flows",),
    run=run,
)  # fmt: skip
"""The analyzer of this module."""
