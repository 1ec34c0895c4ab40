"""What an analyzer is: tables → tables, pure.

An analyzer is one module in this package with an `ANALYZER`. The pipeline runs them in the order
their `reads` and `fills` demand. It writes a `collected` row for every asset it speaks for, as a probe
does, so that the engine looks one level down and never through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from omamori.knowledge.pack import Pack
from omamori.snapshot.database import Database


@dataclass(frozen=True, slots=True)
class Moment:
    """What an analyzer may know besides the tables: the moment of the snapshot and the pack of facts."""

    now: datetime
    pack: Pack


@dataclass(frozen=True, slots=True)
class Analyzer:
    """One analyzer: the tables it reads and fills, and the pure function between.

    `run` yields rows of the tables in `fills`, `Selected` ones of them, and `Collected` rows (table_name in `fills`); it only
    reads from the database it is given. Rows are written while it runs: it reads no table that it fills, except in a `Selected`.
    """

    name: str
    reads: tuple[str, ...]
    fills: tuple[str, ...]
    run: Callable[[Database, Moment], Iterable[Any]]
