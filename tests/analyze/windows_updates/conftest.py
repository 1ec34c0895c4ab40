"""A small table of updates, and one machine judged by it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from omamori.analyze.interface import Moment
from omamori.analyze.missing_patches import ANALYZER
from omamori.knowledge.pack import starter_pack
from omamori.knowledge.store import Facts
from omamori.model.derived import Asset
from omamori.model.host import Host, Patch
from omamori.model.look import Collected
from omamori.snapshot.database import Database

sys.path.insert(0, str(Path(__file__).parent))  # for small_table

NOW = datetime(2024, 3, 1)


@pytest.fixture
def judge_host() -> Callable[..., tuple[dict[str, Any], Collected]]:
    """Judge one machine: (patch_id → row of missing_patches, the look)."""

    def do(
        facts: Iterable[Any],
        installed: Iterable[str] = (),
        *,
        build: str = "10.0.19045",
        name: str = "Microsoft Windows 10 Pro",
        architecture: str | None = "x64",
        complete: bool = True,
        now: datetime = NOW,
        extra: Iterable[Any] = (),
    ) -> tuple[dict[str, Any], Collected]:
        system = "windows-server" if "Server" in name else "windows"
        host = Host(asset="w", platform="windows", os_id=system, os_name=name, os_build=build, architecture=architecture, evidence="cafe:1")
        with Database() as database:
            database.insert([Asset(asset="w"), host, *(Patch(asset="w", patch_id=number) for number in installed), *extra])
            for table in ("hosts", "patches"):
                whole = complete or table != "patches"
                why = None if whole else "not_understood"
                database.insert([Collected(asset="w", table_name=table, source="windows.systeminfo", seen=now, complete=whole, reason=why)])
            pack = replace(starter_pack(), facts=Facts(rows=tuple(facts)))
            database.insert(ANALYZER.run(database, Moment(now, pack)))
            (look,) = [row for row in database.rows("collected") if row.table_name == "missing_patches"]
            return {row.patch_id: row for row in database.rows("missing_patches")}, look

    return do
