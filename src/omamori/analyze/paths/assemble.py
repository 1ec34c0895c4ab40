"""Puts the parts together to one graph of steps. The order of the parts makes no difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from omamori.analyze.paths.columns import flags, numbers
from omamori.analyze.paths.graph import Graph, Steps, build_graph
from omamori.analyze.paths.parts import (
    ADMINISTRATOR,
    DATA,
    USER,
    Credential,
    Parts,
    Reach,
    Weakness,
    carried_node,
    entry_node,
    machine_node,
    zone_node,
)

FREE = ""
"""Kind of a step that is none: who administers a machine also uses it, who is on it stands in its network."""


@dataclass(frozen=True, slots=True, order=True)
class StepInfo:
    """What is told of a step: kind, whether certain, changes, evidence, the machine or zone it leads to, service and detail."""

    kind: str
    certain: bool = True
    changes: tuple[str, ...] = ()
    evidence: str = ""
    asset: str = ""
    service: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """The graph and, row by row, what is told of its steps."""

    graph: Graph
    infos: Sequence[StepInfo]


@dataclass(slots=True)
class _Edges:
    """Edges while they are gathered, each named by its ends and its step."""

    found: set[tuple[str, str, StepInfo]] = field(default_factory=set)

    def add(self, start: str, end: str, info: StepInfo) -> None:
        self.found.add((start, end, info))


def assemble(parts: Parts) -> Network:
    """Return the graph of the parts; the same parts in any order make the same graph."""
    edges = _Edges()
    _machines(parts, edges)
    by_origin = _steps_over_network(parts)
    for (origin, asset, right), infos in by_origin.items():
        for info in infos:
            edges.add(origin, machine_node(asset, right), info)
    for link in parts.links:
        asset = link.end.partition(":")[2]
        edges.add(
            link.start, link.end, StepInfo(link.kind, link.certain, tuple(sorted(link.changes)), link.evidence, asset, "", link.detail)
        )
    _credentials(parts, by_origin, edges)
    nodes = {name for start, end, _ in edges.found for name in (start, end)}
    nodes |= {entry_node(entry) for entry in parts.entries} | {machine_node(asset, DATA) for asset in parts.jewels}
    return _numbered(sorted(nodes), edges.found)


def _machines(parts: Parts, edges: _Edges) -> None:
    """An administrator is a user and has the data; who runs programs on a machine stands in its networks."""
    assets = {weak.asset for weak in parts.weaknesses} | set(parts.zones) | set(parts.jewels)
    assets |= {link.end.partition(":")[2] for link in parts.links if link.end.startswith((USER, ADMINISTRATOR, DATA))}
    assets |= {link.start.partition(":")[2] for link in parts.links if link.start.startswith((USER, ADMINISTRATOR))}
    for one in parts.credentials:
        assets |= {holder.asset for holder in one.holders} | {opening.asset for opening in one.openings}
    for asset in assets:
        edges.add(machine_node(asset, ADMINISTRATOR), machine_node(asset, USER), StepInfo(FREE))
        edges.add(machine_node(asset, USER), machine_node(asset, DATA), StepInfo(FREE))
        zones = parts.zones.get(asset, ())
        if len(zones) == 1:
            edges.add(machine_node(asset, USER), zone_node(zones[0]), StepInfo(FREE))


def _steps_over_network(parts: Parts) -> dict[tuple[str, str, str], set[StepInfo]]:
    """Return (origin node, asset, right) to the steps by which one reaches and takes a machine."""
    weak: dict[str, list[Weakness]] = defaultdict(list)
    for one in parts.weaknesses:
        weak[one.asset].append(one)
    found: dict[tuple[str, str, str], set[StepInfo]] = defaultdict(set)
    for reach in parts.reach:
        for one in weak.get(reach.asset, ()):
            if one.ports is None or reach.port in one.ports:
                changes = (*one.changes, *parts.closing.get(reach.origin, ()))
                found[reach.origin, reach.asset, one.right].add(_over(reach, one.kind, one.certain, changes, one.evidence, one.detail))
    return found


def _over(reach: Reach, kind: str, certain: bool, changes: tuple[str, ...], evidence: str, detail: str) -> StepInfo:
    every = tuple(sorted({*changes, *(f"rule:{rule}" for rule in reach.rules)}))
    return StepInfo(kind, certain and reach.certain, every, evidence, reach.asset, reach.service, detail)


def _credentials(parts: Parts, by_origin: dict[tuple[str, str, str], set[StepInfo]], edges: _Edges) -> None:
    ports: dict[str, list[Reach]] = defaultdict(list)
    for reach in parts.reach:
        ports[reach.asset].append(reach)
    crossing = list(_crossings(parts, by_origin))
    for one in parts.credentials:
        if not one.openings or not one.holders:
            continue
        for holder in one.holders:
            changes = tuple(sorted({*holder.changes, *one.changes}))
            info = StepInfo(holder.kind, holder.certain, changes, holder.evidence, holder.asset, "", holder.detail or one.label)
            for zone in parts.zones.get(holder.asset, ()):
                edges.add(machine_node(holder.asset, holder.right), carried_node(zone, one.key), info)
        _openings(parts, one, ports, edges)
        # Whoever goes on to another network by another way still has the password in hand.
        for origin, zone, info in crossing:
            edges.add(carried_node(origin, one.key), carried_node(zone, one.key), info)


def _openings(parts: Parts, one: Credential, ports: dict[str, list[Reach]], edges: _Edges) -> None:
    for opening in one.openings:
        for reach in ports.get(opening.asset, ()):
            kind, _, zone = reach.origin.partition(":")
            if kind != "zone" or reach.port not in opening.ports:
                continue
            info = _over(reach, one.kind, opening.certain, one.changes, opening.evidence, one.label)
            edges.add(carried_node(zone, one.key), machine_node(opening.asset, opening.right), info)
            for other in parts.zones.get(opening.asset, ()):
                if other != zone:
                    edges.add(carried_node(zone, one.key), carried_node(other, one.key), info)


def _crossings(parts: Parts, by_origin: dict[tuple[str, str, str], set[StepInfo]]) -> Iterator[tuple[str, str, StepInfo]]:
    """Yield (zone, other zone, step) for every step that takes a machine which stands in another zone."""
    for (origin, asset, right), infos in by_origin.items():
        kind, _, zone = origin.partition(":")
        if kind != "zone" or right == DATA:
            continue
        for other in parts.zones.get(asset, ()):
            if other != zone:
                yield from ((zone, other, info) for info in infos)


def _numbered(names: list[str], edges: Iterable[tuple[str, str, StepInfo]]) -> Network:
    listed = list(edges)
    # Of two steps between the same places the certain one is told.
    infos = sorted({info for _, _, info in listed}, key=lambda info: (not info.certain, info))
    kinds = sorted({info.kind for info in infos})
    evidences = sorted({info.evidence for info in infos})
    changes = sorted({change for info in infos for change in info.changes})
    change_number = {name: number for number, name in enumerate(changes)}
    sets = sorted({info.changes for info in infos})
    number = {name: at for at, name in enumerate(names)}
    row = {info: at for at, info in enumerate(infos)}
    set_row = {one: at for at, one in enumerate(sets)}
    kind_row = {one: at for at, one in enumerate(kinds)}
    evidence_row = {one: at for at, one in enumerate(evidences)}
    steps = Steps(
        kind=numbers([kind_row[info.kind] for info in infos]),
        certain=flags([info.certain for info in infos]),
        free=flags([info.kind == FREE for info in infos]),
        changes=numbers([set_row[info.changes] for info in infos]),
        evidence=numbers([evidence_row[info.evidence] for info in infos]),
        kinds=kinds,
        change_names=changes,
        change_sets=[tuple(change_number[name] for name in one) for one in sets],
        evidences=evidences,
    )
    source = numbers([number[start] for start, _, _ in listed])
    target = numbers([number[end] for _, end, _ in listed])
    step = numbers([row[info] for _, _, info in listed])
    return Network(build_graph(names, source, target, step, steps), infos)
