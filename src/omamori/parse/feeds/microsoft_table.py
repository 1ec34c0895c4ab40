"""Microsoft's table of updates as comma-separated values: one row per update, flaw and product, with what it replaces.

The form is that of the definitions wesng makes every month of Microsoft's own data (https://github.com/bitsadmin/wesng, BSD-3-Clause):
`CVEs_YYYYMMDD.csv`, and `Custom_YYYYMMDD.csv` with rows added by hand, whose lines may be comments. Columns are found by their names.

A row whose BulletinKB is no number is kept without an update, so that a reader finds it; it is never a match. What stands there instead
(`CBL-Mariner Releases`, `Click to Run`) is kept in `kind`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import BinaryIO

from omamori.model.facts import Advisory, AdvisoryFlaw, Broken, WindowsFix, WindowsReplaced
from omamori.model.text import Text
from omamori.parse.feeds.interface import AsOf, FeedError, FeedParser, Item
from omamori.parse.feeds.microsoft_words import BEST_BEFORE, FEED, TITLE, day_of, flaw_name, replaced_numbers, update_number

_COLUMNS = ("DatePosted", "CVE", "BulletinKB", "Title", "AffectedProduct", "AffectedComponent", "Severity", "Impact", "Supersedes")
_LONGEST_LINE = 1 << 16
_DAY_IN_NAME = re.compile(r"_(20\d{6})\.csv$", re.IGNORECASE)
_MOST_BROKEN = 1_000
_PAGE = "https://msrc.microsoft.com/update-guide/vulnerability/"


def recognise(_name: str, beginning: bytes) -> bool:
    """Return whether the first line names the columns of the table."""
    first = beginning.split(b"\n", 1)[0].replace(b'"', b"").lstrip(b"\xef\xbb\xbf").strip()
    return all(column.encode() in first.split(b",") for column in _COLUMNS)


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield the facts of a table in the file's order, and what could not be read; FeedError when it has not the columns."""
    lines = _Lines(stream)
    rows = csv.reader(lines)
    try:
        header = next(rows)
    except (StopIteration, csv.Error):
        header = []
    if any(column not in header for column in _COLUMNS):
        wanted = ", ".join(_COLUMNS)
        raise FeedError(
            Text(
                f"1行目に列の名前({wanted})がありません。wesngの定義ファイル(CVEs_….csv)を使ってください",
                f"the first line lacks the columns {wanted}: take the definitions of wesng (CVEs_….csv)",
            )
        )
    places = [header.index(column) for column in _COLUMNS]
    if places == list(range(len(_COLUMNS))):
        places = []
    yield from _rows(rows, lines, name, places, len(header))


def _rows(rows: Iterator[list[str]], lines: _Lines, name: str, places: Sequence[int], width: int) -> Iterator[Item]:
    reader = _Reader(name)
    newest: date | None = None
    broken = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            row, said = [], f"comma-separated values ({error})"
        else:
            if not row or row[0].startswith("#"):
                continue
            said = "" if len(row) == width else f"{width} columns, found {len(row)}"
        if not said:
            facts, said = reader.facts([row[place] for place in places] if places else row, lines.number)
            yield from facts
            if facts and isinstance(facts[0], WindowsFix) and facts[0].posted and (newest is None or facts[0].posted > newest):
                newest = facts[0].posted
        if said:
            broken += 1
            if broken <= _MOST_BROKEN:
                yield Broken(feed=FEED, file=name, place=f"line {lines.number}", reason=f"expected {said}")
    for number in lines.too_long[:_MOST_BROKEN]:
        yield Broken(feed=FEED, file=name, place=f"line {number}", reason=f"expected a line of at most {_LONGEST_LINE} bytes")
    if broken > _MOST_BROKEN:
        yield Broken(feed=FEED, file=name, place="", reason=f"{broken - _MOST_BROKEN} more rows could not be read")
    told = _DAY_IN_NAME.search(name)
    day = (day_of(told[1]) if told else None) or newest
    if day is not None:
        yield AsOf(day)


class _Reader:
    """Makes facts of rows; what a row says again is said once."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._days: dict[str, date | None] = {}
        self._words: dict[str, str] = {}
        self._titled: set[str] = set()
        self._replaced: set[tuple[str, str, str]] = set()

    def facts(self, row: Sequence[str], line: int) -> tuple[list[Item], str]:
        """Return the facts of a row, and what was expected of it where it cannot be read."""
        posted, flaw, bulletin, title, product, component, severity, impact, replaces = row[:9]
        day = self._days[posted] if posted in self._days else self._days.setdefault(posted, day_of(posted))
        product = " ".join(product.split())
        if day is None:
            return [], "DatePosted as YYYYMMDD"
        if not product:
            return [], "an AffectedProduct"
        product = self._words.setdefault(product, product)
        update = update_number(bulletin)
        named = flaw_name(flaw)
        place = f"line {line}"
        found: list[Item] = [
            WindowsFix(
                flaw=self._words.setdefault(named, named) if named else None,
                feed=FEED,
                update=self._words.setdefault(update, update) if update else None,
                product=product,
                component=self._words.setdefault(component, component),
                posted=day,
                # The title of a flaw stands once, with the flaw.
                title=None if named else title.strip() or None,
                severity=self._words.setdefault(severity, severity) or None,
                impact=self._words.setdefault(impact, impact) or None,
                kind=None if update else self._words.setdefault(bulletin, bulletin) or None,
                place=place,
            )
        ]
        if named and named not in self._titled:
            self._titled.add(named)
            page = _PAGE + named
            found.append(Advisory(advisory=named, feed=FEED, title=title.strip() or None, published=day, url=page, place=place))
            found.append(AdvisoryFlaw(advisory=named, feed=FEED, flaw=named))
        if update and replaces:
            found += self._replaces(update, replaces, product, place)
        return found, ""

    def _replaces(self, update: str, replaces: str, product: str, place: str) -> list[Item]:
        found: list[Item] = []
        for number in replaced_numbers(replaces):
            key = (update, number, product)
            if number != update and key not in self._replaced:
                self._replaced.add(key)
                found.append(WindowsReplaced(update=update, replaces=number, feed=FEED, product=product, place=place))
        return found


class _Lines:
    """The lines of a file as text, each of a bounded length; a longer one is left out and told."""

    def __init__(self, stream: BinaryIO) -> None:
        self.number = 0
        self.too_long: list[int] = []
        self._stream = stream

    def __iter__(self) -> Iterator[str]:
        """Yield the lines."""
        readline = self._stream.readline
        while line := readline(_LONGEST_LINE):
            self.number += 1
            if len(line) < _LONGEST_LINE or line.endswith(b"\n"):
                yield line.decode("utf-8-sig" if self.number == 1 else "utf-8", "replace").replace("\0", "")
                continue
            self.too_long.append(self.number)
            while line and not line.endswith(b"\n"):
                line = readline(_LONGEST_LINE)


FEEDS = (
    FeedParser(
        feed=FEED,
        form="table",
        title=TITLE,
        recognise=recognise,
        read=read,
        url="https://github.com/bitsadmin/wesng",
        downloads=("https://raw.githubusercontent.com/bitsadmin/wesng/master/definitions.zip",),
        best_before=BEST_BEFORE,
    ),
)
"""The parser of this module."""
