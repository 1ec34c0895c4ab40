"""Law 1: unknown is never pass. Takes looks and rows out of a snapshot and judges again.

A look taken out: its rows go, its `collected` row becomes incomplete, the asset stays listed. A row taken
out: the row goes and the looks that covered it become incomplete. Neither may turn a fail, accepted or unknown into a pass, or
make a verdict vanish. Works on a copy in memory, each removal in a transaction that is rolled back.

Checks of machines judge each machine by its own rows (the guard sees to that), so one removal per machine is
made at once for them. Checks of the site, zones, lines and vendors are tried removal by removal.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from omamori.evaluate.check import SITE, Check
from omamori.evaluate.connection import Limits, lock
from omamori.evaluate.guard import Guarded, guard
from omamori.evaluate.judge import judge_open
from omamori.model.look import EVERYWHERE
from omamori.model.schema import create_statement
from omamori.model.tables import TABLES

_LIMITS = Limits()
_POPULATION = {"zone": "zones", "line": "remote_lines", "vendor": "vendors"}
Standing = dict[tuple[str, str], dict[str, str]]
"""(check, subject) -> verdict by finding key."""


@dataclass(frozen=True)
class Removal:
    """Something to take out: rows by rowid (None: all rows of the assets), and whose look of the table it was."""

    table: str
    assets: tuple[str, ...]
    rowids: tuple[int, ...] | None

    @property
    def words(self) -> str:
        """Name it in a failure."""
        what = "look" if self.rowids is None else f"rows {list(self.rowids)[:5]}"
        return f"{what} of {self.table} of {', '.join(self.assets[:5])}"


def law1_violations(database_path: Path, checks: Sequence[Check], now: datetime, *, sample: int | None = None, seed: int = 0) -> list[str]:
    """Return every breach of law 1 over a snapshot's tables, as words; empty when the law holds.

    `sample`: at most so many rows per table (and machine) are tried, chosen by `seed`; None tries all. Looks are tried all.
    """
    with duckdb.connect() as connection:
        copy_into(connection, database_path)
        lock(connection)
        return violations([guard(check) for check in checks], connection, now, sample=sample, seed=seed)


def copy_into(connection: duckdb.DuckDBPyConnection, database_path: Path) -> None:
    """Copy the tables of a snapshot into an in-memory database."""
    quoted = str(database_path).replace("'", "''")
    connection.execute(f"attach '{quoted}' as snapshot (read_only)")
    for name, table in TABLES.items():
        connection.execute(create_statement(table))
        connection.execute(f"insert into {name} select * from snapshot.{name}")
    connection.execute("detach snapshot")


def violations(
    checks: Sequence[Guarded], connection: duckdb.DuckDBPyConnection, now: datetime, *, sample: int | None = None, seed: int = 0
) -> list[str]:
    """Return the breaches over an open, writable connection; leaves its tables as they were."""
    chance = random.Random(seed)
    by_machine = [checked for checked in checks if checked.check.subject == "asset"]
    others = [checked for checked in checks if checked.check.subject != "asset"]
    found: list[str] = []
    for group, removals in ((by_machine, _together), (others, _one_by_one)):
        if not group:
            continue
        before = _standing(judge_open(connection, group, now, _LIMITS))
        accepted = {check for (check, _), keys in before.items() if "accepted" in keys.values()}
        for table in sorted({name for checked in group for name in _rests_on(checked)} | ({"exceptions"} if accepted else set())):
            reading = [
                checked for checked in group if table in _rests_on(checked) or (table == "exceptions" and checked.check.id in accepted)
            ]
            for removal in removals(connection, table, sample, chance):
                with _taken_out(connection, removal):
                    after = _standing(judge_open(connection, reading, now, _LIMITS))
                found += _compare(before, after, {checked.check.id for checked in reading}, removal)
    return found


def _rests_on(checked: Guarded) -> frozenset[str]:
    listed = _POPULATION.get(checked.check.subject)
    return checked.tables | ({listed} if listed else frozenset())


def _standing(verdicts: Iterable[object]) -> Standing:
    standing: Standing = defaultdict(dict)
    for verdict in verdicts:
        standing[(verdict.check_id, verdict.subject)][verdict.finding_key] = verdict.verdict  # type: ignore[attr-defined]
    return dict(standing)


def _looked_at(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    rows = connection.execute("select distinct asset from collected where table_name = $table order by 1", {"table": table}).fetchall()
    return [row[0] for row in rows]


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[int, str]]:
    owner = "asset" if TABLES[table].per_asset else f"'{EVERYWHERE}'"
    query = f"select rowid, {owner} from {table} order by 1"
    return [(row[0], row[1]) for row in connection.execute(query).fetchall()]


def _together(connection: duckdb.DuckDBPyConnection, table: str, sample: int | None, chance: random.Random) -> Iterator[Removal]:
    """For checks of machines: every machine's look at once, then the first row of each, the second of each …"""
    looked = _looked_at(connection, table)
    if looked:
        yield Removal(table, tuple(looked), None)
    by_asset: dict[str, list[int]] = defaultdict(list)
    for rowid, asset in _rows(connection, table):
        by_asset[asset].append(rowid)
    for rowids in by_asset.values():
        chance.shuffle(rowids)
    rounds = max((len(rowids) for rowids in by_asset.values()), default=0)
    for number in range(rounds if sample is None else min(rounds, sample)):
        picked = {asset: rowids[number] for asset, rowids in by_asset.items() if number < len(rowids)}
        yield Removal(table, tuple(picked), tuple(picked.values()))


