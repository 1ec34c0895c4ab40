"""Who reaches the place that keeps a copy over the network: by the rules of devices and machines, as `reached_services` has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from omamori.analyze.addresses import current_addresses
from omamori.analyze.backups.facts import Facts
from omamori.analyze.backups.judged import detail
from omamori.analyze.coverage import NEVER, View
from omamori.analyze.reach.ranges import address_number
from omamori.model.look import EVERYWHERE
from omamori.model.ways_in import ReachedService
from omamori.snapshot.database import Database

_FAR = ("department", "office", "guest", "external", "medical", "imaging", "other", "dmz", "ehr")
_DELETING = ("backup", "file-share", "remote-shell", "remote-desktop", "management", "web", "hypervisor", "database")
BACKUP = "backup"
"""The kind of zone in which only machines of backup stand."""


@dataclass(frozen=True, slots=True)
class Reach:
    """`origins`: zones and entries that reach it. `sure`: that no other does was looked at wholly; else `lacking` and `told` say why not.

    `by`: one such way in words. `own`: whether the zone of the machine that is backed up is among them.
    """

    origins: tuple[str, ...] = ()
    by: str | None = None
    own: bool = False
    sure: bool = False
    told: tuple[str, ...] = ("keeper-unknown",)
    lacking: View = NEVER

    @property
    def column(self) -> str | None:
        """What `reached_from` holds: NULL while it is not known."""
        return ",".join(self.origins) if self.origins or self.sure else None


def over_network(database: Database, keepers: Iterable[str]) -> Mapping[str, list[ReachedService]]:
    """Return what reaches the addresses of machines by the rules of the network alone, for those whose services nobody knows.

    One row per origin, protocol and way; the port is the first of those let through, None for any.
    """
    where = current_addresses(database)
    numbers = {
        number: (keeper, text)
        for keeper in sorted(keepers)
        for text in where.get(keeper, ())
        if (number := address_number(text)) is not None
    }
    query = (
        "select a.number, r.origin, r.origin_kind, r.protocol, min(r.port_first), r.through, any_value(r.rules order by r.rules) "
        "from (select unnest($numbers::bigint[]) as number) a join reachability r on a.number between r.address_first and r.address_last "
        "where r.reach = 'open' and r.protocol in ('tcp', 'udp') group by all order by all"
    )
    found: dict[str, list[ReachedService]] = defaultdict(list)
    for number, origin, kind, protocol, port, through, rules in database.select(query, {"numbers": sorted(numbers)}):
        keeper, text = numbers[number]
        row = ReachedService(
            origin=origin, origin_kind=kind, asset=keeper, address=text, protocol=protocol, port=port, through=through, rules=rules
        )
        found[keeper].append(row)
    return found


def reach_of(facts: Facts, asset: str, keeper: str | None, network: Mapping[str, list[ReachedService]]) -> Reach:
    """Return who reaches the machine that keeps a copy of `asset`.

    A zone of kind backup does not count, unless the machine itself, or another that also stands in a second zone, stands in it:
    by such a machine an intruder comes into it. `network`: as `over_network` has it.
    """
    if keeper is None or keeper == asset:
        return Reach()
    rows = facts.of("reached_services", keeper)
    if not rows and not facts.knows("reached_services", keeper):
        rows = list(network.get(keeper, ()))
    own = set(facts.zones.get(asset, ()))
    open_rows = [row for row in rows if row.reach == "open" and _counts(facts, row, own)]
    origins = tuple(dict.fromkeys(row.origin for row in sorted(open_rows, key=lambda row: (row.origin_kind != "zone", row.origin))))
    chosen = min(open_rows, key=lambda row: _telling(facts, row), default=None)
    told, lacking = _doubt(facts, asset, keeper, rows, own)
    return Reach(
        origins,
        _way(chosen) if chosen is not None else None,
        any(row.origin in own for row in open_rows if row.origin_kind == "zone"),
        sure=lacking is None,
        told=((detail("reached", ", ".join(origins)),) if origins else ("not-reached",) if lacking is None else told),
        lacking=lacking or NEVER,
    )


def _counts(facts: Facts, row: ReachedService, own: set[str]) -> bool:
    if row.origin_kind != "zone" or row.origin in own:
        return True
    # Of a zone nobody told the kind of, nothing is held against a copy: then it is not known.
    known = row.origin in facts.zone_kinds or facts.coverage.view("zones", EVERYWHERE).knows("zone", "kind")
    return known and facts.zone_kinds.get(row.origin) != BACKUP


def _telling(facts: Facts, row: ReachedService) -> tuple[bool, int, str, int, int]:
    """The department LAN before that of the servers, and what a copy is deleted by before a clock: the first says most."""
    kind, service = facts.zone_kinds.get(row.origin, ""), row.service or ""
    return (
        row.origin_kind != "zone",
        _FAR.index(kind) if kind in _FAR else len(_FAR),
        row.origin,
        _DELETING.index(service) if service in _DELETING else len(_DELETING),
        row.port or 0,
    )


def _way(row: ReachedService) -> str:
    """Write a way: where from, devices passed, service, rules."""
    service = " ".join(word for word in (row.service, row.protocol if row.port is None else f"{row.protocol}/{row.port}") if word)
    ways = [row.origin, *(row.through or "").split(" > "), row.asset]
    return "; ".join(part for part in (" > ".join(word for word in ways if word), service, row.rules) if part)


def _doubt(facts: Facts, asset: str, keeper: str, rows: Iterable[ReachedService], own: set[str]) -> tuple[tuple[str, ...], View | None]:
    """Return why it cannot be said that nobody else reaches it; None as the look where it can."""
    coverage = facts.coverage
    # A second cable nobody wrote down is what this is about: the ledger's addresses alone are not enough.
    for machine, code in ((keeper, "keeper-not-seen"), (asset, "server-not-seen")):
        view = coverage.view("interfaces", machine)
        if not view.knows("address"):
            return (code,), view
    wanted = (("reached_services", keeper), ("reachability", EVERYWHERE), ("zones", EVERYWHERE), ("zone_networks", EVERYWHERE))
    for table, machine in wanted:
        view = coverage.view(table, machine)
        if not view.knows():
            return ("reach-unknown",), view
    unclear = [row for row in rows if row.reach != "open" and _counts(facts, row, own)]
    if unclear:
        return (detail("reach-unknown", unclear[0].origin),), View(complete=False, reason="not_collected", looked=True)
    return _over_machines(facts, asset, keeper, rows)


def _over_machines(facts: Facts, asset: str, keeper: str, rows: Iterable[ReachedService]) -> tuple[tuple[str, ...], View | None]:
    """Machines in a zone of kind backup that reaches it, and in another zone too: a way on that no rule shows."""
    inner = {row.origin for row in rows if row.origin_kind == "zone" and facts.zone_kinds.get(row.origin) == BACKUP}
    for machine, zones in sorted(facts.zones.items()):
        between = not inner.isdisjoint(zones) and any(facts.zone_kinds.get(zone) != BACKUP for zone in zones)
        if between and machine not in (asset, keeper) and machine not in facts.devices:
            return (detail("over-machine", machine),), View(complete=False, reason="to_confirm", looked=True)
    if facts.unseen_legs is not None:
        machine, view = facts.unseen_legs
        return (detail("over-machine", machine),), view
    return (), None
