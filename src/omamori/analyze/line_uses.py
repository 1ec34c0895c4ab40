"""Fills `line_uses`: logins, logons and packets held against the windows, sources and accounts the ledger gives each outside line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Any

from omamori.analyze.addresses import Network, networks_of
from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.entry_places import Places
from omamori.analyze.hospital_time import hospital_zone, on_the_wall
from omamori.analyze.interface import Analyzer, Moment
from omamori.model.declared import RemoteLine
from omamori.model.look import EVERYWHERE
from omamori.model.service_window import ServiceWindow, read_window
from omamori.model.traffic import LineUse
from omamori.model.ways_in import Session
from omamori.snapshot.database import Database

IDLE = timedelta(days=180)
_LEDGER = ("line", "service_window", "opened_from", "accounts", "last_used")
_SESSION = ("account", "peer_address", "began", "ended", "accepted")
_BETWEEN = re.compile(r"[,、;\s]+")


@dataclass(frozen=True, slots=True)
class LineRule:
    """What the ledger allows for a line. `declared`: it names who may open it; `sources` hold the inner addresses of its tunnel, too."""

    row: RemoteLine
    window: ServiceWindow | None
    sources: tuple[Network, ...]
    declared: bool
    accounts: frozenset[str]
    ends_on: frozenset[str]


def rules_of(database: Database) -> list[LineRule]:
    """Return the lines of the ledger with what `entries` knows of their ends."""
    inner: dict[str, list[str]] = defaultdict(list)
    ends: dict[str, set[str]] = defaultdict(set)
    query = "select line, sources, device, machine from entries where line is not null order by all"
    for line, sources, device, machine in database.select(query):
        inner[str(line)] += [sources] if sources else []
        ends[str(line)] |= {name for name in (device, machine) if name}
    return [
        LineRule(
            row,
            read_window(row.service_window),
            (*networks_of(row.opened_from), *(one for text in inner[row.line] for one in networks_of(text) if one.size < 1 << 31)),
            bool(networks_of(row.opened_from)),
            frozenset(word.casefold() for word in _BETWEEN.split(row.accounts or "") if word),
            frozenset(ends[row.line]),
        )
        for row in database.rows("remote_lines")
    ]


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield the uses of every line, logins from outside no line explains, and a look per line and per machine with a log."""
    coverage = Coverage.read(database)
    places = Places.read(database, known=coverage.view("zones", EVERYWHERE).knows("zone", "networks"))
    rules, zone = rules_of(database), hospital_zone(database)
    sessions = [row for row in database.rows("sessions") if row.accepted]
    overlaps = doubled(sessions)
    for number, row in enumerate(sessions):
        yield from _session(row, overlaps.get(number), rules, places, zone)
    yield from _logons(database, rules, zone)
    yield from _packets(database, rules, zone)
    yield from _looks(database, rules, coverage)


def _session(row: Session, also: str | None, rules: Sequence[LineRule], places: Places, zone: tzinfo) -> Iterator[LineUse]:
    use = LineUse(
        asset=row.asset,
        kind="session",
        machine=row.asset,
        account=row.account,
        peer_address=row.peer_address,
        began=wall(row.began, zone, own=row.own_clock),
        ended=wall(row.ended, zone, own=row.own_clock),
        also_from=also,
        source=ANALYZER.name,
        evidence=row.evidence,
    )
    named = lines_of_session(row, rules, places)
    if named:
        yield from (judged(use, rule) for rule in named)
    elif row.peer_address and places.known and places.zone_of(row.peer_address) is None and row.peer_address not in places.owners:
        yield use


def lines_of_session(row: Session, rules: Sequence[LineRule], places: Places) -> list[LineRule]:
    """Return the lines a login may have come by: those that name its account, else its address, else the only one that ends on the machine."""
    account, peer = (row.account or "").casefold(), row.peer_address or ""
    for found in (
        [rule for rule in rules if account and account in rule.accounts],
        [rule for rule in rules if any(network.holds(peer) for network in rule.sources)],
    ):
        here = [rule for rule in found if row.asset in rule.ends_on]
        if found:
            return here or found
    ending = [rule for rule in rules if row.asset in rule.ends_on]
    outside = bool(peer) and places.zone_of(peer) is None
    return ending if len(ending) == 1 and outside else []


def judged(use: LineUse, rule: LineRule) -> LineUse:
    """Return a use with what the line's rule says of it."""
    peer, account, last = use.peer_address, use.account, rule.row.last_used
    day = use.began.date() if use.began else None
    return replace(
        use,
        asset=rule.row.line,
        line=rule.row.line,
        service_window=rule.row.service_window,
        in_window=within(rule.window, use.began, use.ended),
        source_declared=any(network.holds(peer) for network in rule.sources) if rule.declared and peer else None,
        account_declared=account.casefold() in rule.accounts if rule.accounts and account else None,
        idle_since=last if last is not None and day is not None and day - last >= IDLE else None,
    )


