"""What protects while something cannot be mended, as the report shows it beside an acceptance: the kind, whether it was seen, what shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from omamori.model.declared import CONTROLS
from omamori.model.text import Text
from omamori.report.clean import clean
from omamori.snapshot.database import Database

STATES: Mapping[str, Text] = MappingProxyType(
    {
        "contradicted": Text("実際と違います", "not so"),
        "unreadable": Text("見られていません", "could not be looked at"),
        "declared": Text("台帳に書かれているだけで、見ていません", "declared, not seen"),
        "seen": Text("そうなっているのを見ました", "seen to be so"),
    }
)
"""State of a control, the worst first."""
_KINDS = MappingProxyType({value.code: value.label for value in CONTROLS})


@dataclass(frozen=True, slots=True)
class Control:
    """A compensating control: its kind and detail, its state (a code of `STATES` and its words), what shows it, the line of evidence."""

    kind: Text
    detail: str
    state: str
    state_said: Text
    shown: Text
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who accepted a risk, why, until when, what protects instead, and whether that was seen."""

    owner: str = ""
    reason: str = ""
    compensating: str = ""
    until: str = ""
    paper: str = ""
    letter: str = ""
    control: Control | None = None


def read_controls(database: Database) -> Mapping[tuple[str, str, str], Control]:
    """Return (check, subject, key) → its control, of several the worst; nothing of a snapshot made before there were any."""
    found: dict[tuple[str, str, str], Control] = {}
    order = list(STATES)
    rows = list(database.rows("compensations")) if database.has("compensations") else []
    known = [row for row in rows if row.state in STATES]
    for row in sorted(known, key=lambda row: (-order.index(row.state), row.control, row.evidence)):
        shown = Text(clean(row.shown_by_ja or "", 500), clean(row.shown_by or "", 500))
        kind = _KINDS.get(row.control, _KINDS["other"])
        control = Control(kind, clean(row.detail or "", 200), row.state, STATES[row.state], shown, row.evidence)
        found[clean(row.check_id), clean(row.asset), clean(row.finding_key or "")] = control
    return MappingProxyType(found)
