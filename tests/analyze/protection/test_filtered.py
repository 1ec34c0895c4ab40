"""A segment that is said to be filtered."""

from __future__ import annotations

import pytest

from omamori.analyze.coverage import Coverage
from omamori.analyze.protection.detail import read_detail
from omamori.analyze.protection.filtered import Segments
from omamori.model.declared import Zone
from omamori.model.derived import Asset
from omamori.model.look import Collected
from omamori.model.network import Interface
from omamori.model.ways_in import Entry, Reachable
from omamori.snapshot.database import Database

ADDRESS = (10 << 24) + (2 << 16) + 9
SITE = [
    Asset(asset="ct", zone="検査LAN"),
    Interface(asset="ct", name="eth0", address="10.2.0.9"),
    Zone(zone="検査LAN"),
    Zone(zone="事務LAN"),
    Entry(entry="保守VPN", line="保守VPN", asset="保守VPN"),
]
ZONES = ("reachability", "ledger_assets", "zones", "entries")


def reach(origin, ports=None, state="open", kind="zone", zone="検査LAN", **more):
    first, last = ports or (None, None)
    return Reachable(
        origin=origin, origin_kind=kind, zone=zone, address_first=ADDRESS - 5, address_last=ADDRESS + 5, protocol="tcp", port_first=first,
        port_last=last, reach=state, rules="FW in: 7", evidence="r:1", **more,
    )  # fmt: skip


def judged(rows, detail="", line=None, tables=ZONES):
    with Database() as database:
        database.insert([*SITE, *rows])
        database.insert(Collected(asset="*", table_name=name, source="x", complete=True, evidence="cafe") for name in tables)
        database.insert([Collected(asset="ct", table_name="interfaces", source="x", complete=True)])
        segments = Segments(database, Coverage.read(database))
        return segments.of_line(line, read_detail(detail)) if line else segments.of_machine("ct", read_detail(detail))


@pytest.mark.parametrize(
    ("rows", "detail", "state"),
    [
        ([], "", "seen"),
        ([reach("保守VPN", kind="entry")], "", "contradicted"),
        ([reach("保守VPN", (104, 104), kind="entry")], "", "seen"),  # one port is let: that is a filter
        ([reach("保守VPN", (1, 65535), kind="entry")], "", "contradicted"),
        ([reach("保守VPN", (104, 104), kind="entry")], "tcp/104", "contradicted"),
        ([reach("保守VPN", (104, 104), kind="entry")], "tcp/3389", "seen"),
        ([reach("保守VPN", kind="entry")], "tcp/3389", "contradicted"),
        ([reach("事務LAN")], "", "seen"),  # no zone is named: the ways in are meant
        ([reach("事務LAN")], "事務LAN", "contradicted"),
        ([reach("事務LAN")], "検査LAN", "contradicted"),  # its own zone: from everywhere outside
        ([reach("検査LAN")], "検査LAN", "seen"),
        ([reach("事務LAN", state="unknown", doubt="not_collected: FW")], "事務LAN", "unreadable"),
        ([reach("事務LAN", state="one-way")], "事務LAN", "contradicted"),
        ([], "どこかのLAN", "declared"),
    ],
)
def test_the_state_of_a_segment(rows, detail, state):
    found = judged(rows, detail)
    assert found.state == state and found.said.ja and found.said.en
    assert state != "contradicted" or (found.evidence == "r:1" and "FW in: 7" in found.said.en)


def test_what_is_let_is_told():
    assert "保守VPN tcp/104" in judged([reach("保守VPN", (104, 104), kind="entry")]).said.ja


@pytest.mark.parametrize("table", ZONES)
def test_what_was_not_read_is_never_seen_filtered(table):
    assert judged([], tables=tuple(name for name in ZONES if name != table)).state == "unreadable"


def test_a_named_zone_does_not_need_the_ways_in():
    assert judged([], "事務LAN", tables=ZONES[:3]).state == "seen"


@pytest.mark.parametrize(
    ("rows", "detail", "state"),
    [
        ([], "", "seen"),
        ([reach("保守VPN", kind="entry")], "", "contradicted"),
        ([reach("保守VPN", kind="entry")], "事務LAN", "seen"),
        ([reach("保守VPN", kind="entry")], "検査LAN", "contradicted"),
        ([reach("保守VPN", kind="entry", zone=None)], "", "seen"),  # beyond the hospital's zones
        ([reach("保守VPN", kind="entry", zone=None, state="unknown")], "検査LAN", "unreadable"),
        ([], "どこかのLAN", "declared"),
    ],
)
def test_what_comes_in_by_a_line(rows, detail, state):
    assert judged(rows, detail, line="保守VPN").state == state


def test_a_line_nobody_recognised_and_a_machine_without_address():
    assert judged([], line="別の回線").state == "unreadable"
    with Database() as database:
        assert Segments(database, Coverage.read(database)).of_machine("ct", read_detail("")).state == "unreadable"
