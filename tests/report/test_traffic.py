"""Who talks to whom in the report's data, its JSON and on its page."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime
from pathlib import Path

import jsonschema
import pytest

from omamori.model.traffic import LineTraffic, ZoneFlow
from omamori.report.html import render_html
from omamori.report.json import render_json
from omamori.report.traffic import DAYS, MOST_ENDS, Traffic, read_traffic, traffic_json
from omamori.snapshot.database import Database

SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"
ROWS = [
    ZoneFlow(from_zone="office", to_zone="ehr", protocol="tcp", port=3389, pairs=3, times=7, designed=False, undesigned=2, allowed=False,
             example="10.2.0.5 > 10.1.0.12", seen_in="connections,logs", last_seen=datetime(2026, 5, 30, 3)),
    ZoneFlow(from_zone="office", to_zone="ehr", protocol="tcp", port=443, pairs=9, times=900, designed=True, seen_in="logs"),
    ZoneFlow(from_zone="ehr", to_zone="ehr", protocol="tcp", port=1433, pairs=1, times=5, designed=False, undesigned=1, seen_in="logs"),
    ZoneFlow(from_kind="outside", to_zone="office", protocol="tcp", port=22, pairs=1, times=4, stopped=4, seen_in="logs"),
    ZoneFlow(from_zone="office", to_kind="outside", protocol="icmp", pairs=1, times=1, seen_in="logs"),
    LineTraffic(asset="pacs", line="pacs", day=date(2026, 5, 30), times=3, bytes=100),
    LineTraffic(asset="pacs", line="pacs", day=date(2026, 5, 1), times=2, stopped=2),
    LineTraffic(asset="pacs", line="pacs", day=date(2026, 1, 1), times=50),
    LineTraffic(asset="lab\x1b", line="lab\x1b", day=date(2026, 5, 29), times=1),
]  # fmt: skip


@pytest.fixture
def traffic() -> Traffic:
    with Database() as database:
        database.insert(ROWS)
        return read_traffic(database)


def test_the_matrix_and_what_is_told(traffic) -> None:
    assert [(end.kind, end.zone) for end in traffic.ends] == [("zone", "ehr"), ("zone", "office"), ("outside", "")]
    cells = {(traffic.ends[talk.start].zone, traffic.ends[talk.end].zone): talk for talk in traffic.talks}
    office = cells[("office", "ehr")]
    assert (office.times, office.services, office.state, office.against) == (907, ("443/tcp", "3389/tcp"), "undesigned", True)
    assert (cells[("", "office")].state, cells[("office", "")].state) == ("stopped", "open")
    (told,) = traffic.told
    assert (told.service, told.pairs, told.undesigned, told.against, told.logs) == ("3389/tcp", 2, True, True, True)


def test_the_days_of_a_line(traffic) -> None:
    assert traffic.last_day == date(2026, 5, 30)
    lab, pacs = traffic.lines
    assert "\x1b" not in lab.line and lab.total_bytes is None
    assert (len(pacs.days), pacs.days[-1], pacs.days[1], pacs.total, pacs.total_bytes, pacs.stopped) == (DAYS, 3, 2, 5, 100, 2)


def test_more_zones_than_there_is_room_for() -> None:
    rows = [ZoneFlow(from_zone=f"z{n:02}", to_zone="ehr", protocol="tcp", port=1, times=n + 1) for n in range(MOST_ENDS + 5)]
    with Database() as database:
        database.insert(rows)
        made = read_traffic(database)
    assert len(made.ends) == MOST_ENDS and made.more_ends == 6
    assert all(talk.start < MOST_ENDS and talk.end < MOST_ENDS for talk in made.talks)


def test_json_has_the_form_the_docs_promise(traffic) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    said = traffic_json(traffic)
    jsonschema.validate(said, {**schema["properties"]["traffic"], "$defs": schema["$defs"]})
    jsonschema.validate(traffic_json(Traffic()), {**schema["properties"]["traffic"], "$defs": schema["$defs"]})
    assert {name: said["between"][-1][name] for name in ("from", "to")} == {
        "from": {"kind": "outside", "zone": None},
        "to": {"kind": "zone", "zone": "office"},
    }


def test_the_page_shows_it_and_leaves_it_out_where_nothing_was_seen(hospital, traffic) -> None:
    report = hospital.report()
    assert 'id="traffic"' not in render_html(report)
    page = render_html(dataclasses.replace(report, traffic=traffic))
    assert 'id="traffic"' in page and "10.2.0.5 &gt; 10.1.0.12" in page
    assert json.loads("".join(render_json(dataclasses.replace(report, traffic=traffic))))["traffic"]["last_day"] == "2026-05-30"
