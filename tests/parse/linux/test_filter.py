"""What the readers of the Linux packet filter write for single rules, in the words of device_rules."""

from __future__ import annotations

import json
import random
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from omamori.model.device import DeviceChain, DeviceRule, DeviceUnread
from omamori.parse.interface import Context
from omamori.parse.linux.filter_flags import flag_conditions
from omamori.parse.linux.filter_nft import read_nft
from omamori.parse.linux.filter_rows import device_rows
from omamori.parse.linux.filter_rule import MOST_RULES, Condition, Filter, FilterChain, Rule, both
from omamori.parse.linux.filter_spans import HIGHEST, Names, Spans, address_span, write_addresses, write_ports
from omamori.parse.linux.firewall import parse
from omamori.parse.sections import write_sections

Said = dict[str, Any]
_NOW = datetime(2026, 1, 15)
_COLUMNS = (
    "family", "protocol", "sources", "destinations", "source_ports", "destination_ports", "interface_in", "interface_out", "states",
    "unread", "target", "to_addresses", "to_ports", "one_to_one",
)  # fmt: skip


def said(rule: DeviceRule) -> Said:
    """The decision and every column that says something."""
    return {"decision": rule.decision, **{name: value for name, value in asdict(rule).items() if name in _COLUMNS and value}}


def nft(*expressions: Any, family: str = "inet", hook: str = "input", sets: tuple[Said, ...] = ()) -> list[Said]:
    """The rows of one rule in the JSON form, as the product writes them."""
    place = {"family": family, "table": "t"}
    items: list[Said] = [{"table": {"family": family, "name": "t"}}, *({"set": {**place, **one}} for one in sets)]
    items.append({"chain": {**place, "name": "c", "type": "filter", "hook": hook, "prio": 0, "policy": "accept"}})
    items.append({"rule": {**place, "chain": "c", "handle": 3, "expr": list(expressions)}})
    found = read_nft({"nftables": items}, 7)
    assert found is not None
    return [said(row) for row in device_rows(found) if isinstance(row, DeviceRule)]


def match(left: Any, right: Any, op: str = "==") -> Said:
    return {"match": {"op": op, "left": left, "right": right}}


def payload(protocol: str, field: str) -> Said:
    return {"payload": {"protocol": protocol, "field": field}}


ACCEPT = {"accept": None}
STATE = {"ct": {"key": "state"}}
NEAR = {
    "name": "near",
    "type": "ipv4_addr",
    "flags": ["interval"],
    "elem": [{"prefix": {"addr": "10.1.0.0", "len": 16}}, {"range": ["10.2.0.5", "10.2.0.9"]}],
}
PAIRS = {
    "name": "pairs",
    "type": ["ipv4_addr", "inet_service"],
    "elem": [{"concat": ["10.1.1.1", 22]}, {"concat": [{"prefix": {"addr": "10.3.0.0", "len": 24}}, {"range": [80, 99]}]}],
}

NOT_PAIRS = '{"concat":[{"payload":{"protocol":"ip","field":"saddr"}},{"payload":{"protocol":"tcp","field":"dport"}}]} != @pairs'
GROUPS = [{"family": "ipv4", "destinations": "224.0.0.0/4"}, {"family": "ipv6", "destinations": "ff00::/8"}]
SPREAD = {"map": {"key": {"numgen": {"mod": 2}}, "data": {"set": [[0, "10.0.0.1"], [1, "10.0.0.2"]]}}}


def network(address: str) -> Said:
    return {"prefix": {"addr": address, "len": 24}}


