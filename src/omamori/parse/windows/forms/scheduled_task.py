"""`Get-ScheduledTask` and `Get-ScheduledTaskInfo` in any of their output forms: the scheduled tasks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from omamori.model.host import Task
from omamori.model.look import Look, Parsed
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.object_lists import cut_names_problem, identifiers, listed, value, was_cut
from omamori.parse.windows.records import Record
from omamori.parse.windows.values import moment

_ENABLED: Mapping[str, bool] = MappingProxyType(
    {"ready": True, "running": True, "queued": True, "disabled": False, "1": False, "2": True, "3": True, "4": True}
)
"""ConvertTo-Json writes numbers."""
_ELEVATED: Mapping[str, bool] = MappingProxyType({"limited": False, "0": False, "highest": True, "1": True})
_NEVER = datetime(2000, 1, 1)
_COLUMNS = ("account", "schedule", "command", "enabled", "elevated", "stored_password", "last_run", "next_run")


def read(piece: Piece, context: Context) -> Parsed:
    """Return the tasks. Whole only when an administrator listed them: others are not shown the tasks of other people."""
    records = listed(piece)
    problems = list(records.problems)
    tasks: dict[str, Task] = {}
    cut: list[int] = []
    for record in records.rows:
        name, folder = record.get("TaskName"), record.get("TaskPath")
        if was_cut(name) or was_cut(folder):
            cut.append(record.line)
        elif name and folder:
            task = _task(f"{folder.rstrip(chr(92))}\\{name}", record)
            tasks.setdefault(task.name.lower(), task)
    problem = cut_names_problem(cut)
    problems += [problem] if problem else []
    missing = [column for column in _COLUMNS if not _told(column, records.names)]
    if "enabled" not in missing and any(task.enabled is None for task in tasks.values()):
        missing.append("enabled")
    whole = context.privileged is True and any(name.startswith("\\microsoft\\windows\\w") for name in tasks)
    reason = "not_understood" if problems else "not_collected" if whole else "needs_administrator"
    look = Look("tasks", complete=whole and not problems, missing=tuple(missing), reason=reason)
    return Parsed(rows=tuple(tasks.values()), looks=(look,), problems=tuple(problems), identifiers=identifiers(records))


def _told(column: str, names: frozenset[str]) -> bool:
    """Whether the properties hold a column; triggers and actions are only named, not printed."""
    return {
        "account": "Principal.UserId" in names,
        "enabled": "State" in names,
        "elevated": "Principal.RunLevel" in names,
        "stored_password": "Principal.LogonType" in names,
        "last_run": "LastRunTime" in names,
        "next_run": "NextRunTime" in names,
    }.get(column, False)


def _task(name: str, record: Record) -> Task:
    last = moment(record.get("LastRunTime"))
    return Task(
        name=name[:400],
        kind="windows-task",
        account=value(record, "Principal.UserId", most=255),
        enabled=_ENABLED.get(record.values.get("State", "").lower()),
        elevated=_ELEVATED.get(record.values.get("Principal.RunLevel", "").lower()),
        stored_password=_stored(record.values.get("Principal.LogonType", "")),
        last_run=last if last is not None and last >= _NEVER else None,
        next_run=moment(record.get("NextRunTime")),
        evidence=str(record.line),
    )


def _stored(logon: str) -> bool | None:
    """Whether the kind of login needs a password kept for it (`Password`, 1 in JSON)."""
    return logon.lower() in ("password", "1") if logon else None


FORMS = (
    Form(
        name="scheduled_task",
        command="Get-ScheduledTask",
        tables=("tasks",),
        read=read,
        properties=(frozenset({"TaskName", "TaskPath"}), frozenset({"TaskName", "TaskPath", "State"})),
        source="Microsoft Learn, Get-ScheduledTask; Get-ScheduledTaskInfo",
    ),
)
