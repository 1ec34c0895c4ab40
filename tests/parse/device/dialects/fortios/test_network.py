"""Routes of every kind, addresses of every form, and virtual domains."""

from __future__ import annotations

import pytest
from tests.parse.device.dialects.fortios_sample import SAMPLE, rows

from omamori.model.device import DeviceRoute
from omamori.parse.device.dialects.fortios.network import address_of
from omamori.parse.device.extent import ZERO

HEAD = "#config-version=FGT60F-6.4.5-FW-build1828-210217:\n"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["10.0.0.1", "255.255.255.0"], ("10.0.0.1", 24)),
        (["10.0.0.1/25"], ("10.0.0.1", 25)),
        ([ZERO, ZERO], (None, None)),
        (["x", "y"], (None, None)),
        ([], (None, None)),
    ],
)
def test_addresses(words: list[str], found: tuple[str | None, int | None]) -> None:
    assert address_of(words)[:2] == found


def routes(text: str) -> list[DeviceRoute]:
    return rows(HEAD + text).get("DeviceRoute", [])


def test_a_policy_route_is_a_route_with_a_condition() -> None:
    (route,) = routes(
        "config router policy\nedit 1\nset input-device lan\nset src 10.0.0.0/255.0.0.0\nset dst 172.16.0.0/255.240.0.0\nset gateway 10.0.0.9\n"
        "set output-device wan2\nnext\nend\n"
    )
    assert (route.destination, route.gateway, route.interface) == ("172.16.0.0/12", "10.0.0.9", "wan2")
    assert "policy route 1 permit" in (route.condition or "") and "input-device lan" in (route.condition or "")


def test_routes_by_name_of_an_object() -> None:
    told = routes(
        "config firewall address\nedit a\nset subnet 10.9.0.0 255.255.0.0\nnext\nedit f\nset type fqdn\nset fqdn a.example\nnext\nend\n"
        "config router static\nedit 1\nset dstaddr a\nset device x\nnext\nedit 2\nset dstaddr f\nset device x\nnext\nedit 3\nset status disable\nnext\nend\n"
    )
    assert [(row.destination, row.condition) for row in told] == [("10.9.0.0/16", None), ("0.0.0.0/0", "address f: fqdn a.example")]


def test_sdwan_members_are_a_zone() -> None:
    found = rows(
        SAMPLE + "config system sdwan\n    config members\n        edit 1\n            set interface wan1\n        next\n    end\nend\n"
    )
    assert {row.name: row.zone for row in found["DeviceInterface"]}["wan1"] == "virtual-wan-link"


def test_virtual_domains_are_apart() -> None:
    text = HEAD + (
        "config vdom\nedit root\nnext\nedit lab\nnext\nend\nconfig global\nconfig system interface\nedit port1\nset vdom root\nset ip 10.0.0.1 255.255.255.0\n"
        "next\nedit port2\nset vdom lab\nset ip 10.0.1.1 255.255.255.0\nnext\nend\nend\nconfig vdom\nedit root\nconfig router static\nedit 1\nset device port1\n"
        "next\nend\nend\nconfig vdom\nedit lab\nconfig firewall policy\nedit 1\nset srcintf port2\nset dstintf port2\nset srcaddr all\nset dstaddr all\n"
        "set service ALL\nset action accept\nnext\nend\nend\n"
    )
    found = rows(text)
    assert {row.name: row.vrf for row in found["DeviceInterface"]} == {"port1": None, "port2": "lab"}
    assert {row.chain: row.interface_in for row in found["DeviceChain"] if row.hook == "forward"} == {
        "policy root": "port1,ssl.root", "policy lab": "port2,ssl.lab",
    }  # fmt: skip
    assert [row.chain for row in found["DeviceRule"] if row.decision == "accept"] == ["policy lab"]


def test_a_link_between_virtual_domains_is_not_followed_and_told() -> None:
    told = rows(SAMPLE + "config system vdom-link\n    edit l\n        set type ethernet\n    next\nend\n")["DeviceUnread"]
    assert [row.concerns for row in told] == ["device_rules"]
