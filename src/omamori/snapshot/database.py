"""The tables of a snapshot: one DuckDB file with the schema of the model. A cache: it can be deleted."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from omamori.model.schema import Table, create_statement
from omamori.model.tables import TABLES, table_of

_CHUNK = 10_000
UNREADABLE = (duckdb.Error, UnicodeDecodeError)
"""What opening or reading a file that is no database of ours, or a harmed one, raises."""


class Database:
    """The tables of one snapshot. Use as a context manager; `path` None keeps them in memory."""

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        """Open `path`; a new file gets every table of the model. Raises duckdb.Error when it cannot be read."""
        new = path is None or not path.exists()
        self._connection = duckdb.connect(str(path) if path else ":memory:", read_only=read_only)
        self._connection.execute("set threads = 2")
        if new:
            for table in TABLES.values():
                self._connection.execute(create_statement(table))

    def __enter__(self) -> Database:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The DuckDB connection, for the engine that judges."""
        return self._connection

    def insert(self, rows: Iterable[Any]) -> None:
        """Add rows of the model, of any tables mixed."""
        by_table: dict[str, list[Any]] = defaultdict(list)
        for row in rows:
            table = table_of(row)
            by_table[table.name].append(row)
            if len(by_table[table.name]) >= _CHUNK:
                self._write(table, by_table.pop(table.name))
        for name, rest in by_table.items():
            self._write(TABLES[name], rest)

    def _write(self, table: Table, rows: Sequence[Any]) -> None:
        columns = table.columns
        values = [[getattr(row, column.name) for row in rows] for column in columns]
        # One list per column: DuckDB reads it a hundred times faster than row by row.
        picked = ", ".join(f"unnest(${number}::{column.type}[])" for number, column in enumerate(columns, 1))
        self._connection.execute(f"insert into {table.name} select {picked}", values)

    def rows(self, table: str, asset: str | None = None) -> Iterator[Any]:
        """Yield the rows of a table as the model's dataclasses, of one asset when given."""
        described = TABLES[table]
        where = " where asset = $asset" if asset is not None else ""
        names = [column.name for column in described.columns]
        query = f"select {', '.join(names)} from {table}{where}"  # noqa: S608 - names of the model
        for values in self.select(query, {"asset": asset} if asset is not None else {}):
            yield described.row(**dict(zip(names, values, strict=True)))

    def select(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run a SELECT of ours and return its rows."""
        return self._connection.execute(query, dict(parameters or {})).fetchall()

    def delete(self, table: str) -> None:
        """Empty a table, before an analyzer or the engine fills it anew."""
        self._connection.execute(f"delete from {TABLES[table].name}")  # noqa: S608 - name of the model


def with_evidence(row: Any, *, asset: str, source: str, blob: str) -> Any:
    """Return a parser's row with its subject, its kind and the hash of its evidence filled in.

    `blob` is the hash of the stored output; the row's own `evidence` is its line. A subject that the
    parser set itself stays.
    """
    changes: dict[str, Any] = {"evidence": f"{blob[:16]}:{row.evidence}" if row.evidence else blob[:16]}
    fields = _names(row.__class__)
    if "source" in fields:
        changes["source"] = source
    if "asset" in fields and not row.asset:
        changes["asset"] = asset
    return dataclasses.replace(row, **changes)


@cache
def _names(row: type) -> frozenset[str]:
    return frozenset(item.name for item in dataclasses.fields(row))
