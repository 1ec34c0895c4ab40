"""Event logs and their sizes: `wevtutil gl LOG`, `Get-WinEvent -ListLog`, `Get-EventLog -List`, `wmic nteventlog`."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Any

from omamori.model.access import LogSetting
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.lists import unless_cut
from omamori.parse.windows.forms.net_lines import breaks_off, but
from omamori.parse.windows.merge import merge
from omamori.parse.windows.records import Record, read_records
from omamori.parse.windows.values import number, yes

_HEADING = re.compile(r"name: \S.{0,255}$")
_PAIR = re.compile(r"\s{0,4}([A-Za-z]{2,30}): {0,4}(.{0,500})$")
_ALWAYS = frozenset({"application", "security", "system"})
_OLDER = frozenset({"overwriteolder", "outdated"})
_MAX_DAYS = 3650


def _begins(lines: Sequence[str]) -> bool:
    return len(lines) > 2 and lines[1].startswith("enabled: ") and lines[2].startswith("type: ")


def read_one(piece: Piece, context: Context) -> Parsed:
    """Return one log as `wevtutil gl` prints it; it is one of many, so never the whole list."""
    values: dict[str, str] = {}
    for line in piece.lines[:60]:
        found = _PAIR.match(line.text.rstrip())
        if found:
            values.setdefault(found[1], found[2].strip())
    first = piece.lines[0].number if piece.lines else 0
    known: dict[str, Any] = {"log": values.get("name", "")[:256], "persistent": True}
    enabled, size = yes(values.get("enabled")), number(values.get("maxSize"))
    if enabled is not None:
        known["active"] = enabled
    if size is not None:
        known["max_bytes"] = size
    problems = (
        [] if size is not None and enabled is not None else [Problem(first, "`enabled` and `maxSize` of the log", "enabled と maxSize")]
    )
    row = LogSetting(**known, evidence=str(first))
    look = Look("log_settings", complete=False, missing=but(LogSetting, *known), reason="not_collected")
    return Parsed(rows=(row,) if known["log"] else (), looks=(look,), problems=tuple(problems))


def read_logs(pieces: Sequence[Piece], context: Context) -> Parsed:
    """Return the logs asked for one by one in a visit: whole where Application, Security and System are among them."""
    found = merge([unless_cut(read_one(piece, context), piece) for piece in pieces])
    names = {row.log.lower() for row in found.rows if isinstance(row, LogSetting)}
    if found.problems or not names >= _ALWAYS or any(piece.cut or "|" in piece.command for piece in pieces):
        return found
    return dataclasses.replace(found, looks=tuple(dataclasses.replace(look, complete=True) for look in found.looks))


def _bytes(record: Record) -> int | None:
    kilobytes = number(record.get("Max(K)", "MaximumKilobytes"))
    return kilobytes * 1024 if kilobytes is not None else number(record.get("MaximumSizeInBytes", "MaxFileSize"))


def _days(record: Record) -> int | None:
    """Days after which entries are deleted, where a log works so; where it is only limited by its size nobody can tell."""
    if (record.get("OverflowAction", "OverWritePolicy", "OverwritePolicy") or "").lower() not in _OLDER:
        return None
    days = number(record.get("Retain", "MinimumRetentionDays", "OverwriteOutDated", "OverWriteOutDated"))
    return days if days is not None and 0 < days <= _MAX_DAYS else None


def read_list(piece: Piece, context: Context) -> Parsed:
    """Return the logs of a list; the whole list names at least Application, Security and System."""
    records = read_records(piece.lines)
    if records is None:
        return Parsed(looks=(Look("log_settings", complete=False, reason="not_understood"),))
    problems = list(records.problems)
    rows: dict[str, LogSetting] = {}
    for record in records.rows:
        name = record.get("LogName", "Log", "LogfileName") or ""
        if not name or name.endswith(("...", "\u2026")):
            problems.append(
                Problem(record.line, "the whole name of a log: add `| Format-List`", "ログの名前の全体(| Format-List を付けてください)")
            )
            continue
        row = LogSetting(
            log=name[:256],
            active=yes(record.get("IsEnabled")),
            persistent=True,
            kept_days=_days(record),
            max_bytes=_bytes(record),
            evidence=str(record.line),
        )
        rows.setdefault(row.log.lower(), row)
    if breaks_off(records):
        problems.append(Problem(records.rows[-1].line, "all properties of the last log; the list is cut short", "最後のログの全項目"))
    whole = rows.keys() >= _ALWAYS and not problems
    understood = not problems
    if not whole and understood:
        problems.append(Problem(piece.lines[0].number, "the logs Application, Security and System", "Application、Security、System のログ"))
    known = [name for name in ("active", "kept_days", "max_bytes") if rows and all(getattr(row, name) is not None for row in rows.values())]
    missing = but(LogSetting, "log", "persistent", *known)
    look = Look("log_settings", complete=whole, missing=missing, reason="not_collected" if understood else "not_understood")
    return Parsed(rows=tuple(rows.values()), looks=(look,), problems=tuple(problems))


FORMS = (
    Form(
        name="wevtutil_gl",
        command="wevtutil gl Security",
        tables=("log_settings",),
        read=read_one,
        join=read_logs,
        heading=_HEADING,
        confirm=_begins,
        each=True,
        source="Microsoft Learn, Windows Commands: wevtutil",
    ),
    Form(
        name="event_logs",
        command="Get-WinEvent -ListLog *",
        tables=("log_settings",),
        read=read_list,
        properties=(
            frozenset({"LogName", "MaximumSizeInBytes", "LogMode"}),
            frozenset({"Log", "Max(K)", "OverflowAction"}),
            frozenset({"Log", "MaximumKilobytes", "OverflowAction"}),
            frozenset({"LogfileName", "MaxFileSize"}),
        ),
        source="Microsoft Learn, PowerShell: Get-WinEvent, Get-EventLog; WMI: Win32_NTEventlogFile",
    ),
)
