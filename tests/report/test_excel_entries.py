from __future__ import annotations

import io
from datetime import datetime

import openpyxl

from omamori.model.ways_in import Entry
from omamori.report.excel import render_excel


def test_ways_in_stand_beside_each_other_declared_and_seen(hospital) -> None:  # type: ignore[no-untyped-def]
    hospital.database.insert(
        [
            Entry(
                asset="fw",
                entry="fw lab",
                kind="line",
                method="ipsec",
                device="fw",
                declared=False,
                observed=True,
                sources="192.168.7.0/24",
            ),
            Entry(asset="PACS", entry="PACS", kind="line", line="PACS", declared=True, observed=None, zone="DMZ", declared_zone="DMZ"),
            Entry(asset="", entry="corridor", kind="wall-port", declared=True, observed=None, guard="=1+1", last_used=datetime(2026, 1, 2)),
        ]
    )
    book = openpyxl.load_workbook(io.BytesIO(render_excel(hospital.report(), hospital.database, "en")))
    rows = {row[0]: row for row in book["Ways in"].iter_rows(values_only=True)}
    assert rows["fw lab"][1:11] == ("line from outside", "no", "yes", None, "ipsec", "fw", None, None, "anywhere", "192.168.7.0/24")
    assert rows["PACS"][2:4] == ("yes", None), "nobody looked: neither seen nor not"
    assert rows["PACS"][9] is None, "of a door nobody saw an empty cell is no `anywhere`"
    assert (rows["corridor"][1], rows["corridor"][14]) == ("LAN socket in the wall", "=1+1")
