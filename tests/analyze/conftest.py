"""What the tests of the analyzers share: a database with rows and looks, and running an analyzer on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

import pytest

from omamori.analyze.interface import Analyzer, Moment
from omamori.knowledge.pack import starter_pack
from omamori.model.look import Collected
from omamori.model.tables import TABLES
from omamori.snapshot.database import Database

NOW = datetime(2026, 11, 23)
Run = Callable[..., list[Any]]


def look(asset: str, table: str, *, complete: bool = True, missing: str = "", reason: str | None = None) -> Collected:
    """One chosen look."""
    source = TABLES[table].sources[0]
    why = reason or (None if complete and not missing else "not_collected")
    return Collected(
        asset=asset, table_name=table, source=source, seen=NOW, complete=complete, missing=missing, reason=why, evidence="cafe"
    )


@pytest.fixture
def run() -> Run:
    """Run analyzers, in the order given, over rows; tables in `looks` (asset → names) count as completely looked at."""

    def do(
        analyzers: Analyzer | Iterable[Analyzer],
        rows: Iterable[Any] = (),
        looks: Mapping[str, Iterable[str]] | None = None,
        extra: Iterable[Collected] = (),
    ) -> list[Any]:
        chosen = (analyzers,) if isinstance(analyzers, Analyzer) else tuple(analyzers)
        with Database() as database:
            database.insert(rows)
            database.insert(look(asset, table) for asset, tables in (looks or {}).items() for table in tables)
            database.insert(extra)
            found: list[Any] = []
            for analyzer in chosen:
                found = list(analyzer.run(database, Moment(NOW, starter_pack())))
                database.insert(found)
            return found

    return do
