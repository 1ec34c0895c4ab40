"""Fills `visit_candidates` and `visit_reasons`: machines nobody looked at yet, in the order in which a visit tells most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.unvisited import Unvisited, unvisited
from omamori.analyze.visit_order import in_order
from omamori.knowledge.names import os_of_text
from omamori.model.declared import RemoteLine
from omamori.model.look import EVERYWHERE
from omamori.model.visits import LookAlike, VisitCandidate, VisitReason
from omamori.snapshot.database import Database

POINTS: Mapping[str, float] = {
    "controller": 40.0,
    "server": 30.0,
    "line": 30.0,
    "backup": 25.0,
    "important": 20.0,
    "new_zone": 15.0,
    "undeclared": 15.0,
    "line_zone": 10.0,
    "outside": 10.0,
    "old_system": 10.0,
    "new_kind": 8.0,
    "talked_to": 5.0,
    "name_server": 5.0,
    "neighbour": 1.0,
    "listed": 1.0,
    "seen": 1.0,
    "silent": -25.0,
}
"""What a reason adds. `talked_to` and `name_server` count for each machine that says so, at most `_MOST`."""
_MOST = 8
_LOGIN_PORTS = frozenset({88, 464, 3268})
"""Kerberos and the global catalogue: domain controllers offer them."""
_SILENT_DAYS = 90

_Said = tuple[str, str, str | None, int | None]
"""Reason, evidence, what it is about, number."""


@dataclass(frozen=True, slots=True)
class _Site:
    """What is said of the whole hospital."""

    looked_zones: frozenset[str]
    lines: tuple[RemoteLine, ...]
    backups: tuple[tuple[str, str], ...]
    groups: Mapping[str, LookAlike]
    seen_groups: frozenset[str]
    ledger: bool


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield the candidates in their order, their reasons, and one look for each table."""
    coverage = Coverage.read(database)
    site = _site(database, coverage)
    machines = {one.name: one for one in unvisited(database)}
    reasons = {name: sorted(_reasons(one, site, moment), key=_heaviest) for name, one in machines.items()}
    alike = {name: site.groups[name].alike for name in machines if name in site.groups}
    waiting = Counter(alike.values())
    zones = {name: one.zone.zone for name, one in machines.items() if one.zone is not None}
    for place, name in enumerate(in_order(reasons, alike, zones), 1):
        yield _candidate(machines[name], place, reasons[name], alike.get(name), waiting, site)
        yield from reasons[name]
    for table in ANALYZER.fills:
        inputs = [Input(coverage.view("ledger_assets", EVERYWHERE), ("asset",))]
        # There may always be machines that nobody named and nobody met.
        yield derived_look(EVERYWHERE, table, ANALYZER.name, inputs, undecided=True)


def _heaviest(reason: VisitReason) -> tuple[float, str, str]:
    return -reason.points, reason.reason, reason.item or ""


def _site(database: Database, coverage: Coverage) -> _Site:
    zones = database.select("select distinct zone from assets where observed and zone is not null")
    targets = (
        "select target, evidence from declared_backups where target is not null union "
        "select target, evidence from scheduled_backups where target is not null and coalesce(target_kind, '') <> 'same-host' union "
        "select target, evidence from backup_generations where target is not null and coalesce(target_kind, '') <> 'same-host' order by all"
    )
    groups = {row.asset: row for row in database.rows("lookalikes")}
    return _Site(
        looked_zones=frozenset(str(zone) for (zone,) in zones),
        lines=tuple(sorted(database.rows("remote_lines"), key=lambda line: line.line)),
        backups=tuple((str(target).lower(), str(evidence)) for target, evidence in database.select(targets)),
        groups=groups,
        seen_groups=frozenset(row.alike for row in groups.values() if row.looked_at),
        ledger=coverage.view("ledger_assets", EVERYWHERE).knows("asset"),
    )


def _reasons(one: Unvisited, site: _Site, moment: Moment) -> Iterator[VisitReason]:
    said = [*_records(one, moment), *_place(one, site), *_signs(one), *_kind(one, site)]
    for reason, evidence, item, number in said or [(_plain(one), one.evidence, None, None)]:
        times = min(number or 1, _MOST) if reason in ("talked_to", "name_server") else 1
        points = POINTS[reason] * times
        yield VisitReason(asset=one.name, reason=reason, item=item, number=number, points=points, source=ANALYZER.name, evidence=evidence)


def _plain(one: Unvisited) -> str:
    """Return the reason of a machine of which nothing more is said than that it is there."""
    return "seen" if one.entry is None and one.computer is None and one.asset is not None and one.asset.scanned else "listed"


