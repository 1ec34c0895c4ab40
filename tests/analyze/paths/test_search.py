"""Shortest ways, compared with a plain search."""

from __future__ import annotations

from collections import deque

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.paths.graph import Steps, build_graph
from omamori.analyze.paths.search import alive_steps, search, ways

EDGES = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(0, 7)), max_size=40)


def graph_of(edges, *, certain=lambda step: step % 2 == 0, free=lambda step: False):
    rows = range(8)
    steps = Steps(
        kind=np.zeros(8, np.int32),
        certain=np.array([certain(row) for row in rows], np.bool_),
        free=np.array([free(row) for row in rows], np.bool_),
        changes=np.arange(8, dtype=np.int32),
        evidence=np.zeros(8, np.int32),
        kinds=("k",),
        change_names=tuple(f"c{row}" for row in rows),
        change_sets=tuple((row,) for row in rows),
        evidences=("e:1",),
    )
    columns = [np.array([edge[place] for edge in edges], np.int32) for place in range(3)]
    return build_graph([f"n{number:02}" for number in range(12)], *columns, steps)


def lengths(edges, start, weight):
    """Steps to every node, by a plain search that takes free steps first."""
    best, todo = {start: 0}, deque([start])
    while todo:
        at = todo.popleft()
        for source, target, step in edges:
            if source == at and best[at] + weight(step) < best.get(target, 99):
                best[target] = best[at] + weight(step)
                todo.append(target)
    return best


@given(EDGES, st.booleans())
def test_ways_are_as_short_as_they_can_be_and_hold_together(edges, with_free):
    def free(step):
        return with_free and step in (1, 2)

    graph = graph_of(edges, free=free)
    best = lengths(edges, 0, lambda step: 0 if free(step) else 1)
    found = search(graph, 0, range(12), alive_steps(graph))
    assert found.keys() == best.keys()
    for goal, way in found.items():
        at = 0
        for edge in way:
            assert graph.source_of(edge) == at
            at = int(graph.target[edge])
        assert at == goal
        assert sum(not free(int(graph.step[edge])) for edge in way) == best[goal]


@given(EDGES)
def test_certain_ways_come_first_and_only_where_there_are_some(edges):
    graph = graph_of(edges)
    sure = lengths([edge for edge in edges if edge[2] % 2 == 0], 0, lambda step: 1)
    every = lengths(edges, 0, lambda step: 1)
    found = ways(graph, 0, range(12))
    assert {goal: way.certain for goal, way in found.items()} == {goal: goal in sure for goal in every}
    assert all(len(way.edges) == (sure if way.certain else every)[goal] for goal, way in found.items())


@given(EDGES, st.sets(st.integers(0, 7)))
def test_changes_take_their_steps_away(edges, removed):
    graph = graph_of(edges)
    left = lengths([edge for edge in edges if edge[2] not in removed], 0, lambda step: 1)
    assert ways(graph, 0, range(12), removed).keys() == left.keys()


def test_a_goal_that_is_not_there_is_left_out():
    assert search(graph_of([(0, 1, 0)]), 0, [5], alive_steps(graph_of([(0, 1, 0)]))) == {}
