"""Interfaces, routes with their limits, tunnels and who may open them."""

from __future__ import annotations

from typing import Any

from omamori.model.device import DeviceInterface, DeviceRoute, DeviceVpn
from omamori.parse.device.dialects.yamaha import DIALECT
from omamori.parse.device.interface import Device
from omamori.parse.windows.lines import Line

CONFIG = """\
description lan1 "ward network"
ip lan1 address 172.16.1.1/24
ip lan1 secondary address 172.16.2.1/255.255.255.0
vlan lan1/1 802.1q vid=20 name=radiology
ip lan1/1 address 172.16.20.1/24
ip lan1 vrrp 1 172.16.1.254
bridge member bridge1 lan3 tunnel9
ip route default gateway pp 1 filter 500 gateway tunnel 1 hide gateway dhcp lan2
ip route 10.9.0.0/16 gateway tunnel 1 metric 3
ip route 10.10.0.0/16 gateway null
pp select 1
 pppoe use lan2
 pp auth myname hospital secretword
 ip pp address 203.0.113.9/32
 pp enable 1
pp select anonymous
 pp bind tunnel2-tunnel3
 pp auth username vendor-a letmein
 ip pp remote address pool 172.16.1.240-172.16.1.243
 pp enable anonymous
tunnel select 1
 ipsec tunnel 101
  ipsec sa policy 101 1 esp 3des-cbc md5-hmac local-id=172.16.1.0/24
  ipsec ike encryption 1 3des-cbc
  ipsec ike group 1 modp1024
  ipsec ike local address 1 172.16.1.1
  ipsec ike remote address 1 198.51.100.20
  ipsec ike pre-shared-key 1 text abcd
 tunnel enable 1
tunnel select 2
 tunnel encapsulation l2tp
 ipsec tunnel 102
  ipsec sa policy 102 2 esp aes-cbc sha-hmac
  ipsec ike remote address 2 any
  ipsec ike pre-shared-key 2 text abcd
 tunnel enable 2
tunnel select 4
 tunnel encapsulation ipip
 tunnel endpoint address 198.51.100.30
l2tp service on
rip use on
"""


def read(text: str = CONFIG) -> Device:
    return DIALECT.read([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])


def of(kind: type[Any], device: Device) -> list[Any]:
    return [row for row in device.rows if isinstance(row, kind)]


def test_interfaces() -> None:
    found = {(row.name, row.address): row for row in of(DeviceInterface, read())}
    assert found["lan1", "172.16.1.1"].label == "ward network"
    assert found["lan1", "172.16.2.1"].prefix == 24
    assert found["lan1", "172.16.1.254"].prefix == 24
    vlan = found["lan1/1", "172.16.20.1"]
    assert (vlan.kind, vlan.vlan, vlan.parent) == ("vlan", 20, "lan1")
    provider = found["pp1", "203.0.113.9"]
    assert (provider.kind, provider.parent, provider.enabled) == ("ppp", "lan2", True)
    assert found["tunnel4", None].enabled is False
    assert found["lan3", None].parent == found["tunnel9", None].parent == "bridge1"


def test_an_address_the_provider_gives() -> None:
    found = {row.name: row for row in of(DeviceInterface, read(CONFIG.replace(" ip pp address 203.0.113.9/32\n", "")))}
    assert (found["pp1"].address, found["pp1"].dynamic) == (None, True)


def test_routes_tell_what_limits_them() -> None:
    found = [(row.destination, row.interface, row.distance, row.condition, row.discard) for row in of(DeviceRoute, read())]
    assert found[:5] == [
        ("0.0.0.0/0", "pp1", None, "filter 500", False),
        ("0.0.0.0/0", "tunnel1", None, "hide one of 3 gateways", False),
        ("0.0.0.0/0", "lan2", None, "one of 3 gateways", False),
        ("10.9.0.0/16", "tunnel1", 3, None, False),
        ("10.10.0.0/16", "null", None, None, True),
    ]
    assert [(row.destination, row.interface, row.origin) for row in of(DeviceRoute, read())[5:]] == [
        ("172.16.1.240/30", "pp anonymous", "vpn")
    ]


def test_learned_routes_leave_the_table_incomplete() -> None:
    assert [(line.text, line.concerns) for line in read().unread] == [("rip use on", "device_routes")]


def test_tunnels() -> None:
    site, door, plain = of(DeviceVpn, read())
    assert (site.kind, site.dial_in, site.enabled, site.peer, site.allowed_from) == ("ipsec", False, True, "198.51.100.20", "198.51.100.20")
    assert (site.encryption, site.authentication, site.listens_on) == ("3des-cbc,md5-hmac,modp1024", "key", "172.16.1.1")
    assert (door.kind, door.dial_in, door.enabled, door.port, door.interface) == ("l2tp", True, True, 1701, "pp anonymous")
    assert (door.authentication, door.remote_networks, door.two_factor) == ("key,password", "172.16.1.240-172.16.1.243", False)
    assert (plain.kind, plain.peer, plain.enabled) == ("ipip", "198.51.100.30", False)


def test_a_service_that_is_off_opens_no_door() -> None:
    assert [row.enabled for row in of(DeviceVpn, read(CONFIG.replace("l2tp service on", "l2tp service off")))] == [True, False, False]
