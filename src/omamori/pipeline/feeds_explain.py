"""`omamori feeds explain`: the rows of the pack about one flaw, update or advisory, so that a verdict can be followed to its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from omamori.feeds.held import site_pack
from omamori.knowledge.facts import Flaw
from omamori.knowledge.pack import Pack
from omamori.model.clean import clean
from omamori.model.tables_pack import PACK_TABLES
from omamori.model.text import Text
from omamori.pipeline.error import UserError
from omamori.snapshot.database import Database
from omamori.snapshot.site import Site

MOST = 200
"""Rows of one table that are told; the others are counted."""
STEPS = 5_000
"""Steps of a chain of supersedence that are told; where there are more, that is told too."""
_UPDATE = re.compile(r"(?:KB)?([0-9]{6,8})", re.IGNORECASE)
_LONGEST = 100
_KEYS = frozenset({"since_key", "before_key", "build_key"})
_OF_STARTER = (
    *("flaw", "name", "product", "release", "since", "before", "fixed_in", "patches", "exploited", "ransomware"),
    *("confidence", "source", "as_of"),
)
INSIDE = Text("付属の情報", "Facts that ship inside")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table: their values by column, without what is empty; `total`: how many there are."""

    table: str
    title: Text
    rows: tuple[dict[str, Any], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Explained:
    """What the pack holds about `word`, an update or a flaw.

    `newer`: the updates that replace it, or replace what repairs the flaw, nearest first, each with the one it replaces; `older`: what an
    update replaces, the same way round. `cut`: there are more of them than `STEPS`.
    """

    word: str
    pack: str
    tables: tuple[Rows, ...]
    newer: tuple[tuple[str, str], ...] = ()
    older: tuple[tuple[str, str], ...] = ()
    cut: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return it as a program reads it."""
        return {
            "word": self.word,
            "pack": self.pack,
            "tables": {one.table: {"total": one.total, "rows": [_plain(row) for row in one.rows]} for one in self.tables},
            "replaced_by": [{"update": newer, "replaces": older} for newer, older in self.newer],
            "replaces": [{"update": newer, "replaces": older} for newer, older in self.older],
            "chain_cut": self.cut,
        }


def explain(site: Path, word: str) -> Explained:
    """Return the rows of the site's present pack about a flaw (CVE-…), an update (KB…) or an advisory (JVNDB-…). UserError: no such word."""
    return explain_in(site_pack(Site(site)).pack, word)


def explain_in(pack: Pack, word: str) -> Explained:
    """Return the rows of `pack` about `word`; UserError where it is empty or too long."""
    word = clean(word, _LONGEST + 1).strip()
    if not word or len(word) > _LONGEST:
        raise UserError(
            "KB番号、CVE番号、または公表者の番号を1つ書いてください。例: omamori feeds explain KB5034441",
            "name one update, flaw or advisory, for example: omamori feeds explain KB5034441",
        )
    with Database() as database, pack.facts.attached(database.connection):
        update = _UPDATE.fullmatch(word)
        found = _of_update(database, update[1]) if update else _of_flaw(database, word.upper())
        first = [update[1]] if update else _repairs(database, word.upper())
        newer, more = _chain(database, first, "replaces", "update")
        older, further = _chain(database, [update[1]], "update", "replaces") if update else ((), False)
        tables = tuple(rows for rows in (*found, _inside(pack, word.upper(), update[1] if update else "")) if rows.total)
        return Explained(word, pack.version, tables, newer, older, more or further)


def _of_update(database: Database, number: str) -> Iterator[Rows]:
    given = {"number": number}
    yield _rows(database, "windows_fixes", '"update" = $number', given, "product, component, flaw")
    yield _rows(database, "windows_replaced", '"update" = $number or replaces = $number', given, '"update", replaces, product')


_ABOUT = "upper(flaw) = $word or upper(flaw) in (select upper(flaw) from facts.advisory_flaws where upper(advisory) = $word)"
_OF_FLAW = "select advisory from facts.advisory_flaws where upper(flaw) = $word"


def _of_flaw(database: Database, word: str) -> Iterator[Rows]:
    given = {"word": word}
    ours = f"upper(advisory) = $word or advisory in ({_OF_FLAW})"
    yield _rows(database, "exploited", _ABOUT, given, "feed, flaw")
    yield _rows(database, "likelihood", _ABOUT, given, "feed, flaw")
    yield _rows(database, "advisories", ours, given, "feed, advisory")
    yield _rows(database, "advisory_flaws", f"upper(flaw) = $word or {ours}", given, "feed, advisory, flaw")
    yield _rows(database, "affected", f"{_ABOUT} or upper(advisory) = $word", given, "feed, vendor, product, release, since")
    yield _rows(database, "windows_fixes", _ABOUT, given, 'product, component, "update"')


def _rows(database: Database, table: str, where: str, given: dict[str, str], order: str) -> Rows:
    described = PACK_TABLES[table]
    names = [column.name for column in described.columns if column.name not in _KEYS]
    quoted = ", ".join(f'"{name}"' for name in names)
    picked = f"from facts.{table} where {where}"
    values = database.select(f"select {quoted} {picked} order by {order} limit {MOST}", given)
    (total,) = database.select(f"select count(*) {picked}", given)[0]
    return Rows(table, described.title, tuple(_filled(names, row) for row in values), total)


def _filled(names: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    return {
        name: clean(value, 2_000) if isinstance(value, str) else value
        for name, value in zip(names, values, strict=True)
        if value is not None and value != "" and value is not False
    }


def _repairs(database: Database, word: str) -> list[str]:
    """The updates that repair a flaw, or a flaw of an advisory."""
    given = {"word": word}
    query = f"""select distinct "update" from facts.windows_fixes where ({_ABOUT}) and "update" <> '' order by 1"""  # noqa: S608 - ours
    return [str(number) for (number,) in database.select(query, given)]


def _chain(database: Database, first: Sequence[str], of: str, to: str) -> tuple[tuple[tuple[str, str], ...], bool]:
    """Return the steps (newer, older) from `first` on, and whether some were left out. Direction: from the column `of` to the column `to`.

    A table may go in a circle: each update is left once, and no step leads back to the one update it began with.
    """
    query = (
        f'select distinct "update", replaces, "{to}" from facts.windows_replaced '  # noqa: S608 - two columns of ours
        f"where list_contains($known, \"{of}\") and replaces <> '' order by 2, 1"
    )
    seen, edge = set(first), list(first)
    found: list[tuple[str, str]] = []
    while edge and len(found) <= STEPS:
        rows = [(str(newer), str(older), str(far)) for newer, older, far in database.select(query, {"known": edge}) if [far] != first]
        found += [(newer, older) for newer, older, _ in rows]
        edge = [far for far in dict.fromkeys(far for _, _, far in rows) if far not in seen]
        seen.update(edge)
    return tuple(found[:STEPS]), len(found) > STEPS


def _inside(pack: Pack, word: str, number: str) -> Rows:
    found: list[Flaw] = [flaw for flaw in pack.flaws if flaw.flaw.upper() == word or (number and number in flaw.patches)]
    rows = tuple({name: value for name in _OF_STARTER if (value := getattr(flaw, name))} for flaw in found[:MOST])
    return Rows("starter", INSIDE, rows, len(found))


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
