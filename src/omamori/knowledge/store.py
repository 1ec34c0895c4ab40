"""The facts of a pack as tables: attached beside a snapshot while an analyzer reads, under the name `facts`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from omamori.knowledge.version import sort_key
from omamori.model.facts import Affected, Feed, WindowsFix
from omamori.model.schema import create_statement
from omamori.model.tables_pack import PACK_TABLES, pack_table_of

NAME = "facts"
"""Name under which the tables are read: `facts.affected`, `facts.windows_fixes` …"""


@dataclass(frozen=True)
class Facts:
    """The facts of a pack: a file of its own, or a few rows held in memory (the starter pack, tests)."""

    path: Path | None = None
    rows: tuple[Any, ...] = ()

    @property
    def held(self) -> bool:
        """Whether there are any, besides what tells where they come from."""
        return self.path is not None or any(not isinstance(row, Feed) for row in self.rows)

    @contextmanager
    def attached(self, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Let SELECTs of this connection read the tables as `facts.NAME` while this is open; duckdb.Error when the file is harmed."""
        if self.path is None:
            connection.execute(f"attach ':memory:' as {NAME}")
        else:
            connection.execute(f"attach '{str(self.path).replace(chr(39), chr(39) * 2)}' as {NAME} (read_only)")
        try:
            if self.path is None:
                create_tables(connection, NAME)
                add_facts(connection, NAME, self.rows)
            else:
                _only_tables(connection)
            yield
        finally:
            connection.execute(f"detach {NAME}")


def _only_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """duckdb.CatalogException unless the file holds our tables and nothing that would run while it is read.

    A view or macro in it could read other files of this computer, whoever signed it.
    """
    run = connection.execute
    given = {"name": NAME}
    found = run("select view_name from duckdb_views() where database_name = $name and not internal", given).fetchall()
    found += run("select function_name from duckdb_functions() where database_name = $name", given).fetchall()
    found += run("select table_name from duckdb_columns() where database_name = $name and column_default is not null", given).fetchall()
    query = "select schema_name, table_name, column_name, data_type from duckdb_columns() where database_name = $name"
    columns = {(table, column): kind.lower() for schema, table, column, kind in run(query, given).fetchall() if schema == "main"}
    for table in PACK_TABLES.values():
        found += [(f"{table.name}.{one.name}",) for one in table.columns if columns.get((table.name, one.name)) != one.type]
    if found:
        raise duckdb.CatalogException(f"not a table of facts as it should be: {', '.join(sorted({str(name) for (name,) in found})[:5])}")


def create_tables(connection: duckdb.DuckDBPyConnection, schema: str) -> None:
    """Make the empty tables of a pack in an attached database."""
    for table in PACK_TABLES.values():
        connection.execute(create_statement(table).replace("create table ", f"create table {schema}.", 1))


def add_facts(connection: duckdb.DuckDBPyConnection, schema: str, rows: Iterable[Any]) -> None:
    """Add facts of any tables mixed; sort keys are made here."""
    by_table: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_table[pack_table_of(row).name].append(keyed(row))
    for name, held in by_table.items():
        _add(connection, f"{schema}.{name}", PACK_TABLES[name].columns, held)


def keyed(row: Any) -> Any:
    """Return a fact with the sort keys of its versions."""
    if isinstance(row, Affected):
        return replace(row, since_key=sort_key(row.scheme, row.since), before_key=sort_key(row.scheme, row.before))
    if isinstance(row, WindowsFix) and row.build:
        return replace(row, build_key=sort_key("windows", row.build))
    return row


def _add(connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[Any], rows: Sequence[Any]) -> None:
    values = [[getattr(row, column.name) for row in rows] for column in columns]
    picked = ", ".join(f"unnest(${number}::{column.type}[])" for number, column in enumerate(columns, 1))
    connection.execute(f"insert into {table} select {picked}", values)
