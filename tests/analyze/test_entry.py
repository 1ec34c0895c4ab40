"""Where an address belongs, and whose line a way in is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omamori.analyze.entry_devices import Device, Found, Leg, faces_outside
from omamori.analyze.entry_lines import Line, lines_of, matched
from omamori.analyze.entry_places import Places, any_overlap, is_private, is_public
from omamori.model.declared import LedgerAsset, RemoteLine, Zone
from omamori.model.device import DeviceInterface, DeviceVpn
from omamori.snapshot.database import Database


@pytest.fixture
def places() -> Places:
    with Database() as database:
        database.insert(
            [
                Zone(zone="EHR", networks="10.1.0.0/16"),
                Zone(zone="ICU", networks="10.1.5.0/24"),
                Zone(zone="Internet", kind="external", networks="10.200.0.0/24"),
                LedgerAsset(asset="box", address="10.1.0.1"),
                DeviceInterface(asset="fw", address="10.1.0.2"),
            ]
        )
        return Places.read(database, known=True)


def test_the_smallest_zone_counts_and_what_is_outside_is_none(places):
    assert [places.zone_of(address) for address in ("10.1.0.9", "10.1.5.9", "10.200.0.9", None, "x")] == ["EHR", "ICU", None, None, None]
    assert places.zones_of("10.1.5.7, 10.1.0.0/24") == ("EHR", "ICU")
    assert places.zones_of("0.0.0.0/0") == (), "any address names no zone"
    assert (places.owners["10.1.0.1"], places.owners["10.1.0.2"]) == ("box", "fw")


def test_foreign_is_private_and_in_no_zone_and_only_while_the_zones_are_known(places):
    networks = ("192.168.1.0/24", "10.200.0.0/27", "10.0.0.0/8", "198.51.100.0/24", "", "x")
    assert [places.foreign(network) for network in networks] == [True, True, False, False, False, False]
    unsure = Places(places.zones, places.owners, known=False)
    assert not any(unsure.foreign(network) for network in networks)


def test_addresses_of_the_internet_and_those_for_use_inside():
    assert [is_public(address) for address in ("198.51.100.7", "10.0.0.1", "100.64.0.1", "169.254.1.1", "127.0.0.1", "::1", "x")] == [
        True
    ] + [False] * 6
    assert (is_private("fd00::1"), is_private("198.51.100.7")) == (True, False)
    assert any_overlap("10.0.0.0/8 192.168.0.1", "192.168.0.0/24")
    assert not any_overlap("10.0.0.0/8", None)


@pytest.mark.parametrize(
    ("leg", "outside"),
    [
        (Leg("wan1", "ethernet", "wan", "10.1.0.9", 24, None, "", ""), True),
        (Leg("g0", "ethernet", "zone untrust", None, None, None, "", ""), True),
        (Leg("pp1", "ppp", "", None, None, True, "", ""), True),
        (Leg("lte", "mobile", "", None, None, None, "", ""), True),
        (Leg("e1", "ethernet", "", "198.51.100.2", 30, None, "", ""), True),
        (Leg("e2", "ethernet", "", "192.168.9.1", 24, None, "", ""), True),
        (Leg("e3", "ethernet", "", "10.1.0.3", 16, None, "", ""), False),
        (Leg("lo", "loopback", "wan", "198.51.100.2", 32, None, "", ""), False),
        (Leg("dhcp", "ethernet", "", None, None, True, "", ""), False),
    ],
)
def test_which_interface_faces_outside(places, leg, outside):
    assert faces_outside(leg, Device("fw", [leg]), places) is outside


def test_the_inner_side_of_a_tunnel_is_no_way_in_of_its_own(places):
    leg = Leg("pp anonymous", "ppp", "", None, None, None, "", "")
    door = DeviceVpn(name="2", kind="l2tp", dial_in=True, interface="pp anonymous")
    assert faces_outside(leg, Device("rtx", [leg]), places)
    assert not faces_outside(leg, Device("rtx", [leg], vpns=[door]), places)
    assert faces_outside(leg, Device("rtx", [leg], vpns=[replace(door, listens_on="pp anonymous")]), places)


def tunnel(name, **more):
    return Found(**{"name": name, "kind": "line", "sort": "tunnel", "method": "ipsec", "asset": "fw", "evidence": "", **more})


def line(name, **more):
    return Line(RemoteLine(line=name, **{"kind": "ipsec-vpn", **more}), frozenset({"fw"}))


def test_who_may_open_it_and_names_tell_which_of_several_tunnels_is_whose():
    lines = [line("a", vendor="Alpha Medical"), line("b", vendor="B", opened_from="198.51.100.0/28")]
    found = [tunnel("fw 1", opened_from="198.51.100.3"), tunnel("fw 2", words="to alpha medical office"), tunnel("fw 3")]
    main, carried = matched(lines, found)
    assert {name: one.name for name, one in main.items()} == {"a": "fw 2", "b": "fw 1"}
    assert carried == {0: "b", 1: "a"}


def test_a_kind_that_does_not_fit_is_not_that_line():
    assert matched([line("a", kind="ssl-vpn")], [tunnel("fw 1")])[0] == {}
    assert matched([line("a", kind="ssl-vpn")], [tunnel("fw 1", method="l2tp")])[0] != {}
    assert matched([line("a", kind="remote-software")], [tunnel("fw 1")])[0] == {}
    assert matched([line("a", kind=None)], [tunnel("fw 1")])[0] != {}
    assert matched([line("a")], [tunnel("fw 1", asset="other")])[0] == {}, "a tunnel on another device"


def test_lines_end_where_their_address_or_the_name_of_their_device_says(places):
    rows = [
        RemoteLine(line="by address", device_address="10.1.0.1"),
        RemoteLine(line="by name", device=" FW "),
        RemoteLine(line="nowhere", device="x"),
    ]
    assert {one.row.line: set(one.assets) for one in lines_of(rows, places, {"fw": "fw"})} == {
        "by address": {"box"},
        "by name": {"fw"},
        "nowhere": set(),
    }
