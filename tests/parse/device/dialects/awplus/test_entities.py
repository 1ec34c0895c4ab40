"""The firewall of an AR router: zones, applications, order, NAT before and behind it, what is not known."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.dialects.awplus import DIALECT
from omamori.parse.device.interface import Device
from omamori.parse.windows.lines import Line

_spec = importlib.util.spec_from_file_location("ar", Path(__file__).with_name("ar.py"))
assert _spec is not None and _spec.loader is not None
ar = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(ar)


def device(text: str = ar.CONFIG) -> Device:
    return DIALECT.read([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])


def rules(chain: str, text: str = ar.CONFIG) -> list[DeviceRule]:
    return [row for row in device(text).rows if isinstance(row, DeviceRule) and row.chain == chain]


def test_rules_in_the_order_of_their_numbers() -> None:
    found = rules("firewall")
    said = [(rule.rule, rule.decision, rule.protocol, rule.destination_ports, rule.interface_in, rule.interface_out) for rule in found]
    assert said == [
        ("answers", "accept", None, None, None, None),
        ("10", "accept", None, None, None, "eth1"),
        ("20", "accept", "tcp", "443", "eth1", None),
        ("30", "drop", "tcp", "8080-8090", "eth1", None),
        ("40", "unknown", None, None, None, "eth1"),
        ("50", "unknown", None, None, None, None),
    ]
    assert found[1].sources == "172.16.1.0/24,172.16.2.0/24" and found[2].destinations == "172.16.1.80"
    assert found[2].logs and found[4].unread == "application facebook" and found[5].unread == "entity nowhere"


def test_both_hooks_and_state() -> None:
    read = device()
    chains = {row.chain: (row.hook, row.priority, row.policy) for row in read.rows if isinstance(row, DeviceChain)}
    assert chains["firewall"] == ("forward", 0, "drop") and chains["firewall to itself"] == ("input", 0, "drop")
    assert chains["nat in"] == ("prerouting", -100, "accept") and chains["nat out"] == ("postrouting", 100, "accept")
    assert read.fact.stateful is True


def test_nat() -> None:
    out = rules("nat out")
    assert [(rule.rule, rule.decision, rule.to_addresses, rule.interface_out) for rule in out] == [
        ("10", "snat", "203.0.113.2", "eth1"),
        ("40", "unknown", None, None),
    ]
    into = rules("nat in")
    said = [(rule.rule, rule.decision, rule.destinations, rule.destination_ports, rule.to_addresses, rule.to_ports) for rule in into]
    assert said == [
        ("20", "dnat", "203.0.113.2", "80", "172.16.1.80", "8080"),
        ("30", "dnat", None, "22", "172.16.1.80", None),
        ("40", "unknown", None, None, None, None),
    ]


def test_an_address_given_from_outside_masquerades() -> None:
    assert rules("nat out", ar.CONFIG.replace("with src public.wan.self", "with src public.wan.line"))[0].decision == "masquerade"


def test_without_protect_and_enable_nothing_is_filtered_or_translated() -> None:
    text = ar.CONFIG.replace(" protect\n", "").replace(" enable\n", "")
    chains = {row.chain for row in device(text).rows if isinstance(row, DeviceChain)}
    assert chains == {"port1.0.1 in"} and device(text).fact.stateful is False


def test_a_rule_that_says_too_little_is_unknown_at_its_place() -> None:
    found = rules("firewall", ar.CONFIG.replace("rule 30 deny records from public to private", "rule 30 deny records"))
    assert [(rule.decision, rule.unread) for rule in found if rule.rule == "30"] == [("unknown", "deny records")]
