"""The parts and the names of the nodes."""

from __future__ import annotations

from omamori.analyze.paths.parts import COSTS, Parts, Proposal, carried_node, entry_node, machine_node, zone_node
from omamori.evaluate.check import COSTS as COSTS_OF_CHECKS


def test_costs_are_those_of_the_checks_and_grow():
    assert tuple(COSTS) == COSTS_OF_CHECKS
    assert list(COSTS.values()) == sorted(set(COSTS.values()))


def test_nodes_of_one_name_stay_apart():
    names = {entry_node("x"), zone_node("x"), machine_node("x", "user"), machine_node("x", "administrator"), carried_node("x", "x")}
    assert len(names) == 5 and all(name.endswith(":x") for name in names)


def test_of_two_proposals_of_one_name_the_order_does_not_decide():
    one, two = Proposal("c", "ア", "a", "low"), Proposal("c", "イ", "b", "none")
    for order in ((one, two), (two, one)):
        parts = Parts()
        parts.propose(order)
        assert parts.proposals == {"c": one}
