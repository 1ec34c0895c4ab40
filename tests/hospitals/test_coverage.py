"""A Windows machine that the whole kit looked at is not called half seen for columns no Windows has."""

from __future__ import annotations

from typing import Any

from omamori.model.tables import TABLES
from omamori.report.coverage import index_looks, machine_coverage
from omamori.report.words import NOT_TOLD
from omamori.snapshot.database import Database


def test_what_the_kit_saw_is_whole_but_for_what_it_cannot_bring(healthy: Any) -> None:
    with Database(healthy.tables, read_only=True) as database:
        kits = {look.asset for look in database.rows("collected") if any(sha.startswith(look.evidence) for sha in healthy.kits)}
        looks = index_looks(database.rows("collected"))
        windows = [row.asset for row in database.rows("assets", platform="windows") if row.asset in kits]
    assert len(windows) >= 6
    for asset in windows:
        short = {cell.group: cell.tables for cell in machine_coverage(looks, asset, "windows", True, True) if cell.state != "whole"}
        assert set(short) <= {"network", "backup", "settings"}, asset
        assert {table for tables in short.values() for table in tables} <= {"outbound_settings", "scheduled_backups", "server_settings"}


def test_what_is_not_told_are_columns() -> None:
    assert all(TABLES[table].column(name) for tables in NOT_TOLD.values() for table, columns in tables.items() for name in columns)
