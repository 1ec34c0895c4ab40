"""Lists of filters in order, what no filter matches, and the way back of a dynamic filter."""

from __future__ import annotations

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.dialects.yamaha import DIALECT
from omamori.parse.windows.lines import Line

CONFIG = """\
ip lan1 address 192.168.10.1/24
ip lan2 address 203.0.113.2/29
ip lan2 secure filter in 20 30 999
ip lan2 secure filter out 10 11 dynamic 80 81
ip filter 10 reject-nolog * * udp,tcp * 445
ip filter 11 pass 192.168.10.0/24 * * * *
ip filter 20 pass-log 198.51.100.7 192.168.10.5 tcp * 22
ip filter 30 restrict * *.example.jp tcp * www
ip filter dynamic 80 192.168.10.0/24 * ftp
ip filter dynamic 81 * * filter 40
ip filter 40 pass * * udp * 161
"""


def read(text: str) -> tuple[dict[str, DeviceChain], dict[str, list[DeviceRule]]]:
    device = DIALECT.read([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])
    chains = {row.chain: row for row in device.rows if isinstance(row, DeviceChain)}
    rules: dict[str, list[DeviceRule]] = {}
    for row in device.rows:
        if isinstance(row, DeviceRule):
            rules.setdefault(row.chain, []).append(row)
    return chains, rules


def test_where_the_lists_stand() -> None:
    chains, _ = read(CONFIG)
    into, out = chains["lan2 in"], chains["lan2 out"]
    assert (into.hook, into.priority, into.policy, into.interface_in, into.interface_out) == ("prerouting", 0, "drop", "lan2", None)
    assert (out.hook, out.priority, out.policy, out.interface_in, out.interface_out) == ("postrouting", 0, "drop", None, "lan2")
    assert "lan1 in" not in chains


def test_rules_in_the_order_of_the_list() -> None:
    _, rules = read(CONFIG)
    out = rules["lan2 out"]
    assert [(rule.rule, rule.decision, rule.logs, rule.position) for rule in out[:2]] == [
        ("10", "drop", False, 0),
        ("11", "accept", False, 1),
    ]
    assert out[1].sources == "192.168.10.0/24"
    assert out[0].destination_ports == "445"


def test_answers_of_a_dynamic_filter_come_in_first() -> None:
    _, rules = read(CONFIG)
    into = rules["lan2 in"]
    back = [(rule.rule, rule.decision, rule.protocol, rule.source_ports, rule.states) for rule in into[:3]]
    assert back == [
        ("80", "accept", "tcp", "21", "established"),
        ("80", "accept", None, None, "related"),
        ("81", "accept", "udp", "161", "established"),
    ]
    assert into[0].destinations == "192.168.10.0/24" and into[0].sources is None


def test_what_is_not_understood_stands_at_its_place_as_unknown() -> None:
    _, rules = read(CONFIG)
    named = {rule.rule: rule for rule in rules["lan2 in"]}
    assert (named["20"].decision, named["20"].destinations, named["20"].logs) == ("accept", "192.168.10.5", True)
    assert (named["30"].decision, named["30"].unread, named["30"].destination_ports) == ("unknown", "*.example.jp", "80")
    assert (named["999"].decision, named["999"].unread) == ("unknown", "filter 999, which is not here")


def test_a_connection_only_a_dynamic_filter_knows_is_unknown() -> None:
    _, rules = read(CONFIG)
    last = [rule for rule in rules["lan2 out"] if rule.decision == "unknown"]
    assert {rule.states for rule in last} == {"new"}
    _, open_rules = read(CONFIG.replace("pass 192.168.10.0/24 *", "pass * *"))
    assert [rule for rule in open_rules["lan2 out"] if rule.decision == "unknown"] == []


def test_sets_and_the_other_family() -> None:
    text = """\
ip lan1 address 192.168.10.1/24
ip filter set office in 1 2
ip lan1 secure filter name office
ip filter 1 pass * *
ip filter 2 reject * *
ipv6 lan1 secure filter in 5
ipv6 filter 5 pass 2001:db8::/32 * tcp * https
"""
    chains, rules = read(text)
    assert set(chains) == {"lan1 in", "lan1 in ipv6"}
    assert [rule.rule for rule in rules["lan1 in"]] == ["1", "2"]
    assert (rules["lan1 in ipv6"][0].family, rules["lan1 in ipv6"][0].sources) == ("ipv6", "2001:db8::/32")
