"""The graph of steps as columns: nodes and edges are numbers, names, labels and evidence stand once in tables of text.

With numpy where it is there, else with lists (`plainly`); loaded only where there are ways in to follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from omamori.analyze.paths import plainly
from omamori.analyze.paths.columns import HAS_NUMPY

if HAS_NUMPY:
    import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Steps:
    """The distinct steps, as columns of equal length. An edge names its step by the row.

    `kind` and `evidence` point into their tables of text, `changes` into `change_sets`; a change set holds the numbers of the changes
    of which any one takes the step away. `free`: the step costs the intruder nothing and is not told (an administrator is also a user).
    """

    kind: Numbers
    certain: Flags
    free: Flags
    changes: Numbers
    evidence: Numbers
    kinds: Sequence[str]
    change_names: Sequence[str]
    change_sets: Sequence[Sequence[int]]
    evidences: Sequence[str]

    def __len__(self) -> int:
        """Return how many steps there are."""
        return len(self.kind)


@dataclass(frozen=True, slots=True)
class Graph:
    """Edges in order of start, end and step: those of node `n` are `first[n]` to `first[n + 1]`."""

    names: Sequence[str]
    number: Mapping[str, int]
    first: NDArray[np.int64]
    target: Numbers
    step: Numbers
    steps: Steps
    has_free: bool

    def source_of(self, edge: int) -> int:
        """Return the node an edge begins at."""
        if isinstance(self.first, list):
            return plainly.source_of(self.first, edge)
        return int(np.searchsorted(self.first, edge, side="right")) - 1


def build_graph(names: Sequence[str], source: Numbers, target: Numbers, step: Numbers, steps: Steps) -> Graph:
    """Return the graph of edges `source[i]` to `target[i]` by step row `step[i]`.

    The order of the edges does not matter: they are sorted. `names` and the rows of `steps` are numbered by the caller and must come in
    an order that depends on their content alone. ValueError when a number points nowhere or the numbers do not fit into 63 bits.
    """
    nodes, rows = len(names), len(steps)
    if isinstance(source, list):
        if source and (max(max(source), max(target)) >= nodes or max(step) >= rows or min(min(source), min(target)) < 0):
            raise ValueError("an edge points to a node or step that is not there")
        listed: Any = plainly.in_order(nodes, source, target, step)
        return Graph(names, {name: number for number, name in enumerate(names)}, *listed, steps, any(steps.free))
    if len(source) and (
        int(max(source.max(), target.max())) >= nodes or int(step.max()) >= rows or int(min(source.min(), target.min())) < 0
    ):
        raise ValueError("an edge points to a node or step that is not there")
    node_bits, step_bits = max(nodes - 1, 1).bit_length(), max(rows - 1, 1).bit_length()
    if 2 * node_bits + step_bits > 63:
        raise ValueError("too many nodes and steps for one graph")
    # One number holds start, end and step, so that one sort of plain numbers puts everything into order.
    key = source.astype(np.int64)
    key <<= node_bits
    key |= target
    key <<= step_bits
    key |= step
    key.sort()
    ordered = (key & ((1 << step_bits) - 1)).astype(np.int32)
    key >>= step_bits
    ends = (key & ((1 << node_bits) - 1)).astype(np.int32)
    first = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(source, minlength=nodes), out=first[1:])
    numbers = {name: number for number, name in enumerate(names)}
    return Graph(names, numbers, first, ends, ordered, steps, bool(steps.free.any()))


def sets_hit(sets: Sequence[Sequence[int]], removed: Iterable[int], count: int) -> Flags:
    """Return for each change set whether one of the changes in `removed` is in it; `count` changes there are."""
    gone = np.zeros(count + 1, np.bool_)
    for change in removed:
        gone[change] = True
    lengths = np.fromiter((len(members) for members in sets), np.int64, len(sets))
    members = np.fromiter(chain.from_iterable(sets), np.int64, int(lengths.sum()))
    owner = np.repeat(np.arange(len(sets)), lengths)
    found = np.zeros(len(sets), np.bool_)
    found[owner[gone[members]]] = True
    return found


def plain(values: Any) -> list[Any]:
    """Return an array as a list of Python's own numbers."""
    return list(values.tolist())
