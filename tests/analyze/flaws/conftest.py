"""What the tests of flaws share: a pack with a few facts, and running the analyzers over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from tests.analyze.conftest import NOW, look
from tests.analyze.flaws.published import release, years

from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.vulnerabilities import ANALYZER
from omamori.knowledge.pack import Pack, starter_pack
from omamori.knowledge.store import Facts
from omamori.model.look import Collected
from omamori.model.tables import TABLES
from omamori.snapshot.database import Database

WHOLE = (*years(), *release())
Judge = Callable[..., tuple[list[Any], dict[str, Collected]]]


def pack_of(facts: Iterable[Any]) -> Pack:
    """The pack that ships inside, with facts."""
    return replace(starter_pack(), facts=Facts(rows=tuple(facts)))


@pytest.fixture
def judge() -> Judge:
    """Run an analyzer over rows with a pack of facts; returns the rows of its table and the looks by asset.

    `whole`: with as much of NVD and of Debian 12 as covers programs, devices and packages.
    """

    def do(
        rows: Iterable[Any],
        facts: Iterable[Any],
        looks: Mapping[str, Iterable[str]] | None = None,
        extra: Iterable[Collected] = (),
        analyzers: tuple[Analyzer, ...] = (ANALYZER,),
        whole: bool = False,
    ) -> tuple[list[Any], dict[str, Collected]]:
        facts = (*facts, *WHOLE) if whole else facts
        with Database() as database:
            database.insert(rows)
            database.insert(look(asset, table) for asset, tables in (looks or {}).items() for table in tables)
            database.insert(extra)
            for analyzer in analyzers:
                database.insert(analyzer.run(database, Moment(NOW, pack_of(facts))))
            table = analyzers[-1].fills[0]
            made = {row.asset: row for row in database.rows("collected") if row.table_name == table}
            return list(database.rows(TABLES[table].name)), made

    return do
