"""What every analyzer promises: it only reads, fills only its own tables, and does the same again."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.analyze.interface import Moment
from omamori.analyze.registry import analyzers
from omamori.knowledge.pack import starter_pack
from omamori.model.declared import LedgerAsset, RemoteLine, VendorAnswer
from omamori.model.host import Host
from omamori.model.look import Collected
from omamori.model.tables import TABLES, table_of
from omamori.model.ways_in import Entry
from omamori.snapshot.database import Database, Selected

MOMENT = Moment(datetime(2026, 11, 23), starter_pack())


@pytest.mark.parametrize("analyzer", analyzers(), ids=lambda analyzer: analyzer.name)
def test_an_analyzer_only_reads_and_fills_its_own_tables(analyzer):
    with Database() as database:
        answer = VendorAnswer(vendor="v", asset="a", question="flow", peer="10.0.0.1", port=104, answer="yes")
        database.insert(
            [
                Host(asset="a", platform="linux", os_id="debian", os_version="10"),
                LedgerAsset(asset="a", os="Debian 12", vendor="v"),
                RemoteLine(line="l", device="FW"),
                answer,
                *([Entry(entry="l", line="l", asset="l")] if "entries" not in analyzer.fills else []),
            ]
        )
        database.insert(next(found for found in analyzers() if found.name == "analyze.assets").run(database, MOMENT))
        before = {name: len(database.select(f"select 1 from {name}")) for name in TABLES}
        rows = list(analyzer.run(database, MOMENT))
        assert rows and rows == list(analyzer.run(database, MOMENT))
        assert before == {name: len(database.select(f"select 1 from {name}")) for name in TABLES}
    for row in rows:
        assert _table(row) in analyzer.fills


def _table(row):
    return row.table_name if isinstance(row, Collected) else row.table if isinstance(row, Selected) else table_of(row).name
