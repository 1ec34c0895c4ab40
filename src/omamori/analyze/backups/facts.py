"""Everything the judgement of backups rests on. A hospital has two thousand machines and copies of a few: only of those everything is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from omamori.analyze.backups.places import Names
from omamori.analyze.coverage import Coverage, View
from omamori.analyze.paths.links import zones_of
from omamori.model.tables import TABLES
from omamori.snapshot.database import Database

_OF_BACKUPS = (
    "declared_backups", "scheduled_backups", "backup_repositories", "backup_generations", "backup_damage", "backup_signs", "restore_proofs",
    "backup_media", "hosts",
)  # fmt: skip
_OF_MACHINES = ("mounts", "shares", "share_access", "accounts", "group_members", "services", "tasks", "reached_services")
READS = (
    *_OF_BACKUPS, *_OF_MACHINES, "windows_settings", "assets", "ledger_assets", "network_hosts", "identity", "interfaces", "device_interfaces",
    "ledger_addresses", "zones", "zone_networks", "reachability", "crown_jewels", "collected",
)  # fmt: skip
"""Tables the judgement is made of."""
_SHARED = (
    "select lower(a.name), a.password_changed, count(distinct a.asset) from accounts a "
    "join hosts h on h.asset = a.asset and h.platform = 'windows' and coalesce(h.domain_role, '') <> 'controller' "
    "left join windows_settings w on w.asset = a.asset "
    "where a.enabled is not false and a.administrator and a.password_changed is not null and w.laps is not true group by all"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows by table and machine, and what is known of zones. `now`: the moment of the snapshot.

    `shared`: (administrator in lower case, day of its password) → number of Windows machines that have it so. `laps`: machines whose
    administrator has a password of its own. `unseen_host`: a look at a machine that is not whole, None when all are.
    `unseen_legs`: a machine whose interfaces were looked at, but not wholly, and that look.
    """

    now: datetime
    coverage: Coverage
    names: Names
    rows: Mapping[str, Mapping[str, list[Any]]]
    zone_kinds: Mapping[str, str]
    zones: Mapping[str, tuple[str, ...]]
    devices: frozenset[str]
    laps: frozenset[str]
    shared: Mapping[tuple[str, date], int]
    unseen_host: View | None = None
    unseen_legs: tuple[str, View] | None = None

    @classmethod
    def of_backups(cls, database: Database, now: datetime) -> Facts:
        """Read what is known of backups, and the mounted file systems of machines with any: enough to tell their copies."""
        coverage = Coverage.read(database)
        rows = {table: _grouped(database.rows(table)) for table in _OF_BACKUPS}
        subjects = {asset for table, found in rows.items() if table != "hosts" for asset in found}
        devices = "select asset from assets where configured or role = 'network'"
        hosts = (coverage.view("hosts", asset) for asset in sorted(coverage.assets()))
        legs = ((asset, coverage.view("interfaces", asset)) for asset in sorted(coverage.assets()))
        return cls(
            now=now,
            coverage=coverage,
            names=Names.read(database),
            rows={**rows, "mounts": _of(database, "mounts", subjects)},
            zone_kinds={row.zone: row.kind or "" for row in database.rows("zones")},
            zones=zones_of(database),
            devices=frozenset(str(asset) for (asset,) in database.select(devices)),
            laps=frozenset(str(asset) for (asset,) in database.select("select asset from windows_settings where laps")),
            shared={(str(name), day): int(count) for name, day, count in database.select(_SHARED)},
            unseen_host=next((view for view in hosts if view.looked and not view.knows("domain_role")), None),
            unseen_legs=next(((asset, view) for asset, view in legs if view.looked and not view.knows("address")), None),
        )

    def with_machines(self, database: Database, machines: Iterable[str]) -> Facts:
        """Return the same with everything of some machines, and of the controllers of domains."""
        wanted = {*machines, *self.controllers()}
        return replace(self, rows={**self.rows, **{table: _of(database, table, wanted) for table in _OF_MACHINES}})

    def of(self, table: str, asset: str | None) -> list[Any]:
        """Return the rows of a table about a machine, in an order that does not depend on how they came."""
        return self.rows[table].get(asset or "", [])

    def host(self, asset: str | None) -> Any:
        """Return the machine's own row of `hosts`, or None."""
        return next(iter(self.of("hosts", asset)), None)

    def controllers(self) -> list[str]:
        """Return the controllers of domains that were looked at."""
        return sorted(asset for asset, rows in self.rows["hosts"].items() if any(row.domain_role == "controller" for row in rows))

    def knows(self, table: str, asset: str | None, *columns: str) -> bool:
        """Return whether a table was wholly looked at for a machine, with these columns."""
        return asset is not None and self.coverage.view(table, asset).knows(*columns)


def _of(database: Database, table: str, assets: Iterable[str]) -> dict[str, list[Any]]:
    described = TABLES[table]
    names = [column.name for column in described.columns]
    query = f"select {', '.join(names)} from {table} where list_contains($assets, asset)"  # noqa: S608 - names of the model
    rows = database.select(query, {"assets": sorted(assets)})
    return _grouped(described.row(**dict(zip(names, values, strict=True))) for values in rows)


def _grouped(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.asset].append(row)
    return {asset: sorted(listed, key=repr) for asset, listed in found.items()}
