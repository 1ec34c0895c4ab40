"""Lists instead of arrays: the same order, the same ways, to the edge."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.paths.columns import flags, numbers
from omamori.analyze.paths.graph import Graph, Steps, build_graph
from omamori.analyze.paths.search import alive_steps, search, ways

NODES, ROWS = 12, 8
EDGES = st.lists(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1), st.integers(0, ROWS - 1)), max_size=40)


def graph_of(edges: list[tuple[int, int, int]], *, free: set[int], arrays: bool) -> Graph:
    steps = Steps(
        kind=numbers([0] * ROWS, arrays=arrays),
        certain=flags([row % 2 == 0 for row in range(ROWS)], arrays=arrays),
        free=flags([row in free for row in range(ROWS)], arrays=arrays),
        changes=numbers(list(range(ROWS)), arrays=arrays),
        evidence=numbers([0] * ROWS, arrays=arrays),
        kinds=("k",),
        change_names=tuple(f"c{row}" for row in range(ROWS)),
        change_sets=tuple((row,) for row in range(ROWS)),
        evidences=("e:1",),
    )
    columns = [numbers([edge[place] for edge in edges], arrays=arrays) for place in range(3)]
    return build_graph([f"n{number:02}" for number in range(NODES)], *columns, steps)


@given(EDGES, st.sets(st.integers(0, ROWS - 1)), st.sets(st.integers(0, ROWS - 1)))
def test_lists_and_arrays_give_the_same_edges(edges: list[tuple[int, int, int]], free: set[int], removed: set[int]) -> None:
    with_arrays, with_lists = (graph_of(edges, free=free, arrays=arrays) for arrays in (True, False))
    assert list(with_arrays.first) == with_lists.first and list(with_arrays.target) == with_lists.target
    assert with_arrays.has_free == with_lists.has_free
    assert [with_arrays.source_of(edge) for edge in range(len(edges))] == [with_lists.source_of(edge) for edge in range(len(edges))]
    goals = list(range(1, NODES))
    for certain_only in (True, False):
        left = [alive_steps(graph, removed, certain_only=certain_only) for graph in (with_arrays, with_lists)]
        assert list(left[0]) == left[1]
        assert search(with_arrays, 0, goals, left[0]) == search(with_lists, 0, goals, left[1])
    assert ways(with_arrays, 0, goals, removed) == ways(with_lists, 0, goals, removed)
