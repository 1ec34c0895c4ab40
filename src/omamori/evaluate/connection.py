"""The locked room a check runs in: the snapshot's one file, read-only, and nothing else.

The order matters: the file is attached first, then access to everything outside is switched off, then
the configuration is locked so that no statement can switch it on again.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

_FORBID = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "allow_community_extensions": "false"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one check may use: memory in megabytes, threads, seconds, and rows it may return."""

    megabytes: int = 512
    threads: int = 2
    seconds: float = 30.0
    rows: int = 200_000


class NotRun(Exception):
    """A guarded SELECT could not be run to its end; says why in DuckDB's words."""


@dataclass(frozen=True, slots=True)
class Result:
    """Rows of a SELECT, the names of its columns and DuckDB's names of their types."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@contextlib.contextmanager
def open_locked(path: Path | None, limits: Limits) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the snapshot's file read-only and lock everything else away.

    `path` None gives an empty database in memory, which the examples fill. Raises duckdb.Error when the file cannot be read.
    """
    with duckdb.connect(config=dict(_FORBID)) as connection:
        if path is not None:
            quoted = str(path).replace("'", "''")
            connection.execute(f"attach '{quoted}' as snapshot (read_only)")
            connection.execute("use snapshot")
        connection.execute(f"set memory_limit = '{int(limits.megabytes)}MB'")
        connection.execute(f"set threads = {int(limits.threads)}")
        lock(connection)
        yield connection


def lock(connection: duckdb.DuckDBPyConnection) -> None:
    """Switch off files, network and extensions, for good."""
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


class Watch:
    """Ends a SELECT that takes too long. One thread for all SELECTs of a connection, one after the other: use as a context manager."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, seconds: float) -> None:
        """Watch `connection`; a SELECT may take `seconds`."""
        self._connection, self._seconds = connection, seconds
        self._lock, self._over = threading.Lock(), threading.Event()
        self._until: float | None = None
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    @contextlib.contextmanager
    def over_one(self) -> Iterator[None]:
        """Watch one SELECT, from here to the end of the block."""
        with self._lock:
            self._until = time.monotonic() + self._seconds
        try:
            yield
        finally:
            # Under the lock, so that an interruption never meets the SELECT after it.
            with self._lock:
                self._until = None

    def _look(self) -> None:
        while not self._over.wait(min(0.25, self._seconds)):
            with self._lock:
                if self._until is not None and time.monotonic() > self._until:
                    self._connection.interrupt()


def run(connection: duckdb.DuckDBPyConnection, sql: str, now: datetime | None, limits: Limits, watch: Watch | None = None) -> Result:
    """Run one guarded SELECT. `now` is given only where the SELECT names `$now`; `watch` where several are run. Raises NotRun."""
    if watch is None:
        with Watch(connection, limits.seconds) as own:
            return run(connection, sql, now, limits, own)
    try:
        with watch.over_one():
            cursor = connection.execute(sql, {"now": now} if now is not None else None)
            described = cursor.description or []
            rows = cursor.fetchmany(limits.rows + 1)
    except duckdb.Error as error:
        raise NotRun(str(error).split("\n", 1)[0]) from None
    if len(rows) > limits.rows:
        raise NotRun(f"more than {limits.rows} rows")
    return Result(tuple(str(item[0]).lower() for item in described), tuple(str(item[1]) for item in described), tuple(rows))
