"""Tunnels of an ASA and the second factor of who dials in."""

from __future__ import annotations

from omamori.model.device import DeviceInterface, DeviceRoute, DeviceRule, DeviceSecret, DeviceVpn
from omamori.parse.device.dialects.cisco_asa import DIALECT
from omamori.parse.device.interface import Device
from omamori.parse.network.lines import console

PORTS = "interface Gi0/0\n nameif outside\n security-level 0\n ip address 203.0.113.1 255.255.255.0\ninterface Gi0/1\n nameif inside\n security-level 100\n ip address 10.0.0.1 255.255.255.0\n"  # noqa: E501
SITE = (
    "access-list S extended permit ip 10.0.0.0 255.255.255.0 10.8.0.0 255.255.0.0\ncrypto map M 10 match address S\ncrypto map M 10 set peer 198.51.100.7\ncrypto map M 10 set ikev1 transform-set T\n"  # noqa: E501
    "crypto map M interface outside\ntunnel-group 198.51.100.7 type ipsec-l2l\ntunnel-group 198.51.100.7 ipsec-attributes\n ikev1 pre-shared-key [secret: key, set]\n"
)
CLIENTS = "ip local pool P 10.9.0.0-10.9.0.255 mask 255.255.255.0\nwebvpn\n enable outside\n anyconnect enable\ntunnel-group RA type remote-access\n"


def read(text: str) -> Device:
    return DIALECT.read(console(f"ASA Version 9.8(2)\nhostname fw1\n{PORTS}{text}\n: end\n".encode()).lines)


def test_between_two_sites() -> None:
    device = read(SITE)
    (tunnel,) = [row for row in device.rows if isinstance(row, DeviceVpn)]
    assert (tunnel.kind, tunnel.peer, tunnel.dial_in, tunnel.local_networks, tunnel.remote_networks) == (
        "ipsec",
        "198.51.100.7",
        False,
        "10.0.0.0/24",
        "10.8.0.0/16",
    )
    assert (tunnel.interface, tunnel.authentication, tunnel.encryption) == ("Gi0/0 crypto M 10", "key", "T")
    assert [(row.destination, row.interface) for row in device.rows if isinstance(row, DeviceRoute)] == [
        ("10.8.0.0/16", "Gi0/0 crypto M 10")
    ]
    assert {(row.name, row.kind, row.parent) for row in device.rows if isinstance(row, DeviceInterface)} >= {
        ("Gi0/0 crypto M 10", "tunnel", "Gi0/0")
    }
    assert [(row.place, row.state) for row in device.rows if isinstance(row, DeviceSecret)] == [("ipsec key of 198.51.100.7", "plain")]


def bypass(device: Device) -> list[str | None]:
    return [row.interface_in for row in device.rows if isinstance(row, DeviceRule) and row.rule == "sysopt connection permit-vpn"]


def test_what_comes_out_of_a_tunnel_passes_by_the_lists() -> None:
    assert bypass(read(SITE)) == ["Gi0/0 crypto M 10"]
    assert bypass(read(SITE + "no sysopt connection permit-vpn\n")) == []


def factor(text: str) -> bool | None:
    (door,) = [row for row in read(CLIENTS + text).rows if isinstance(row, DeviceVpn)]
    assert (door.kind, door.dial_in, door.port, door.listens_on, door.remote_networks) == ("ssl-vpn", True, 443, "Gi0/0", "10.9.0.0/24")
    return door.two_factor


def test_a_second_factor() -> None:
    assert factor("") is False
    assert factor("tunnel-group RA general-attributes\n authentication-server-group LOCAL") is False
    assert factor("tunnel-group RA general-attributes\n authentication-server-group RADIUS1") is None
    assert factor("tunnel-group RA general-attributes\n secondary-authentication-server-group TOKEN") is True
    assert factor("tunnel-group RA webvpn-attributes\n authentication aaa certificate") is True


def test_a_key_the_device_shows_as_stars_is_no_secret_here() -> None:
    assert not [row for row in read(SITE.replace("[secret: key, set]", "*****")).rows if isinstance(row, DeviceSecret)]
