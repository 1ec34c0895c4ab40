"""The generations that were seen, as rows of days: which are there, gone, damaged, with traces, clean, and proven to come back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from omamori.report.clean import clean
from omamori.report.moments import iso
from omamori.snapshot.database import Database

MARKS = ("trace", "damaged", "gone", "unfinished", "there")
"""What a generation is marked as; of several the first one."""
MOST = 400
"""So many of a row's generations are kept, the newest."""
_SHORT = 6
_GAP = 2
"""More than so many times the usual time without a generation is a gap."""


_GENERATIONS = "select asset, job, repository, generation, finished, ok, gone, target from backup_generations where finished is not null"


class _Run(NamedTuple):
    """A generation as it is read; a hospital has a hundred thousand of them."""

    asset: str
    job: str
    repository: str | None
    generation: str
    finished: datetime
    ok: bool | None
    gone: bool
    target: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """One generation: the moment it was finished (UTC), and one of `MARKS`."""

    finished: datetime
    kind: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The generations of one machine in one place, oldest first. `gaps`: from the generation before to the one after, or to the moment now.

    `clean`: newest one without traces; `proven`: newest one with a restore that was proven whole; `older`: how many have no room here.
    """

    asset: str
    job: str
    where: str
    important: bool
    marks: tuple[Mark, ...]
    gaps: tuple[tuple[datetime, datetime], ...]
    signs: tuple[str, ...]
    clean: datetime | None
    proven: datetime | None
    older: int

    def count(self, kind: str) -> int:
        """How many are marked so."""
        return sum(mark.kind == kind for mark in self.marks)

    @property
    def troubled(self) -> bool:
        """Whether any is damaged, gone, or shows traces."""
        return any(mark.kind in ("trace", "damaged", "gone") for mark in self.marks)


def read_lanes(database: Database, moment: datetime, important: Collection[str] = ()) -> tuple[Lane, ...]:
    """Return the generations of a snapshot by machine and place: those in trouble first, then those care depends on."""
    found: dict[tuple[str, str], list[_Run]] = defaultdict(list)
    for values in database.select(_GENERATIONS):
        row = _Run(*values)
        found[_place(row)].append(row)
    keepers = {(row.asset, row.job): row.kept_on for row in database.rows("backup_posture") if row.kept_on}
    beside = {table: _by_place(database, table) for table in _BESIDE}
    lanes = [_lane(rows, moment, important, {table: beside[table][key] for table in _BESIDE}, keepers) for key, rows in found.items()]
    return tuple(sorted(lanes, key=lambda lane: (not lane.troubled, not lane.important, lane.asset, lane.job, lane.where)))


_BESIDE = ("backup_damage", "backup_signs", "backup_repositories", "restore_proofs")


def _place(row: Any) -> tuple[str, str]:
    return row.asset, f"repository {row.repository}" if row.repository else f"job {row.job}"


def _by_place(database: Database, table: str) -> dict[tuple[str, str], list[Any]]:
    rows: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in database.rows(table):
        rows[_place(row)].append(row)
    return rows


def _lane(
    rows: Sequence[_Run],
    moment: datetime,
    important: Collection[str],
    beside: Mapping[str, Sequence[Any]],
    keepers: Mapping[tuple[str, str], str],
) -> Lane:
    """One row; `beside`: what other tables say of the same place, `keepers`: the machine that keeps a copy, by machine and name of the backup."""
    asset = clean(rows[0].asset, 120)
    hurt = _Named(name.strip() for one in beside["backup_damage"] for name in (one.generations or "").split(","))
    marked = _Named(one.generation for one in beside["backup_signs"])
    marks = sorted((Mark(row.finished, _kind(row, hurt, marked)) for row in rows), key=lambda one: one.finished)
    repositories = beside["backup_repositories"]
    named = [*repositories, *rows]
    place = min((keepers[key] for one in named if (key := (one.asset, one.job)) in keepers), default=None)
    place = place or min(
        (said for one in repositories if (said := one.kept_on or one.target)), default=min(row.target or "" for row in rows)
    )
    return Lane(
        asset=asset,
        job=clean(min(row.job for row in rows), 120),
        where=clean(place or "", 120),
        important=asset in important,
        marks=tuple(marks[-MOST:]),
        gaps=_gaps([mark.finished for mark in marks[-MOST:] if mark.kind != "unfinished"], moment),
        signs=tuple(sorted({one.kind for one in beside["backup_signs"]})),
        clean=_newest(one.clean_finished for one in repositories),
        proven=_newest(one.generation_finished for one in beside["restore_proofs"] if one.result == "whole"),
        older=max(0, len(marks) - MOST),
    )


def _kind(row: _Run, hurt: _Named, marked: _Named) -> str:
    if row.generation in marked:
        return "trace"
    if row.generation in hurt:
        return "damaged"
    if row.gone:
        return "gone"
    return "unfinished" if row.ok is False else "there"


class _Named:
    """Names of generations: products print identifiers also in short, so the beginning of one is the same one."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name for name in names if name}
        self._shorter = sorted({len(name) for name in self._names if len(name) >= _SHORT})
        self._cut: dict[int, set[str]] = {}

    def __contains__(self, name: str) -> bool:
        if name in self._names:
            return True
        size = len(name)
        if size < _SHORT:
            return False
        if size not in self._cut:
            self._cut[size] = {one[:size] for one in self._names if len(one) > size}
        return name in self._cut[size] or any(name[:short] in self._names for short in self._shorter if short < size)


def _newest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((one for one in moments if one), default=None)


def _gaps(finished: Sequence[datetime], moment: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """Times without a generation more than twice the usual one; with fewer than three nobody knows what is usual."""
    if len(finished) <= _GAP:
        return ()
    ends = [*finished, max(moment, finished[-1])]
    usual = max(timedelta(seconds=median((late - early).total_seconds() for early, late in pairwise(finished))), timedelta(hours=1))
    return tuple((early, late) for early, late in pairwise(ends) if late - early > _GAP * usual)


def lane_json(lane: Lane) -> dict[str, Any]:
    """Return a row as `report.json` has it."""
    return {
        "asset": lane.asset,
        "job": lane.job or None,
        "where": lane.where or None,
        "marks": [{"finished": iso(mark.finished), "mark": mark.kind} for mark in lane.marks],
        "older": lane.older,
        "gaps": [{"since": iso(since), "until": iso(until)} for since, until in lane.gaps],
        "signs": list(lane.signs),
        "clean": iso(lane.clean) if lane.clean else None,
        "proven": iso(lane.proven) if lane.proven else None,
    }
