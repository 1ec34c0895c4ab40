"""Fills `deviations`: where what is declared and what is seen differ, all kinds in one list.

What is compared depends on what the ledger says of a machine: a list of ports is compared with its ports,
no list with nothing. So each machine's look rests on those tables only that its comparison needs. What depends on
looks at *other* machines (two machines with one name) is no row here: a check of the whole site tells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.differences import ByAsset, machine_differences
from omamori.analyze.domain_computers import known_names, unknown_computers
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.neighbours import KnownMachines, unlisted_machines
from omamori.analyze.network_differences import NetworkFacts, unknown_machine
from omamori.analyze.whereabouts import Whereabouts
from omamori.model.derived import Asset, Deviation
from omamori.snapshot.database import Database

_LEDGER = ("asset", "role", "os", "software", "ports", "internet", "zone", "hostname")


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield every difference, and one look per asset."""
    coverage = Coverage.read(database)
    facts = ByAsset.read(database, moment.pack)
    names, whereabouts = known_names(database, facts.assets.values()), Whereabouts.read(database)
    known = KnownMachines.read(database).with_names((row for rows in facts.leases.values() for row in rows), names)
    unlisted = unlisted_machines(facts.neighbours, facts.leases, known)
    network = NetworkFacts.read(database)
    for asset in facts.assets.values():
        ledger = coverage.view("ledger_assets", asset.asset).knows("asset")
        found = list(machine_differences(asset, facts)) if ledger else []
        if ledger:
            found += list(unknown_machine(asset, network))
            found += [replace(item, observed=whereabouts.told(item.observed)) for item in unlisted.get(asset.asset, ())]
            found += list(unknown_computers(facts.computers.get(asset.asset, ()), names, moment.now))
        for item in found:
            yield Deviation(
                asset=asset.asset,
                kind=item.kind,
                item=item.item,
                declared=item.declared,
                observed=item.observed,
                source=ANALYZER.name,
                evidence=item.evidence or asset.evidence,
            )
        yield derived_look(asset.asset, "deviations", ANALYZER.name, list(_inputs(asset, facts, coverage)))


def _inputs(asset: Asset, facts: ByAsset, coverage: Coverage) -> Iterator[Input]:
    name = asset.asset
    entry = facts.ledger.get(name)
    yield Input(coverage.view("ledger_assets", name), _LEDGER)
    yield Input(coverage.view("assets", name), ("closed", "declared", "hostname", "stranger"))
    yield Input(coverage.view("designed_flows", name), ("asset",))
    yield Input(coverage.view("hosts", name), ("hostname", "role", "os_id", "os_version", "os_build", "os_name"))
    yield Input(coverage.view("neighbours", name), ("address", "mac"))
    if coverage.view("leases", name).looked:
        yield Input(coverage.view("leases", name), ("address", "mac", "hostname", "state"))
    host = facts.hosts.get(name)
    if host is not None and host.platform == "windows":
        yield Input(coverage.view("hosts", name), ("domain_role",))
    if facts.computers.get(name) or (host is not None and host.domain_role == "controller"):
        yield Input(coverage.view("domain_computers", name), ("name", "enabled", "last_login"))
    if entry is not None and entry.software:
        yield Input(coverage.view("software", name), ("name",))
        yield Input(coverage.view("remote_access", name), ("product", "running"))
    if entry is not None and entry.ports:
        yield Input(coverage.view("exposures", name), ("protocol", "port"))
    if name in facts.designed:
        yield Input(coverage.view("peers", name), ("peer", "port", "protocol", "designed"))
    yield Input(coverage.view("declared_backups", name), ("asset", "job"))
    if name in facts.backups:
        yield Input(coverage.view("scheduled_backups", name), ("job",))


ANALYZER = Analyzer(
    name="analyze.deviations",
    reads=(
        "assets", "hosts", "ledger_assets", "zones", "software", "remote_access", "exposures", "peers", "designed_flows",
        "declared_backups", "scheduled_backups", "neighbours", "interfaces", "remote_lines", "identity", "domain_computers",
        "leases", "forwarding_entries", "network_hosts", "scans", "collected",
    ),
    fills=("deviations",),
    run=run,
)  # fmt: skip
"""The analyzer of this module."""
