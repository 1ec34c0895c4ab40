"""What the workbook says, read once for all papers, cleaned; and the few things observed that belong beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from omamori.model.backup import BackupRepository, RestoreProof
from omamori.model.declared import (
    Contact,
    CutPoint,
    DeclaredBackup,
    LedgerAsset,
    MediumLog,
    RecoveryNeed,
    RemoteLine,
    Site,
    Training,
    Vendor,
    Zone,
)
from omamori.model.derived import Question, RemoteAccess
from omamori.model.look import EVERYWHERE
from omamori.model.text import Text
from omamori.model.ways_in import Entry
from omamori.report.clean import clean
from omamori.snapshot.database import Database

_SOURCES = ("ledger.", "standard.")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Source:
    """A file a paper was filled from: its kind, the number of the evidence, and when it was received."""

    kind: str
    evidence: str
    received: datetime | None


@dataclass(frozen=True, slots=True)
class PreparedCut:
    """A cut of the prepared block: its stage, the name that is typed, where it goes, who decides, the clinical flows it stops (None: nobody can
    say), whether it is ready."""

    stage: int
    name: str
    where: Text
    decides: str
    clinical: int | None
    ready: bool


@dataclass(frozen=True, slots=True)
class Declared:
    """The declared tables; every text is cleaned. `undeclared` are programs for access from outside that run and stand in no line.

    `ways_in` are those that the configuration or packets of a device show and no line explains. `proofs` and `stores`, where backups
    were read or restored, stand beside what is declared; a paper never needs them. `prepared` is the block, where one was worked out.
    """

    site: Site
    machines: tuple[LedgerAsset, ...]
    vendors: tuple[Vendor, ...]
    lines: tuple[RemoteLine, ...]
    zones: tuple[Zone, ...]
    backups: tuple[DeclaredBackup, ...]
    contacts: tuple[Contact, ...]
    cut_points: tuple[CutPoint, ...]
    needs: tuple[RecoveryNeed, ...]
    media: tuple[MediumLog, ...]
    training: tuple[Training, ...]
    questions: Mapping[str, Question]
    undeclared: tuple[RemoteAccess, ...]
    ways_in: tuple[Entry, ...]
    proofs: tuple[RestoreProof, ...]
    stores: tuple[BackupRepository, ...]
    sources: tuple[Source, ...]
    prepared: tuple[PreparedCut, ...] = ()

    def answer(self, question: str) -> Question | None:
        """Return the row of a question when somebody answered it."""
        row = self.questions.get(question)
        return row if row is not None and row.answer else None


def read_declared(database: Database) -> Declared:
    """Read the declared tables of a snapshot."""
    sites = [_cleaned(row) for row in database.rows("site")]
    return Declared(
        site=sites[0] if sites else Site(),
        machines=_rows(database, "ledger_assets"),
        vendors=_rows(database, "vendors"),
        lines=_rows(database, "remote_lines"),
        zones=_rows(database, "zones"),
        backups=_rows(database, "declared_backups"),
        contacts=_rows(database, "contacts"),
        cut_points=_rows(database, "cut_points"),
        needs=_rows(database, "recovery_needs"),
        media=_rows(database, "backup_media"),
        training=_rows(database, "training"),
        questions={row.question: row for row in _rows(database, "questions")},
        undeclared=tuple(row for row in _rows(database, "remote_access") if row.running and row.declared is False and row.kind != "shell"),
        ways_in=tuple(row for row in _rows(database, "entries") if row.observed and row.declared is False and row.machine is None),
        proofs=_rows(database, "restore_proofs"),
        stores=_rows(database, "backup_repositories"),
        sources=_sources(database),
    )


def _rows(database: Database, table: str) -> tuple[Any, ...]:
    return tuple(_cleaned(row) for row in database.rows(table))


def _cleaned(row: Any) -> Any:
    texts = {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}
    return dataclasses.replace(row, **{name: clean(text, _LONGEST) for name, text in texts.items() if isinstance(text, str)})


def _sources(database: Database) -> tuple[Source, ...]:
    found = {
        (row.source, row.evidence): Source(row.source, (row.evidence or "").partition(":")[0], row.received)
        for row in database.rows("collected")
        if row.asset == EVERYWHERE and row.source.startswith(_SOURCES) and row.evidence
    }
    return tuple(found[key] for key in sorted(found))
