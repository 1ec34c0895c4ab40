"""Rules of PAN-OS where translation and zones meet."""

from __future__ import annotations

from omamori.parse.device.dialects.panos.objects import Objects
from omamori.parse.device.dialects.panos.rules import Rules
from omamori.parse.device.dialects.panos.tree import read_tree
from omamori.parse.windows.lines import Line

BASE = """\
set zone a network layer3 e1
set zone b network layer3 e2
set rulebase security rules r from a
set rulebase security rules r to b
set rulebase security rules r source any
set rulebase security rules r application any
set rulebase security rules r action allow
"""


def rules(text: str) -> list:
    root = read_tree([Line(number, line) for number, line in enumerate((BASE + text).split("\n"), 1)]).root
    own = root.at("vsys", "vsys1")
    return [row for row in Rules(own, Objects(own, root.at("shared")), "", None).rows() if hasattr(row, "decision")]


def of(text: str, rule: str, chain: str = "security") -> list:
    return [row for row in rules(text) if row.rule == rule and row.chain == chain]


def test_what_is_not_set_is_a_doubt() -> None:
    (row,) = of("", "r")
    assert row.unread == "destination not set; service not set"


def test_conditions_that_are_not_followed() -> None:
    fine = "set rulebase security rules r destination any\nset rulebase security rules r service any\n"
    assert [row.unread for row in of(fine, "r")] == [None]
    for more in ("source-user bob", "schedule nights", "hip-profiles h", "new-thing x"):
        (row,) = of(f"{fine}set rulebase security rules r {more}", "r")
        assert row.unread or row.schedule, more


def test_a_rule_of_another_destination_does_not_see_translated_packets() -> None:
    text = (
        "set rulebase security rules r destination 10.0.0.0/8\nset rulebase security rules r service any\n"
        "set rulebase nat rules n from a\nset rulebase nat rules n to a\nset rulebase nat rules n source any\nset rulebase nat rules n destination 203.0.113.3\n"
        "set rulebase nat rules n destination-translation translated-address 10.0.0.9\n"
    )
    assert [(row.destinations, row.states) for row in of(text, "r")] == [("10.0.0.0/8", "!dnat")], (
        "it names the inner address, the packet had the outer one"
    )


def test_a_translated_port_is_a_doubt_where_the_rule_names_ports() -> None:
    text = (
        "set rulebase security rules r destination 203.0.113.3\nset rulebase security rules r service service-https\n"
        "set rulebase nat rules n from a\nset rulebase nat rules n to a\nset rulebase nat rules n source any\nset rulebase nat rules n destination 203.0.113.3\n"
        "set rulebase nat rules n destination-translation translated-address 10.0.0.9\nset rulebase nat rules n destination-translation translated-port 8443\n"
    )
    translated = [row for row in of(text, "r") if row.states == "dnat"]
    assert translated and all(row.unread for row in translated)


def test_both_directions() -> None:
    text = (
        "set rulebase nat rules n from b\nset rulebase nat rules n to a\nset rulebase nat rules n source 10.0.0.9\nset rulebase nat rules n destination any\n"
        "set rulebase nat rules n source-translation static-ip translated-address 203.0.113.9\nset rulebase nat rules n source-translation static-ip bi-directional yes\n"
    )
    back = [row for row in of(text, "n", "destination NAT") if row.decision == "dnat"]
    assert [(row.destinations, row.to_addresses, row.interface_in) for row in back] == [("203.0.113.9", "10.0.0.9", "a")]
    (away,) = of(text, "n", "source NAT")
    assert (away.decision, away.to_addresses, away.sources, away.interface_out, away.one_to_one) == (
        "snat",
        "203.0.113.9",
        "10.0.0.9",
        "a",
        True,
    )


def test_defaults_that_were_changed() -> None:
    told = {
        (row.rule, row.decision)
        for row in rules("set rulebase default-security-rules rules intrazone-default action deny")
        if "default" in row.rule
    }
    assert told == {("intrazone-default", "drop"), ("interzone-default", "drop")}
