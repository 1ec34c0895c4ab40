"""The whole measurement of a lab that stands: look, predict, try, compare. And how something is changed on a device of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from omamori.lab.description import Hospital
from omamori.lab.inside import enter
from omamori.lab.state import State
from truth import islands
from truth.compare import Predictor, Truth, hold_against, predictor
from truth.evidence import collect, snapshot_of
from truth.field import Field, Try
from truth.lab import Ground, clear, ground_of, machines_of, must
from truth.ports import TCP, UDP
from truth.services import ServiceTruth, hold_services_against, zones_ledger
from truth.sets import SetTruth, hold_sets_against


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out: of single packets, of the sets the tables are made of; `outcomes`: what happened in each part of the lab."""

    packets: Truth
    sets: SetTruth
    services: ServiceTruth = field(default_factory=ServiceTruth)
    outcomes: Mapping[str, frozenset[bool]] = field(default_factory=dict)

    @property
    def wrong(self) -> list[str]:
        """Every difference, for people."""
        return [*self.packets.wrong, *self.sets.wrong, *self.services.wrong]

    def told(self) -> str:
        """For people, one line."""
        return f"{len(TCP)} TCP and {len(UDP)} UDP ports; {self.packets.told()}; {self.sets.told()}; {self.services.told()}"


def measure(hospital: Hospital, state: State, folder: Path) -> Measured:
    """Hold what is predicted of a lab hospital against packets.

    In: a hospital described with `truth.lab.with_places` that stands (`truth.lab.stand`), and a folder of its own for the evidence and
    the site. It may be measured again after something was changed, into another folder.
    """
    clear(hospital, state)
    files = collect(machines_of(hospital, state), folder / "kit")
    ledger = folder / "zones.xlsx"
    ledger.write_bytes(zones_ledger(hospital))
    tables = snapshot_of(folder / "site", [*files, ledger])
    found = predictor(tables)
    ground = ground_of(hospital, state)
    with _field(ground) as standing:
        measured = _held(found, standing, standing.tries(ground.ways, ground.addresses))
    with Field([replace(place, addresses=()) for place in ground.places], TCP, UDP) as standing:
        return replace(measured, services=hold_services_against(tables, standing, ground.ways))


def measure_islands(hospital: Hospital, state: State, rules: Sequence[islands.Rules], folder: Path) -> Measured:
    """Load rules into the routers of `truth.islands.archipelago` and hold what is predicted of each island against packets."""
    islands.load(state, rules)
    found = predictor(snapshot_of(folder / "site", collect(islands.machines_of(hospital, state), folder / "kit")))
    ground = islands.ground_of(hospital, state)
    with _field(ground) as standing:
        tries: list[Try] = []
        for place in ground.places:
            around = [one for one in ground.places if islands.island_of(one.name) == islands.island_of(place.name)]
            tries += standing.tries(place.ways, [address for one in around for address in one.addresses])
        measured = _held(found, standing, tries)
    outcomes: dict[str, set[bool]] = {}
    for one in tries:
        outcomes.setdefault(islands.island_of(one.way.place), set()).add(one in measured.packets.good)
    return replace(measured, outcomes={island: frozenset(happened) for island, happened in outcomes.items()})


def apply_rules(state: State, device: str, text: str) -> None:
    """Give a device of the lab a whole rule set of nftables in place of the one it has. RuntimeError with what nft said."""
    must([*enter(state.holders[device], ()), "nft", "-f", "-"], said=f"flush ruleset\n{text}")


def run_on(state: State, device: str, command: str) -> str:
    """Run a line of shell on a device, such as one that takes a tunnel or a route away. Returns what it printed; RuntimeError."""
    return must([*enter(state.holders[device], ()), "sh", "-euc", command])


def _field(ground: Ground) -> Field:
    return Field(ground.places, TCP, UDP)


def _held(found: Predictor, standing: Field, tries: Sequence[Try]) -> Measured:
    packets = hold_against(found, standing, tries)
    return Measured(packets, hold_sets_against(found, standing, tries, packets.good))