@pytest.mark.parametrize(
    ("expressions", "rows"),
    [
        ([match({"meta": {"key": "iifname"}}, "ppp*")], [{"interface_in": "ppp*"}]),
        ([match({"meta": {"key": "iifname"}}, "eth0", "!=")], [{"interface_in": "!eth0"}]),
        ([match({"meta": {"key": "oifname"}}, {"set": ["a", "b"]})], [{"interface_out": "a,b"}]),
        ([match(payload("ip", "saddr"), {"prefix": {"addr": "10.0.0.0", "len": 8}}, "!=")], [{"family": "ipv4", "sources": "!10.0.0.0/8"}]),
        ([match(payload("ip", "saddr"), "@near")], [{"family": "ipv4", "sources": "10.1.0.0/16,10.2.0.5-10.2.0.9"}]),
        (
            [match(payload("ip", "saddr"), "@near"), match(payload("ip", "saddr"), "10.1.0.9", "!=")],
            [{"family": "ipv4", "sources": "10.1.0.0-10.1.0.8,10.1.0.10-10.1.255.255,10.2.0.5-10.2.0.9"}],
        ),
        (
            [match({"concat": [payload("ip", "saddr"), payload("tcp", "dport")]}, "@pairs")],
            [
                {"family": "ipv4", "protocol": "tcp", "sources": "10.1.1.1", "destination_ports": "22"},
                {"family": "ipv4", "protocol": "tcp", "sources": "10.3.0.0/24", "destination_ports": "80-99"},
            ],
        ),
        ([match({"concat": [payload("ip", "saddr"), payload("tcp", "dport")]}, "@pairs", "!=")], [{"family": "ipv4", "protocol": "tcp", "unread": NOT_PAIRS}]),
        ([match(payload("tcp", "dport"), 1024, "<")], [{"protocol": "tcp", "destination_ports": "0-1023"}]),
        ([match(payload("tcp", "dport"), 1024, ">=")], [{"protocol": "tcp", "destination_ports": "1024-65535"}]),
        ([match(payload("udp", "sport"), {"set": [53, {"range": [60, 70]}]}, "!=")], [{"protocol": "udp", "source_ports": "!53,60-70"}]),
        (
            [match({"meta": {"key": "l4proto"}}, {"set": ["tcp", "udp"]}), match(payload("th", "dport"), 53)],
            [{"protocol": "tcp,udp", "destination_ports": "53"}],
        ),
        ([match(payload("th", "dport"), 53)], [{"protocol": "tcp,udp,33,132,136", "destination_ports": "53"}, {"protocol": "!tcp,udp,33,132,136", "unread": "th dport 53"}]),
        ([match(payload("icmp", "type"), {"set": ["echo-reply", "destination-unreachable"]})], [{"family": "ipv4", "protocol": "icmp", "destination_ports": "0,3"}]),
        ([match(STATE, ["established", "related"], "in")], [{"states": "established,related"}]),
        ([match(STATE, "invalid", "!=")], [{"states": "!invalid"}]),
        ([match(STATE, {"|": ["established", "related"]}, "!=")], [{}]),  # no connection is in two states at once
        ([match(STATE, {"|": ["established", "related"]})], []),
        ([match({"ct": {"key": "status"}}, "dnat", "in")], [{"states": "dnat"}]),
        ([match({"ct": {"key": "direction"}}, "original")], [{"states": "new"}, {"states": "established,related", "unread": "direction original"}]),
        ([match({"&": [payload("tcp", "flags"), ["fin", "syn", "rst", "ack"]]}, "syn")], [{"protocol": "tcp", "states": "!ack"}]),
        ([match(payload("tcp", "flags"), "syn", "in"), match(payload("ip", "saddr"), "@empty")], []),
        ([match({"meta": {"key": "nfproto"}}, "ipv4")], [{"family": "ipv4"}]),
        ([match({"meta": {"key": "nfproto"}}, "ipv4"), match(payload("ip6", "saddr"), "fe80::1")], []),
        ([match({"meta": {"key": "mark"}}, 1)], [{"unread": "mark 1"}]),
        ([match(payload("ip", "saddr"), "@changing")], [{"family": "ipv4", "unread": "ip saddr @changing"}]),
        ([{"limit": {"rate": 3, "burst": 5, "per": "second"}}], [{"unread": "limit rate 3/second"}]),
        ([match({"fib": {"result": "type", "flags": ["daddr"]}}, "multicast")], GROUPS),
        ([{"something new": 1}], [{"unread": '{"something new":1}'}]),
    ],
)  # fmt: skip
def test_conditions_of_nftables(expressions: list[Said], rows: list[Said]) -> None:
    sets = (NEAR, PAIRS, {"name": "empty", "elem": []}, {"name": "changing", "flags": ["timeout"], "elem": ["10.0.0.1"]})
    assert nft(*expressions, ACCEPT, sets=sets) == [{"decision": "accept", **row} for row in rows]


