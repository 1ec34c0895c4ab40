"""Entries put together by interface: which are lines, which carry them, which is the way to the Internet, and what each may do then."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.respond.bastion.small import JUMP, LINE, OUTER, filled, rows

from omamori.analyze.reach.ranges import address_number, holds
from omamori.model.declared import DesignedFlow
from omamori.model.device import DeviceVpn
from omamori.model.ways_in import Entry
from omamori.respond.bastion.facts import read_facts
from omamori.respond.bastion.parts import Facts, Opening, Side
from omamori.respond.bastion.predict import reached_by
from omamori.respond.bastion.sides import group, inside_of, permissions
from omamori.respond.bastion.target import choose


def facts_of(*more: object) -> Facts:
    with filled([*rows(), *more]) as database:
        return read_facts(database)


def sides_of(*more: object) -> dict[str, Side]:
    with filled([*rows(), *more]) as database:
        facts = read_facts(database)
        target = choose(database, facts, None)
    bare, _, _ = group(facts)
    before = reached_by(facts.network, bare)
    found = {}
    for side in bare:
        passing, admitted = permissions(facts, side, target, before[(side.device, side.interface)])
        found[side.name] = replace(side, passing=passing, admitted=admitted)
    return found


def test_a_tunnel_is_a_line_what_it_comes_over_carries_it_and_the_firewall_faces_the_internet() -> None:
    found = sides_of()
    assert {name: (side.line, side.door) for name, side in found.items()} == {
        LINE: (True, False), "vpn lan2": (False, False), OUTER: (False, True),
    }  # fmt: skip
    assert found[LINE].passing == (Opening(JUMP, "tcp", "22", "10.77.0.0/24"),) and found[LINE].admitted == ()
    assert found["vpn lan2"].passing == () and found["vpn lan2"].admitted == (Opening(None, "udp", "51820"),)
    assert found[OUTER].passing == (Opening("10.1.0.10", "tcp", "443"),) and found[OUTER].admitted == ()


def test_two_entries_of_one_interface_are_one_side_with_the_addresses_of_both() -> None:
    second = Entry(
        asset="vpn", entry="vpn tunnel1", line=LINE, method="interface", device="vpn", interface="tunnel1", sources="10.9.0.2/30"
    )
    found = sides_of(second)
    assert len(found) == 3 and found[LINE].passing[0].sources == "10.9.0.0/30,10.77.0.0/24"


def test_a_line_anybody_may_send_by_is_limited_by_the_door_alone() -> None:
    found = sides_of(Entry(entry="isdn", line="isdn", kind="line", method="interface", device="fw", interface="lan", sources=None))
    assert found["isdn"].passing == (Opening(JUMP, "tcp", "22", None),)


@pytest.mark.parametrize(
    ("kind", "port", "wanted"),
    [
        ("ipsec", None, {Opening(None, "udp", "500,4500"), Opening(None, "esp")}),
        ("ssl-vpn", 10443, {Opening(None, "tcp", "10443")}),
        ("gre", None, {Opening(None, "gre")}),
        ("wireguard", None, {Opening(None, "udp", "51820")}),
    ],
)
def test_the_tunnels_of_a_device_go_on(kind: str, port: int | None, wanted: set[Opening]) -> None:
    more = DeviceVpn(asset="fw", name="x", kind=kind, interface="other", port=port, enabled=True)
    assert set(sides_of(more)[OUTER].admitted) == wanted


def test_a_tunnel_that_is_off_opens_nothing() -> None:
    more = DeviceVpn(asset="fw", name="x", kind="ipsec", interface="other", enabled=False)
    assert sides_of(more)[OUTER].admitted == ()


def test_programs_and_sockets_are_no_sides_and_unseen_lines_are_told() -> None:
    facts = facts_of(Entry(entry="far", line="far", device="nobody", method=None), Entry(entry="fw route", device="fw", method="route"))
    sides, elsewhere, unseen = group(facts)
    assert [one.entry for one in elsewhere] == ["remote control"] and [one.entry for one in unseen] == ["far"]
    assert "fw route" not in {side.name for side in sides}


def test_what_is_designed_for_a_partner_and_ends_in_the_dmz_goes_on() -> None:
    flows = [
        DesignedFlow(asset="jump", peer=peer, direction=way, port=port, protocol="tcp")
        for peer, way, port in (
            ("Records Ltd", "in", 8443),
            ("10.77.0.0/28", "in", 8444),
            ("somebody", "in", 8445),
            ("Records Ltd", "out", 8446),
        )
    ]
    inside = DesignedFlow(asset="ehr", peer="Records Ltd", direction="in", port=8447, protocol="tcp")
    assert {one.ports for one in sides_of(*flows, inside)[LINE].passing} == {"22", "8443", "8444"}


def test_the_inside_is_zones_and_private_networks_without_the_far_ends() -> None:
    facts = facts_of()
    inside = inside_of(facts, group(facts)[0])
    wanted = {
        "10.1.1.10": True,
        "10.1.0.5": True,
        "10.200.1.1": True,
        "10.77.0.5": False,
        "10.9.0.1": False,
        "203.0.113.1": False,
        "198.51.100.1": False,
    }
    assert {address: holds(inside, address_number(address) or 0) for address in wanted} == wanted
