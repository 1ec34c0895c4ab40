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
