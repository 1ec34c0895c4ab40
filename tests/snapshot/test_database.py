"""The rows of a snapshot's tables, kept at hand where every analyzer asks for them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from omamori.model.host import Host
from omamori.model.look import Collected
from omamori.snapshot.database import Database


def test_looks_kept_at_hand_are_those_of_the_table(tmp_path: Path) -> None:
    with Database(tmp_path / "tables.duckdb") as database:
        database.insert([Collected(asset="a", table_name="hosts", complete=True, seen=datetime(2026, 3, 1))])
        with database.remembering_looks():
            before = tuple(database.looks())
            database.insert([Host(asset="b"), Collected(asset="b", table_name="hosts", missing="role", reason="not_understood")])
            after = tuple(database.looks())
            assert [look.asset for look in before] == ["a"] and after == tuple(database.rows("collected"))
        assert tuple(database.looks()) == after
