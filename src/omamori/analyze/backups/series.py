"""The series of generations of a copy: how many, how far apart, which were missed, which are gone, how their size goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from omamori.model.backup import BackupGeneration

_RECENT = 7
"""Newest intervals the usual one is taken from: further back a retention by days, weeks and months thins them out."""
_MISSED = 2.0
"""An interval longer than so many usual ones is one in which a generation was missed."""
_KEPT = 3
"""Generations that have to stay: neither the newest three nor the last three are ever thinned out."""
_DAY = 86400


@dataclass(frozen=True, slots=True)
class Series:
    """What the generations say. `every`, `longest` in days; None where too few are there to tell."""

    count: int = 0
    newest: datetime | None = None
    oldest: datetime | None = None
    every: float | None = None
    longest: float | None = None
    gaps: int | None = None
    gone: int = 0
    size_ratio: float | None = None


def series_of(rows: Sequence[BackupGeneration], declared: int | None = None) -> Series:
    """Return what the generations of one copy say.

    `declared`: how many the ledger says are kept. Runs that were not completed do not count, neither as there nor as gone.
    """
    done = [row for row in rows if row.ok is not False]
    there = {row.generation or repr(row.finished): row for row in done if not row.gone}
    lost = {row.generation or repr(row.finished): row for row in done if row.gone}
    listed = sorted(there.values(), key=lambda row: row.finished or datetime.min, reverse=True)
    moments = [row.finished for row in listed if row.finished is not None]
    between = [(later - earlier).total_seconds() / _DAY for later, earlier in pairwise(moments)]
    every = float(median(between[:_RECENT])) if len(between) > 1 else None
    missed, longest = _missed(between, every)
    return Series(
        count=len(there),
        newest=moments[0] if moments else None,
        oldest=moments[-1] if moments else None,
        every=every,
        longest=longest,
        gaps=missed,
        gone=_gone([row for key, row in lost.items() if key not in there], moments, len(there), declared),
        size_ratio=_ratio(listed),
    )


def _missed(between: Sequence[float], every: float | None) -> tuple[int | None, float | None]:
    """Return how many intervals are too long, and the longest one.

    Old generations stand further apart on purpose. So a long interval counts only while generations before it stand closer
    together again: where thinning out has begun they no longer do.
    """
    if not between or every is None:
        return None, between[0] if between else None
    dense = max((place for place, days in enumerate(between) if days <= _MISSED * every), default=0)
    kept = between[: dense + 1]
    return sum(days > _MISSED * every for days in kept), max(kept)


def _gone(lost: Sequence[BackupGeneration], moments: Sequence[datetime], there: int, declared: int | None) -> int:
    """Return how many of the generations that are gone the usual order of keeping does not explain.

    The order takes old ones away, never one of the newest three; it leaves as many as there were (what is lost over one look can
    be all of them, but new ones came for them), and no fewer than the ledger says.
    """
    if not lost:
        return 0
    if there < _KEPT:
        return len(lost)
    newest = sum(1 for row in lost if row.finished is None or sum(moment > row.finished for moment in moments) < _KEPT)
    shrunk = max(len(lost) - there, 0)
    short = min(len(lost), max((declared or 0) - there, 0))
    return max(newest, shrunk, short)


def _ratio(listed: Sequence[BackupGeneration]) -> float | None:
    sizes = [row.size for row in listed if row.size is not None and row.finished is not None]
    if len(sizes) < _KEPT or listed[0].size is None:
        return None
    usual = median(sizes[1:])
    return sizes[0] / usual if usual else None
