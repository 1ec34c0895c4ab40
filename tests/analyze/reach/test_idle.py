"""Rules that never decide."""

from __future__ import annotations

from small import chain, device, rule

from omamori.analyze.reach.idle import idle_rules
from omamori.analyze.reach.masks import Masks
from omamori.analyze.reach.network import network_of


def idle(rows):
    network = network_of([*device(), *rows])
    return [
        (one.rule.position, one.kind, [rule.position for rule in one.because]) for one in idle_rules(Masks(network), network.devices[0])
    ]


def test_several_rules_together_can_take_all_of_one():
    rows = [chain("f"), rule("f", 0, "accept", sources="10.1.0.0/25"), rule("f", 1, "drop", sources="10.1.0.128/25")]
    assert idle([*rows, rule("f", 2, "accept", sources="10.1.0.0/24")]) == [(2, "shadowed", [0, 1])]
    assert idle([*rows, rule("f", 2, "accept", sources="10.1.0.0/23")]) == []


def test_interfaces_and_states_must_be_covered_for_certain():
    narrow = rule("f", 1, "accept", interface_in="eth0", protocol="tcp")
    assert idle([chain("f"), rule("f", 0, "accept", interface_in="eth1"), narrow]) == []
    assert idle([chain("f"), rule("f", 0, "accept", interface_in="eth*"), narrow]) == [(1, "redundant", [0])]
    assert idle([chain("f"), rule("f", 0, "drop", states="established"), narrow]) == []


def test_a_rule_not_wholly_understood_takes_nothing():
    assert idle([chain("f"), rule("f", 0, "drop", unread="x"), rule("f", 1, "accept")]) == []


def test_a_chain_nothing_leads_to():
    rows = [chain("f"), chain("lost", hook=None, policy=None), rule("lost", 0, "accept")]
    assert idle(rows) == [(0, "unreachable", [])]
    assert idle([*rows, rule("f", 0, "jump", target="lost")]) == []
