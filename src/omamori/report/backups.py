"""The backups as the report tells them: machine by machine what is lost along with what, and what each copy is worth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from omamori.model.backup_posture import BackupPosture
from omamori.model.text import Text
from omamori.report.backups_methods import Method, methods_json, read_methods
from omamori.report.backups_time import Lane, lane_json, read_lanes
from omamori.report.backups_words import COMPARED_WITH, ENDS, FATE, MEDIUM, SYMBOL, offline_words, told, why
from omamori.report.clean import clean
from omamori.report.evidence_line import EvidenceLine
from omamori.report.moments import iso
from omamori.snapshot.database import Database

ReadEvidence = Callable[[Collection[str]], Mapping[str, EvidenceLine]]
_FATES = ("lost", "unknown", "survives")
"""The order in which an attacker meets them."""
_ENDS = ("nothing", "none", "untold", "left")
_NAME = 120
_CELL = 130
"""Letters of what shows something, in a cell of the table."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a machine. `name`: what it is called; None where nobody knows; `deleters` empty where nobody can."""

    asset: str
    job: str
    name: str
    medium: Text | None
    where: str
    declared: bool
    observed: bool
    generations: int | None
    generations_seen: bool
    newest: datetime | None
    offline: bool | None
    offline_by: str
    offline_words: Text
    offline_told: Text
    keys_told: Text
    last_offline: date | None
    deleters: str | None
    read_since: datetime | None
    damaged: bool | None
    traces: int | None
    restored: datetime | None
    restored_proven: bool
    compared: Text | None
    hours: float | None
    fate: str
    why: Text
    reached_by: str
    evidence: EvidenceLine | None

    @property
    def fate_label(self) -> Text:
        """What becomes of it, in words."""
        return FATE[self.fate]

    @property
    def symbol(self) -> str:
        """The same as a sign, for those who see no colour."""
        return SYMBOL[self.fate]


@dataclass(frozen=True, slots=True)
class Chain:
    """A machine and its copies in the order an attacker meets them. `end`: nothing, none, untold or left."""

    asset: str
    important: bool
    copies: tuple[Copy, ...]
    surviving: int
    untold: int
    end: str

    @property
    def end_label(self) -> Text:
        """What is left in the end, in words."""
        return ENDS[self.end]


@dataclass(frozen=True, slots=True)
class Backups:
    """The section of backups: chains, the worst and important first; `lanes` the generations that were seen."""

    chains: tuple[Chain, ...] = ()
    lanes: tuple[Lane, ...] = ()
    methods: tuple[Method, ...] = ()

    @property
    def copies(self) -> tuple[Copy, ...]:
        """Every copy, machine by machine."""
        return tuple(copy for chain in self.chains for copy in chain.copies)

    def ending(self, *ends: str) -> int:
        """Of how many machines the chain ends so."""
        return sum(chain.end in ends for chain in self.chains)

    @property
    def proven(self) -> int:
        """How many copies have a proof that they come back."""
        return sum(copy.restored_proven for copy in self.copies)


def read_backups(database: Database, moment: datetime, read_evidence: ReadEvidence | None = None) -> Backups:
    """Return the backups of a snapshot; `read_evidence` None: without the lines. A file of an earlier version has none."""
    if not database.has("backup_posture"):
        return Backups()
    rows: list[BackupPosture] = list(database.rows("backup_posture"))
    wanted = {row.evidence for row in rows if row.evidence}
    lines = read_evidence(wanted) if read_evidence and wanted else {}
    important = {clean(row.asset, _NAME) for row in database.rows("assets") if row.important}
    copies: dict[str, list[Copy]] = defaultdict(list)
    for row in rows:
        copies[clean(row.asset, _NAME)].append(_copy(row, lines))
    ends = {clean(row.asset, _NAME): row for row in database.rows("backup_chains")}
    chains = [_chain(asset, asset in important, copies.get(asset, []), ends.get(asset)) for asset in {*copies, *ends}]
    return Backups(
        tuple(sorted(chains, key=lambda one: (not one.important, _ENDS.index(one.end), one.asset))),
        read_lanes(database, moment, important),
        read_methods(database, rows) if chains else (),
    )