@pytest.mark.parametrize(
    ("expressions", "rows"),
    [
        (
            [{"vmap": {"key": payload("tcp", "dport"), "data": {"set": [[22, ACCEPT], [23, {"jump": {"target": "b"}}], ["*", {"drop": None}]]}}}],
            [
                {"decision": "accept", "protocol": "tcp", "destination_ports": "22"},
                {"decision": "jump", "target": "inet t b", "protocol": "tcp", "destination_ports": "23"},
                {"decision": "drop", "protocol": "tcp", "destination_ports": "!22-23"},
            ],
        ),
        ([{"vmap": {"key": payload("tcp", "dport"), "data": "@nobody"}}], [{"decision": "unknown"}]),
        (
            [{"dnat": {"family": "ip", "addr": {"map": {"key": payload("tcp", "dport"), "data": {"set": [[80, {"concat": ["10.0.0.1", 8080]}]]}}}}}],
            [{"decision": "dnat", "family": "ipv4", "protocol": "tcp", "destination_ports": "80", "to_addresses": "10.0.0.1", "to_ports": "8080"}],
        ),
        (
            [
                {
                    "snat": {
                        "family": "ip",
                        "addr": {"map": {"key": payload("ip", "saddr"), "data": {"set": [[network("10.5.0.0"), network("10.6.0.0")]]}}},
                        "flags": "netmap",
                        "type_flags": "prefix",
                    }
                }
            ],
            [{"decision": "snat", "family": "ipv4", "sources": "10.5.0.0/24", "to_addresses": "10.6.0.0/24", "one_to_one": True}],
        ),
        ([{"dnat": {"addr": {"range": ["10.0.0.1", "10.0.0.4"]}, "port": {"range": [80, 90]}}}], [{"decision": "dnat", "to_addresses": "10.0.0.1-10.0.0.4", "to_ports": "80-90"}]),
        ([{"dnat": {"addr": SPREAD}}], [{"decision": "dnat", "to_addresses": "10.0.0.1,10.0.0.2"}]),
        ([{"dnat": {"addr": {"strange": 1}}}], [{"decision": "unknown"}]),
        ([{"masquerade": None}], [{"decision": "masquerade"}]),
        ([{"redirect": {"port": 8080}}], [{"decision": "redirect", "to_ports": "8080"}]),
        ([{"notrack": None}], [{"decision": "notrack"}]),
        ([{"queue": {"num": 1}}], [{"decision": "unknown"}]),
        ([{"xt": {"type": "target", "name": "TPROXY"}}], [{"decision": "unknown"}]),
        ([{"xt": {"type": "match", "name": "comment"}}, ACCEPT], [{"decision": "accept"}]),
        ([{"mangle": {"key": {"meta": {"key": "mark"}}, "value": 1}}], [{"decision": "continue"}]),
        ([{"mangle": {"key": payload("ip", "daddr"), "value": "10.0.0.1"}}, ACCEPT], [{"decision": "unknown"}]),
        ([{"counter": {"packets": 4}}, {"log": None}], [{"decision": "continue"}]),
    ],
)  # fmt: skip
def test_statements_of_nftables(expressions: list[Said], rows: list[Said]) -> None:
    assert nft(*expressions) == rows


