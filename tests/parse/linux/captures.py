"""Reads the captures of `data/<probe>/*.txt` and writes what a parser made of them as plain JSON.

A capture is a probe's output in the form of `parse/sections.py`. Lines before the first marker tell the
circumstances, one `name=value` each: seen, privileged (yes, no), exit_code, stderr.
"""

from __future__ import annotations

import dataclasses
from datetime import datetime
from pathlib import Path
from typing import Any

from omamori.model.look import Parsed
from omamori.model.schema import Table
from omamori.model.tables import table_of
from omamori.parse.interface import Context
from omamori.parse.registry import parsers

DATA = Path(__file__).parent / "data"
_TYPES = {"varchar": str, "bigint": int, "boolean": bool, "double": float, "timestamp": datetime}


def captures() -> list[Path]:
    """Every capture, sorted."""
    return sorted(DATA.glob("*/*.txt"))


def context_of(capture: Path) -> Context:
    """The circumstances a capture states in its first lines."""
    said = {"seen": "2026-01-15T09:00:00", "privileged": "yes", "exit_code": "0", "stderr": ""}
    for line in capture.read_text(encoding="utf-8", errors="replace").split("\n"):
        if line.startswith("#@") or "=" not in line:
            break
        name, _, value = line.partition("=")
        said[name] = value
    seen = datetime.fromisoformat(said["seen"])
    return Context(
        kind=f"linux.{capture.parent.name}",
        seen=seen,
        received=seen,
        exit_code=int(said["exit_code"]),
        stderr=said["stderr"],
        privileged=said["privileged"] == "yes",
    )


def parse(capture: Path, data: bytes | None = None) -> Parsed:
    """What the parser makes of a capture, or of other bytes under the same circumstances."""
    context = context_of(capture)
    return parsers()[context.kind].parse(capture.read_bytes() if data is None else data, context)


def as_json(parsed: Parsed) -> dict[str, Any]:
    """Rows by table (columns without value left out), looks, problems and identifiers; only JSON types."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in parsed.rows:
        values = {name: value for name, value in dataclasses.asdict(row).items() if value not in (None, "")}
        rows.setdefault(table_of(row).name, []).append({name: _plain(value) for name, value in values.items()})
    looks = [{name: _plain(value) for name, value in dataclasses.asdict(look).items() if value} for look in parsed.looks]
    problems = [[problem.line, problem.expected] for problem in parsed.problems]
    said: dict[str, Any] = {"rows": rows, "looks": looks, "problems": problems}
    if parsed.identifiers:
        said["identifiers"] = list(parsed.identifiers)
    return said


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, (str, int, float, bool)) else value.isoformat()


def type_errors(parsed: Parsed, tables: tuple[str, ...]) -> list[str]:
    """What in the rows does not fit the model: a foreign table, a wrong type, a number DuckDB cannot hold, no line."""
    wrong = []
    for row in parsed.rows:
        table = table_of(row)
        if table.name not in tables:
            wrong.append(f"a row of {table.name}, which the parser does not declare")
        if not str(row.evidence).isdigit():
            wrong.append(f"{table.name}: evidence {row.evidence!r} is not a line number")
        wrong += _columns(table, row)
    return wrong


def _columns(table: Table, row: Any) -> list[str]:
    wrong = []
    for column in table.columns:
        value = getattr(row, column.name)
        expected = _TYPES.get(column.type)
        if value is None and column.nullable:
            continue
        if expected is not None and type(value) is not expected:
            wrong.append(f"{table.name}.{column.name}: {value!r} is not {column.type}")
        if type(value) is int and not -(2**63) <= value < 2**63:
            wrong.append(f"{table.name}.{column.name}: {value} is too large")
        if isinstance(value, str):
            value.encode("utf-8")
        if isinstance(value, datetime) and value.tzinfo is not None:
            wrong.append(f"{table.name}.{column.name}: {value} has a time zone")
    return wrong
