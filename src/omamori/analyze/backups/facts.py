"""Everything the judgement of backups rests on, read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from omamori.analyze.backups.places import Names
from omamori.analyze.coverage import Coverage
from omamori.analyze.paths.links import zones_of
from omamori.snapshot.database import Database

BY_ASSET = (
    "declared_backups", "scheduled_backups", "backup_repositories", "backup_generations", "backup_damage", "backup_signs", "restore_proofs",
    "backup_media", "mounts", "shares", "share_access", "accounts", "group_members", "services", "tasks", "reached_services", "hosts",
    "windows_settings",
)  # fmt: skip
READS = (
    *BY_ASSET, "assets", "ledger_assets", "network_hosts", "identity", "interfaces", "device_interfaces", "ledger_addresses", "zones",
    "zone_networks", "reachability", "crown_jewels", "collected",
)  # fmt: skip
"""Tables the judgement is made of."""
Rows = Mapping[str, Mapping[str, list[Any]]]


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows by table and machine, and what is known of zones. `now`: the moment of the snapshot."""

    now: datetime
    coverage: Coverage
    names: Names
    rows: Rows
    zone_kinds: Mapping[str, str]
    zones: Mapping[str, tuple[str, ...]]
    devices: frozenset[str]

    @classmethod
    def read(cls, database: Database, now: datetime) -> Facts:
        """Read them from a snapshot."""
        devices = "select asset from assets where configured or role = 'network'"
        return cls(
            now=now,
            coverage=Coverage.read(database),
            names=Names.read(database),
            rows={table: _grouped(database.rows(table)) for table in BY_ASSET},
            zone_kinds={row.zone: row.kind or "" for row in database.rows("zones")},
            zones=zones_of(database),
            devices=frozenset(str(asset) for (asset,) in database.select(devices)),
        )

    def of(self, table: str, asset: str | None) -> list[Any]:
        """Return the rows of a table about a machine, in an order that does not depend on how they came."""
        return self.rows[table].get(asset or "", [])

    def host(self, asset: str | None) -> Any:
        """Return the machine's own row of `hosts`, or None."""
        return next(iter(self.of("hosts", asset)), None)

    def knows(self, table: str, asset: str | None, *columns: str) -> bool:
        """Return whether a table was wholly looked at for a machine, with these columns."""
        return asset is not None and self.coverage.view(table, asset).knows(*columns)


def _grouped(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.asset].append(row)
    return {asset: sorted(listed, key=repr) for asset, listed in found.items()}
