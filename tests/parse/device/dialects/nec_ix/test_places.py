"""Interfaces, routes and tunnels of an IX."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from omamori.model.device import DeviceInterface, DeviceRoute, DeviceVpn
from omamori.parse.device.dialects.nec_ix import DIALECT
from omamori.parse.windows.lines import Line

_spec = importlib.util.spec_from_file_location("ix", Path(__file__).with_name("ix.py"))
assert _spec is not None and _spec.loader is not None
ix = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(ix)


def of(kind: type[Any], text: str = ix.CONFIG) -> list[Any]:
    device = DIALECT.read([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])
    return [row for row in device.rows if isinstance(row, kind)]


def test_interfaces() -> None:
    found = {row.name: row for row in of(DeviceInterface)}
    assert (found["GigaEthernet1.0"].address, found["GigaEthernet1.0"].prefix, found["GigaEthernet1.0"].label) == (
        "192.168.10.1",
        24,
        "ward LAN",
    )
    vlan = found["GigaEthernet1.1"]
    assert (vlan.kind, vlan.vlan, vlan.parent) == ("vlan", 30, "BVI3")
    line = found["GigaEthernet0.1"]
    assert (line.kind, line.dynamic, line.parent, line.enabled) == ("ppp", True, "GigaEthernet0.0", True)
    assert found["GigaEthernet0.0"].enabled is False
    assert found["Tunnel0.0"].kind == "tunnel"


def test_routes() -> None:
    assert [(row.destination, row.gateway, row.interface, row.distance, row.condition) for row in of(DeviceRoute)] == [
        ("0.0.0.0/0", None, "GigaEthernet0.1", None, None),
        ("10.9.0.0/16", "192.168.10.254", None, 5, None),
        ("10.10.0.0/16", None, "Tunnel0.0", None, None),
    ]


def test_a_tunnel_between_sites() -> None:
    (tunnel,) = of(DeviceVpn)
    assert (tunnel.kind, tunnel.dial_in, tunnel.peer, tunnel.enabled, tunnel.interface) == (
        "ipsec",
        False,
        "198.51.100.20",
        True,
        "Tunnel0.0",
    )
    assert (tunnel.local_networks, tunnel.remote_networks, tunnel.encryption) == ("192.168.10.0/24", "10.10.0.0/16", "esp-aes-256,esp-sha")


def test_a_door_anybody_may_knock_at() -> None:
    text = ix.CONFIG.replace("tunnel mode ipsec", "tunnel mode l2tp-lns ipsec").replace(
        "ipsec policy tunnel sitemap out", "ipsec policy transport doors"
    )
    (door,) = of(DeviceVpn, text + "ipsec dynamic-map doors all p2\n")
    assert (door.kind, door.dial_in, door.peer, door.port, door.authentication) == ("l2tp", True, None, 1701, "key,password")


def test_the_newer_key_exchange() -> None:
    text = ix.CONFIG.replace(
        "  tunnel mode ipsec\n", "  tunnel mode ipsec-ikev2\n  ikev2 binding strong\n  ikev2 peer any authentication psk id keyid SITE\n"
    )
    text += "ikev2 profile strong\n  child-proposal enc aes-gcm-256-16\n  sa-proposal dh 3072-bit\n"
    (tunnel,) = of(DeviceVpn, text.replace("  ipsec policy tunnel sitemap out\n", ""))
    assert (tunnel.kind, tunnel.dial_in, tunnel.encryption) == ("ipsec", True, "aes-gcm-256-16,3072-bit")
