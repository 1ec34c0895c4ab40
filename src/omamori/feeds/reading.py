"""Reads a portion of the publishers' files in a process of its own and lays the facts down, one CSV file per table, for `merge`.

CSV because DuckDB takes it over by itself: a row passes through Python once, and no process holds more than one at a time.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, TextIO

from omamori.feeds.containers import ContainerError, Source, opened
from omamori.feeds.error import FULL
from omamori.knowledge.version import sort_key
from omamori.model.facts import Affected, Broken, Fact, WindowsFix
from omamori.model.tables_pack import PACK_TABLES, pack_table_of
from omamori.model.text import Text
from omamori.parse.feeds.interface import AsOf, FeedError, FeedParser, Item
from omamori.parse.feeds.reasons import reason_ja
from omamori.parse.feeds.registry import is_json_schema, parser_of

BEGINNING = 64 * 1024
KEPT_BROKEN = 1_000
"""Broken records of a feed that are kept by name; all are counted."""
_LONGEST = 300
_REMEMBERED = 200_000
_MISTAKES = (ArithmeticError, AttributeError, EOFError, ImportError, LookupError, OSError, RuntimeError, TypeError, ValueError, csv.Error)
"""What a parser may stumble over in one file: it costs only that file, and is told."""
_SCHEMA = Text(
    "記録の書き方を定めたファイル(JSONスキーマ)で、記録は入っていません", "a JSON schema: it tells how records are written and holds none"
)
_FACTS = frozenset(table.row for table in PACK_TABLES.values()) - {PACK_TABLES["feeds"].row, PACK_TABLES["broken"].row}


@dataclass(frozen=True, slots=True)
class Portion:
    """Some files that one process reads after another. `number` tells portions apart; a file has the number of its place."""

    number: int
    sources: tuple[tuple[int, Source], ...]

    @property
    def size(self) -> int:
        """Bytes of it, packed."""
        return sum(source.size for _, source in self.sources)


@dataclass(slots=True)
class FileRead:
    """What became of one file. `feed` None: nobody knows this kind of file. `error`: it could not be read to its end.

    `dated`: the file itself names the day `as_of`; else that is the day it was saved.
    """

    number: int
    shown: str
    feed: str | None = None
    form: str = ""
    as_of: date | None = None
    dated: bool = True
    records: Counter[str] = field(default_factory=Counter)
    broken: int = 0
    kept: list[Broken] = field(default_factory=list)
    error: Text | None = None


def read_portion(folder: Path, portion: Portion) -> list[FileRead]:
    """Read the files of a portion; their facts lie in `folder` as `NUMBER-TABLE.csv` afterwards. Never raises for what a file holds."""
    with ExitStack() as stack:
        laid = Laid(folder, portion.number, stack)
        return [_read_file(number, source, laid) for number, source in portion.sources]


def _read_file(number: int, source: Source, laid: Laid) -> FileRead:
    told = FileRead(number, source.shown[-_LONGEST:])
    try:
        with opened(source) as stream:
            beginning = stream.read(BEGINNING)
        if is_json_schema(beginning):
            told.error = _SCHEMA
            return told
        parser = parser_of(source.name, beginning)
        if parser is None:
            return told
        told.feed, told.form = parser.feed, parser.form
        laid.within = f"{source.path.name}/{source.member}"[-_LONGEST:] if source.member else ""
        with opened(source) as stream:
            try:
                _take(parser.read(stream, source.name), parser, told, laid)
            except FeedError as error:
                told.error = error.text
    except ContainerError as error:
        told.error = error.text
    except _MISTAKES as error:
        if isinstance(error, OSError) and error.errno in FULL:
            raise  # of our disk, not of the publisher's file: without these rows there is no pack
        said = f"{type(error).__name__}: {error}"[:_LONGEST]
        told.error = Text(f"読む途中で予期しない内容がありました({said})", f"something unexpected in it ({said})")
    if told.error is not None and told.feed is not None:
        _broken(Broken(feed=told.feed, place="file", reason=told.error.en, reason_ja=told.error.ja), told)
    return told


def _take(items: Iterator[Item], parser: FeedParser, told: FileRead, laid: Laid) -> None:
    for item in items:
        kind = type(item)
        if kind in _FACTS:
            try:
                laid.add(told.number, item)
            except KeyError as error:
                _broken(Broken(feed=parser.feed, place=getattr(item, "place", None) or "", reason=f"unknown: {error}"), told)
                continue
            told.records[kind.__name__] += 1
        elif isinstance(item, Broken):
            _broken(item, told)
        elif isinstance(item, AsOf):
            told.as_of = max(told.as_of or item.day, item.day)


def _broken(record: Broken, told: FileRead) -> None:
    told.broken += 1
    if len(told.kept) < KEPT_BROKEN:
        feed = record.feed or told.feed or ""
        reason, ja = record.reason[:_LONGEST], (record.reason_ja or reason_ja(record.reason))[:_LONGEST]
        told.kept.append(Broken(feed=feed, file=told.shown, place=record.place[:_LONGEST], reason=reason, reason_ja=ja))


class Laid:
    """The CSV files of a portion, each opened when its first row comes.

    `within`: the archive and the member in it that is being read, put before the place of every row; empty for a file of its own.
    """

    def __init__(self, folder: Path, number: int, stack: ExitStack) -> None:
        """`number`: of the portion; the files are closed with `stack`."""
        self._folder, self._number, self._stack = folder, number, stack
        self._by_kind: dict[type, Callable[[int, Any], None]] = {}
        self.within = ""

    def add(self, file: int, fact: Fact | AsOf | Broken) -> None:
        """Write a fact of a file; KeyError for a scheme of versions nobody knows."""
        kind = type(fact)
        write = self._by_kind.get(kind)
        if write is None:
            write = self._by_kind[kind] = self._writer(fact)
        write(file, fact)

    def _writer(self, fact: Any) -> Callable[[int, Any], None]:
        table = pack_table_of(fact)
        path = self._folder / f"{self._number:05d}-{table.name}.csv"
        # A half of a character that a publisher wrote cannot be stored as UTF-8.
        stream: TextIO = self._stack.enter_context(path.open("w", encoding="utf-8", errors="replace", newline=""))
        write = csv.writer(stream, lineterminator="\r\n").writerow
        names = [column.name for column in table.columns]
        at = 1 + names.index("place") if "place" in names else 0

        def row(found: tuple[Any, ...]) -> None:
            if self.within and at:
                found = (*found[:at], f"{self.within} {found[at] or ''}".strip(), *found[at + 1 :])
            write(found)

        values = attrgetter(*names)
        if isinstance(fact, Affected):
            first, last = names.index("since_key"), names.index("before_key")

            def affected(file: int, one: Affected) -> None:
                found = list(values(one))
                found[first], found[last] = _key(one.scheme, one.since), _key(one.scheme, one.before)
                row((file, *found))

            return affected
        if isinstance(fact, WindowsFix):
            build = names.index("build_key")

            def fix(file: int, one: WindowsFix) -> None:
                found = list(values(one))
                found[build] = _key("windows", one.build)
                row((file, *found))

            return fix
        return lambda file, one: row((file, *values(one)))


@lru_cache(_REMEMBERED)
def _key(scheme: str, version: str | None) -> str | None:
    return sort_key(scheme, version)
