"""Runs that copy into a place which holds what the last of them left: a log of many runs is no list of many generations. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from omamori.model.backup import BackupGeneration
from omamori.model.look import Look
from omamori.parse.backup.form import GENERATIONS, NAMED
from omamori.parse.backup.values import kept_on, one_line, target_kind, without_secrets

_DATE = re.compile(r"(?<!\d)20\d\d[-_.]?\d\d[-_.]?\d\d(?:[-_t ]?\d\d[-_:]?\d\d(?:[-_:]?\d\d)?)?(?!\d)")


@dataclass(frozen=True, slots=True)
class Run:
    """One run as a log tells it: line, source and target as written (empty: not told), when it ended, whether all was copied, how much."""

    line: int
    source: str = ""
    target: str = ""
    ended: datetime | None = None
    ok: bool | None = None
    files: int | None = None
    size: int | None = None
    copied: int | None = None


def generations(runs: Sequence[Run]) -> tuple[BackupGeneration, ...]:
    """Return for each source and target the newest run that copied all, and those after it that did not; earlier ones were written over."""
    rows = []
    for place in dict.fromkeys((run.source, run.target) for run in runs):
        mine = [run for run in runs if (run.source, run.target) == place]
        last = max((number for number, run in enumerate(mine) if run.ok), default=None)
        rows += [_row(run) for run in mine[last or 0 :]]
    return tuple(rows)


def _row(run: Run) -> BackupGeneration:
    target = without_secrets(run.target)
    kind = target_kind(target) if target else "unknown"
    return BackupGeneration(
        asset=(kept_on(run.source) or NAMED)[:64], generation=run.ended.isoformat() if run.ended else f"line {run.line}", finished=run.ended,
        ok=run.ok, target=target or None, target_kind=kind, recovers=one_line(run.source) or None, files=run.files, size=run.size,
        added=run.copied, repository=place_of(run.target) or None, evidence=str(run.line),
    )  # fmt: skip


def place_of(target: str) -> str:
    """Return what tells a place from others: its path in lower case, with dates taken out; empty where it is not told."""
    return _DATE.sub("DATE", without_secrets(target).lower().rstrip("/\\"))


def repository(runs: Sequence[Run]) -> str:
    """Return whose word a log is: the places it copies to."""
    return ",".join(dict.fromkeys(filter(None, (place_of(run.target) for run in runs))))[:260]


def looks(rows: Iterable[BackupGeneration]) -> tuple[Look, ...]:
    """A log tells what ran, never all that is there: no look at the generations is complete."""
    hosts = list(dict.fromkeys(row.asset for row in rows)) or [NAMED]
    return tuple(Look(GENERATIONS, complete=False, reason="not_collected", asset=host) for host in hosts)
