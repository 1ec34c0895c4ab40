"""Sets of packets, against plain sets of Python."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.reach.cubes import Axis, Space, meet, merged, runs, single_bits, without

masks = st.integers(1, 15)
cubes = st.tuples(masks, masks, masks, st.integers(1, 3))


def members(cube):
    axes = [[bit for bit in range(4) if mask >> bit & 1] for mask in cube]
    return set(product(*axes))


@given(cubes, st.lists(cubes, max_size=4))
def test_without_is_the_difference_in_disjoint_cubes(cube, taken):
    left = without(cube, taken)
    wanted = members(cube) - set().union(*map(members, taken)) if taken else members(cube)
    assert sorted(one for part in left for one in members(part)) == sorted(wanted)


@given(cubes, cubes)
def test_meet_is_the_intersection(one, other):
    common = meet(one, other)
    assert (members(common) if common else set()) == members(one) & members(other)


@given(st.lists(cubes, max_size=6))
def test_merged_is_the_same_set(parts):
    assert set().union(*map(members, merged(parts)), set()) == set().union(*map(members, parts), set())


@given(st.sets(st.integers(0, 40)), st.integers(0, 40), st.integers(0, 40))
def test_an_axis_gives_back_the_ranges_it_was_cut_at(cuts, one, other):
    first, last = sorted((one, other))
    axis = Axis({*cuts, first, last + 1}, 40)
    covered = {number for low, high in axis.ranges(axis.mask(((first, last),))) for number in range(low, high + 1)}
    assert covered == set(range(first, last + 1))
    assert axis.at(first) & axis.mask(((first, last),))


@given(st.integers(0, 2**20))
def test_runs_and_bits(mask):
    assert sum(((1 << (high - low + 1)) - 1) << low for low, high in runs(mask)) == mask
    assert sum(single_bits(mask)) == mask


def test_services_by_protocol():
    space = Space((), (443, 444), (), (50, 51))
    tcp = space.service(((6, 6),), ((443, 443),))
    assert space.told(tcp) == ((6, ((443, 443),)),)
    assert space.told(space.service(((50, 50),), None)) == ((50, None),)
    assert {number for number, _ in space.told(space.services)} == {6, 17, 1, 50, -1}
    assert space.with_ports(17, space.ports_of(6, tcp)) == space.service(((17, 17),), ((443, 443),))
