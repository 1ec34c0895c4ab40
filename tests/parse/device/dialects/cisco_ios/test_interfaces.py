"""Interfaces and routes of Cisco IOS."""

from __future__ import annotations

from omamori.model.device import DeviceInterface, DeviceRoute
from omamori.parse.device.dialects.cisco_ios import DIALECT
from omamori.parse.device.interface import Device
from omamori.parse.network.lines import console


def read(text: str) -> Device:
    return DIALECT.read(console(f"version 15.9\nhostname r1\n{text}\nend\n".encode()).lines)


def ports(text: str) -> list[DeviceInterface]:
    return [row for row in read(text).rows if isinstance(row, DeviceInterface)]


def routes(text: str) -> list[DeviceRoute]:
    return [row for row in read(text).rows if isinstance(row, DeviceRoute)]


def test_addresses() -> None:
    first, second = ports(
        "interface Vlan1\n description LAN 1\n ip address 10.0.1.1 255.255.255.0 secondary\n ip address 10.0.0.1 255.255.255.0\n shutdown"
    )
    assert (first.address, first.prefix, first.label, first.enabled, first.kind, first.evidence) == (
        "10.0.0.1",
        24,
        "LAN 1",
        False,
        "vlan",
        "6",
    )
    assert (second.address, second.network_last) == ("10.0.1.1", 0x0A0001FF)
    (dialer,) = ports("interface Dialer1\n ip address negotiated")
    assert (dialer.address, dialer.dynamic, dialer.kind) == (None, True, "ppp")


def test_where_it_belongs() -> None:
    (sub,) = ports(
        "interface GigabitEthernet0/0.20\n encapsulation dot1Q 20\n ip vrf forwarding guest\n ip address 10.2.0.1 255.255.0.0\n ip nat inside"
    )
    assert (sub.parent, sub.vlan, sub.vrf, sub.role, sub.kind) == ("GigabitEthernet0/0", 20, "guest", "inside", "vlan")
    lan, tunnel = ports(
        "interface GigabitEthernet0/1\n ip address 203.0.113.1 255.255.255.0\ninterface Tunnel0\n ip address 10.255.0.1 255.255.255.252\n tunnel source Gi0/1\n tunnel destination 203.0.113.9"  # noqa: E501
    )
    assert (lan.kind, tunnel.kind, tunnel.parent) == ("ethernet", "tunnel", "GigabitEthernet0/1")


def test_lines_that_are_not_understood_stay() -> None:
    device = read("interface Vlan1\n ip address 10.0.0.300 255.255.255.0\n shimashima\n ip policy route-map PBR\n ip wonder 5")
    assert [(line.line, line.concerns, line.section) for line in device.unread] == [
        (4, "device_rules", "interface Vlan1"), (5, "device_interfaces", "interface Vlan1"), (6, "device_routes", "Vlan1"), (7, "device_rules", "interface Vlan1"),
    ]  # fmt: skip


def test_static_routes() -> None:
    found = routes(
        "interface GigabitEthernet0/1\n ip address 203.0.113.1 255.255.255.0\nip route 0.0.0.0 0.0.0.0 203.0.113.254\nip route 10.9.0.0 255.255.0.0 Null0\n"
        "ip route 10.8.0.0 255.255.0.0 gi0/1 203.0.113.7 200 name backup track 5\nip route vrf guest 10.7.0.0 255.255.0.0 10.1.1.1\nip route 10.6.0.5 255.255.255.255 Tunnel 3"
    )
    assert [(row.destination, row.gateway, row.interface, row.distance, row.discard, row.vrf, row.condition) for row in found] == [
        ("0.0.0.0/0", "203.0.113.254", None, 1, False, None, None), ("10.9.0.0/16", None, None, 1, True, None, None),
        ("10.8.0.0/16", "203.0.113.7", "GigabitEthernet0/1", 200, False, None, "track 5"), ("10.7.0.0/16", "10.1.1.1", None, 1, False, "guest", None),
        ("10.6.0.5/32", None, "Tunnel3", 1, False, None, None),
    ]  # fmt: skip
    assert [line.text for line in read("ip route nonsense").unread] == ["ip route nonsense"]


def test_what_is_learnt_elsewhere_is_not_passed_for_all_routes() -> None:
    assert read("router ospf 1\n network 10.0.0.0 0.0.0.255 area 0").not_told == {"device_routes": "not_collected"}
    assert read("ip route 0.0.0.0 0.0.0.0 10.0.0.1").not_told == {}
    (given,) = routes("interface Gi0/0\n ip address dhcp")
    assert (given.destination, given.interface, given.origin, given.distance) == ("0.0.0.0/0", "Gi0/0", "dhcp", 254)
