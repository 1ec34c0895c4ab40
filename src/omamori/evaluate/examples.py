"""A check proves itself: its bad example fails, its good one passes, and without the evidence nothing passes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Any

from omamori.evaluate.check import Case, Check, CheckError
from omamori.evaluate.connection import Limits, lock
from omamori.evaluate.guard import Guarded, guard
from omamori.evaluate.judge import judge_each, judge_open
from omamori.model.derived import Asset
from omamori.model.look import EVERYWHERE, Collected, Verdict
from omamori.model.tables import TABLES, table_of
from omamori.snapshot.database import Database

_POPULATIONS = ("assets", "zones", "remote_lines", "vendors")
_LIMITS = Limits(seconds=10.0)


class Bench:
    """One small database in memory that holds a case at a time. Use as a context manager; reuse it for many checks."""

    def __init__(self) -> None:
        """Open an empty database with every table of the model and lock it."""
        self._database = Database(None)
        # A second thread costs more than it brings over a handful of rows.
        self._database.connection.execute("set threads = 1")
        lock(self._database.connection)
        self._filled: set[str] = set()

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._database.close()

    @property
    def database(self) -> Database:
        """The database, for tests that change a case."""
        return self._database

    def load(self, case: Case, tables: Iterable[str]) -> None:
        """Replace what is loaded by a case; `tables` are those the check reads, which get looks."""
        for table in self._filled:
            self._database.delete(table)
        rows = [*case.rows, *assets_of(case.rows)]
        assets = sorted({row.asset for row in rows if isinstance(row, Asset)})
        rows += looks_of(case, sorted({*tables, *_POPULATIONS}), assets)
        self._database.insert(rows)
        self._filled = {table_of(row).name for row in rows}

    def judge(self, checked: Guarded, now: datetime) -> tuple[Verdict, ...]:
        """Judge one check over what is loaded."""
        return judge_open(self._database.connection, [checked], now, _LIMITS)

    def judge_each(self, checks: Iterable[Guarded], now: datetime) -> Iterator[list[Verdict]]:
        """Judge several, one after the other, over what is loaded."""
        return judge_each(self._database.connection, checks, now, _LIMITS)

    @contextmanager
    def without(self, table: str) -> Iterator[None]:
        """Take a table's rows and looks away for a while: the looks stay as incomplete, a listed asset stays listed."""
        connection = self._database.connection
        connection.execute("begin")
        try:
            if table == "assets":
                blank = ", ".join(
                    f"{item.name} = {_default(item)}" for item in TABLES[table].columns if item.name not in ("asset", "evidence")
                )
                connection.execute(f"update assets set {blank}")  # noqa: S608 - names of the model
            else:
                connection.execute(f"delete from {TABLES[table].name}")  # noqa: S608 - name of the model
            connection.execute(
                "update collected set complete = false, reason = 'not_collected' where table_name = $table", {"table": table}
            )
            yield
        finally:
            connection.execute("rollback")


def _default(column: Any) -> str:
    if column.nullable:
        return "null"
    return "false" if column.type == "boolean" else "''"


def assets_of(rows: Iterable[Any]) -> list[Asset]:
    """Return one row of `assets` for every asset that rows name; none when rows of `assets` are among them."""
    found: dict[str, Asset] = {}
    for row in rows:
        if isinstance(row, Asset):
            return []
        table = table_of(row)
        if not table.per_asset or not row.asset or getattr(row, "subject_kind", "asset") != "asset":
            continue
        known = found.setdefault(row.asset, Asset(asset=row.asset, observed=True, evidence=f"assets:{row.asset}"))
        if table.name == "hosts":
            known = dataclasses.replace(known, platform=row.platform, role=row.role, hostname=row.hostname or None)
        elif table.name == "ledger_assets":
            known = dataclasses.replace(known, declared=True, role=row.role or known.role, zone=row.zone, vendor=row.vendor)
        found[row.asset] = known
    return list(found.values())


