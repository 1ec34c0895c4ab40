"""Rows of one output, packed as lines of JSON, column by column: how they travel to the tables, and how they are kept."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from omamori.model.schema import Column, Table
from omamori.model.tables import TABLES, table_of
from omamori.snapshot.witness import Met, met_in

_ROWS = 500
"""Rows in one line of JSON."""
_WIDEST = 2**63


@dataclass(frozen=True, slots=True)
class Packed:
    """The rows of one output: table → lines of JSON that lack only their beginning; and the assets that rows name themselves.

    `met`: what the rows say of whose hardware was at which address.
    """

    lines: Mapping[str, tuple[bytes, ...]]
    names: tuple[str, ...]
    met: tuple[Met, ...] = ()


def pack_rows(rows: Sequence[Any], *, source: str, blob: str) -> Packed:
    """Return a parser's rows as `Staging` takes them.

    In: `source` is the kind of evidence, `blob` the hash of the stored output: both are filled in, the hash before each
    row's own line. Raises ValueError where a value fits no column (a number of more than 64 bits).
    """
    by_table: dict[str, list[tuple[int, Any]]] = defaultdict(list)
    for number, row in enumerate(rows):
        by_table[table_of(row).name].append((number, row))
    lines = {
        name: tuple(_line(TABLES[name], part[at : at + _ROWS], source, blob[:16]) for at in range(0, len(part), _ROWS))
        for name, part in by_table.items()
    }
    named = (row.asset for name, part in by_table.items() if TABLES[name].per_asset for _, row in part)
    return Packed(lines, tuple(dict.fromkeys(_storable(asset) for asset in named if asset)), met_in(rows))


def _line(table: Table, rows: Sequence[tuple[int, Any]], source: str, blob: str) -> bytes:
    names = [column.name for column in table.columns]
    values: dict[str, list[Any]] = dict(
        zip(names, map(list, zip(*(map(attrgetter(*names), (row for _, row in rows))), strict=True)), strict=True)
    )
    for column in table.columns:
        _must_fit(table, column, values[column.name])
    if "evidence" in values:
        values["evidence"] = [f"{blob}:{place}" if place else blob for place in values["evidence"]]
    if "source" in values:
        values["source"] = [source] * len(rows)
    text = json.dumps(
        {"n": [number for number, _ in rows]} | {f"c_{name}": told for name, told in values.items()}, default=str, ensure_ascii=False
    )
    return text[1:].encode("utf-8", "replace")


def _storable(text: str) -> str:
    """Return a name as it is packed: half a surrogate pair is no text."""
    return text.encode("utf-8", "replace").decode()


def _must_fit(table: Table, column: Column, values: Sequence[Any]) -> None:
    if column.type not in ("bigint", "double"):
        return
    for value in values:
        if value is not None and not (-_WIDEST <= value < _WIDEST if column.type == "bigint" else math.isfinite(value)):
            raise ValueError(f"{table.name}.{column.name}: the number fits no column")
