"""Holds what the reachability tables are made of (sets of packets, `reach.follow`) against what packets did.

A set says what an intruder reaches who chooses his gateway and his source port. What was reached with usual source ports must be in it, and what is in
it beyond that is tried from the source port that single questions (`reach.ask`) say it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from omamori.analyze.reach.ask import ask
from omamori.analyze.reach.follow import Reached, follow
from omamori.analyze.reach.masks import Masks
from omamori.analyze.reach.parts import Network, Start
from omamori.analyze.reach.ranges import TCP, UDP, address_number
from truth.compare import Predictor
from truth.field import Field, Try

_BEST = ("none", "one-way", "unknown", "open")
_NUMBERS = {"tcp": TCP, "udp": UDP}
_LAST_PORT = 65535
_AGAIN = 3


@dataclass(slots=True)
class SetTruth:
    """What came out. `sets`: how many; `looked_up`: attempts looked up in them; `by_port`: those that take a special source port, all tried;
    `untried`: those among them whose source port the sender itself listens on."""

    starts: int = 0
    sets: int = 0
    looked_up: int = 0
    by_port: int = 0
    untried: int = 0
    wrong: list[str] = field(default_factory=list)

    def told(self) -> str:
        """For people, one line."""
        special = f"{self.by_port} of them by a source port of their own ({self.untried} that could not be had)"
        return f"{self.starts} starts, {self.sets} sets, {self.looked_up} attempts looked up, {special}, {len(self.wrong)} differ"


def hold_sets_against(found: Predictor, ground: Field, tries: Sequence[Try], good: set[Try]) -> SetTruth:
    """Look every attempt up in the sets of its start; `good` are those that succeeded from usual source ports.

    For a network the union is looked up as well: what is reached by whatever gateway.
    """
    by_way = {one.way: found.start(one.way) for one in tries}
    unions = {start: replace(start, gateway=None) for start in by_way.values() if start.kind == "zone"}
    starts = list(dict.fromkeys((*by_way.values(), *unions.values())))
    masks = Masks(found.network, tuple(starts))
    sets = {start: follow(found.network, start, masks=masks) for start in starts}
    truth = SetTruth(len(starts), sum(map(len, sets.values())), len(tries))
    listening = {*ground.tcp, *ground.udp}
    ports = one_of_each_kind(found.network, listening)
    special: dict[Try, Try] = {}
    succeeded = set(good)
    for one in tries:
        reach = _reach(sets[by_way[one.way]], one)
        if reach == "open" and one not in good:
            port = _source_port(found, one, ports)
            if port is None:
                truth.wrong.append(f"{one}: in a set that is reached, but from no source port; {by_way[one.way]}")
            elif port in listening:
                truth.untried += 1
                succeeded.add(one)
            else:
                special[one] = replace(one, source_port=port)
        elif reach != "open" and (one in good or reach == "unknown"):
            truth.wrong.append(f"{one}: the sets say {reach}, and it {'succeeded' if one in good else 'did not succeed'}")
    truth.by_port = len(special) + truth.untried
    reached = _knocked(ground, special.values())
    truth.wrong += [f"{one}: predicted open" for one in special.values() if one not in reached]
    succeeded |= {one for one, by_port in special.items() if by_port in reached}
    truth.wrong += _unions(tries, succeeded, {one.way: sets[unions[by_way[one.way]]] for one in tries if by_way[one.way] in unions})
    return truth


def _unions(tries: Iterable[Try], succeeded: set[Try], sets: Mapping[object, Sequence[Reached]]) -> list[str]:
    best: dict[tuple[str, str | None, str, str, int], bool] = {}
    sample: dict[tuple[str, str | None, str, str, int], Try] = {}
    for one in tries:
        if one.way in sets:
            key = (one.way.source, one.way.network, one.protocol, one.address, one.port)
            best[key] = best.get(key, False) or one in succeeded
            sample[key] = one
    return [
        f"{one.way.network} {one}: by any gateway the sets say {reach}, and it {'succeeded' if best[key] else 'did not succeed'}"
        for key, one in sample.items()
        if ((reach := _reach(sets[one.way], one)) == "open") != best[key] or reach == "unknown"
    ]


def _reach(sets: Sequence[Reached], one: Try) -> str:
    source, destination = address_number(one.way.source), address_number(one.address)
    if source is None or destination is None:
        raise ValueError(f"no address: {one}")
    number = _NUMBERS[one.protocol]
    found = [reached.reach for reached in sets if reached.holds(number, source, destination, one.port)]
    return max(found, key=_BEST.index, default="none")


def one_of_each_kind(network: Network, listening: set[int]) -> tuple[int, ...]:
    """Return one source port of each kind that rules tell apart: first those that nobody of ours listens on."""
    cuts = {1}
    for device in network.devices:
        for rule in (rule for chain in device.chains for rule in chain.rules):
            for ranges in (rule.source_ports, rule.destination_ports, rule.to_ports):
                cuts.update(edge for first, last in ranges or () for edge in (first, last + 1) if 0 < edge <= _LAST_PORT)
    edges = [*sorted(cuts), _LAST_PORT + 1]
    found = (next((port for port in range(first, after) if port not in listening), first) for first, after in pairwise(edges))
    return tuple(sorted(found, key=lambda port: port in listening))


def _source_port(found: Predictor, one: Try, ports: Sequence[int]) -> int | None:
    start: Start = found.start(one.way)
    return next(
        (port for port in ports if ask(found.network, start, one.protocol, one.way.source, one.address, one.port, port).reach == "open"),
        None,
    )


def _knocked(ground: Field, tries: Iterable[Try]) -> set[Try]:
    left, good = list(tries), set[Try]()
    for _ in range(_AGAIN):
        if left:
            good |= ground.knock(left)
            left = [one for one in left if one not in good]
    return good
