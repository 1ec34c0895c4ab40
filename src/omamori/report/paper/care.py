"""What care stops: the machines the ledger calls important, grouped by what they are used for, in plain words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from omamori.model.text import Text
from omamori.report.paper.uses import use_of
from omamori.report.rank import severity_order
from omamori.report.shape import Machine


@dataclass(frozen=True, slots=True)
class Care:
    """One use of important machines: what it is, what its stop means, which machines, and what was found on them."""

    what: str
    effect: Text
    machines: tuple[str, ...]
    observed: int
    found: int
    worst: str


def care_at_stake(machines: Sequence[Machine]) -> tuple[Care, ...]:
    """Return the uses the ledger calls important, those with the gravest findings first."""
    groups: dict[str, list[Machine]] = defaultdict(list)
    for machine in machines:
        if machine.important:
            groups[machine.purpose or machine.name].append(machine)
    found = []
    for what, members in groups.items():
        worst = min((machine.worst for machine in members if machine.worst), key=severity_order, default="")
        found.append(
            Care(
                what=what,
                effect=use_of(what).effect,
                machines=tuple(sorted(machine.name for machine in members)),
                observed=sum(machine.observed for machine in members),
                found=sum(machine.found for machine in members),
                worst=worst,
            )
        )
    return tuple(sorted(found, key=lambda care: (severity_order(care.worst), -care.found, -len(care.machines), care.what)))