def test_two_lists_of_states_that_both_hold_stand_in_a_chain_of_their_own() -> None:
    both_hold = (match(STATE, "new", "in"), match({"ct": {"key": "status"}}, "dnat", "in"), match(payload("tcp", "dport"), 80))
    assert nft(*both_hold, ACCEPT) == [
        {"decision": "jump", "target": "inet t c rule 0", "protocol": "tcp", "destination_ports": "80", "states": "new"},
        {"decision": "accept", "states": "dnat"},
    ]
    # From another chain it would go back to a wrong place: there what follows stands apart as well.
    assert nft(*both_hold, {"return": None}) == [
        {"decision": "goto", "target": "inet t c rule 0", "protocol": "tcp", "destination_ports": "80", "states": "new"},
        {"decision": "goto", "target": "inet t c after 0"},
        {"decision": "return", "states": "dnat"},
        {"decision": "goto", "target": "inet t c after 0"},
    ]


def test_what_is_for_this_machine_is_decided_by_the_hook_where_it_can() -> None:
    local = match({"fib": {"result": "type", "flags": ["daddr"]}}, "local")

    def rows(hook: str) -> list[Said]:
        place = {"family": "inet", "table": "t"}
        chain = {**place, "name": "c", "type": "filter", "hook": hook, "prio": 0}
        items = [{"chain": chain}, {"rule": {**place, "chain": "c", "expr": [local, {"drop": None}]}}]
        document = json.dumps({"nftables": items})
        data = write_sections([("nft", document.encode(), 0), ("iptables", b"", 0), ("ip6tables", b"", 0)])
        return [said(row) for row in parse(data, Context("linux.firewall", _NOW, _NOW)).rows if isinstance(row, DeviceRule)]

    assert rows("input") == [{"decision": "drop"}]
    assert rows("forward") == []
    assert rows("prerouting") == [{"decision": "drop", "unread": "destination is an address of this machine"}]
    assert nft(local, {"drop": None}) == [{"decision": "drop", "unread": "destination is an address of this machine"}]


def test_what_is_not_followed_is_told() -> None:
    items = [
        {"table": {"family": "bridge", "name": "b"}},
        {"chain": {"family": "bridge", "table": "b", "name": "c", "hook": "forward", "prio": 0, "policy": "drop"}},
        {"table": {"family": "ip", "name": "asleep", "flags": ["dormant"]}},
        {"chain": {"family": "ip", "table": "asleep", "name": "c", "hook": "input", "prio": 0, "policy": "drop"}},
        {"table": {"family": "ip", "name": "odd", "flags": "x"}},
        {"chain": {"family": "inet", "table": "i", "name": "c", "hook": "ingress", "prio": 0, "policy": "drop"}},
    ]
    found = read_nft({"nftables": items}, 1)
    assert found is not None
    rows = device_rows(found)
    assert [row.text.split(":")[0] for row in rows if isinstance(row, DeviceUnread)] == [
        "chain of table bridge b",
        "flags of table ip odd",
        "chain inet i c at hook ingress, priority 0",
    ]
    assert [(row.chain, row.hook) for row in rows if isinstance(row, DeviceChain)] == [("inet i c", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.0.0.0/255.255.255.0", "10.0.0.0/24"),
        ("10.0.0.7/24", "10.0.0.0/24"),
        ("10.0.0.1-10.0.0.4", "10.0.0.1-10.0.0.4"),
        ("10.0.0.0-10.0.0.3", "10.0.0.0/30"),
        ("fe80::/10", "fe80::/10"),
        ("10.0.0.0/255.0.255.0", None),
        ("10.0.0.9-10.0.0.1", None),
        ("gateway", None),
    ],
)
def test_addresses(text: str, expected: str | None) -> None:
    found = address_span(text)
    assert (write_addresses(Spans.of([found[1]], HIGHEST[found[0]])) if found else None) == expected


def test_what_two_sets_share() -> None:
    one, other = Spans.of([(1, 10), (20, 30)], 65535), Spans.of([(5, 25)], 65535, negated=True)
    assert write_ports(one.both(other)) == "1-4,26-30"
    assert write_ports(other.both(Spans.of([(40, 40)], 65535, negated=True))) == "!5-25,40"
    assert write_ports(Spans.of([], 65535, negated=True)) is None
    assert Spans.of([(0, 65535)], 65535, negated=True).nothing
    assert both(Condition(protocol=Names(("tcp",))), Condition(protocol=Names(("udp",)))) is None
    joined = both(Condition(interface_in=Names(("eth*",))), Condition(interface_in=Names(("eth1",), True)))
    assert joined is not None and (joined.interface_in, joined.unread) == (Names(("eth*",)), ("interface_in not eth1",))


