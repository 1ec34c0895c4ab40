"""The tables of a snapshot: one DuckDB file with the schema of the model. A cache: it can be deleted."""

from __future__ import annotations

import glob
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from omamori.model.look import Collected
from omamori.model.schema import Table, create_statement
from omamori.model.tables import TABLES, table_of

LOOKS = "collected"
LEAN_MB = 128
"""Memory in which DuckDB writes hundreds of thousands of rows; more makes it hardly faster."""
_CHUNK = 10_000
_THREADS = 2
_STAGED = 100_000
_NEVER_FETCHED = ("autoinstall_known_extensions", "autoload_known_extensions")
"""By default DuckDB fetches an extension over the network when a SELECT names what needs one."""
UNREADABLE = (duckdb.Error, UnicodeDecodeError)
"""What opening or reading a file that is no database of ours, or a harmed one, raises."""


@dataclass(frozen=True, slots=True)
class Selected:
    """Rows of a table that a SELECT of ours picks: for tables too long to pass through Python row by row.

    `select` names every column of the table, in any order; it is run while what it reads is open. `lean`: DuckDB keeps to `LEAN_MB` of
    memory meanwhile, if it can: what does not fit waits on the disk beside the file. Tables in memory have no disk beside them.
    """

    table: str
    select: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    lean: bool = False


class Database:
    """The tables of one snapshot. Use as a context manager; `path` None keeps them in memory."""

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        """Open `path`; a new file gets every table of the model. Raises duckdb.Error when it cannot be read."""
        new = path is None or not path.exists()
        self._in_file = path is not None
        self._looks: list[Collected] | None = None
        self._connection = duckdb.connect(str(path) if path else ":memory:", read_only=read_only)
        self._connection.execute(f"set threads = {_THREADS}")
        for setting in _NEVER_FETCHED:
            self._connection.execute(f"set {setting} = false")
        if new:
            # All at once: a file is then written once, not for every table.
            self._connection.execute("begin")
            for table in TABLES.values():
                self._connection.execute(create_statement(table))
            self._connection.execute("commit")

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
        """Add rows of the model, of any tables mixed, and what is `Selected`."""
        by_table: dict[str, list[Any]] = defaultdict(list)
        for row in rows:
            if isinstance(row, Selected):
                # It may read what came before it.
                for name in list(by_table):
                    self._write(TABLES[name], by_table.pop(name))
                self._select_into(row)
                continue
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
        if self._looks is not None and table.name == LOOKS:
            self._looks.extend(rows)

    def _select_into(self, chosen: Selected) -> None:
        names = ", ".join(column.name for column in TABLES[chosen.table].columns)
        query = f"insert into {chosen.table} ({names}) select {names} from ({chosen.select})"  # noqa: S608 - names of the model, SELECTs of ours
        if chosen.lean and self._in_file:
            self._run_lean(query, dict(chosen.parameters))
        else:
            self._connection.execute(query, dict(chosen.parameters))

    def _run_lean(self, query: str, parameters: dict[str, Any]) -> None:
        """Run it in little memory; where that is not enough nothing of it was written, and it is run with more."""
        run = self._connection.execute
        # Each thread holds rows of its own until they are written.
        run("set threads = 1")
        try:
            for limit in (LEAN_MB, 2 * LEAN_MB):
                with suppress(duckdb.OutOfMemoryException):
                    run(f"set memory_limit = '{limit}MB'")
                    run(query, parameters)
                    return
            run("reset memory_limit")
            run(query, parameters)
        finally:
            run("reset memory_limit")
            run(f"set threads = {_THREADS}")

    @contextmanager
    def staged(self, counts: Sequence[tuple[int, int, str, str, str]]) -> Iterator[None]:
        """Tell which rows `take_over` shall take while this is open, and whose they are.

        In: (order, reading, table, name in the reading, asset); of a table without assets the name is empty.
        """
        run = self._connection.execute
        run("create temp table staged (place bigint, reading bigint, table_name varchar, name varchar, asset varchar)")
        try:
            for at in range(0, len(counts), _STAGED):
                columns = [list(column) for column in zip(*counts[at : at + _STAGED], strict=True)]
                picked = "unnest($1::bigint[]), unnest($2::bigint[]), unnest($3::varchar[]), unnest($4::varchar[]), unnest($5::varchar[])"
                run(f"insert into staged select {picked}", columns)
            yield
        finally:
            run("drop table staged")

    def take_over(self, table: Table, path: Path, longest: int) -> None:
        """Add the rows of a file of JSON lines, in the order of what is staged; `longest` is its longest line in bytes.

        A line holds the number of a reading `k`, and lists of the rows' numbers `n` and of their columns `c_NAME`.
        """
        names = [column.name for column in table.columns]
        kinds = {"k": "bigint", "n": "bigint[]"} | {f"c_{column.name}": f"{column.type}[]" for column in table.columns}
        unpacked = ", ".join(f"unnest(c_{name}) as c_{name}" for name in names)
        columns = ", ".join("staged.asset" if name == "asset" and table.per_asset else f"c_{name}" for name in names)
        # By equality only: a scan of a whole hospital is one reading with a look for every address.
        named = "and staged.name = c_asset" if table.per_asset else ""
        self._connection.execute(
            f"insert into {table.name} select {columns}"  # noqa: S608 - names of the model
            f" from (select k, unnest(n) as n, {unpacked} from read_json($path, format = 'newline_delimited',"
            f" columns = {kinds}, maximum_object_size = {int(longest)}))"
            f" join staged on staged.reading = k and staged.table_name = '{table.name}' {named}"
            f" order by staged.place, n",
            {"path": glob.escape(str(path))},
        )

    def rows(self, table: str, **equal: str) -> Iterator[Any]:
        """Yield the rows of a table as the model's dataclasses; only those whose columns hold the values given.

        A column that a file of an earlier version has not yet has its default.
        """
        described = TABLES[table]
        held = {name for name, *_ in self._connection.execute(f"select * from {table} limit 0").description or ()}  # noqa: S608 - as below
        names = [column.name for column in described.columns if column.name in held]
        where = " and ".join(f"{described.column(name).name} = ${name}" for name in equal)
        query = f"select {', '.join(names)} from {table}{' where ' if where else ''}{where}"  # noqa: S608 - names of the model
        for values in self.select(query, equal):
            yield described.row(**dict(zip(names, values, strict=True)))

    @contextmanager
    def remembering_looks(self) -> Iterator[None]:
        """Keep the rows of `collected` at hand while this is open: every analyzer asks for all of them. They may only be added to, by `insert`."""
        self._looks = list(self.rows(LOOKS))
        try:
            yield
        finally:
            self._looks = None

    def looks(self) -> Iterable[Collected]:
        """Return the rows of `collected`."""
        return self.rows(LOOKS) if self._looks is None else tuple(self._looks)

    def has(self, table: str) -> bool:
        """True when the file has a table: one of an earlier version may not."""
        try:
            self._connection.execute(f"select 1 from {TABLES[table].name} limit 0")  # noqa: S608 - name of the model
        except duckdb.CatalogException:
            return False
        return True

    def select(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run a SELECT of ours and return its rows."""
        return self._connection.execute(query, dict(parameters or {})).fetchall()

    def delete(self, table: str) -> None:
        """Empty a table, before an analyzer or the engine fills it anew."""
        self._connection.execute(f"delete from {TABLES[table].name}")  # noqa: S608 - name of the model
