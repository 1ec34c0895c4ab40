"""The parts of a network."""

from __future__ import annotations

from omamori.analyze.reach.parts import Chain, Device, Nic, Rule, rule_name


def test_chains_are_met_in_order_of_priority_and_a_rule_goes_by_its_name():
    chains = (Chain("late", "forward", 5), Chain("early", "forward", -5), Chain("sub"))
    device = Device("fw", (Nic("eth0", 10, 0, 255),), chains=chains)
    assert [chain.name for chain in device.bases["forward"]] == ["early", "late"]
    assert device.owns(10, None) and not device.owns(11, None) and not device.owns(10, "blue")
    assert str(rule_name(device, chains[0], Rule(3, "accept"))) == "fw late: #3"
    assert str(rule_name(device, chains[0], Rule(3, "accept", name="web"))) == "fw late: web"
    assert str(rule_name(device, chains[0], None)) == "fw late: policy"


def test_a_chain_translates_by_its_rules_or_its_place():
    assert Chain("n", "prerouting", -100).translates
    assert Chain("n", "forward", 0, rules=(Rule(0, "dnat"),)).translates
    assert not Chain("f", "forward", 0).translates
