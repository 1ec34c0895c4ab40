"""Access lists, order of filters, dynamic lists, NAPT, and what is unknown where filters and NAT meet."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.blocks import Command
from omamori.parse.device.dialects.nec_ix import DIALECT
from omamori.parse.device.dialects.nec_ix.filters import rule_of
from omamori.parse.windows.lines import Line

_spec = importlib.util.spec_from_file_location("ix", Path(__file__).with_name("ix.py"))
assert _spec is not None and _spec.loader is not None
ix = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(ix)


def rules(text: str) -> dict[str, list[DeviceRule]]:
    device = DIALECT.read([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])
    found: dict[str, list[DeviceRule]] = {row.chain: [] for row in device.rows if isinstance(row, DeviceChain)}
    for row in device.rows:
        if isinstance(row, DeviceRule):
            found[row.chain].append(row)
    return found


def said(text: str) -> DeviceRule:
    words = tuple(text.split())
    return rule_of(Command(Line(1, text), ("ip", "access-list", "x", *words)), words, "c")


def test_filters_by_their_numbers_and_the_implicit_end() -> None:
    into = rules(ix.CONFIG)["GigaEthernet1.0 in"]
    assert [(rule.rule, rule.decision, rule.protocol, rule.sources, rule.destination_ports, rule.position) for rule in into] == [
        ("trigger", "accept", "tcp", "192.168.10.0/24", "443", 0),
        ("office", "accept", None, "192.168.10.0/24", None, 1),
    ]


def test_answers_to_what_a_dynamic_list_let_go_come_first() -> None:
    out = rules(ix.CONFIG)["GigaEthernet1.0 out"]
    assert (out[0].decision, out[0].destinations, out[0].source_ports, out[0].states) == (
        "accept",
        "192.168.10.0/24",
        "443",
        "established,related",
    )
    assert (out[1].decision, out[1].unread) == ("unknown", "list nowhere, which is not here")


def test_a_rule_on_a_translated_address_is_unknown() -> None:
    into = rules(ix.CONFIG)["GigaEthernet0.1 in"]
    assert [(rule.decision, rule.sources, rule.destinations) for rule in into] == [
        ("accept", "198.51.100.20", None),
        ("accept", None, None),
        ("unknown", None, None),
    ]
    assert into[2].unread == "203.0.113.9, before or after translation"
    plain = rules(ix.CONFIG.replace("  ip napt enable\n", ""))["GigaEthernet0.1 in"]
    assert (plain[2].decision, plain[2].destinations) == ("drop", "203.0.113.9")


def test_napt() -> None:
    found = rules(ix.CONFIG)
    inward = [
        (rule.decision, rule.protocol, rule.destination_ports, rule.to_addresses, rule.to_ports) for rule in found["GigaEthernet0.1 nat in"]
    ]
    assert inward == [
        ("accept", "udp", "500", None, None),
        ("accept", "esp", None, None, None),
        ("dnat", "tcp", "80", "192.168.10.80", "8080"),
        ("unknown", None, None, None, None),
    ]
    assert [rule.decision for rule in found["GigaEthernet0.1 nat out"]] == ["masquerade"]
    fixed = rules(ix.CONFIG.replace("ip address ipcp", "ip address 203.0.113.9/29"))["GigaEthernet0.1 nat in"]
    assert (fixed[-1].decision, fixed[-1].destinations, fixed[0].destinations) == ("drop", "203.0.113.9", "203.0.113.9")


@pytest.mark.parametrize(
    ("text", "column", "wanted"),
    [
        ("permit tcp src any sport gt 1023 dest any dport eq www", "source_ports", "1024-65535"),
        ("permit tcp src any sport any dest any dport lt 1024", "destination_ports", "0-1023"),
        ("permit 50 src any dest 10.0.0.0/8", "protocol", "esp"),
        ("deny ip src range 10.0.0.3 10.0.0.9 dest any", "sources", "10.0.0.3-10.0.0.9"),
        ("permit tcp src any sport any dest any dport any established", "unread", "established"),
        ("permit odd src any dest any", "decision", "unknown"),
        ("permit ip src somewhere dest any", "unread", "somewhere"),
        ("permit icmp type x src any dest any", "decision", "unknown"),
    ],
)
def test_words_of_a_line(text: str, column: str, wanted: str) -> None:
    assert getattr(said(text), column) == wanted


def test_a_deny_in_a_dynamic_list_is_unknown() -> None:
    text = ix.CONFIG.replace("ip access-list dynamic", "ip access-list trigger deny ip src any dest any\nip access-list dynamic")
    assert [rule.decision for rule in rules(text)["GigaEthernet1.0 in"]] == ["accept", "unknown", "accept"]


def test_static_nat_pairs() -> None:
    text = ix.CONFIG.replace("  ip napt enable\n", "  ip nat enable\n  ip nat static 192.168.10.5 203.0.113.10\n")
    found = rules(text)
    assert any(
        (rule.decision, rule.destinations, rule.to_addresses) == ("dnat", "203.0.113.10", "192.168.10.5")
        for rule in found["GigaEthernet0.1 nat in"]
    )
    assert [(rule.decision, rule.to_addresses) for rule in found["GigaEthernet0.1 nat out"]] == [("snat", "203.0.113.10")]
