"""Tunnels, doors and administration of PAN-OS."""

from __future__ import annotations

from tests.parse.device.dialects.fortios_sample import context

from omamori.model.device import DeviceAccess, DeviceRoute, DeviceVpn
from omamori.parse.device.config import parse, redact

HEAD = "set deviceconfig system hostname pa\n"


def of(text: str, kind: type) -> list:
    return [row for row in parse(redact((HEAD + text).encode()).data, context()).rows if isinstance(row, kind)]


def test_global_protect_is_a_door_for_persons() -> None:
    (door,) = of("set vsys vsys1 global-protect global-protect-portal p portal-config local-address interface ethernet1/1\n", DeviceVpn)
    assert (door.kind, door.dial_in, door.port, door.listens_on, door.two_factor) == ("ssl-vpn", True, 443, "ethernet1/1", None)


def test_a_route_by_an_object_and_one_that_is_watched() -> None:
    told = of(
        "set address n ip-netmask 10.9.0.0/16\nset network virtual-router default routing-table ip static-route r destination n\n"
        "set network virtual-router default routing-table ip static-route r nexthop ip-address 10.0.0.1\n"
        "set network virtual-router default routing-table ip static-route w destination 10.8.0.0/16\n"
        "set network virtual-router default routing-table ip static-route w path-monitor enable yes\n",
        DeviceRoute,
    )
    assert [(row.destination, row.gateway, row.condition) for row in told] == [
        ("10.9.0.0/16", "10.0.0.1", None),
        ("10.8.0.0/16", None, "path-monitor"),
    ]


def test_administration_on_a_data_port() -> None:
    told = of(
        "set network profiles interface-management-profile m ssh yes\nset network profiles interface-management-profile m permitted-ip 10.0.0.0/8\n"
        "set network interface ethernet ethernet1/1 layer3 interface-management-profile m\n",
        DeviceAccess,
    )
    assert [(row.protocol, row.interface, row.allowed_from, row.enabled) for row in told] == [("ssh", "ethernet1/1", "10.0.0.0/8", True)]
