"""Sets of packets through devices: where they end, and that routes which go round end nowhere."""

from __future__ import annotations

from small import chain, device, rule

from omamori.analyze.reach.follow import Packets, follow
from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.parts import Start
from omamori.model.device import DeviceRoute

OFFICE = Start("zone", network="10.1.0.0/24")


def ends(rows, destination, start=OFFICE, doubts=None):
    found = follow(network_of(rows, doubts), start, Packets(destinations=destination, protocol="tcp", ports="80"))
    return {(one.reach, one.through, one.device, one.beyond) for one in found}


def test_routes_that_go_round_end_nowhere():
    rows = [*device(), *device("fw2", "fortios", "10.2.0.2", "10.3.0.2")]
    rows += [
        DeviceRoute(asset="fw", destination="10.9.0.0/16", gateway="10.2.0.2"),
        DeviceRoute(asset="fw2", destination="10.9.0.0/16", gateway="10.2.0.1"),
    ]
    assert ends(rows, "10.9.0.1") == set()
    assert ends([*rows, DeviceRoute(asset="fw", destination="10.3.0.0/24", gateway="10.2.0.2")], "10.3.0.7") == {
        ("one-way", ("fw", "fw2"), None, None)
    }


def test_own_addresses_of_a_device_are_met_by_its_input_chains():
    rows = [*device(), chain("in", hook="input"), rule("in", 0, "accept", destinations="10.2.0.1")]
    assert ends(rows, "10.2.0.1") == {("open", ("fw",), "fw", None)}
    assert ends(rows, "10.1.0.1") == set()


def test_what_was_not_read_hides_nothing():
    assert ends(device(), "10.2.0.7", doubts={("fw", "device_rules"): "not_understood"}) == {("unknown", ("fw",), None, "fw")}
    assert ends(device(), "10.99.0.7", doubts={("fw", "interfaces"): "x", ("fw", "device_interfaces"): "too_old"}) == {
        ("unknown", ("fw",), None, "fw")
    }


def test_machines_of_a_network_may_use_any_device_of_it_or_the_one_named():
    rows = [*device(), chain("f"), *device("fw2", "linux", "10.1.0.2", "10.2.0.2")]
    assert ends(rows, "10.2.0.7") == {("open", ("fw2",), None, None)}
    assert ends(rows, "10.2.0.7", Start("zone", network="10.1.0.0/24", gateway="fw")) == set()