def _chain(asset: str, important: bool, copies: Sequence[Copy], row: Any) -> Chain:
    ordered = tuple(sorted(copies, key=lambda one: (_FATES.index(one.fate), one.name, one.where)))
    surviving = row.surviving if row else sum(one.fate == "survives" for one in ordered)
    untold = row.untold if row else sum(one.fate == "unknown" for one in ordered)
    end = "left" if surviving else "untold" if untold else "nothing" if ordered else "none"
    return Chain(asset, important, ordered, surviving, untold, end)


def _copy(row: BackupPosture, lines: Mapping[str, EvidenceLine]) -> Copy:
    product = clean(row.product or "", _NAME)
    compared = COMPARED_WITH.get(row.compared_with or "") if row.restored_proven else None
    return Copy(
        asset=clean(row.asset, _NAME),
        job=clean(row.job, _NAME),
        name=clean(row.job, _NAME) or product,
        medium=MEDIUM.get(row.medium or ""),
        where=clean(row.kept_on or row.target or "", _NAME),
        declared=row.declared,
        observed=row.observed,
        generations=row.generations,
        generations_seen=row.generations_seen,
        newest=row.newest,
        offline=row.offline,
        offline_by=row.offline_by,
        offline_words=offline_words(row),
        offline_told=told(None if row.offline else row.offline_told, _CELL),
        keys_told=told("; ".join(one for one in (row.same_account_told, row.domain_admin_told) if one), _CELL),
        last_offline=row.last_offline,
        deleters=clean(row.deleters, 200) if row.deleters is not None else None,
        read_since=row.read_whole_since,
        damaged=row.damaged,
        traces=row.traces,
        restored=row.restored,
        restored_proven=row.restored_proven,
        compared=compared,
        hours=row.whole_hours if row.restored_proven else None,
        fate=row.fate if row.fate in FATE else "unknown",
        why=why(row),
        reached_by=clean(row.reached_by or "", 200),
        evidence=lines.get(row.evidence),
    )


def backups_json(backups: Backups) -> dict[str, Any]:
    """Return the section as `report.json` has it; a copy names its evidence by its reference."""
    return {
        "machines": [
            {
                "asset": chain.asset,
                "important": chain.important,
                "surviving": chain.surviving,
                "untold": chain.untold,
                "end": chain.end,
                "copies": [_copy_json(copy) for copy in chain.copies],
            }
            for chain in backups.chains
        ],
        "generations": [lane_json(lane) for lane in backups.lanes],
        "isolation": methods_json(backups.methods),
    }


def _copy_json(copy: Copy) -> dict[str, Any]:
    return {
        "job": copy.job or None,
        "name": copy.name or None,
        "where": copy.where or None,
        "declared": copy.declared,
        "observed": copy.observed,
        "generations": copy.generations,
        "generations_seen": copy.generations_seen,
        "newest": _moment(copy.newest),
        "offline": copy.offline,
        "offline_by": copy.offline_by,
        "last_offline": copy.last_offline.isoformat() if copy.last_offline else None,
        "deleters": copy.deleters,
        "read_since": _moment(copy.read_since),
        "damaged": copy.damaged,
        "traces": copy.traces,
        "restored": _moment(copy.restored),
        "restored_proven": copy.restored_proven,
        "whole_hours": copy.hours,
        "fate": copy.fate,
        "why": {"ja": copy.why.ja, "en": copy.why.en},
        "keys": {"ja": copy.keys_told.ja, "en": copy.keys_told.en},
        "reached_by": copy.reached_by or None,
        "evidence": copy.evidence.reference if copy.evidence else None,
    }


def _moment(moment: datetime | None) -> str | None:
    return iso(moment) if moment else None
