"""Answers from small graphs, compared with plain searches and with trying every set of changes."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analyze.paths.drawn import CHANGES, cheapest_by_trying, costs, joined, links, parts_of

from omamori.analyze.paths.answer import answer
from omamori.analyze.paths.parts import COSTS


def pairs(found):
    return {(path.entry, path.asset) for path in found.paths}


@given(links)
def test_exactly_what_a_plain_search_finds_is_found(drawn):
    found = answer(parts_of(drawn))
    assert pairs(found) == joined(drawn)
    sure = joined([link for link in drawn if link[2]])
    assert {(path.entry, path.asset) for path in found.paths if path.certain} == sure


@given(links, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_equal_input_does_not_change_the_answer(drawn, dice):
    shuffled = list(drawn)
    dice.shuffle(shuffled)
    assert answer(parts_of(drawn)) == answer(parts_of(shuffled))


@given(links, st.lists(st.sampled_from(CHANGES), unique=True), st.sampled_from(CHANGES))
@settings(max_examples=25, deadline=None)
def test_one_change_more_never_adds_a_path(drawn, made, one_more):
    parts = parts_of(drawn)
    assert pairs(answer(parts, [*made, one_more])) <= pairs(answer(parts, made))


@given(links, st.data())
@settings(max_examples=25, deadline=None)
def test_a_step_or_an_entry_less_never_adds_a_path(drawn, data):
    gone = data.draw(st.integers(0, len(drawn) - 1))
    fewer = drawn[:gone] + drawn[gone + 1 :]
    assert pairs(answer(parts_of(fewer))) <= pairs(answer(parts_of(drawn)))
    assert pairs(answer(parts_of(drawn, entries=("in1",)))) == {pair for pair in pairs(answer(parts_of(drawn))) if pair[0] == "in1"}


@given(links, costs)
def test_the_cut_cuts_everything_and_nothing_cheaper_does(drawn, weights):
    parts = parts_of(drawn, weights)
    found = answer(parts)
    chosen = [one.proposal.change for one in found.changes if one.rank]
    assert set(found.uncut) == joined(drawn, CHANGES)
    left = answer(parts, chosen)
    assert pairs(left) == set(found.uncut)
    sure = [link for link in drawn if link[2]]
    # Of what nothing cuts for certain, at least the certain ways are cut where that can be done.
    assert {(path.entry, path.asset) for path in left.paths if path.certain} == joined(sure, CHANGES)
    if not found.uncut:
        assert found.exact
        assert found.cost == found.at_least == cheapest_by_trying(drawn, weights) == sum(COSTS[weights[name]] for name in chosen)


@given(links)
@settings(max_examples=20, deadline=None)
def test_what_a_change_cuts_by_itself_is_counted(drawn):
    found = answer(parts_of(drawn))
    for one in found.changes:
        assert one.cuts == len(joined(drawn)) - len(joined(drawn, (one.proposal.change,)))


def test_each_path_has_the_cheapest_changes_of_its_own():
    drawn = [("in1", "a", True, ("c1",)), ("a", "d", True, ("c2",)), ("in1", "b", True, ("c3",)), ("b", "d", True, ("c2",))]
    (path,) = answer(parts_of(drawn, dict.fromkeys(CHANGES, "low") | {"c2": "medium"})).paths
    assert path.changes == ("c1", "c3")
    (path,) = answer(parts_of(drawn)).paths
    assert path.changes == ("c2",) and path.cuttable
    assert [step.change for step in path.steps] == ["c1", "c2"]


def test_a_path_without_any_known_change_is_told_as_such():
    found = answer(parts_of([("in1", "d", True, ())]))
    assert found.uncut == (("in1", "d"),) and not found.paths[0].cuttable and found.paths[0].changes == ()


def test_a_certain_way_is_shown_before_a_shorter_uncertain_one():
    drawn = [("in1", "d", False, ("c1",)), ("in1", "a", True, ("c2",)), ("a", "d", True, ("c3",))]
    (path,) = answer(parts_of(drawn)).paths
    assert path.certain and [step.asset for step in path.steps] == ["a", "d"]


def test_a_large_random_hospital_is_cut_within_the_bound():
    dice = random.Random(7)
    machines = [f"m{number}" for number in range(30)]
    drawn = [
        ("in1" if dice.random() < 0.1 else dice.choice(machines), dice.choice(machines), True, (f"x{dice.randrange(40)}",))
        for _ in range(200)
    ]
    parts = parts_of([])
    from omamori.analyze.paths.parts import Link, Proposal, entry_node, machine_node

    parts.jewels = dict.fromkeys(machines[:5], "important")
    parts.propose(Proposal(f"x{number}", "x", "x", dice.choice(("none", "low", "medium"))) for number in range(40))
    parts.links = [
        Link(
            entry_node(start) if start == "in1" else machine_node(start, "data"),
            machine_node(end, "data"),
            "domain-administrator",
            sure,
            "",
            one,
        )
        for start, end, sure, one in drawn
    ]
    found = answer(parts)
    chosen = [one.proposal.change for one in found.changes if one.rank]
    assert found.paths and found.at_least <= found.cost
    assert not answer(parts, chosen).paths
