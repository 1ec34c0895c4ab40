"""The cheapest hitting set, compared with trying every one."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.paths.hitting import cheapest_hitting

MEMBERS = range(8)
SETS = st.lists(st.frozensets(st.sampled_from(MEMBERS), min_size=1, max_size=4), max_size=10)
COSTS = st.lists(st.integers(1, 9), min_size=8, max_size=8).map(lambda costs: dict(enumerate(costs)))


def by_trying(sets, cost):
    chosen = (set(some) for size in range(len(MEMBERS) + 1) for some in combinations(MEMBERS, size))
    return min(sum(cost[member] for member in some) for some in chosen if all(members & some for members in sets))


@given(SETS, COSTS)
def test_nothing_cheaper_hits_them_all(sets, cost):
    found = cheapest_hitting(sets, cost)
    assert all(members & set(found.chosen) for members in sets)
    assert found.exact and found.cost == found.at_least == by_trying(sets, cost) == sum(cost[member] for member in found.chosen)


@given(SETS, COSTS, st.randoms(use_true_random=False))
def test_the_order_of_the_sets_makes_no_difference(sets, cost, dice):
    shuffled = list(sets)
    dice.shuffle(shuffled)
    assert cheapest_hitting(sets, cost) == cheapest_hitting(shuffled, cost)


def test_where_the_search_gives_up_the_answer_still_hits_and_says_how_far_off_it_may_be():
    dice = random.Random(3)
    sets = [frozenset(dice.sample(range(60), 5)) for _ in range(150)]
    cost = {member: dice.choice((1, 3, 10, 30)) for member in range(60)}
    found = cheapest_hitting(sets, cost, limit=50)
    assert not found.exact and found.at_least < found.cost
    assert all(members & set(found.chosen) for members in sets)
    better = cheapest_hitting(sets, cost)
    assert found.at_least <= better.cost <= found.cost


def test_a_set_nobody_can_hit_is_refused():
    with pytest.raises(ValueError, match="empty"):
        cheapest_hitting([frozenset()], {})
