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


ON_WINDOWS = [
    Asset(asset="w"),
    Listener(asset="w", protocol="tcp", address="*", port=3389, process="svchost.exe"),
    Listener(asset="w", protocol="tcp", address="*", port=445, process="System"),
    Listener(asset="w", protocol="tcp", address="*", port=1433, process="sqlservr.exe"),
    *(
        FirewallProfile(asset="w", product="windows-firewall", profile=name, enabled=True, inbound_default="drop")
        for name in ("domain", "private", "public")
    ),
]


def windows_rule(port, **more):
    return FirewallRule(
        asset="w",
        product="windows-firewall",
        profile="domain,private,public",
        decision="accept",
        protocol="tcp",
        port_first=port,
        port_last=port,
        **more,
    )


def look(table, **more):
    return Collected(asset="w", table_name=table, source="windows.commands", reason="not_collected", **more)


def verdicts(found):
    return {row.port: (row.inbound, row.allowed_from) for row in found if isinstance(row, Exposure)}


def test_windows_by_program_and_source(run):
    rules = [
        windows_rule(3389, program=r"C:\Windows\system32\svchost.exe [termservice]"),
        windows_rule(445, program="System", sources="LocalSubnet"),
        windows_rule(1433, program=r"C:\Program Files\Other\other.exe"),
    ]
    found = run(ANALYZER, [*ON_WINDOWS, *rules], {"w": ("listeners", "firewall_profiles", "firewall_rules")})
    assert verdicts(found) == {3389: ("open", None), 445: ("restricted", "LocalSubnet"), 1433: ("blocked", None)}
    (seen,) = [row for row in found if isinstance(row, Collected)]
    assert seen.complete and seen.missing == ""


def test_one_port_with_two_programs_is_as_open_as_the_wider(run):
    rows = [*ON_WINDOWS, Listener(asset="w", protocol="tcp", address="::", port=1433, process="proxy.exe")]
    found = run(ANALYZER, [*rows, windows_rule(1433, program="proxy.exe")], {"w": ("listeners", "firewall_profiles", "firewall_rules")})
    assert verdicts(found)[1433] == ("open", None)


def test_a_list_of_rules_without_their_programs_still_closes_what_no_rule_names(run):
    """`netsh … show rule name=all` without `verbose`: certain where no rule names the port, unknown where one does."""
    hidden = look("firewall_rules", complete=True, missing="conditional,interface,program")
    looks = {"w": ("listeners", "firewall_profiles")}
    found = run(ANALYZER, ON_WINDOWS, looks, [hidden])
    assert set(verdicts(found).values()) == {("blocked", None)}
    (seen,) = [row for row in found if isinstance(row, Collected)]
    assert seen.complete and seen.missing == ""
    found = run(ANALYZER, [*ON_WINDOWS, windows_rule(3389)], looks, [hidden])
    assert verdicts(found) == {3389: ("unknown", None), 445: ("blocked", None), 1433: ("blocked", None)}
    (seen,) = [row for row in found if isinstance(row, Collected)]
    assert seen.missing == ""
    assert [row.doubt for row in found if isinstance(row, Exposure) and row.port == 3389] == ["to_confirm"]


def test_a_doubt_is_told_with_its_port(run):
    found = run(ANALYZER, [*ON_WINDOWS, windows_rule(3389, conditional=True)], {"w": ("listeners", "firewall_profiles", "firewall_rules")})
    assert verdicts(found)[3389] == ("unknown", None)
    (seen,) = [row for row in found if isinstance(row, Collected)]
    assert seen.complete and seen.missing == ""
    assert {row.port: row.doubt for row in found if isinstance(row, Exposure)} == {3389: "to_confirm", 445: None, 1433: None}


def test_without_the_ports_of_rules_nothing_is_certain(run):
    """Get-NetFirewallRule alone names no port."""
    bare = look("firewall_rules", complete=False, missing="conditional,port_first,port_last,program,protocol,sources")
    found = run(ANALYZER, ON_WINDOWS, {"w": ("listeners", "firewall_profiles")}, [bare])
    assert set(verdicts(found).values()) == {("unknown", None)}