def looks_of(case: Case, tables: Iterable[str], assets: Iterable[str]) -> list[Collected]:
    """Return complete looks at `tables` for the site and every asset, except where the case says otherwise."""
    listed = list(assets)
    rows = []
    for table in tables:
        own = TABLES[table].per_asset and TABLES[table].group != "declared"
        missing = ",".join(case.missing.get(table, ()))
        named = case.incomplete.get(table)
        for asset in (EVERYWHERE, *(listed if own else ())):
            complete = named is None or bool(named and asset not in named)
            reason = "needs_administrator" if missing and complete else None if complete else "not_collected"
            rows.append(
                Collected(
                    asset=asset,
                    table_name=table,
                    source="example",
                    complete=complete,
                    missing=missing,
                    reason=reason,
                    evidence=f"look:{table}:{asset}",
                )
            )
    return rows


def prove(check: Check, bench: Bench | None = None) -> list[str]:
    """Return what is wrong with a check: refused, or an example not judged as its header says. Empty when it is proven."""
    if bench is None:
        with Bench() as own:
            return prove(check, own)
    try:
        checked = guard(check)
    except CheckError as error:
        return list(error.problems)
    problems = []
    tables = checked.tables
    for case in check.examples.cases:
        bench.load(case, tables)
        verdicts = bench.judge(checked, check.examples.now)
        problems += [f"{check.file}: {case.name}: {words}" for words in differences(case, verdicts)]
        problems += [f"{check.file}: {case.name}: {words}" for words in _shown(verdicts)]
        problems += [f"{check.file}: {case.name}: {words}" for words in _without_evidence(bench, checked, tables, verdicts)]
    return problems


def differences(case: Case, verdicts: Iterable[Verdict]) -> list[str]:
    """Return where verdicts differ from what a case says."""
    listed = list(verdicts)
    problems = [
        f"could not be run: {verdict.message_en}" for verdict in listed if verdict.message_en.startswith("this check could not be run")
    ][:1]
    if problems:
        return problems
    problems += _differ("fails", case.fails, {verdict.finding_key for verdict in listed if verdict.verdict == "fail"})
    unknown = [verdict for verdict in listed if verdict.verdict == "unknown"]
    if case.unknowns is not None or not (case.missing or case.incomplete):
        problems += _differ("unknowns (keys)", case.unknowns or (), {verdict.finding_key for verdict in unknown if verdict.finding_key})
        problems += _differ(
            "unknowns (subjects)", case.unknown_subjects or (), {verdict.subject for verdict in unknown if not verdict.finding_key}
        )
    passes = {verdict.subject for verdict in listed if verdict.verdict == "pass"}
    if case.passes is not None:
        problems += _differ("passes", case.passes, passes)
    elif case.name.startswith("good") and not passes and not (case.missing or case.incomplete or case.unknowns or case.unknown_subjects):
        problems.append("nothing passes; a good example has at least one subject in scope")
    return problems


def _differ(word: str, expected: Iterable[str], found: set[str]) -> list[str]:
    wanted = set(expected)
    problems = []
    if wanted - found:
        problems.append(f"{word}: expected but not so: {sorted(wanted - found)}")
    if found - wanted:
        problems.append(f"{word}: not expected: {sorted(found - wanted)}")
    return problems


def _shown(verdicts: Iterable[Verdict]) -> list[str]:
    return [
        f"{verdict.subject} {verdict.finding_key}: the finding shows no evidence; select a column evidence"
        for verdict in verdicts
        if verdict.verdict in ("fail", "accepted") and not verdict.evidence
    ]


def _without_evidence(bench: Bench, checked: Guarded, tables: Iterable[str], before: Iterable[Verdict]) -> list[str]:
    """Law 1: without a table nothing passes, and no subject that was judged vanishes."""
    judged = {verdict.subject for verdict in before}
    problems = []
    for table in sorted(tables):
        with bench.without(table):
            after = bench.judge(checked, checked.check.examples.now)
        passed = sorted({verdict.subject for verdict in after if verdict.verdict == "pass"})
        if passed:
            problems.append(f"without {table} these pass, but nobody knows: {passed}")
        left = {verdict.subject for verdict in after}
        unlisted = checked.check.subject != "asset" and any(verdict.subject == "site" and verdict.verdict == "unknown" for verdict in after)
        if judged - left and not unlisted:
            problems.append(f"without {table} these vanish: {sorted(judged - left)}")
    return problems