def within(window: ServiceWindow | None, began: datetime | None, ended: datetime | None) -> bool | None:
    """Return whether a use lies wholly inside a window; None where no clock can tell, or nobody knows when it began."""
    if window is None or window.on_call or began is None:
        return None
    if window.anytime:
        return True
    last = max(began, ended - timedelta(minutes=1)) if ended is not None else began
    if last - began > timedelta(days=7):
        return False
    # A step of a quarter of an hour: no window people write is shut for less.
    moments = [began, last]
    while moments[0] + timedelta(minutes=15) < last:
        moments[0] += timedelta(minutes=15)
        moments.append(moments[0])
    return bool(window.holds(began)) and all(window.holds(one) for one in moments)


def doubled(sessions: Sequence[Session]) -> Mapping[int, str]:
    """Return place of a session → another address its account was logged in from at the same time; both ends have to be known."""
    found: dict[int, str] = {}
    grouped: dict[tuple[str, str], list[tuple[datetime, int, datetime, str]]] = defaultdict(list)
    for number, row in enumerate(sessions):
        if row.account and row.peer_address and row.began and row.ended:
            grouped[(row.asset, row.account.casefold())].append((row.began, number, row.ended, row.peer_address))
    for logins in grouped.values():
        open_until: dict[str, tuple[datetime, int]] = {}
        for began, number, ended, peer in sorted(logins):
            open_until = {address: item for address, item in open_until.items() if item[0] > began}
            for address, (_, other) in open_until.items():
                if address != peer:
                    found.setdefault(number, address)
                    found.setdefault(other, peer)
            if peer not in open_until or open_until[peer][0] < ended:
                open_until[peer] = (ended, number)
    return found


def _logons(database: Database, rules: Sequence[LineRule], zone: tzinfo) -> Iterator[LineUse]:
    """The last logon of an account a line names, on any machine."""
    query = "select asset, name, last_login, evidence from accounts where last_login is not null order by all"
    named = [rule for rule in rules if rule.accounts]
    for asset, name, last, evidence in database.select(query) if named else ():
        for rule in named:
            if str(name).casefold() in rule.accounts:
                use = LineUse(
                    kind="logon", machine=asset, account=name, began=wall(last, zone, own=False), source=ANALYZER.name, evidence=evidence
                )
                yield judged(use, rule)


def _packets(database: Database, rules: Sequence[LineRule], zone: tzinfo) -> Iterator[LineUse]:
    """What a log shows of packets from a line's sources: one row per line, logger and address; of what lies between first and last nobody knows."""
    query = (
        "select asset, source_address, own_clock, sum(times), min(first_seen), max(last_seen), min(evidence),"
        " list(distinct first_seen) || list(distinct last_seen) from flows where coalesce(action, 'accept') = 'accept'"
        " and first_seen is not null group by all order by all"
    )
    rows = list(database.select(query)) if any(rule.sources for rule in rules) else []
    for asset, peer, own, times, first, last, evidence, moments in rows:
        for rule in rules:
            if not any(network.holds(peer) for network in rule.sources):
                continue
            seen = sorted(when for when in {wall(each, zone, own=own) for each in moments} if when is not None)
            outside = [when for when in seen if within(rule.window, when, None) is False]
            began = outside[0] if outside else wall(first, zone, own=own)
            use = LineUse(
                kind="packets", machine=asset, peer_address=peer, began=began, ended=None if outside else wall(last, zone, own=own),
                times=int(times), source=ANALYZER.name, evidence=evidence,
            )  # fmt: skip
            yield replace(judged(use, rule), in_window=False if outside else within(rule.window, seen[0], None) if seen else None)


def wall(when: datetime | None, zone: tzinfo, *, own: bool) -> datetime | None:
    """Return a moment by the hospital's clock; one a device's own clock showed stays as it is."""
    return when if when is None or own else on_the_wall(when, zone)


def _looks(database: Database, rules: Sequence[LineRule], coverage: Coverage) -> Iterator[Any]:
    """A line was looked at where the log of a machine it ends on was read; a machine, where its log was."""
    logged = {str(asset) for (asset,) in database.select("select distinct asset from collected where table_name = 'sessions'")}
    flows = {str(asset) for (asset,) in database.select("select distinct asset from collected where table_name = 'flows'")}
    for rule in rules:
        ledger = Input(coverage.view("remote_lines", rule.row.line), _LEDGER)
        entries = Input(coverage.view("entries", rule.row.line), ("line",))
        ends = sorted(rule.ends_on & (logged | flows))
        seen = [Input(coverage.view("sessions", asset), _SESSION) for asset in ends if asset in logged]
        seen += [Input(coverage.view("flows", asset), ("source_address",)) for asset in ends if asset in flows and asset not in logged]
        yield derived_look(rule.row.line, "line_uses", ANALYZER.name, [ledger, entries, *(seen or [Input(coverage.view("sessions", ""))])])
    for asset in sorted(logged - {EVERYWHERE}):
        inputs = [Input(coverage.view("sessions", asset), _SESSION), Input(coverage.view("remote_lines", EVERYWHERE), _LEDGER)]
        yield derived_look(asset, "line_uses", ANALYZER.name, [*inputs, Input(coverage.view("zones", EVERYWHERE), ("zone", "networks"))])


ANALYZER = Analyzer(
    name="analyze.line_uses",
    reads=("remote_lines", "entries", "sessions", "accounts", "flows", "hosts", "zones", "interfaces", "identity", "ledger_assets",
           "network_hosts", "device_interfaces", "collected"),
    fills=("line_uses",),
    run=run,
)  # fmt: skip
"""The analyzer of this module."""