def _one_by_one(connection: duckdb.DuckDBPyConnection, table: str, sample: int | None, chance: random.Random) -> Iterator[Removal]:
    looks = [Removal(table, (asset,), None) for asset in _looked_at(connection, table)]
    rows = [Removal(table, (asset,), (rowid,)) for rowid, asset in _rows(connection, table)]
    yield from looks
    yield from rows if sample is None or len(rows) <= sample else chance.sample(rows, sample)


@contextmanager
def _taken_out(connection: duckdb.DuckDBPyConnection, removal: Removal) -> Iterator[None]:
    connection.execute("begin")
    try:
        _take_rows(connection, removal)
        own = {row[0] for row in connection.execute("select asset from collected where table_name = $1", [removal.table]).fetchall()}
        # A row is covered by its asset's own looks; where there are none, by the site-wide one.
        covering = sorted({asset if asset in own else EVERYWHERE for asset in removal.assets})
        connection.execute(
            "update collected set complete = false, reason = 'not_collected' where table_name = $1 and asset in (select unnest($2))",
            [removal.table, covering],
        )
        yield
    finally:
        connection.execute("rollback")


def _take_rows(connection: duckdb.DuckDBPyConnection, removal: Removal) -> None:
    table = TABLES[removal.table]
    if removal.rowids is not None:
        where, values = "rowid in (select unnest($1))", [list(removal.rowids)]
    elif table.per_asset:
        # The site-wide look speaks only for machines that have no look of their own.
        own = "select asset from collected where table_name = $2"
        where = f"(asset in (select unnest($1)) or (list_contains($1, '{EVERYWHERE}') and asset not in ({own})))"
        values = [list(removal.assets), removal.table]
    else:
        where, values = "$1", [True]
    if removal.table == "assets":
        # The asset stays listed: only its name is left.
        blank = ", ".join(
            f"{item.name} = {'null' if item.nullable else 'false' if item.type == 'boolean' else repr('')}"
            for item in table.columns
            if item.name != "asset"
        )
        connection.execute(f"update assets set {blank} where {where}", values)
    else:
        connection.execute(f"delete from {removal.table} where {where}", values)


def _compare(before: Standing, after: Standing, judged: set[str], removal: Removal) -> list[str]:
    found = []
    for (check, subject), keys in before.items():
        if check not in judged:
            continue
        now = after.get((check, subject))
        if now is None:
            # Zones, lines and vendors are listed by the ledger itself: the site's unknown speaks for those that are gone.
            if "unknown" not in after.get((check, SITE), {}).values():
                found.append(f"{check} of {subject} vanished without the {removal.words}")
        elif "pass" in now.values() and "pass" not in keys.values():
            found.append(f"{check} of {subject} passes without the {removal.words}; it was {sorted(set(keys.values()))}")
        elif "unknown" not in now.values() and not set(keys) <= set(now) and "pass" not in keys.values():
            found.append(f"{check} of {subject}: {sorted(set(keys) - set(now))} vanished without the {removal.words}, and nobody is told")
    return found