def _records(one: Unvisited, moment: Moment) -> Iterator[_Said]:
    """What ledger and domain say of the machine itself."""
    ports = set(one.signs["out"].ports) if "out" in one.signs else set()
    if one.computer is not None and one.computer.controller:
        yield "controller", one.computer.evidence, None, None
    elif ports & _LOGIN_PORTS:
        yield "controller", one.signs["out"].evidence, ", ".join(str(port) for port in sorted(ports & _LOGIN_PORTS)), None
    elif one.role == "server":
        yield "server", one.evidence, one.os_name, None
    if one.entry is not None and one.entry.important == "yes":
        yield "important", one.entry.evidence, one.entry.purpose, None
    named = os_of_text(one.os_name) if one.os_name else None
    support = moment.pack.support_of(*named) if named is not None else None
    last = max((day for day in (support.ends, support.extended_ends) if day), default=None) if support is not None else None
    if last is not None and last < moment.now.date():
        yield "old_system", (one.computer or one.entry or one).evidence, one.os_name, None
    computer = one.computer
    if computer is not None and computer.last_login is not None and not one.signs:
        days = (moment.now - computer.last_login).days
        if days > _SILENT_DAYS:
            yield "silent", computer.evidence, None, days


def _place(one: Unvisited, site: _Site) -> Iterator[_Said]:
    """What its place in the hospital tells: lines, zone, backups."""
    if one.line is not None:
        yield "line", one.line.evidence, " / ".join(word for word in (one.line.line, one.line.device) if word), None
    elif one.zone is not None:
        entering = [line for line in site.lines if line.lands_in == one.zone.zone]
        if entering and one.role != "client":
            yield "line_zone", entering[0].evidence, one.zone.zone, len(entering)
    if one.entry is not None and one.entry.internet == "yes":
        yield "outside", one.entry.evidence, None, None
    elif one.zone is not None and one.zone.internet == "yes" and not (one.entry and one.entry.internet):
        yield "outside", one.zone.evidence, one.zone.zone, None
    names = {word.lower() for word in (one.name, one.entry.hostname if one.entry else None, *one.addresses) if word}
    kept = next((evidence for target, evidence in site.backups if any(_names(target, name) for name in names)), None)
    if kept is not None:
        yield "backup", kept, None, None
    elif one.zone is not None and one.zone.kind == "backup":
        yield "backup", one.zone.evidence, one.zone.zone, None
    if one.zone is not None and one.zone.zone not in site.looked_zones:
        yield "new_zone", one.zone.evidence, one.zone.zone, None


def _names(target: str, name: str) -> bool:
    """Return whether a backup's target names a machine: the whole word, not a part of a longer name or address."""
    place = target.find(name)
    while place >= 0:
        before, after = target[:place][-1:], target[place + len(name) :][:1]
        if not (_same_word(before) and _same_word(name[:1])) and not (_same_word(after) and _same_word(name[-1:])):
            return True
        place = target.find(name, place + 1)
    return False


def _same_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")


def _signs(one: Unvisited) -> Iterator[_Said]:
    """What machines that were looked at saw of it."""
    if "out" in one.signs:
        sign = one.signs["out"]
        yield "talked_to", sign.evidence, ", ".join(map(str, sign.ports)) or None, sign.machines
    if "dns" in one.signs:
        yield "name_server", one.signs["dns"].evidence, None, one.signs["dns"].machines
    met = [one.signs[kind] for kind in ("neighbour", "in") if kind in one.signs]
    if met:
        most = max(met, key=lambda sign: sign.machines)
        yield "neighbour", most.evidence, None, most.machines


def _kind(one: Unvisited, site: _Site) -> Iterator[_Said]:
    group = site.groups.get(one.name)
    if group is not None and group.alike not in site.seen_groups:
        yield "new_kind", one.evidence, group.label, None
    if one.entry is None and site.ledger:
        yield "undeclared", one.evidence, None, None


def _candidate(
    one: Unvisited, place: int, reasons: Sequence[VisitReason], alike: str | None, waiting: Mapping[str, int], site: _Site
) -> VisitCandidate:
    entry, asset = one.entry, one.asset
    return VisitCandidate(
        asset=one.name,
        place=place,
        score=sum(reason.points for reason in reasons),
        role=one.role,
        os_name=one.os_name,
        address=" ".join(sorted(one.addresses)[:4]) or None,
        mac=":".join(one.mac[first : first + 2] for first in range(0, 12, 2)) if one.mac else None,
        zone=one.zone.zone if one.zone else entry.zone if entry else None,
        location=entry.place if entry else None,
        vendor=entry.vendor if entry else None,
        hands_off=bool(asset and asset.hands_off),
        declared=True if entry is not None else False if site.ledger else None,
        alike=alike,
        stands_for=waiting[alike] - 1 if alike is not None else 0,
        source=ANALYZER.name,
        evidence=one.evidence,
    )


ANALYZER = Analyzer(
    name="analyze.visits",
    reads=(
        "assets", "lookalikes", "ledger_assets", "domain_computers", "neighbours", "peers", "interfaces", "outbound_settings", "routes",
        "remote_lines", "zones", "declared_backups", "scheduled_backups", "backup_generations", "identity", "collected",
        "recognised_machines",
    ),
    fills=("visit_candidates", "visit_reasons"),
    run=run,
)  # fmt: skip
"""The analyzer of this module."""
