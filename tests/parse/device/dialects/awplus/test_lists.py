"""Hardware filters of ports and the lists that limit doors."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from omamori.model.device import DeviceAccess, DeviceChain, DeviceRule
from omamori.parse.device.blocks import Command
from omamori.parse.device.dialects.awplus import DIALECT
from omamori.parse.device.dialects.awplus.lists import rule_of
from omamori.parse.windows.lines import Line

_spec = importlib.util.spec_from_file_location("ar", Path(__file__).with_name("ar.py"))
assert _spec is not None and _spec.loader is not None
ar = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(ar)


def rows(text: str) -> list[object]:
    return list(DIALECT.read([Line(number, line) for number, line in enumerate(text.split("\n"), 1)]).rows)


def test_what_a_port_drops_is_unknown_where_others_lead_into_the_same_vlan() -> None:
    chain = next(row for row in rows(ar.CONFIG) if isinstance(row, DeviceChain) and row.chain == "port1.0.1 in")
    assert (chain.hook, chain.policy, chain.interface_in) == ("prerouting", "accept", "vlan2")
    found = [row for row in rows(ar.CONFIG) if isinstance(row, DeviceRule) and row.chain == "port1.0.1 in"]
    assert [(rule.rule, rule.decision, rule.sources, rule.destinations, rule.destination_ports) for rule in found] == [
        ("3001", "unknown", None, "172.16.1.0/24", "445"),
        ("guests", "accept", "172.16.9.5", None, None),
        ("guests", "unknown", None, "172.16.0.0/16", None),
    ]


def test_a_port_alone_in_its_vlan_filters_it() -> None:
    text = ar.CONFIG.replace("interface port1.0.1-port1.0.2", "interface port1.0.1")
    found = [row for row in rows(text) if isinstance(row, DeviceRule) and row.chain == "port1.0.1 in"]
    assert [rule.decision for rule in found] == ["drop", "accept", "drop"]


def test_a_list_limits_a_door() -> None:
    doors = {row.protocol: row for row in rows(ar.CONFIG) if isinstance(row, DeviceAccess)}
    assert doors["snmp"].allowed_from == "172.16.1.0/24"


@pytest.mark.parametrize(
    ("text", "decision", "unread"),
    [
        ("permit ip any any", "accept", None),
        ("deny tcp any range 1 9 any eq 22", "drop", None),
        ("permit proto 50 any any", "accept", None),
        ("permit ip any any vlan 5", "unknown", "vlan 5"),
        ("send-to-cpu ip any any", "unknown", None),
        ("permit odd any any", "unknown", "odd"),
        ("permit ip somewhere any", "unknown", "addresses"),
        ("permit ip 10.0.0.0 0.255.0.255 any", "unknown", "addresses"),
    ],
)
def test_words_of_a_line(text: str, decision: str, unread: str | None) -> None:
    words = tuple(text.split())
    rule = rule_of(Command(Line(1, text), words), words, "x")
    assert (rule.decision, rule.unread) == (decision, unread)
