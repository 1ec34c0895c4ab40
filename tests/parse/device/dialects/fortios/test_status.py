"""What a FortiGate prints of its state."""

from __future__ import annotations

from datetime import date, datetime

from tests.parse.device.dialects.fortios_sample import rows

from omamori.parse.device.dialects.fortios.status import moment, read_state
from omamori.parse.windows.lines import Line

STATUS = """\
fw-1 # get system status
Version: FortiGate-60F v7.2.8,build1639,240313 (GA.M)
Serial-Number: FGT60FTK00000001
Hostname: fw-1
Operation Mode: NAT
Current HA mode: standalone
System time: Thu Oct 26 17:35:21 2023

fw-1 # get router info routing-table all
Codes: K - kernel, C - connected, S - static, R - RIP, B - BGP
       * - candidate default

Routing table for VRF=0
S*      0.0.0.0/0 [10/0] via 203.0.113.1, wan1, [1/0]
C       10.10.0.0/24 is directly connected, internal
O       10.30.0.0/16 [110/2] via 10.10.0.9, internal, 03w2d20h
                     [110/2] via 10.10.0.10, internal, 03w2d20h
S       172.16.0.0/12 [254/0] is a summary, Null
S       192.168.7.0/24 [10/0] via lab tunnel 198.51.100.9, [1/0]
"""


def state(text: str):
    return read_state([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])


def test_status_and_routes_of_one_console() -> None:
    found = state(STATUS)
    assert (found.facts["model"], found.facts["version"], found.facts["hostname"]) == ("FortiGate-60F", "7.2.8", "fw-1")
    assert found.facts["firmware_built"] == date(2024, 3, 13)
    told = [(row.destination, row.gateway, row.interface, row.distance, row.origin) for row in found.routes]
    assert told[:4] == [
        ("0.0.0.0/0", "203.0.113.1", "wan1", 10, "static"),
        ("10.10.0.0/24", None, "internal", 0, "connected"),
        ("10.30.0.0/16", "10.10.0.9", "internal", 110, "ospf"),
        ("10.30.0.0/16", "10.10.0.10", "internal", 110, "ospf"),
    ]
    assert ("172.16.0.0/12", None, None, 254, "static") in told and ("192.168.7.0/24", None, "lab", 10, "static") in told
    assert found.unread == []


def test_a_route_that_is_not_understood_is_told() -> None:
    found = state("Routing table for VRF=0\nS       10.0.0.0/8 [10/0] in a new way, wan1\n")
    assert [line.number for line, _ in found.unread] == [2] and found.routes == []
    told = rows("Routing table for VRF=0\nS       10.0.0.0/8 [10/0] in a new way, wan1\n")["DeviceUnread"]
    assert [(row.line, row.concerns) for row in told] == [(2, "device_routes")]


def test_interfaces_and_tunnels() -> None:
    found = state(
        "== [ wan1 ]\nname: wan1   mode: dhcp    ip: 203.0.113.9 255.255.255.0   status: up    type: physical   mtu-override: disable\n"
        "== [ ssl.root ]\nname: ssl.root   ip: 0.0.0.0 0.0.0.0   status: down   type: tunnel\n"
    )
    told = [(row.name, row.kind, row.address, row.prefix, row.enabled, row.dynamic) for row in found.interfaces]
    assert told == [("wan1", "ethernet", "203.0.113.9", 24, True, True), ("ssl.root", "tunnel", None, None, False, None)]


def test_outputs_and_a_configuration_in_one_file() -> None:
    text = (
        STATUS
        + 'fw-1 # show full-configuration\nconfig system interface\n    edit "internal"\n        set ip 10.10.0.1 255.255.255.0\n    next\nend\n'
    )
    found = rows(text)
    assert found["DeviceFact"][0].version == "7.2.8" and len(found["DeviceRoute"]) == 6
    assert [row.address for row in found["DeviceInterface"]] == ["10.10.0.1"]


def test_moments() -> None:
    assert moment("Thu Oct 26 17:35:21 2023") == datetime(2023, 10, 26, 17, 35, 21)
    assert moment("yesterday") is None
