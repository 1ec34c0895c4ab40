"""The columns of the graph."""

from __future__ import annotations

import numpy as np
import pytest

from omamori.analyze.paths.graph import Steps, build_graph, sets_hit


def steps(count, sets=((),)):
    zeros = np.zeros(count, np.int32)
    flags = np.zeros(count, np.bool_)
    return Steps(zeros, ~flags, flags, zeros, zeros, ("k",), ("x", "y", "z"), sets, ("e:1",))


def numbers(*values):
    return np.array(values, np.int32)


def test_edges_stand_in_order_of_start_end_and_step_whatever_the_order_they_came_in():
    edges = [(2, 0, 1), (0, 1, 2), (0, 1, 0), (0, 2, 3), (2, 1, 0)]
    for order in (edges, edges[::-1]):
        source, target, step = (numbers(*column) for column in zip(*order, strict=True))
        graph = build_graph(("a", "b", "c"), source, target, step, steps(4))
        assert graph.first.tolist() == [0, 3, 3, 5]
        assert graph.target.tolist() == [1, 1, 2, 0, 1] and graph.step.tolist() == [0, 2, 3, 1, 0]
        assert [graph.source_of(edge) for edge in range(5)] == [0, 0, 0, 2, 2]


def test_a_graph_without_edges_is_one():
    graph = build_graph(("a",), numbers(), numbers(), numbers(), steps(0))
    assert graph.first.tolist() == [0, 0] and graph.number == {"a": 0}


@pytest.mark.parametrize(("source", "target", "step"), [((0,), (2,), (0,)), ((0,), (1,), (5,)), ((-1,), (1,), (0,)), ((2,), (0,), (0,))])
def test_an_edge_to_nowhere_is_refused(source, target, step):
    with pytest.raises(ValueError, match="not there"):
        build_graph(("a", "b"), numbers(*source), numbers(*target), numbers(*step), steps(1))


def test_a_change_set_is_hit_by_any_of_its_changes():
    sets = ((), (0,), (1, 2), (2,))
    assert sets_hit(sets, (), 3).tolist() == [False] * 4
    assert sets_hit(sets, (2,), 3).tolist() == [False, False, True, True]
    assert sets_hit(sets, (0, 1), 3).tolist() == [False, True, True, False]
