"""The records themselves."""

from __future__ import annotations

from omamori.parse.nmap.records import Host


def test_the_first_address_of_a_kind() -> None:
    host = Host(1, addresses=(("aa", "mac"), ("10.0.0.1", "ipv4"), ("10.0.0.2", "ipv4")))
    assert host.address("ipv4", "ipv6") == "10.0.0.1"
    assert host.address("mac") == "aa"
    assert host.address("ipv6") == ""
