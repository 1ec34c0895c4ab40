"""The generations that were seen, as rows of days: which are there, gone, damaged, with traces, clean, and proven to come back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from omamori.model.backup import BackupGeneration
from omamori.report.clean import clean
from omamori.report.moments import iso
from omamori.snapshot.database import Database

MARKS = ("trace", "damaged", "gone", "unfinished", "there")
"""What a generation is marked as; of several the first one."""
MOST = 1000
"""So many of a row's generations are kept, the newest."""
_SHORT = 6
_GAP = 2
"""More than so many times the usual time without a generation is a gap."""


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
    found: dict[tuple[str, str], list[BackupGeneration]] = defaultdict(list)
    for row in database.rows("backup_generations"):
        if row.finished is not None:
            found[_place(row)].append(row)
    damaged, signs, clean_ones, proven, where = (_by_place(database, table) for table in _BESIDE)
    lanes = [
        _lane(rows, moment, important, damaged[key], signs[key], clean_ones[key], proven[key], where[key]) for key, rows in found.items()
    ]
    return tuple(sorted(lanes, key=lambda lane: (not lane.troubled, not lane.important, lane.asset, lane.job, lane.where)))


_BESIDE = ("backup_damage", "backup_signs", "backup_repositories", "restore_proofs", "backup_repositories")


def _place(row: Any) -> tuple[str, str]:
    return row.asset, f"repository {row.repository}" if row.repository else f"job {row.job}"


def _by_place(database: Database, table: str) -> dict[tuple[str, str], list[Any]]:
    rows: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in database.rows(table):
        rows[_place(row)].append(row)
    return rows


def _lane(
    rows: Sequence[BackupGeneration],
    moment: datetime,
    important: Collection[str],
    damaged: Sequence[Any],
    signs: Sequence[Any],
    repositories: Sequence[Any],
    proofs: Sequence[Any],
    places: Sequence[Any],
) -> Lane:
    asset = clean(rows[0].asset, 120)
    hurt = _by_beginning(name.strip() for one in damaged for name in (one.generations or "").split(",") if name.strip())
    marked = _by_beginning(one.generation for one in signs if one.generation)
    marks = sorted((Mark(row.finished, _kind(row, hurt, marked)) for row in rows if row.finished), key=lambda one: one.finished)
    place = next((one.kept_on or one.target for one in places if one.kept_on or one.target), rows[0].target or "")
    return Lane(
        asset=asset,
        job=clean(rows[0].job, 120),
        where=clean(place or "", 120),
        important=asset in important,
        marks=tuple(marks[-MOST:]),
        gaps=_gaps([mark.finished for mark in marks[-MOST:] if mark.kind != "unfinished"], moment),
        signs=tuple(dict.fromkeys(one.kind for one in signs)),
        clean=_newest(one.clean_finished for one in repositories),
        proven=_newest(one.generation_finished for one in proofs if one.result == "whole"),
        older=max(0, len(marks) - MOST),
    )


def _kind(row: BackupGeneration, hurt: Mapping[str, Collection[str]], marked: Mapping[str, Collection[str]]) -> str:
    if _named(row.generation, marked):
        return "trace"
    if _named(row.generation, hurt):
        return "damaged"
    if row.gone:
        return "gone"
    return "unfinished" if row.ok is False else "there"


def _by_beginning(names: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        found[name[:_SHORT]].add(name)
    return found


def _named(name: str, names: Mapping[str, Collection[str]]) -> bool:
    """Products print identifiers also in short: the beginning of one is the same one."""
    alike = names.get(name[:_SHORT], ())
    return name in alike or (len(name) >= _SHORT and any(name.startswith(one) or one.startswith(name) for one in alike))


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
