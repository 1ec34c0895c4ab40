"""The verdict on a new inbound packet, rule by rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.firewall import reach
from omamori.model.network import FirewallProfile, FirewallRule


def profile(default="drop", **more):
    return FirewallProfile(**({"product": "nftables", "profile": "input", "enabled": True, "inbound_default": default} | more))


def rules(*rows, product="nftables", profile="input"):
    return [FirewallRule(product=product, profile=profile, position=place, **row) for place, row in enumerate(rows)]


SSH = {"protocol": "tcp", "port_first": 22, "port_last": 22}


@pytest.mark.parametrize(
    ("default", "rows", "expected"),
    [
        ("accept", [], "open"),
        ("drop", [], "blocked"),
        (None, [], "unknown"),
        ("drop", [{"decision": "accept", "state": "established,related"}], "blocked"),
        ("drop", [{"decision": "accept", "state": "new,established", **SSH}], "open"),
        ("drop", [{"decision": "accept", "interface": "lo"}], "blocked"),
        ("drop", [{"decision": "accept", **SSH}], "open"),
        ("drop", [{"decision": "accept", **SSH, "protocol": "udp"}], "blocked"),
        ("drop", [{"decision": "accept", "protocol": "tcp", "port_first": 20, "port_last": 21}], "blocked"),
        ("drop", [{"decision": "accept", "sources": "10.0.0.0/8", **SSH}], "restricted"),
        ("drop", [{"decision": "accept", "sources": "0.0.0.0/0", **SSH}], "open"),
        ("accept", [{"decision": "accept", "sources": "10.0.0.0/8", **SSH}, {"decision": "drop", **SSH}], "restricted"),
        ("accept", [{"decision": "drop", "sources": "10.9.0.0/16"}], "open"),
        ("accept", [{"decision": "reject", **SSH}, {"decision": "accept", **SSH}], "blocked"),
        ("drop", [{"decision": "accept", "conditional": True, **SSH}], "unknown"),
        ("drop", [{"decision": "unknown", **SSH}], "unknown"),
        ("drop", [{"decision": "accept", "conditional": True, "protocol": "udp"}], "blocked"),
        ("accept", [{"decision": "drop", "interface": "eth1"}], "open"),
        ("drop", [{"decision": "accept", "family": "ipv6", **SSH}], "open"),
    ],
)
def test_in_order(default, rows, expected):
    assert reach([profile(default)], rules(*rows), "tcp", 22).inbound == expected


def test_restricted_names_its_sources_and_the_rule_that_decides():
    found = reach([profile()], rules({"decision": "accept", "sources": "10.1.0.5,10.1.0.6", **SSH}), "tcp", 22)
    assert found.allowed_from == ("10.1.0.5", "10.1.0.6") and found.decided_by == "nftables input policy"


def test_each_family_by_its_own_filter():
    both = [profile(product="iptables", family="ipv4"), profile("accept", product="ip6tables", family="ipv6")]
    assert reach(both, [], "tcp", 22).inbound == "open"
    assert reach(both, [], "tcp", 22, ["ipv4"]).inbound == "blocked"
    assert reach([both[0]], [], "tcp", 22, ["ipv6"]).inbound == "open"


def test_every_chain_has_to_accept():
    chains = [profile(), profile("accept", profile="input 2")]
    accept = rules({"decision": "accept", **SSH})
    assert reach(chains, accept, "tcp", 22).inbound == "open"
    assert reach(chains, accept + rules({"decision": "drop", **SSH}, profile="input 2"), "tcp", 22).inbound == "blocked"


def test_no_filter_a_front_end_and_a_product_nobody_can_read():
    assert reach([], [], "tcp", 22).inbound == "open"
    assert reach([profile(product="ufw", profile="manager")], [], "tcp", 22).inbound == "open"
    assert reach([profile(product="own firewall")], [], "tcp", 22).inbound == "unknown"


@given(st.lists(st.sampled_from(["accept", "drop", "reject"]), max_size=4), st.integers(0, 4))
def test_a_doubtful_rule_never_makes_a_port_blocked_or_open_for_certain(decisions, place):
    rows = [{"decision": decision, "sources": "10.0.0.0/8"} for decision in decisions]
    rows.insert(place, {"decision": "accept", "conditional": True})
    assert reach([profile()], rules(*rows), "tcp", 22).inbound == "unknown"


def windows(*profiles):
    """Profiles of Windows: (name, enabled, default for what comes in)."""
    return [
        FirewallProfile(product="windows-firewall", profile=name, enabled=enabled, inbound_default=default)
        for name, enabled, default in profiles
    ]


def rule(decision="accept", profile="domain,private,public", **more):
    return FirewallRule(product="windows-firewall", decision=decision, profile=profile, rule_name="r", **more)


ALL = windows(("domain", True, "drop"), ("private", True, "drop"), ("public", True, "drop"))
PORT = {"protocol": "tcp", "port_first": 3389, "port_last": 3389}
RDP = {"program": r"C:\Windows\system32\svchost.exe [termservice]", **PORT}
ANYTHING = {"program": r"C:\Windows\system32\svchost.exe [eventlog]"}


@pytest.mark.parametrize(
    ("rows", "process", "expected"),
    [
        ([], "svchost.exe", "blocked"),
        ([rule(**PORT)], None, "open"),
        ([rule(**PORT, profile="domain")], "svchost.exe", "open"),  # which profile is in force is not known
        ([rule(protocol="udp", port_first=3389, port_last=3389)], "svchost.exe", "blocked"),
        ([rule(**RDP)], "svchost.exe", "open"),
        ([rule(**RDP)], "SVCHOST", "open"),  # as Get-Process writes it
        ([rule(**RDP)], "sqlservr.exe", "blocked"),
        ([rule(**RDP)], None, "unknown"),
        ([rule(program="System")], "System", "open"),
        ([rule(program="System")], "nginx.exe", "blocked"),
        ([rule(program=r"D:\Vendor\agent.exe")], "agent.exe", "open"),
        ([rule(**ANYTHING)], "svchost.exe", "unknown"),  # another service in the same program
        ([rule(**PORT, sources="LocalSubnet")], None, "restricted"),
        ([rule(**PORT, sources="192.0.2.0/24", conditional=True)], None, "restricted"),
        ([rule(**PORT, sources="Internet")], None, "open"),
        ([rule(**PORT, conditional=True)], None, "unknown"),
        ([rule(**PORT, interface="wireless")], None, "open"),
        ([rule(**PORT), rule("drop", protocol="tcp", port_first=3000, port_last=4000)], None, "blocked"),
        ([rule("drop", **PORT, profile="public"), rule(**PORT)], None, "open"),
        ([rule("drop", **PORT, sources="192.0.2.0/24"), rule(**PORT)], None, "open"),
        ([rule("drop", **PORT, interface="wireless"), rule(**PORT)], None, "open"),
        ([rule("drop", **PORT, conditional=True), rule(**PORT)], None, "unknown"),
        ([rule("drop", **PORT, conditional=True), rule(**PORT, sources="LocalSubnet")], None, "restricted"),
        ([rule("drop", **RDP), rule(**PORT)], "svchost.exe", "unknown"),  # the service may be another one
        ([rule("drop", program="agent.exe"), rule(**PORT)], "agent.exe", "blocked"),
        ([rule("drop", program="agent.exe"), rule(**PORT)], "other.exe", "open"),
        ([rule("drop", program="agent.exe"), rule(**PORT)], None, "unknown"),
        ([rule("unknown", **PORT, conditional=True), rule("drop", **PORT)], None, "unknown"),  # an authenticated bypass
        ([rule("unknown", **PORT, conditional=True)], None, "unknown"),
        ([rule(**PORT, family="ipv6")], None, "open"),
        ([rule(protocol="icmp", family="ipv4")], None, "blocked"),
    ],
)
def test_windows(rows, process, expected):
    assert reach(ALL, rows, "tcp", 3389, process=process).inbound == expected


def test_the_widest_profile_of_windows_counts():
    closed = ("domain", True, "drop"), ("private", True, "drop")
    assert reach(windows(*closed, ("public", False, "drop")), [rule("drop")], "tcp", 3389).decided_by == "windows-firewall public off"
    assert reach(windows(*closed, ("public", False, "drop")), [], "tcp", 3389).inbound == "open"
    assert reach(windows(*closed, ("public", None, "drop")), [], "tcp", 3389).inbound == "unknown"
    assert reach(windows(*closed, ("public", True, None)), [], "tcp", 3389).inbound == "unknown"
    assert reach(windows(*closed, ("public", True, "accept")), [], "tcp", 3389).inbound == "open"
    assert reach(windows(*closed, ("public", True, "drop-all")), [rule(**PORT, profile="public")], "tcp", 3389).inbound == "blocked"


def test_rules_whose_conditions_nobody_saw_open_and_close_nothing_for_certain():
    found = [rule(**PORT), rule("drop", protocol="tcp", port_first=23, port_last=23)]
    assert [reach(ALL, found, "tcp", port, process="x.exe", hidden=True).inbound for port in (3389, 23, 80)] == [
        "unknown",
        "blocked",
        "blocked",
    ]
    assert reach(ALL, [rule(**PORT, sources="LocalSubnet")], "tcp", 3389, hidden=True).inbound == "restricted"
    off = windows(("domain", True, "accept"), ("private", True, "drop"), ("public", True, "drop"))
    assert reach(off, found, "tcp", 23, hidden=True).inbound == "unknown"


def test_the_rule_and_profile_that_decide_are_named_in_windows():
    found = reach(ALL, [rule(**PORT, profile="private", sources="10.1.0.5,10.1.0.6")], "tcp", 3389)
    assert (found.allowed_from, found.decided_by) == (("10.1.0.5", "10.1.0.6"), "windows-firewall private r")


RULES = st.builds(
    rule,
    decision=st.sampled_from(["accept", "drop", "unknown"]),
    profile=st.sampled_from(["domain", "private,public", "domain,private,public"]),
    protocol=st.sampled_from([None, "tcp", "udp"]),
    port_first=st.sampled_from([None, 3000, 3389]),
    port_last=st.sampled_from([None, 3389, 4000]),
    sources=st.sampled_from([None, "LocalSubnet", "10.0.0.0/8"]),
    interface=st.sampled_from([None, "wireless"]),
    conditional=st.booleans(),
    program=st.sampled_from([None, "agent.exe", "svchost.exe [x]", "* [x]"]),
)
PROFILES = st.lists(
    st.tuples(st.booleans() | st.none(), st.sampled_from(["drop", "accept", "drop-all", None])), min_size=3, max_size=3
).map(lambda found: windows(*((name, *one) for name, one in zip(("domain", "private", "public"), found, strict=True))))
WIDTH = {"blocked": 0, "restricted": 1, "open": 2}


@given(PROFILES, st.lists(RULES, max_size=6), RULES, st.sampled_from(["agent.exe", "svchost.exe", None]), st.booleans())
def test_a_block_never_opens_a_port_of_windows_and_an_allow_never_closes_one(profiles, rules, more, process, hidden):
    before = reach(profiles, rules, "tcp", 3389, process=process, hidden=hidden).inbound
    after = reach(profiles, [*rules, more], "tcp", 3389, process=process, hidden=hidden).inbound
    if "unknown" not in (before, after):
        assert WIDTH[after] <= WIDTH[before] if more.decision == "drop" else WIDTH[after] >= WIDTH[before]
    if more.decision == "drop":
        assert not (after == "open" and before != "open")


@given(PROFILES, st.lists(RULES, max_size=6), st.sampled_from(["agent.exe", "svchost.exe"]))
def test_what_is_not_known_never_makes_windows_look_more_closed(profiles, rules, process):
    """Without the program's name or the rules' conditions, the answer is the same, wider or unknown."""
    known = reach(profiles, rules, "tcp", 3389, process=process).inbound
    for less in (reach(profiles, rules, "tcp", 3389), reach(profiles, rules, "tcp", 3389, process=process, hidden=True)):
        assert less.inbound == "unknown" or known == "unknown" or WIDTH[less.inbound] >= WIDTH[known]


@given(PROFILES, st.permutations([rule("drop", **PORT), rule(**PORT), rule(**PORT, sources="LocalSubnet"), rule("drop", conditional=True)]))
def test_the_order_of_rules_means_nothing_in_windows(profiles, rules):
    forward, back = reach(profiles, rules, "tcp", 3389), reach(profiles, rules[::-1], "tcp", 3389)
    assert (forward.inbound, set(forward.allowed_from)) == (back.inbound, set(back.allowed_from))
