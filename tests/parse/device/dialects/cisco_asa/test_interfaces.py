"""Interfaces and routes of an ASA."""

from __future__ import annotations

from omamori.model.device import DeviceInterface, DeviceRoute
from omamori.parse.device.dialects.cisco_asa import DIALECT
from omamori.parse.device.interface import Device
from omamori.parse.network.lines import console


def read(text: str) -> Device:
    return DIALECT.read(console(f"ASA Version 9.8(2)\nhostname fw1\n{text}\n: end\n".encode()).lines)


def test_interfaces() -> None:
    device = read(
        "interface GigabitEthernet0/0\n description line\n nameif outside\n security-level 0\n ip address 203.0.113.2 255.255.255.0 standby 203.0.113.3\ninterface Gi0/1.20\n vlan 20\n nameif inside\n shutdown\ninterface Gi0/2\n nameif pppoe\n ip address dhcp setroute"  # noqa: E501
    )
    first, second, third = [row for row in device.rows if isinstance(row, DeviceInterface)]
    assert (first.zone, first.level, first.address, first.prefix, first.role, first.label) == (
        "outside",
        0,
        "203.0.113.2",
        24,
        "outside",
        "line",
    )
    assert (second.kind, second.vlan, second.parent, second.level, second.enabled) == ("vlan", 20, "Gi0/1", 100, False)
    assert (third.dynamic, third.address) == (True, None)
    assert not device.unread


def test_routes() -> None:
    device = read(
        "interface Gi0/0\n nameif outside\nname 10.9.0.0 far\nroute outside 0 0 203.0.113.1 1\nroute outside far 255.255.0.0 203.0.113.9 200 track 3\nroute Null0 10.8.0.0 255.255.0.0\nroute outside 0 0 203.0.113.8 tunneled\nroute outside nonsense"  # noqa: E501
    )
    assert [(row.destination, row.gateway, row.interface, row.distance, row.discard, row.condition) for row in device.rows if isinstance(row, DeviceRoute)] == [
        ("0.0.0.0/0", "203.0.113.1", "Gi0/0", 1, False, None), ("10.9.0.0/16", "203.0.113.9", "Gi0/0", 200, False, "track 3"),
        ("10.8.0.0/16", None, None, 1, True, None), ("0.0.0.0/0", "203.0.113.8", "Gi0/0", 1, False, "only for what comes out of a tunnel"),
    ]  # fmt: skip
    assert [line.concerns for line in device.unread] == ["device_routes"]


def test_what_is_not_understood_stays() -> None:
    device = read("interface Gi0/0\n nameif outside\n shimashima\n policy-route route-map X\nfirewall transparent\nunheard of")
    assert [(line.text, line.concerns) for line in device.unread] == [
        ("shimashima", "device_interfaces"), ("policy-route route-map X", "device_routes"), ("firewall transparent", "device_rules"), ("unheard of", "device_rules")
    ]  # fmt: skip
