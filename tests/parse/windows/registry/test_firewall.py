"""Profiles and rules: the policy over the local settings, rules as rows."""

from __future__ import annotations

import pytest

from omamori.analyze.firewall_windows import reach_windows
from omamori.model.network import FirewallProfile
from omamori.parse.windows.registry.firewall import parse_rule, read_firewall, rule_rows
from omamori.parse.windows.registry.tree import Value

LOCAL = "SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy"
POLICY = "SOFTWARE\\Policies\\Microsoft\\WindowsFirewall"
ON = '"EnableFirewall"=dword:00000001'
THREE = tuple(f"{LOCAL}\\{name}\n{ON}" for name in ("DomainProfile", "PublicProfile", "StandardProfile"))


def rows(text: str, without: frozenset[str] = frozenset()):
    rule = parse_rule(Value("id", text, 7))
    return list(rule_rows(rule, 3, without)) if rule else None


def test_a_rule_of_a_service_is_written_as_the_reading_of_firewalls_takes_it() -> None:
    (rule,) = rows(r"v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|Profile=Domain|App=C:\svchost.exe|Svc=TermService|") or ()
    on = FirewallProfile(product="windows-firewall", profile="domain", enabled=True, inbound_default="drop")
    assert reach_windows([on], [rule], "tcp", 3389, "svchost.exe", ["ipv4"], hidden=False).inbound == "open"


def test_profiles_are_known_only_with_the_policy(tree) -> None:
    alone = read_firewall(tree(LOCAL, *THREE)).looks[0]
    assert alone.complete and set(alone.missing) == {"enabled", "inbound_default", "outbound_default", "logs_dropped"}
    both = read_firewall(tree("SOFTWARE\\Policies", LOCAL, *THREE))
    assert both.looks[0].complete and both.looks[0].missing == ()
    assert {(row.profile, row.enabled, row.inbound_default, row.outbound_default, row.logs_dropped) for row in both.rows} == {
        (profile, True, "drop", "accept", False) for profile in ("domain", "private", "public")
    }


def test_a_policy_wins(tree) -> None:
    off = POLICY + '\\DomainProfile\n"EnableFirewall"=dword:00000000\n"DefaultInboundAction"=dword:00000000'
    found = {row.profile: row for row in read_firewall(tree("SOFTWARE\\Policies", off, LOCAL, *THREE)).rows}
    assert (found["domain"].enabled, found["domain"].inbound_default) == (False, "accept")
    assert found["private"].enabled is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Public|LPort=80|LPort2_10=8000-8080|App=c:\\a.exe|Name=Web|",
            [
                ("public", "accept", "tcp", 80, 80, None, False, "c:\\a.exe"),
                ("public", "accept", "tcp", 8000, 8080, None, False, "c:\\a.exe"),
            ],
        ),
        (
            "v2.10|Action=Block|Active=TRUE|Dir=In|Profile=Domain|RA4=10.1.0.0/255.255.0.0|RA4=10.2.0.5-10.2.0.5|RA6=fe80::/64|",
            [("domain", "drop", None, None, None, "10.1.0.0/16,10.2.0.5,fe80::/64", False, None)],
        ),
        (
            "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=1|ICMP4=8:*|Profile=Private|",
            [("private", "accept", "icmp", None, None, None, True, None)],
        ),
        (
            "v2.30|Action=ByPass|Active=TRUE|Dir=In|Protocol=6|Profile=Private|LPort=RPC|Security=Authenticate|",
            [("private", "accept", "tcp", None, None, None, True, None)],
        ),
        (
            "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Private|LPort=99999|Svc=x|",
            [("private", "accept", "tcp", None, None, None, True, "* [x]")],
        ),
    ],
)
def test_a_rule_as_rows(text: str, expected: list[tuple[object, ...]]) -> None:
    found = [
        (row.profile, row.decision, row.protocol, row.port_first, row.port_last, row.sources, row.conditional, row.program)
        for row in rows(text)
    ]
    assert found == expected


def test_a_rule_without_profile_holds_for_all_but_the_closed_ones() -> None:
    found = rows("v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|Name=@x.dll,-1|", frozenset({"domain"}))
    assert [(row.profile, row.rule_name, row.position) for row in found] == [("private", "id", 3), ("public", "id", 3)]
    assert rows("no rule") is None and rows("v2.30|Dir=In|") is None


def test_blocking_rules_stand_first_and_rules_that_are_off_not_at_all(tree) -> None:
    rules = (
        f'{LOCAL}\\FirewallRules\n"a"="v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Public|LPort=1|"\n'
        '"b"="v2.30|Action=Block|Active=TRUE|Dir=In|Protocol=6|Profile=Public|LPort=2|"\n'
        '"c"="v2.30|Action=Allow|Active=FALSE|Dir=In|Protocol=6|LPort=3|"\n"d"="v2.30|Action=Allow|Active=TRUE|Dir=Out|Protocol=6|"'
    )
    found = read_firewall(tree(LOCAL, rules))
    assert [(row.port_first, row.position) for row in found.rows] == [(2, 0), (1, 1)]
    assert not found.looks[-1].complete
    both = read_firewall(tree("SOFTWARE\\Policies", LOCAL, rules))
    assert both.looks[-1].complete
    broken = read_firewall(tree("SOFTWARE\\Policies", LOCAL, rules + '\n"e"="v2"'))
    assert not broken.looks[-1].complete


def test_local_rules_do_not_count_where_the_policy_says_so(tree) -> None:
    rules = f'{LOCAL}\\FirewallRules\n"a"="v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=1|"'
    closed = POLICY + '\\DomainProfile\n"AllowLocalPolicyMerge"=dword:00000000'
    found = read_firewall(tree("SOFTWARE\\Policies", closed, LOCAL, rules))
    assert [row.profile for row in found.rows if hasattr(row, "position")] == ["private", "public"]
