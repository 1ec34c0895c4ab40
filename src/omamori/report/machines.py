"""The machines of the report: every one that is known, with its counts, what was looked at, and the answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from omamori.model.declared import LedgerAsset
from omamori.model.derived import Asset
from omamori.model.host import Host
from omamori.model.look import EVERYWHERE, Verdict
from omamori.report.clean import clean
from omamori.report.coverage import index_looks, machine_coverage
from omamori.report.facts import read_facts
from omamori.report.rank import severity_order
from omamori.report.recent import Recent
from omamori.report.shape import Alike, CheckInfo, Machine
from omamori.snapshot.database import Database

OUTSIDE_ZONES = ("dmz", "external", "guest")


def read_machines(
    database: Database,
    verdicts: Sequence[Verdict],
    checks: Mapping[str, CheckInfo],
    alike: Sequence[Alike] = (),
    recent: Recent | None = None,
) -> tuple[Machine, ...]:
    """Return every machine: those of `assets`, and any a verdict or a look names, so that none can vanish.

    `alike` are the groups of machines that look alike; `recent` is what was added lately.
    """
    assets: dict[str, Asset] = {clean(row.asset): row for row in database.rows("assets")}
    hosts: dict[str, Host] = {clean(row.asset): row for row in database.rows("hosts")}
    ledger: dict[str, LedgerAsset] = {clean(row.asset): row for row in database.rows("ledger_assets")}
    judged: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.check_id in checks and checks[verdict.check_id].subject == "asset":
            judged[verdict.subject].append(verdict)
    looks = index_looks(database.rows("collected"))
    names = sorted(({*assets, *judged} or {asset for asset, _ in looks}) - {EVERYWHERE, ""})
    facts = read_facts(database, looks, names, recent)
    group_of = {name: group.id for group in alike for name in group.looked}
    outside = _near_outside(database)
    machines = []
    for name in names:
        asset, host, entry = assets.get(name, Asset(asset=name)), hosts.get(name), ledger.get(name)
        machines.append(
            Machine(
                name=name,
                hostname=_word(asset.hostname or (host.hostname if host else None)),
                role=_word(asset.role),
                platform=_word(asset.platform),
                os=_word(host.os_name if host else (entry.os if entry else None)),
                purpose=_word(entry.purpose if entry else None),
                zone=_word(asset.zone),
                vendor=_word(asset.vendor),
                hands_off=bool(asset.hands_off),
                medical=bool(asset.medical),
                important=bool(asset.important),
                exposed=name in outside or _word(asset.zone) in outside,
                declared=bool(asset.declared),
                observed=bool(asset.observed),
                last_seen=asset.last_seen,
                coverage=machine_coverage(
                    looks, name, _word(asset.platform), bool(asset.declared), bool(asset.observed), host.domain_role if host else None
                ),
                facts=facts[name],
                alike=group_of.get(name, ""),
                **_counts(judged[name]),
            )
        )
    return tuple(sorted(machines, key=lambda m: (severity_order(m.worst), -m.found, -m.unknown, m.name)))


def _counts(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    count = Counter(verdict.verdict for verdict in verdicts)
    failed = [verdict.severity for verdict in verdicts if verdict.verdict == "fail"]
    return {
        "found": count["fail"],
        "unknown": count["unknown"],
        "accepted": count["accepted"],
        "not_found": count["pass"],
        "worst": min(failed, key=severity_order) if failed else "",
    }


def _near_outside(database: Database) -> set[str]:
    """Return the names of zones and machines near the outside: a proven way out, or a running remote-access program."""
    zones = {clean(row.zone) for row in database.rows("zones") if row.kind in OUTSIDE_ZONES}
    ways = {clean(row.asset) for row in database.rows("ways_out") if row.strength == "proof"}
    remote = {clean(row.asset) for row in database.rows("remote_access") if row.running and row.kind != "shell"}
    return zones | ways | remote


def _word(value: str | None) -> str:
    return clean(value, 200) if value else ""
