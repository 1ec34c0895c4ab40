"""Listening ports that other machines may reach."""

from __future__ import annotations

from omamori.analyze.exposures import ANALYZER
from omamori.model.derived import Asset, Exposure
from omamori.model.look import Collected
from omamori.model.network import FirewallProfile, FirewallRule, Listener

ROWS = [
    Asset(asset="a"),
    Listener(asset="a", protocol="tcp", address="*", port=22, process="sshd"),
    Listener(asset="a", protocol="tcp", address="::", port=22),
    Listener(asset="a", protocol="tcp", address="127.0.0.1", port=5432),
    Listener(asset="a", protocol="udp", address="::1", port=323, loopback=True),
    FirewallProfile(asset="a", product="nftables", profile="input", inbound_default="drop"),
    FirewallRule(asset="a", product="nftables", profile="input", position=0, decision="accept", protocol="tcp", sources="10.0.0.0/8"),
]


def test_one_row_per_port_and_none_for_loopback(run):
    found = run(ANALYZER, ROWS, {"a": ("listeners", "firewall_profiles", "firewall_rules")})
    (row,) = [row for row in found if isinstance(row, Exposure)]
    assert (row.port, row.process, row.inbound, row.allowed_from) == (22, "sshd", "restricted", "10.0.0.0/8")
    (look,) = [row for row in found if isinstance(row, Collected)]
    assert look.complete and look.missing == ""


def test_without_the_firewall_the_verdict_is_missing_and_unknown(run):
    found = run(ANALYZER, ROWS, {"a": ("listeners",)})
    (row,) = [row for row in found if isinstance(row, Exposure)]
    (look,) = [row for row in found if isinstance(row, Collected)]
    assert row.inbound == "unknown"
    assert look.complete and look.missing == "allowed_from,decided_by,inbound"


def test_no_packet_filter_at_all_is_open_to_both_families(run):
    found = run(ANALYZER, ROWS[:3], {"a": ("listeners", "firewall_profiles", "firewall_rules")})
    assert [row.inbound for row in found if isinstance(row, Exposure)] == ["open"]
