"""Who reaches the place that keeps a copy."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from omamori.analyze.backups.network import over_network, reach_of
from omamori.model.declared import Zone
from omamori.model.network import Interface
from omamori.model.ways_in import Reachable, ReachedService
from omamori.snapshot.database import Database

_SPEC = importlib.util.spec_from_file_location("small_hospital", Path(__file__).with_name("small_hospital.py"))
assert _SPEC is not None and _SPEC.loader is not None
small = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = small
_SPEC.loader.exec_module(small)


def reach(hospital, keeper="bk", network=None):
    return reach_of(small.facts(hospital), "ehr", keeper, network or {})


def way(origin, **more):
    row = {"asset": "bk", "address": "10.8.0.11", "protocol": "tcp", "port": 22, "service": "remote-shell"}
    return ReachedService(origin=origin, **{**row, **more})


def test_nobody_but_the_backup_zone_reaches_it():
    found = reach(small.fetched())
    assert (found.origins, found.column, found.sure, found.own, found.told) == ((), "", True, False, ("not-reached",))


def test_zones_and_entries_that_reach_it_are_named_with_the_most_telling_way():
    found = reach(
        small.fetched().add(
            way("DEPARTMENT", port=123, protocol="udp", service="other"),
            way("DEPARTMENT", port=8000, service="backup", through="FW > CORE", rules="FW: 1"),
            way("EHR"),
            way("vendor line", origin_kind="entry"),
        )
    )
    assert found.column == "DEPARTMENT,EHR,vendor line" and found.own
    assert found.by == "DEPARTMENT > FW > CORE > bk; backup tcp/8000; FW: 1"


@pytest.mark.parametrize("table", ["reached_services", "reachability", "zones", "zone_networks"])
def test_without_the_look_nobody_can_say_that_it_is_not_reached(table):
    found = reach(small.fetched().without(table))
    assert (found.column, found.sure) == (None, False)


@pytest.mark.parametrize(("machine", "code"), [("bk", "keeper-not-seen"), ("ehr", "server-not-seen")])
def test_a_second_cable_can_be_anywhere_until_the_machine_was_looked_at(machine, code):
    found = reach(small.fetched().without("interfaces", machine))
    assert (found.column, found.told) == (None, (code,))


@pytest.mark.parametrize("answer", ["unknown", "one-way"])
def test_what_cannot_be_told_leaves_it_open(answer):
    found = reach(small.fetched().add(way("DEPARTMENT", reach=answer, doubt="not_collected: FW")))
    assert (found.column, found.told) == (None, ("reach-unknown: DEPARTMENT",))


def test_a_server_with_a_leg_in_the_backup_zone_reaches_it_by_that():
    leg = Interface(
        asset="ehr",
        name="eth1",
        up=True,
        address="10.8.0.9",
        prefix=24,
        network_first=small.numbers("10.8.0.0"),
        network_last=small.numbers("10.8.0.255"),
    )
    found = reach(small.fetched().add(leg))
    assert found.column == "BACKUP" and found.own


def test_another_machine_in_two_zones_may_lead_to_it():
    hospital = small.fetched().add(*small.machine("pc", "10.2.0.9", "DEPARTMENT")).looked("pc", "interfaces")
    assert reach(hospital).sure
    leg = Interface(
        asset="pc",
        name="eth1",
        up=True,
        address="10.8.0.9",
        prefix=24,
        network_first=small.numbers("10.8.0.0"),
        network_last=small.numbers("10.8.0.255"),
    )
    assert reach(hospital.add(leg)).told == ("over-machine: pc",)
    inside = small.fetched().add(*small.machine("nas", "10.8.0.12", "BACKUP"))
    assert reach(inside.looked("nas", "interfaces")).sure
    assert not reach(hospital.without("interfaces", "pc")).sure


def test_a_zone_that_is_no_backup_zone_any_more_counts():
    rows = [row for row in small.fetched().rows if not (isinstance(row, Zone) and row.zone == "BACKUP")]
    assert reach(small.Hospital(rows, small.fetched().looks)).column == "BACKUP"


def test_the_machine_itself_and_an_unknown_one_are_not_asked():
    assert reach(small.fetched(), None).column is None and reach(small.fetched(), "ehr").column is None


def test_where_no_service_is_known_the_rules_of_the_network_tell():
    hospital = small.fetched().without("reached_services", "bk")
    number = small.numbers("10.8.0.11")
    rows = [
        Reachable(
            origin="DEPARTMENT",
            address_first=number - 5,
            address_last=number + 5,
            protocol="tcp",
            port_first=445,
            port_last=445,
            through="FW",
            rules="FW: 9",
        ),
        Reachable(origin="EHR", address_first=number, address_last=number, protocol="icmp"),
        Reachable(origin="EHR", address_first=number, address_last=number, protocol="tcp", reach="unknown"),
        Reachable(origin="EHR", address_first=number + 1, address_last=number + 1, protocol="tcp"),
    ]
    with Database() as database:
        database.insert([*hospital.rows, *rows])
        network = over_network(database, {"bk"})
    assert [(row.origin, row.port) for row in network["bk"]] == [("DEPARTMENT", 445)]
    found = reach(hospital, network=network)
    assert (found.column, found.by, found.sure) == ("DEPARTMENT", "DEPARTMENT > FW > bk; tcp/445; FW: 9", False)
