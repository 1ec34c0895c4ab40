"""Holds what a snapshot predicts against what packets did. The prediction sees the snapshot's database and nothing of the lab."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from omamori.analyze.reach.ask import Answer, ask
from omamori.analyze.reach.network import read_network
from omamori.analyze.reach.parts import Network, Start
from omamori.snapshot.database import Database
from truth.field import Field, Try, Way

SOURCE_PORT = 40000
"""No port that is tried lies between this and any the knocker sends from: no rule made of those tells them apart."""
_AGAIN = 4


@dataclass(frozen=True, slots=True)
class Predictor:
    """A snapshot's network, and the machines by the name they give themselves."""

    network: Network
    assets: dict[str, str]

    def answer(self, one: Try) -> Answer:
        """Return what is predicted of an attempt."""
        return ask(self.network, self.start(one.way), one.protocol, one.way.source, one.address, one.port, SOURCE_PORT)

    def start(self, way: Way) -> Start:
        """Return where the packets of a way begin."""
        device = self.assets[way.device] if way.device else None
        if way.network is not None:
            return Start("zone", network=way.network, gateway=device)
        return Start("interface", device=device, interface=way.interface, sources=way.source)


def predictor(tables: Path) -> Predictor:
    """Read the network from a snapshot's tables."""
    with Database(tables, read_only=True) as database:
        names = {row.hostname: row.asset for row in database.rows("hosts")}
        return Predictor(read_network(database), names)


@dataclass(slots=True)
class Truth:
    """What came out. `wrong`: attempts whose prediction differs from what happened, however often they were repeated."""

    pairs: int = 0
    compared: int = 0
    attempts: int = 0
    predicted: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    good: set[Try] = field(default_factory=set)
    arrived: set[tuple[str, int, str, int]] = field(default_factory=set)

    def told(self) -> str:
        """For people, one line."""
        by_reach = ", ".join(f"{reach} {count}" for reach, count in sorted(self.predicted.items()))
        return f"{self.pairs} pairs, {self.compared} predictions ({by_reach}), {self.attempts} attempts, {len(self.wrong)} differ"

    def differences(self, most: int = 40) -> str:
        """For people, a line for each difference."""
        return "\n".join(self.wrong[:most])


def hold_against(found: Predictor, ground: Field, tries: Sequence[Try]) -> Truth:
    """Predict every attempt, make it, and compare; what differs is tried again, so that a lost packet is no difference.

    `open` is a connection, or a letter that came back; `one-way` of UDP a letter that arrived somewhere; `none` neither.
    """
    answers = {one: found.answer(one) for one in tries}
    good = ground.knock(tries)
    differ = _differing(answers, good, ground.arrived())
    for _ in range(_AGAIN):
        if not differ:
            break
        good = (good - set(differ)) | ground.knock(differ)
        differ = _differing(answers, good, ground.arrived())
    truth = Truth(
        len({(one.way, one.address) for one in tries}), len(tries), ground.attempts, Counter(one.reach for one in answers.values())
    )
    truth.good, truth.arrived = good, (arrived := ground.arrived())
    truth.wrong += [_difference(one, answers[one], _happened(one in good, _letter(one) in arrived)) for one in differ]
    return truth


def _differing(answers: Mapping[Try, Answer], good: set[Try], arrived: set[tuple[str, int, str, int]]) -> list[Try]:
    return [one for one, answer in answers.items() if not _fits(one, answer.reach, one in good, _letter(one) in arrived)]


def _fits(one: Try, reach: str, good: bool, arrived: bool) -> bool:
    if one.protocol == "udp" and reach in ("none", "one-way"):
        return not good and arrived == (reach == "one-way")
    return good if reach == "open" else reach in ("none", "one-way") and not good


def _letter(one: Try) -> tuple[str, int, str, int]:
    return (one.way.place, one.way.number, one.address, one.port)


def _difference(one: Try, answer: Answer, happened: str) -> str:
    way = f"through {' > '.join(answer.through)}; {'; '.join(map(str, answer.rules))}; {answer.doubt}"
    return f"{one}: predicted {answer.reach}, but {happened}; {way}"


def _happened(good: bool, there: bool) -> str:
    return "it succeeded" if good else "it arrived and no answer came back" if there else "nothing succeeded"
