"""Answers from the graph: the way from each entry to each crown jewel, what a change takes away, and the cheapest changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from omamori.analyze.paths.assemble import FREE, Network, StepInfo, assemble
from omamori.analyze.paths.cut import Cut, Pair, changes_of, cheapest_cut
from omamori.analyze.paths.graph import Graph
from omamori.analyze.paths.parts import COSTS, DATA, Parts, Proposal, entry_node, machine_node
from omamori.analyze.paths.search import Way, alive_steps, search, ways
from omamori.analyze.paths.words import told
from omamori.model.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path as it is told; `change` is the cheapest one that takes it away."""

    start: str
    asset: str
    kind: str
    service: str
    told: Text
    certain: bool
    change: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Path:
    """The shortest way from an entry to a crown jewel, and the cheapest changes that cut all ways between the two."""

    entry: str
    asset: str
    jewel: str
    certain: bool
    steps: tuple[Step, ...]
    changes: tuple[str, ...]
    cuttable: bool

    @property
    def name(self) -> str:
        """Identifier of the path."""
        return f"{self.entry} > {self.asset}"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A change, how many paths it cuts by itself, and its place in the cheapest set (None: not in it)."""

    proposal: Proposal
    cuts: int
    rank: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """All paths, the changes, what the cheapest set costs (weights of `COSTS`) and how exact that is, and what no known change cuts."""

    paths: tuple[Path, ...]
    changes: tuple[Ranked, ...]
    cost: int
    at_least: int
    exact: bool
    uncut: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Question:
    parts: Parts
    network: Network
    removed: tuple[int, ...]
    cost: Mapping[int, int]

    @property
    def graph(self) -> Graph:
        return self.network.graph


def answer(parts: Parts, without: Iterable[str] = ()) -> Answer:
    """Return the paths that are left when the changes in `without` were made, and what to do first about them.

    `without` are identifiers as in `Parts.proposals`; one that concerns nothing in the graph changes nothing.
    """
    network = assemble(parts)
    numbers = {name: number for number, name in enumerate(network.graph.steps.change_names)}
    cost = {number: COSTS[parts.proposals[name].cost] if name in parts.proposals else COSTS["high"] for name, number in numbers.items()}
    removed = tuple(sorted(numbers[name] for name in set(without) if name in numbers))
    question = _Question(parts, network, removed, cost)
    found = _ways(question)
    cut = _cut(question, found)
    paths = tuple(_path(question, pair, way) for pair, way in sorted(found.items()))
    names = network.graph.names
    return Answer(
        paths=tuple(sorted(paths, key=lambda path: (path.entry, path.asset))),
        changes=_ranked(question, found, cut),
        cost=cut.cost,
        at_least=cut.at_least,
        exact=cut.exact,
        uncut=tuple(sorted((_plain(names[start]), _plain(names[goal])) for start, goal in cut.uncut)),
    )


def _plain(node: str) -> str:
    return node.partition(":")[2]


def _ways(question: _Question) -> dict[Pair, Way]:
    graph = question.graph
    goals = [graph.number[machine_node(asset, DATA)] for asset in sorted(question.parts.jewels)]
    found: dict[Pair, Way] = {}
    for entry in sorted(set(question.parts.entries)):
        start = graph.number[entry_node(entry)]
        found |= {(start, goal): way for goal, way in ways(graph, start, goals, question.removed).items()}
    return found


def _cut(question: _Question, found: Mapping[Pair, Way]) -> Cut:
    """Cut every way; where nothing known cuts the uncertain ones of a pair, at least the certain ones."""
    graph, made = question.graph, question.removed
    whole = cheapest_cut(graph, found, question.cost, removed=made)
    if not whole.uncut:
        return whole
    sure = [pair for pair in whole.uncut if found[pair].certain]
    rest = cheapest_cut(graph, sure, question.cost, removed=(*made, *whole.changes), certain_only=True)
    changes = tuple(sorted({*whole.changes, *rest.changes}))
    cost = whole.cost + rest.cost
    exact = whole.exact and not rest.changes
    return Cut(changes, cost, cost if exact else whole.at_least, exact, whole.uncut)


def _path(question: _Question, pair: Pair, way: Way) -> Path:
    graph = question.graph
    alone = cheapest_cut(graph, [pair], question.cost, removed=question.removed)
    asset = _plain(graph.names[pair[1]])
    return Path(
        entry=_plain(graph.names[pair[0]]),
        asset=asset,
        jewel=question.parts.jewels[asset],
        certain=way.certain,
        steps=_told(question, pair[0], way.edges),
        changes=tuple(graph.steps.change_names[change] for change in alone.changes),
        cuttable=not alone.uncut,
    )


def _told(question: _Question, start: int, edges: Sequence[int]) -> tuple[Step, ...]:
    graph, infos = question.graph, question.network.infos
    have = _plain(graph.names[start])
    steps: list[Step] = []
    for edge in edges:
        info = infos[int(graph.step[edge])]
        if info.kind != FREE:
            words = told(info.kind, have, info.asset, info.service, info.detail)
            change = _cheapest(question, info)
            steps.append(Step(have, info.asset, info.kind, info.service, words, info.certain, change, info.evidence))
            have = info.asset
    return tuple(steps)


def _cheapest(question: _Question, info: StepInfo) -> str | None:
    costs = {name: question.parts.proposals[name].cost for name in info.changes if name in question.parts.proposals}
    return min(costs, key=lambda name: (COSTS[costs[name]], name), default=None)


def _ranked(question: _Question, found: Mapping[Pair, Way], cut: Cut) -> tuple[Ranked, ...]:
    """Return the changes of the shown ways and of the cheapest set; the set in the order of what each cuts beyond those before it."""
    graph = question.graph
    pairs_of: dict[int, list[Pair]] = defaultdict(list)
    for pair, way in found.items():
        for change in changes_of(graph, way.edges):
            pairs_of[change].append(pair)
    # Only a change on the shown way of a pair can cut that pair by itself.
    cuts = {change: _cut_by(question, (change,), pairs) for change, pairs in pairs_of.items()}
    places = _order(question, sorted(found), cut.changes, cuts)
    ranked = []
    for change in pairs_of.keys() | set(cut.changes):
        name = graph.steps.change_names[change]
        proposal = question.parts.proposals.get(name) or Proposal(name, name, name, "high")
        ranked.append(Ranked(proposal, cuts.get(change, 0), places.get(change)))
    last = len(places) + 1
    return tuple(sorted(ranked, key=lambda one: (one.rank or last, -one.cuts, COSTS[one.proposal.cost], one.proposal.change)))


def _cut_by(question: _Question, changes: Sequence[int], pairs: Iterable[Pair]) -> int:
    graph = question.graph
    goals: dict[int, list[int]] = defaultdict(list)
    for start, goal in pairs:
        goals[start].append(goal)
    alive = alive_steps(graph, (*question.removed, *changes))
    return sum(len(wanted) - len(search(graph, start, wanted, alive)) for start, wanted in goals.items())


def _order(question: _Question, pairs: Sequence[Pair], chosen: Sequence[int], cuts: Mapping[int, int]) -> dict[int, int]:
    """Return change → place: the next is always the one that cuts most for its cost together with those before."""
    left = set(chosen)
    made: list[int] = []
    places: dict[int, int] = {}
    before = 0
    while left:
        total = {change: _cut_by(question, (*made, change), pairs) for change in left}
        best = max(left, key=lambda one: ((total[one] - before) / question.cost[one], cuts.get(one, 0), -question.cost[one], -one))
        before = total[best]
        made.append(best)
        left.remove(best)
        places[best] = len(made)
    return places
