"""Rows of many outputs on their way into the tables of a snapshot.

Whoever reads an output packs its rows as JSON lines, column by column. They lie in one file per table until it is known
which machine each belongs to and which looks count; DuckDB then takes them over by itself. So no row is held in
memory, whatever the number of machines.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from omamori.model.look import EVERYWHERE
from omamori.model.tables import TABLES
from omamori.snapshot.database import Database
from omamori.snapshot.files import TEMPORARY, private_folder, remove_leftovers
from omamori.snapshot.packing import Packed

_LINE_BYTES = 16 * 1024**2
"""Longest line DuckDB takes when nothing else is said."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An output's rows of some tables, of one asset or, where it speaks for the site, of all. `reading` is its number.

    `name`: only the rows under this name (of sightings, one address of the asset); None: under whatever name.
    """

    reading: int
    asset: str
    tables: frozenset[str]
    name: str | None = None


class Staging:
    """The files of a run. Use as a context manager: they are gone afterwards."""

    def __init__(self, workshop: Path) -> None:
        """`workshop` is the folder for unfinished work; the files lie in one of their own in it that only its owner can open."""
        private_folder(workshop)
        remove_leftovers(workshop, older_than_seconds=24 * 3600)
        self._folder = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=workshop))
        self._longest: dict[str, int] = {}
        self._names: dict[int, tuple[str, ...]] = {}
        self._open = contextlib.ExitStack()
        self._files: dict[str, Any] = {}

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._open.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, reading: int, packed: Packed) -> None:
        """Keep the rows of an output under the number of its reading."""
        if packed.names:
            self._names[reading] = packed.names
        begin = b'{"k": %d, ' % reading
        for table, lines in packed.lines.items():
            if table not in self._files:
                self._files[table] = self._open.enter_context((self._folder / f"{table}.json").open("wb"))
            for line in lines:
                self._files[table].write(begin + line + b"\n")
                self._longest[table] = max(self._longest.get(table, 0), len(begin) + len(line) + 1)

    def names(self, reading: int) -> tuple[str, ...]:
        """Return the assets that rows of a reading name themselves."""
        return self._names.get(reading, ())

    def write(self, database: Database, wanted: Iterable[Wanted], assets: Mapping[tuple[int, str], str]) -> None:
        """Put the wanted rows into the tables, in the order of `wanted` and, of one output, in the parser's.

        In: `assets` tells of (reading, name in it; empty: the machine it came from) whose rows these are.
        """
        for file in self._files.values():
            file.flush()
        names: dict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
        for (reading, name), asset in assets.items():
            for whole in {asset, EVERYWHERE}:
                names[reading, whole].append((name, asset))
        counts: list[tuple[int, int, str, str, str]] = []
        for place, one in enumerate(wanted):
            site = [("", EVERYWHERE)] if one.asset == EVERYWHERE else []
            whose = names[one.reading, one.asset] if one.name is None else [(one.name, one.asset)]
            for table in sorted(one.tables & self._files.keys()):
                counts += [(place, one.reading, table, *pair) for pair in (whose if TABLES[table].per_asset else site)]
        with database.staged(counts):
            for table in sorted({count[2] for count in counts}):
                database.take_over(TABLES[table], self._folder / f"{table}.json", max(self._longest[table] + 1024, _LINE_BYTES))
