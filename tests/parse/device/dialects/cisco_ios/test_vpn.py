"""Tunnels of Cisco IOS: crypto maps as interfaces with routes, tunnel interfaces, dial-in."""

from __future__ import annotations

from omamori.model.device import DeviceInterface, DeviceRoute, DeviceRule, DeviceSecret, DeviceVpn
from omamori.parse.device.dialects.cisco_ios import DIALECT
from omamori.parse.device.dialects.cisco_ios.vpn import blocks
from omamori.parse.device.interface import Device
from omamori.parse.network.lines import console


def read(text: str) -> Device:
    return DIALECT.read(console(f"version 15.9\nhostname r1\n{text}\nend\n".encode()).lines)


MAP = (
    "crypto isakmp key 6 [secret: key, set] address 198.51.100.7\ncrypto map VPN 10 ipsec-isakmp\n set peer 198.51.100.7\n set transform-set T\n match address 120\n"
    "crypto map VPN 20 ipsec-isakmp dynamic ANY\naccess-list 120 permit ip 10.1.0.0 0.0.255.255 10.2.0.0 0.0.255.255\n"
    "interface Dialer1\n ip address 203.0.113.1 255.255.255.252\n ip nat outside\n crypto map VPN\ninterface Vlan1\n ip nat inside\n"
    "ip nat inside source list 1 interface Dialer1 overload\naccess-list 1 permit any\n"
)


def test_a_crypto_map() -> None:
    device = read(MAP)
    fixed, anybody = [row for row in device.rows if isinstance(row, DeviceVpn)]
    assert (fixed.kind, fixed.peer, fixed.dial_in, fixed.local_networks, fixed.remote_networks) == (
        "ipsec",
        "198.51.100.7",
        False,
        "10.1.0.0/16",
        "10.2.0.0/16",
    )
    assert (fixed.interface, fixed.listens_on, fixed.authentication, fixed.encryption) == ("Dialer1 crypto VPN 10", "Dialer1", "key", "T")
    assert (anybody.dial_in, anybody.peer, anybody.allowed_from) == (True, None, None)
    tunnel = next(row for row in device.rows if isinstance(row, DeviceInterface) and row.name == "Dialer1 crypto VPN 10")
    assert (tunnel.kind, tunnel.parent, tunnel.role) == ("tunnel", "Dialer1", "outside")
    (route,) = [row for row in device.rows if isinstance(row, DeviceRoute)]
    assert (route.destination, route.interface, route.origin) == ("10.2.0.0/16", "Dialer1 crypto VPN 10", "vpn")
    # Translation takes what goes into the tunnel for what goes out of the interface.
    (nat,) = [row for row in device.rows if isinstance(row, DeviceRule) and row.chain == "ip nat inside to outside"]
    assert nat.decision == "jump"


def test_a_map_bound_to_nothing_is_no_tunnel() -> None:
    assert not [row for row in read("crypto map VPN 10 ipsec-isakmp\n set peer 198.51.100.7\n").rows if isinstance(row, DeviceVpn)]


def test_tunnel_interfaces() -> None:
    device = read(
        "interface Tunnel0\n tunnel source Dialer1\n tunnel destination 198.51.100.8\ninterface Tunnel1\n tunnel source Dialer1\n tunnel destination 198.51.100.9\n"
        " tunnel mode ipsec ipv4\n tunnel protection ipsec profile P\ninterface Tunnel2\n tunnel mode gre multipoint\n shutdown"
    )
    found = [(row.kind, row.peer, row.dial_in, row.enabled) for row in device.rows if isinstance(row, DeviceVpn)]
    assert found == [("gre", "198.51.100.8", False, True), ("ipsec", "198.51.100.9", False, True), ("gre", None, True, False)]


def test_dial_in_and_keys() -> None:
    device = read(
        "vpdn-group 1\n accept-dialin\n  protocol pptp\n  virtual-template 1\nwebvpn gateway G\n ip address 203.0.113.1 port 443\n inservice\ncrypto keyring K\n  pre-shared-key address 198.51.100.7 key [secret: key, set]\n"  # noqa: E501
    )
    assert [(row.kind, row.port, row.dial_in) for row in device.rows if isinstance(row, DeviceVpn)] == [
        ("pptp", 1723, True),
        ("ssl-vpn", 443, True),
    ]
    assert [(row.place, row.state) for row in device.rows if isinstance(row, DeviceSecret)] == [("ipsec key of 198.51.100.7", "plain")]


def test_a_range_becomes_networks() -> None:
    assert blocks(0, 0xFFFFFFFF) == [(0, 0xFFFFFFFF)]
    assert blocks(5, 8) == [(5, 5), (6, 7), (8, 8)]
