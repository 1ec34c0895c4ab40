"""Counts over many snapshots: their files are attached one after the other, which is cheaper than opening each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

NO_SUCH_TABLE = duckdb.CatalogException
"""What a SELECT raises that asks for a table an earlier version did not have."""


class Glance:
    """Runs SELECTs of ours over one file of tables after the other. Use as a context manager."""

    def __init__(self) -> None:
        """Open a database in memory that holds nothing itself."""
        self._connection = duckdb.connect(":memory:")
        self._connection.execute("set threads = 2")

    def __enter__(self) -> Glance:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    def select(self, path: Path, query: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of a SELECT over the file `path`, whose tables are called `earlier.TABLE`; raises what `UNREADABLE` names."""
        quoted = str(path).replace("'", "''")
        self._connection.execute(f"attach '{quoted}' as earlier (read_only)")
        try:
            return self._connection.execute(query, dict(parameters or {})).fetchall()
        finally:
            self._connection.execute("detach earlier")
