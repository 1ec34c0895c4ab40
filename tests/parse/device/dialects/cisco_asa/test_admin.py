"""Who may administer an ASA, and what it takes for itself."""

from __future__ import annotations

from omamori.model.device import DeviceAccess, DeviceAccount, DeviceChain, DeviceLog, DeviceRule, DeviceSecret
from omamori.parse.device.dialects.cisco_asa import DIALECT
from omamori.parse.device.interface import Device
from omamori.parse.network.lines import console

PORTS = "interface Gi0/0\n nameif outside\n ip address 203.0.113.1 255.255.255.0\ninterface Gi0/1\n nameif inside\n ip address 10.0.0.1 255.255.255.0\n"


def read(text: str) -> Device:
    return DIALECT.read(console(f"ASA Version 9.8(2)\nhostname fw1\n{PORTS}{text}\n: end\n".encode()).lines)


def test_by_address_and_interface() -> None:
    device = read(
        "http server enable 8443\nhttp 10.0.0.0 255.255.255.0 inside\nssh 0.0.0.0 0.0.0.0 outside\ntelnet 10.0.0.5 255.255.255.255 inside\nssh timeout 30\nssh version 2"
    )
    assert [(row.protocol, row.port, row.interface, row.allowed_from, row.enabled) for row in device.rows if isinstance(row, DeviceAccess)] == [
        ("https", 8443, "Gi0/1", "10.0.0.0/24", True), ("ssh", 22, "Gi0/0", None, True), ("telnet", 23, "Gi0/1", "10.0.0.5/32", True)
    ]  # fmt: skip
    off = read("http 10.0.0.0 255.255.255.0 inside")
    assert [row.enabled for row in off.rows if isinstance(row, DeviceAccess)] == [False]


def test_what_it_takes_for_itself() -> None:
    device = read(
        "ssh 10.0.0.0 255.255.255.0 inside\ncrypto ikev2 enable outside\nwebvpn\n enable outside\nicmp permit any echo outside\nicmp deny any outside"
    )
    (chain,) = [row for row in device.rows if isinstance(row, DeviceChain) and row.hook == "input"]
    assert chain.policy == "drop"
    found = [
        (row.decision, row.protocol, row.sources, row.destination_ports, row.interface_in)
        for row in device.rows
        if isinstance(row, DeviceRule) and row.chain == chain.chain
    ]
    assert found[1:] == [
        ("accept", "icmp", None, "8", "Gi0/0"), ("drop", "icmp", None, None, "Gi0/0"), ("drop", "icmp", None, None, "Gi0/0"), ("accept", "icmp", None, None, None),
        ("accept", "tcp", "10.0.0.0/24", "22", "Gi0/1"), ("accept", "udp", None, "500,4500", "Gi0/0"), ("accept", "esp", None, None, "Gi0/0"),
        ("accept", "tcp,udp", None, "443", "Gi0/0"), ("unknown", "88,89,2,103", None, None, None),
    ]  # fmt: skip


def test_accounts_log_targets_and_secrets() -> None:
    device = read(
        "enable password [secret: password, set] encrypted\nusername kanri password [secret: password, set] pbkdf2 privilege 15\nusername vpn1 password [secret: password, default]\n"  # noqa: E501
        "username vpn1 attributes\n service-type remote-access\nlogging enable\nlogging trap informational\nlogging host inside 10.0.0.5\nsnmp-server host inside 10.0.0.6 community [secret: community, default]\n"  # noqa: E501
        "aaa-server TAC (inside) host 10.0.0.8\n key [secret: key, set]"
    )
    accounts = {(row.name, row.kind, row.rights, row.secret) for row in device.rows if isinstance(row, DeviceAccount)}
    assert accounts == {
        ("", "administrator", "enable", "hashed"),
        ("kanri", "administrator", "15", "hashed"),
        ("vpn1", "vpn-user", "remote-access", "default"),
    }
    assert {(row.target, row.kind, row.level, row.enabled) for row in device.rows if isinstance(row, DeviceLog)} == {
        ("10.0.0.5", "syslog", "informational", True),
        ("10.0.0.6", "snmp", None, True),
    }
    assert {(row.place, row.state) for row in device.rows if isinstance(row, DeviceSecret)} == {
        ("enable password", "hashed"), ("administrator kanri", "hashed"), ("vpn-user vpn1", "default"), ("snmp community of 10.0.0.6", "default"), ("aaa-server TAC key", "plain")
    }  # fmt: skip
    assert not device.unread
