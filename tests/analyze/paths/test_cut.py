"""The cheapest cut, in both ways of counting, and within narrow bounds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analyze.paths.drawn import CHANGES, ENTRIES, cheapest_by_trying, costs, joined, links, parts_of

from omamori.analyze.paths.assemble import assemble
from omamori.analyze.paths.cut import cheapest_cut
from omamori.analyze.paths.parts import COSTS, entry_node, machine_node


def problem(drawn, weights):
    graph = assemble(parts_of(drawn, weights)).graph
    cost = {number: COSTS[weights[name]] for number, name in enumerate(graph.steps.change_names)}
    pairs = [(graph.number[entry_node(entry)], graph.number[machine_node(jewel, "data")]) for entry in ENTRIES for jewel in ("d", "e")]
    return graph, cost, pairs


@given(links, costs, st.integers(0, 3), st.integers(1, 4))
def test_a_search_that_gives_up_still_cuts_and_says_so(drawn, weights, rounds, limit):
    graph, cost, pairs = problem(drawn, weights)
    found = cheapest_cut(graph, pairs, cost, rounds=rounds, limit=limit)
    names = [graph.steps.change_names[change] for change in found.changes]
    assert joined(drawn, names) == joined(drawn, CHANGES)
    best = cheapest_by_trying(drawn, weights)
    assert found.at_least <= best <= found.cost
    assert not found.exact or found.cost == best


@given(links, costs)
@settings(max_examples=25, deadline=None)
def test_only_the_certain_ways_can_be_asked_for(drawn, weights):
    sure = [link for link in drawn if link[2]]
    graph, cost, pairs = problem(drawn, weights)
    found = cheapest_cut(graph, pairs, cost, certain_only=True)
    names = [graph.steps.change_names[change] for change in found.changes]
    assert joined(sure, names) == joined(sure, CHANGES)
    assert found.exact and found.cost == cheapest_by_trying(sure, weights)


def test_what_was_changed_already_costs_nothing_more():
    drawn = [("in1", "a", True, ("c1",)), ("a", "d", True, ("c2",))]
    graph, cost, pairs = problem(drawn, dict.fromkeys(CHANGES, "low"))
    assert cheapest_cut(graph, pairs, cost).cost == COSTS["low"]
    assert cheapest_cut(graph, pairs, cost, removed=[0]).changes == ()
