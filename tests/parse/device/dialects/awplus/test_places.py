"""Interfaces, routes and tunnels of an AlliedWare Plus device."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from omamori.model.device import DeviceInterface, DeviceRoute, DeviceVpn
from omamori.parse.device.dialects.awplus import DIALECT
from omamori.parse.windows.lines import Line

_spec = importlib.util.spec_from_file_location("ar", Path(__file__).with_name("ar.py"))
assert _spec is not None and _spec.loader is not None
ar = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(ar)


def of(kind: type[Any], text: str = ar.CONFIG) -> list[Any]:
    return [
        row for row in DIALECT.read([Line(number, line) for number, line in enumerate(text.split("\n"), 1)]).rows if isinstance(row, kind)
    ]


def test_interfaces() -> None:
    found = {row.name: row for row in of(DeviceInterface)}
    assert (found["eth1"].address, found["eth1"].prefix, found["eth1"].label, found["eth1"].enabled) == (
        "203.0.113.2", 29, "line of the provider", True,
    )  # fmt: skip
    assert (found["vlan2"].prefix, found["vlan2"].vlan, found["vlan2"].label, found["vlan2"].enabled) == (24, 2, "office", False)
    assert found["port1.0.1"].parent == found["port1.0.2"].parent == "vlan2"
    assert found["tunnel0"].kind == "tunnel"


def test_addresses_from_outside_and_subinterfaces() -> None:
    text = ar.CONFIG + "interface eth2.30\n encapsulation dot1q 30\n ip address dhcp\n"
    row = next(one for one in of(DeviceInterface, text) if one.name == "eth2.30")
    assert (row.dynamic, row.vlan, row.parent, row.kind) == (True, 30, "eth2", "vlan")


def test_routes() -> None:
    assert [(row.destination, row.gateway, row.interface, row.distance, row.discard) for row in of(DeviceRoute)] == [
        ("0.0.0.0/0", "203.0.113.1", None, None, False),
        ("10.0.0.0/8", None, "tunnel0", 5, False),
        ("10.66.0.0/16", None, "Null", None, True),
    ]


def test_tunnels() -> None:
    (tunnel,) = of(DeviceVpn)
    assert (tunnel.kind, tunnel.dial_in, tunnel.peer, tunnel.listens_on, tunnel.authentication) == (
        "ipsec",
        False,
        "198.51.100.30",
        "eth1",
        "key",
    )
    (door,) = of(DeviceVpn, ar.CONFIG.replace("tunnel destination 198.51.100.30", "tunnel destination dynamic"))
    assert (door.dial_in, door.peer) == (True, None)
