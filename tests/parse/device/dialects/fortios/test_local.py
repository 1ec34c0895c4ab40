"""What the device itself answers to, and from where it may be administered."""

from __future__ import annotations

import pytest
from tests.parse.device.dialects.fortios_sample import SAMPLE, rows

from omamori.parse.device.dialects.fortios.local import hosts_of, trusted
from omamori.parse.device.dialects.fortios.tree import Block, Setting
from omamori.parse.device.extent import ZERO, number


def admin(**hosts: str) -> Block:
    return Block("a", settings={key: Setting(text.split(), 1, "") for key, text in hosts.items()})


def test_trusted_hosts() -> None:
    limited = admin(trusthost1="10.0.0.0 255.255.255.0")
    assert trusted([limited]) == "10.0.0.0/24"
    assert trusted([limited, admin()]) is None
    assert trusted([limited, admin(trusthost1="0.0.0.0 0.0.0.0")]) is None
    assert trusted([]) is None
    assert hosts_of(admin(**{"ip6-trusthost1": "2001:db8::/32"})) == ((number(ZERO), 0),)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("config system dns-server\n    edit internal\n    next\nend\n", ("system dns-server", "udp", "53", "internal")),
        ("config system dhcp server\n    edit 1\n        set interface ehr\n    next\nend\n", ("system dhcp server", "udp", "67", "ehr")),
        ("config vpn l2tp\n    set status enable\nend\n", ("L2TP", "udp", "1701", None)),
        ("config router bgp\n    config neighbor\n        edit 10.0.0.9\n        next\n    end\nend\n", ("router bgp", "tcp", "179", None)),
        ("config system ntp\n    set server-mode enable\n    set interface internal\nend\n", ("NTP server", "udp", "123", "internal")),
        ("config firewall policy\n    edit 5\n        set groups staff\n    next\nend\n", ("login page", "tcp", "1000,1003", "internal")),
    ],
)
def test_features_open_ports(text: str, rule: tuple[str, str, str, str | None]) -> None:
    told = {
        (row.rule, row.protocol, row.destination_ports, row.interface_in)
        for row in rows(SAMPLE + text)["DeviceRule"]
        if row.chain == "local services"
    }
    assert rule in told


def test_telnet_that_is_off_everywhere_is_not_open() -> None:
    text = SAMPLE + "config system interface\n    edit internal\n        set allowaccess telnet\n    next\nend\n"
    assert [row.enabled for row in rows(text)["DeviceAccess"] if row.protocol == "telnet"] == [True]
    off = text + "config system global\n    set admin-telnet disable\nend\n"
    assert [row.enabled for row in rows(off)["DeviceAccess"] if row.protocol == "telnet"] == [False]
    assert not any(row.destination_ports == "23" for row in rows(off)["DeviceRule"])


def test_snmp_answers_the_hosts_of_its_communities() -> None:
    text = SAMPLE + "config system interface\n    edit internal\n        set allowaccess snmp\n    next\nend\n"
    assert [(row.port, row.allowed_from, row.enabled) for row in rows(text)["DeviceAccess"] if row.protocol == "snmp"] == [
        (161, "10.10.0.9", True)
    ]


def test_a_protocol_nobody_knows_is_a_doubt() -> None:
    text = SAMPLE + "config system interface\n    edit internal\n        set allowaccess newthing\n    next\nend\n"
    assert [(row.decision, row.unread) for row in rows(text)["DeviceRule"] if "newthing" in (row.rule or "")] == [
        ("unknown", "allowaccess newthing")
    ]
