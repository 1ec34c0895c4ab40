"""Which routes lead away from the machine."""

from __future__ import annotations

from ipaddress import IPv4Network, ip_network

import pytest

from omamori.parse.windows.routes import leads_away, network

BESIDE = [IPv4Network("10.1.0.0/24")]


@pytest.mark.parametrize(
    ("net", "gateway", "away"),
    [
        ("0.0.0.0/0", "10.1.0.1", True),
        ("10.1.0.0/24", None, True),
        ("10.1.0.255/32", None, False),
        ("198.51.100.9/32", "10.1.0.1", True),
        ("198.51.100.9/32", None, True),
        ("127.0.0.0/8", None, False),
        ("224.0.0.0/4", None, False),
        ("255.255.255.255/32", None, False),
        ("::/0", "fe80::1", True),
        ("fe80::/64", None, True),
        ("fe80::1234/128", None, False),
        ("2001:db8::9/128", "fe80::1", True),
        ("ff00::/8", None, False),
        ("::1/128", None, False),
    ],
)
def test_what_leads_away(net: str, gateway: str | None, away: bool) -> None:
    assert leads_away(ip_network(net), gateway, BESIDE) is away


def test_networks() -> None:
    assert str(network("10.1.0.0", "255.255.255.0")) == "10.1.0.0/24"
    assert str(network("fe80::/64")) == "fe80::/64"
    assert network("10.1.0.0", "1.2.3.4") is None and network("x") is None
