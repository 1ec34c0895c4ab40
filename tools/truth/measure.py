"""The whole measurement of one lab that stands: look, predict, try, compare. And how rules are given to a device of it."""

from __future__ import annotations

from pathlib import Path

from omamori.lab.description import Hospital
from omamori.lab.inside import enter
from omamori.lab.state import State
from truth.compare import Truth, hold_against, predictor
from truth.evidence import collect, snapshot_of
from truth.field import Field
from truth.lab import clear, ground_of, machines_of, must
from truth.ports import TCP, UDP


def measure(hospital: Hospital, state: State, folder: Path) -> Truth:
    """Hold what is predicted of a lab hospital against packets.

    In: a hospital described with `truth.lab.with_places` that stands (`truth.lab.stand`), and a folder of its own for the evidence and
    the site. It may be measured again after something was changed, into another folder.
    """
    clear(hospital, state)
    found = predictor(snapshot_of(folder / "site", collect(machines_of(hospital, state), folder / "kit")))
    ground = ground_of(hospital, state)
    with Field(ground.places, TCP, UDP) as field:
        return hold_against(found, field, field.tries(ground.ways, ground.addresses))


def apply_rules(state: State, device: str, text: str) -> None:
    """Give a device of the lab a whole rule set of nftables in place of the one it has. RuntimeError with what nft said."""
    must([*enter(state.holders[device], ()), "nft", "-f", "-"], said=f"flush ruleset\n{text}")


def run_on(state: State, device: str, command: str) -> str:
    """Run a line of shell on a device, such as one that takes a tunnel or a route away. Returns what it printed; RuntimeError."""
    return must([*enter(state.holders[device], ()), "sh", "-euc", command])
