"""A Windows machine that the whole kit looked at is not called half seen for columns no Windows has."""

from __future__ import annotations

import re
from typing import Any

from omamori.model.tables import TABLES
from omamori.report.coverage import index_looks, is_whole, kind_of, look_of, machine_coverage
from omamori.report.words import NOT_TOLD
from omamori.snapshot.database import Database


def test_what_the_kit_saw_is_whole_but_for_what_it_cannot_bring(healthy: Any) -> None:
    with Database(healthy.tables, read_only=True) as database:
        kits = {
            look.asset
            for look in database.rows("collected")
            if look.evidence and any(sha.startswith(look.evidence) for sha in healthy.kits)
        }
        looks = index_looks(database.rows("collected"))
        windows = {row.asset: row.domain_role for row in database.rows("hosts", platform="windows") if row.asset in kits}
    assert len(windows) >= 6
    for asset, role in windows.items():
        short = {cell.group: cell.tables for cell in machine_coverage(looks, asset, "windows", True, True, role) if cell.state != "whole"}
        assert set(short) <= {"network", "backup", "settings"}, asset
        assert {table for tables in short.values() for table in tables} <= {"outbound_settings", "scheduled_backups", "server_settings"}


def test_no_table_called_whole_leaves_a_check_unknown(healthy: Any, sick: Any) -> None:
    """The words of an unknown name the table that was not seen: the page on the machine may not say it was."""
    titles = {table.title.en: name for name, table in TABLES.items()}
    seen = 0
    for hospital in (healthy, sick):
        with Database(hospital.tables, read_only=True) as database:
            looks = index_looks(database.rows("collected"))
            kinds = {row.asset: kind_of(row.platform, row.domain_role) for row in database.rows("hosts")}
        for verdict in hospital.verdicts:
            told = re.search(r"\(([^()]+)\)$", verdict.message_en)
            if verdict.verdict == "unknown" and verdict.subject in kinds and told and told[1] in titles:
                table = titles[told[1]]
                look = look_of(looks, verdict.subject, table)
                if TABLES[table].group == "host":
                    seen += 1
                    assert not is_whole(look, kinds[verdict.subject]), f"{verdict.subject} {verdict.check_id} {table}"
    assert seen > 100


def test_what_is_not_told_are_columns() -> None:
    assert all(TABLES[table].column(name) for tables in NOT_TOLD.values() for table, columns in tables.items() for name in columns)
