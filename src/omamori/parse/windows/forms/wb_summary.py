"""`Get-WBSummary`: the job of Windows Server Backup, and its last good run."""

from __future__ import annotations

from datetime import datetime

from omamori.model.backup import BackupGeneration
from omamori.model.host import ScheduledBackup
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.object_lists import identifiers, listed, value
from omamori.parse.windows.records import Record
from omamori.parse.windows.values import moment, number

_JOB = "windows-backup"
_NEVER = datetime(2000, 1, 1)
"""A moment that never was is printed as a day of the year 1 (or 1601)."""


def read(piece: Piece, context: Context) -> Parsed:
    """Return the job and the last good generation. Never whole: other products and older generations are not told."""
    records = listed(piece)
    problems = list(records.problems)
    rows: list[ScheduledBackup | BackupGeneration] = []
    for record in records.rows[:1]:
        rows.append(_job(record))
        finished = _moment(record, "LastSuccessfulBackupTime")
        if finished is not None:
            rows.append(_generation(record, finished))
    if not records.rows and not problems:
        problems.append(
            Problem(piece.lines[0].number if piece.lines else 0, "properties such as NumberOfVersions", "NumberOfVersions などの項目")
        )
    reason = "not_understood" if problems else "not_collected"
    looks = (
        Look("scheduled_backups", complete=False, missing=("schedule",), reason=reason),
        Look("backup_generations", complete=False, missing=("recovers",), reason=reason),
    )
    return Parsed(rows=tuple(rows), looks=looks, problems=tuple(problems), identifiers=identifiers(records))


def _moment(record: Record, name: str) -> datetime | None:
    found = moment(record.get(name))
    return found if found is not None and found >= _NEVER else None


def _job(record: Record) -> ScheduledBackup:
    last = _moment(record, "LastBackupTime")
    result = number(record.get("LastBackupResultHR"))
    target = value(record, "LastBackupTarget", "LastSuccessfulBackupTargetPath", most=260)
    # Without a policy no next run is planned.
    planned = _moment(record, "NextBackupTime") is not None if "NextBackupTime" in record.values else None
    return ScheduledBackup(
        job=_JOB,
        product="wbadmin",
        enabled=planned,
        target=target,
        target_kind=_kind(target),
        last_run=last,
        last_result=None if last is None or result is None else "success" if result == 0 else "failed",
        evidence=str(record.line),
    )


def _generation(record: Record, finished: datetime) -> BackupGeneration:
    target = value(record, "LastSuccessfulBackupTargetPath", "LastSuccessfulBackupTargetLabel", most=260)
    return BackupGeneration(
        job=_JOB,
        generation=f"{finished:%Y-%m-%d %H:%M}",
        finished=finished,
        ok=True,
        target=target,
        target_kind=_kind(target),
        evidence=str(record.line),
    )


def _kind(target: str | None) -> str:
    # A path of `\\?\Volume{…}` or a letter may be a disk that is taken away at night: that is not told.
    if target and target.startswith("\\\\") and not target.startswith("\\\\?\\"):
        return "network-mount"
    return "unknown"


FORMS = (
    Form(
        name="wb_summary",
        command="Get-WBSummary",
        tables=("scheduled_backups", "backup_generations"),
        read=read,
        properties=(
            frozenset({"LastSuccessfulBackupTime", "NumberOfVersions"}),
            frozenset({"LastSuccessfulBackupTime", "LastBackupResultHR"}),
        ),
        source="Microsoft Learn, Get-WBSummary",
    ),
)
