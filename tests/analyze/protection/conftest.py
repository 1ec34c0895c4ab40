"""What the tests of controls share: one control looked at over some rows and looks."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.analyze.coverage import Coverage
from omamori.analyze.protection.detail import read_detail
from omamori.model.look import Collected
from omamori.snapshot.database import Database

SEEN = datetime(2026, 11, 20)


@pytest.fixture
def look_at():
    """Return what looks: a control's function, the detail, rows, tables looked at of `a` and of the site, more looks."""

    def do(control, detail, rows=(), tables=(), site=(), extra=()):
        with Database() as database:
            database.insert(rows)
            places = [*(("a", table) for table in tables), *(("*", table) for table in site)]
            database.insert(
                Collected(asset=asset, table_name=table, source="x", seen=SEEN, complete=True, evidence="cafe") for asset, table in places
            )
            database.insert(extra)
            return control("a", read_detail(detail), database, Coverage.read(database))

    return do
