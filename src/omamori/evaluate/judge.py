"""Judges a snapshot: every check over every subject, four verdicts, no fifth.

One rule (docs/decisions/0003-unknown-is-derived.md): a row and all negative tables complete is a fail; a row otherwise
unknown; no row and all tables complete a pass; else unknown. A check's SELECT runs once for
all subjects. A check that cannot run leaves its subjects unknown: it never vanishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from omamori.evaluate.accepted import Exceptions
from omamori.evaluate.check import SITE, Check
from omamori.evaluate.connection import Limits, NotRun, Result, Watch, open_locked, run
from omamori.evaluate.coverage import Coverage
from omamori.evaluate.guard import Guarded, guard
from omamori.evaluate.looks import Hole, Looks
from omamori.evaluate.verdicts import Finding, not_run, verdicts_of
from omamori.model.look import Verdict

_POPULATION = {"zone": "zones", "line": "remote_lines", "vendor": "vendors"}


def judge(database_path: Path, checks: Sequence[Check], now: datetime, limits: Limits | None = None) -> tuple[Verdict, ...]:
    """Return the verdicts of `checks` over the snapshot's file, sorted by check, subject and key.

    The file must not be open for writing. Raises CheckError when a check is refused, duckdb.Error when
    the file cannot be read.
    """
    limits = limits or Limits()
    with open_locked(database_path, limits) as connection:
        guarded = [guard(check) for check in checks]
        return judge_open(connection, guarded, now, limits)


def judge_open(connection: duckdb.DuckDBPyConnection, checks: Iterable[Guarded], now: datetime, limits: Limits) -> tuple[Verdict, ...]:
    """Judge over an open connection whose default database is the snapshot."""
    found = [verdict for one in judge_each(connection, checks, now, limits) for verdict in one]
    return tuple(sorted(found, key=lambda verdict: (verdict.check_id, verdict.subject, verdict.finding_key)))


def judge_each(connection: duckdb.DuckDBPyConnection, checks: Iterable[Guarded], now: datetime, limits: Limits) -> Iterator[list[Verdict]]:
    """Yield the verdicts of one check after the other over the same rows and looks; several may have one name, as mutants do."""
    with Watch(connection, limits.seconds) as watch:
        room = _Room(connection, now, limits, watch)
        for checked in checks:
            yield room.judge(checked)


class _Room:
    """What all checks of one run share: the looks, the subjects and the exceptions of the snapshot."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, now: datetime, limits: Limits, watch: Watch) -> None:
        self.connection, self.now, self.limits, self.watch = connection, now, limits, watch
        self.looks = Looks(connection)
        self.exceptions = Exceptions(connection, now)
        self._subjects: dict[str, tuple[str, ...]] = {"asset": self.looks.assets, "site": (SITE,)}

    def subjects(self, kind: str) -> tuple[str, ...]:
        """Return all subjects of a kind, read when the first check asks."""
        if kind not in self._subjects:
            query = f"select distinct {kind} from {_POPULATION[kind]} where {kind} <> '' order by 1"  # noqa: S608 - names of the model
            self._subjects[kind] = tuple(row[0] for row in self.connection.execute(query).fetchall())
        return self._subjects[kind]

    def judge(self, checked: Guarded) -> list[Verdict]:
        """Return the verdicts of one check over all of its subjects."""
        check = checked.check
        subjects = self.subjects(check.subject)
        found = self._unlisted(check)
        try:
            rows = self.run(checked.sql, timed=checked.timed)
            picked = self.run(checked.scope_sql, timed=checked.scope_timed) if checked.scope_sql else None
        except NotRun as error:
            return found + [not_run(check, subject, str(error)) for subject in subjects]
        coverage = Coverage(self.looks, checked, {row[0] for row in picked.rows} if picked is not None else None)
        by_subject = _by_subject(check, rows, checked.deciding)
        for subject in subjects:
            state = coverage.state(subject)
            if state.out:
                continue
            findings = () if state.scope_hole else tuple(by_subject.get(subject, ()))
            found += verdicts_of(check, subject, findings, state, self.looks, self.exceptions)
        return found

    def run(self, sql: str, *, timed: bool) -> Result:
        """Run one SELECT of a guarded check. `timed`: it names `$now`."""
        return run(self.connection, sql, self.now if timed else None, self.limits, self.watch)

    def _unlisted(self, check: Check) -> list[Verdict]:
        """Where the list of subjects itself was not completely seen, the site's verdict is unknown: some may lack."""
        table = _POPULATION.get(check.subject)
        hole: Hole | None = self.looks.site_hole(table, frozenset()) if table is not None else None
        if hole is None:
            return []
        state = Coverage.unlisted(hole)
        return verdicts_of(check, SITE, (), state, self.looks, self.exceptions)


def _by_subject(check: Check, result: Result, deciding: Sequence[str]) -> dict[Any, list[Finding]]:
    """Group rows by subject, the same key once; a row without subject speaks of nobody and is left out."""
    types = dict(zip(result.columns, result.types, strict=True))
    grouped: dict[Any, dict[str, Finding]] = {}
    for values in sorted(result.rows, key=repr):
        row = dict(zip(result.columns, values, strict=True))
        subject = SITE if check.subject == "site" else row[check.subject]
        if subject is None:
            continue
        finding = Finding.of(check, row, types, deciding)
        known = grouped.setdefault(subject, {})
        # Of two rows with one key the one that is sure counts: an unknown never hides a fail.
        if finding.key not in known or (known[finding.key].unknown and not finding.unknown):
            known[finding.key] = finding
    return {subject: list(known.values()) for subject, known in grouped.items()}
