"""From the tables to the ways in: joined with lines and doors so that nothing stands twice, harmless, in one order."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from map_hospitals import HOSTILE

from omamori.map.hospital import Hospital
from omamori.map.picture import picture
from omamori.map.plan import make_plan
from omamori.map.read import read_hospital
from omamori.model.declared import RemoteLine, Zone
from omamori.model.derived import Asset, RemoteAccess
from omamori.model.look import Collected
from omamori.model.ways_in import AttackPath, AttackStep, Change, Entry
from omamori.snapshot.database import Database

ROWS: list[Any] = [
    Zone(zone="LAN", kind="ehr", networks="10.1.0.0/16"),
    Zone(zone="DMZ", kind="dmz", networks="10.9.0.0/24"),
    Asset(asset="fw", role="network", zone="LAN", observed=True),
    Asset(asset="pc1", role="client", zone="LAN", observed=True),
    Asset(asset="pc2", role="client", zone="LAN", observed=True),
    Asset(asset="ehr", role="server", zone="LAN"),
    Collected(asset="*", table_name="entries", complete=True),
    RemoteLine(line="VPN", vendor="V", lands_in="DMZ"),
    RemoteAccess(asset="pc1", product="anydesk", kind="remote-control", running=True, declared=False),
    Entry(asset="VPN", entry="VPN", line="VPN", vendor="V", device="fw", zone="LAN", declared_zone="DMZ", declared=True, observed=True),
    Entry(asset="fw", entry="fw wan1", kind="internet", line="VPN", device="fw", method="interface", declared=True, observed=True),
    Entry(asset="fw", entry="fw old", device="fw", method="ipsec", declared=False, observed=True, evidence="aa:1"),
    Entry(asset="pc1", entry="pc1 anydesk", kind="remote-software", machine="pc1", zone="LAN", observed=True),
    Entry(asset="pc2", entry="pc2 vnc", kind="remote-software", machine="pc2", method="vnc", zone="LAN", observed=True),
    Entry(asset="LAN", entry="LAN usb", kind="usb", zone="LAN", observed=True),
    AttackPath(path="VPN > ehr", entry="VPN", asset="ehr", jewel="ehr", steps=2, changes="entry:VPN; bastion"),
    AttackStep(path="VPN > ehr", position=2, start="LAN", asset="ehr", kind="no-login", told_ja="二", told_en="two", evidence="bb:2"),
    AttackStep(path="VPN > ehr", position=1, start="VPN", asset="LAN", kind="lands", told_ja="一", told_en="one", change="entry:VPN"),
    Change(change="entry:VPN", told_ja="切る", told_en="unplug", cost="low", who="V", cuts=1, rank=1),
    Change(change="bastion", told_ja="一つに", told_en="one door", cost="high", who="hospital", cuts=1),
]


def read(rows: list[Any]) -> Hospital:
    with Database() as database:
        database.insert(rows)
        return read_hospital(database)


@pytest.fixture(scope="module")
def hospital() -> Hospital:
    return read(ROWS)


def test_paths_have_their_steps_in_order_and_what_takes_them_away(hospital: Hospital) -> None:
    (path,) = hospital.ways.paths
    assert [(step.told.en, step.asset, step.change, step.evidence) for step in path.strides] == [
        ("one", "LAN", "entry:VPN", ""),
        ("two", "ehr", "", "bb:2"),
    ]
    assert path.changes == ("entry:VPN", "bastion") and hospital.ways.known
    assert {change.change: (change.who, change.rank) for change in hospital.ways.changes} == {"entry:VPN": ("V", 1), "bastion": ("", 0)}


def test_a_line_and_its_entries_are_one_door_that_leads_where_ledger_and_evidence_say(hospital: Hospital) -> None:
    assert [(line.name, line.seen, line.machine) for line in hospital.lines] == [("VPN", True, "fw")]
    doors = {entry.key: entry for entry in make_plan(hospital).entries}
    assert doors["line:VPN"].rooms == ("DMZ", "LAN")
    assert [way.name for way in doors["line:VPN"].ways] == ["VPN", "fw wan1"]


def test_nothing_is_drawn_twice_and_nothing_is_left_out(hospital: Hospital) -> None:
    plan = make_plan(hospital)
    at_doors = [way.name for entry in plan.entries for way in entry.ways]
    inside = [way.name for ways in plan.inside.values() for way in ways]
    assert sorted([*at_doors, *inside]) == [way.name for way in hospital.ways.entries]
    assert {door.machine for door in hospital.doors} == {"pc1", "pc2"}, "a program only the register shows is a door too"
    undeclared = next(entry for entry in plan.entries if entry.key == "way:False:fw")
    assert not undeclared.declared and undeclared.seen and [way.name for way in undeclared.ways] == ["fw old"]


def test_without_a_register_nothing_is_known() -> None:
    assert read([]).ways.entries == () and not read([]).ways.known
    assert not read([row for row in ROWS if not isinstance(row, Collected)]).ways.known


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32))
def test_the_order_of_rows_makes_no_difference(seed: int) -> None:
    rows = list(ROWS)
    random.Random(seed).shuffle(rows)
    shuffled, plain = read(rows), read(ROWS)
    assert shuffled == plain
    assert picture(shuffled, "en", ways_in="all") == picture(plain, "en", ways_in="all")


def test_hostile_text_loses_its_control_characters() -> None:
    rows = [
        Entry(asset=HOSTILE, entry=HOSTILE, vendor=HOSTILE, device=HOSTILE, zone=HOSTILE),
        AttackPath(path="x", entry=HOSTILE, asset=HOSTILE, jewel="ehr"),
        AttackStep(path="x", position=1, start=HOSTILE, asset=HOSTILE, told_ja=HOSTILE, told_en=HOSTILE),
        Change(change=HOSTILE, told_ja=HOSTILE, told_en=HOSTILE),
    ]
    found = read(rows)
    assert found.ways.paths[0].entry == found.ways.entries[0].name
    assert "\\x1b" not in repr(found) and "\\u202e" not in repr(found)
