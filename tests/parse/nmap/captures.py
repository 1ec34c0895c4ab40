"""Reads the scan files of `data/*.xml` as `omamori import` does (secrets taken out, then parsed) and writes what came of them as JSON."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from pathlib import Path
from typing import Any

from omamori.model.look import Parsed
from omamori.model.tables import table_of
from omamori.parse.interface import Context, Parser
from omamori.parse.redact import redact_for
from omamori.parse.registry import parsers

DATA = Path(__file__).parent / "data"
RECEIVED = datetime(2026, 11, 29, 12)


def captures() -> list[Path]:
    """Every capture, sorted."""
    return sorted(DATA.glob("*.xml"))


def parser() -> Parser:
    """The parser of scan files."""
    return parsers()["nmap.xml"]


def parse(data: bytes, received: datetime = RECEIVED) -> Parsed:
    """What is read of a scan file after the secrets were taken out."""
    one = parser()
    return one.parse(redact_for(one, data).data, Context(one.kind, seen=received, received=received))


def as_json(parsed: Parsed) -> dict[str, Any]:
    """Rows by table (columns without value left out), looks, problems and claims; only JSON types."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in parsed.rows:
        values = {name: value for name, value in dataclasses.asdict(row).items() if value not in (None, "")}
        rows.setdefault(table_of(row).name, []).append({name: _plain(value) for name, value in values.items()})
    looks = [{name: _plain(value) for name, value in dataclasses.asdict(look).items() if value} for look in parsed.looks]
    problems = [[problem.line, problem.expected] for problem in parsed.problems]
    return {"rows": rows, "looks": looks, "problems": problems, "claims": {name: list(said) for name, said in parsed.claims}}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, (str, int, float, bool)) else value.isoformat()
