"""Accepted risks: the hospital's exceptions that are still running."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import duckdb


@dataclass(frozen=True, slots=True)
class Accepted:
    """Until when a finding is accepted, by whom, and the row that says so."""

    until: date
    owner: str
    evidence: str


class Exceptions:
    """The exceptions of a snapshot at a moment. One without an end never runs: it could not come back by itself."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, now: datetime) -> None:
        """Those that have not ended before the day of `now` count; they are read when the first finding asks."""
        self._connection, self._today = connection, now.date()

    @cached_property
    def _by_key(self) -> dict[tuple[str, str, str], Accepted]:
        found: dict[tuple[str, str, str], Accepted] = {}
        rows = self._connection.execute(
            # The longest counts; of two that end on one day the hospital's own before what follows from a vendor's answer.
            "select check_id, subject, coalesce(finding_key, ''), expires, coalesce(owner, ''), evidence from exceptions"
            " order by expires, source = 'ledger.workbook', owner, evidence"
        ).fetchall()
        for check_id, subject, key, expires, owner, evidence in rows:
            if expires is not None and expires >= self._today:
                found[(check_id, subject, key)] = Accepted(expires, owner, evidence or "")
        return found

    def of(self, check_id: str, subject: str, key: str) -> Accepted | None:
        """Return the exception for a finding: its own key, or an empty key for all findings of the subject."""
        return self._by_key.get((check_id, subject, key)) or self._by_key.get((check_id, subject, ""))
