"""What was found of a compensating control, and what that rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from omamori.analyze.coverage import Input
from omamori.model.text import Text

State = Literal["seen", "contradicted", "declared", "unreadable"]
_WORST: tuple[State, ...] = ("contradicted", "unreadable", "declared", "seen")


@dataclass(frozen=True, slots=True)
class Found:
    """The state of a control, what shows it in words, the line of evidence (empty: the ledger's), and the looks it rests on."""

    state: State
    said: Text
    evidence: str = ""
    rests: tuple[Input, ...] = ()


def together(found: Sequence[Found]) -> Found:
    """Return several findings about one control as one: the worst counts, every one is told.

    A control with one part that is not so is contradicted; one with a part nobody could see is not seen.
    """
    state = min((one.state for one in found), key=_WORST.index)
    ordered = sorted(found, key=lambda one: _WORST.index(one.state))
    return Found(
        state,
        Text("。".join(one.said.ja for one in ordered), "; ".join(one.said.en for one in ordered)),
        next((one.evidence for one in ordered if one.state == state and one.evidence), ""),
        tuple(dict.fromkeys(item for one in found for item in one.rests)),
    )