def test_flags_no_connection_carries_match_nothing_but_what_is_invalid() -> None:
    (null_scan,) = flag_conditions(lambda flags: flags & 63 == 0, "none")
    assert null_scan.states == (Names(("invalid",)),)


def test_a_list_too_long_to_keep_ends_in_a_rule_that_may_do_anything() -> None:
    chain, found = FilterChain("c", 1), Filter()
    found.chains["c"] = chain
    for line in range(1, MOST_RULES + 3):
        found.add(chain, [Rule(line, Condition(), "drop")], line)
    rows = device_rows(found)
    rules = [row for row in rows if isinstance(row, DeviceRule)]
    assert (len(rules), rules[-1].decision, rules[-1].position) == (MOST_RULES + 1, "unknown", MOST_RULES)
    assert [row.line for row in rows if isinstance(row, DeviceUnread)] == [MOST_RULES + 1]


def test_a_set_named_more_often_than_can_be_read_is_a_condition_nobody_read() -> None:
    members = {"name": "many", "elem": [f"10.{number >> 8}.{number & 255}.1" for number in range(40_000)]}
    place = {"family": "ip", "table": "t"}
    rule = {"rule": {**place, "chain": "c", "expr": [match(payload("ip", "saddr"), "@many"), ACCEPT]}}
    found = read_nft({"nftables": [{"table": {"family": "ip", "name": "t"}}, {"set": {**place, **members}}, *([rule] * 80)]}, 1)
    assert found is not None
    rules = [row for row in device_rows(found) if isinstance(row, DeviceRule)]
    assert (rules[0].unread, rules[-1].unread, rules[-1].sources) == (None, "ip saddr @many", None)
    assert rules[60].unread == "addresses: too many to keep"
    assert rules[0].sources is not None and rules[0].sources.count(",") == 39_999


def test_nesting_without_end_is_told_not_followed() -> None:
    deep = '{"concat":[' * 900 + "1" + "]}" * 900
    compared = f'{{"match":{{"op":"==","left":{deep},"right":{deep}}}}}'
    rule = f'{{"rule":{{"family":"ip","table":"t","chain":"c","expr":[{compared}]}}}}'
    document = f'{{"nftables":[{{"table":{{"family":"ip","name":"t"}}}},{rule}]}}'
    data = write_sections([("nft", document.encode(), 0), ("iptables", b"", 0), ("ip6tables", b"", 0)])
    looks = {look.table: look.complete for look in parse(data, Context("linux.firewall", _NOW, _NOW)).looks}
    assert looks["device_rules"] is False


def spoilt(value: Any, chance: random.Random) -> Any:
    """The same document with some of its parts gone or replaced."""
    if chance.random() < 0.03:
        return chance.choice((None, -1, 2**70, "@x", "*", True, 1.5, [], {}, [1, 2], {"set": 1}, {"range": [1]}, {"prefix": {"addr": 1}}))
    if isinstance(value, dict):
        return {key: spoilt(part, chance) for key, part in value.items() if chance.random() > 0.03}
    if isinstance(value, list):
        return [spoilt(part, chance) for part in value if chance.random() > 0.03]
    return value


@pytest.mark.parametrize("seed", range(60))
def test_whatever_a_machine_prints_rows_come_out(seed: int) -> None:
    capture = (Path(__file__).parent / "data" / "firewall" / "firewalld.txt").read_text(encoding="utf-8").split("\n")
    document = json.loads(next(line for line in capture if line.startswith("{")))
    found = read_nft(spoilt(document, random.Random(seed)), 1)
    for row in device_rows(found or Filter()):
        assert not isinstance(row, DeviceRule) or isinstance(row.decision, str)
