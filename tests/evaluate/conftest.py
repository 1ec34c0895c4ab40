"""Builds checks and snapshots for the tests of the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from omamori.evaluate.check import Case, Check, Examples, Fix
from omamori.evaluate.judge import judge
from omamori.model.derived import Asset
from omamori.model.look import Collected, Verdict
from omamori.model.text import Text
from omamori.snapshot.database import Database

NOW = datetime(2026, 1, 31)
MakeCheck = Callable[..., Check]


def make(sql: str, **changes: Any) -> Check:
    text = Text("見つかりました", "found")
    case = Case("bad", 1)
    values: dict[str, Any] = {
        "id": "t.c",
        "title": text,
        "severity": "high",
        "subject": "asset",
        "key": ("asset",),
        "why": text,
        "message": text,
        "fix": Fix("none", text),
        "ask": text,
        "examples": Examples(NOW, (case,), (case,)),
        "file": "t/c.sql",
    }
    return Check(sql=sql, **(values | changes))


@pytest.fixture
def make_check() -> MakeCheck:
    return make


class Site:
    """A snapshot in the making: assets, looks and rows; `judge` writes and judges it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows: list[Any] = []

    def add(self, *rows: Any) -> Site:
        self.rows += rows
        return self

    def asset(self, *names: str, **values: Any) -> Site:
        return self.add(*(Asset(asset=name, **({"observed": True} | values)) for name in names))

    def look(self, table: str, *assets: str, **values: Any) -> Site:
        looks = ({"complete": True, "evidence": f"look:{table}:{asset}"} | values | {"asset": asset} for asset in assets)
        return self.add(*(Collected(table_name=table, **look) for look in looks))

    def judge(self, *checks: Check) -> list[Verdict]:
        with Database(self.path) as database:
            database.insert(self.rows)
        return list(judge(self.path, checks, NOW))

    def said(self, *checks: Check) -> list[tuple[str, str, str]]:
        return [(verdict.subject, verdict.finding_key, verdict.verdict) for verdict in self.judge(*checks)]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "tables.duckdb")


@pytest.fixture
def sites(tmp_path: Path) -> Callable[[], Site]:
    """A new site at every call, for tests that compare two."""
    numbers: Iterable[int] = iter(range(1000))
    return lambda: Site(tmp_path / f"tables-{next(iter(numbers))}.duckdb")
