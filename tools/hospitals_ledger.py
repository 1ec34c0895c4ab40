"""The ledger workbook of a golden hospital, filled from its description."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import yaml

from hospitals_kit import SOURCE
from omamori.knowledge.questions import built_in_questions
from omamori.model.tables import TABLES
from omamori.model.workbook import SHEETS
from omamori.report.ledger import ledger_bytes


def workbook(hospital: str, visit: str, started: datetime, *, dated: bool) -> dict[str, bytes]:
    """Return the workbook of a visit by its file name; nothing when the hospital had none then."""
    path = SOURCE / f"{hospital}_ledger.yaml"
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    if visit == "earlier":
        said = {**said, **said.get("earlier", {})}
    if said["answers"] == "all":
        said["answers"] = [[question.id, True] for question in built_in_questions().questions]
    rows = {name: [_row(name, entry, said) for entry in said.get(name, ())] for name in SHEETS}
    states = {name: said.get("states", {}).get(name, "filled" if rows[name] else "none") for name in SHEETS}
    name = f"{started:%Y-%m-%d}/daicho.xlsx" if dated else "daicho.xlsx"
    return {name: ledger_bytes("ja", rows=rows, states=states)}


def _row(name: str, entry: Any, said: dict[str, Any]) -> Any:
    table = TABLES[name]
    if name == "answers" and not isinstance(entry, dict):
        # `question: yes` with the hospital's usual name and day.
        entry = {"question": entry[0], "answer": entry[1], **said["answered"], **(entry[2] if len(entry) > 2 else {})}
    known = {column.name: column for column in table.columns}
    unknown = set(entry) - set(known)
    if unknown:
        raise ValueError(f"{name}: no column {', '.join(sorted(unknown))}")
    return table.row(**{key: _value(value) for key, value in entry.items()})


def _value(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.date() if isinstance(value, datetime) else value
