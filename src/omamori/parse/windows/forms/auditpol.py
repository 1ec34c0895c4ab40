"""`auditpol /get /category:*` as text, and with `/r` as CSV with GUIDs: which events the security log gets."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from omamori.model.look import Look, Parsed, Problem
from omamori.model.windows import AuditSetting
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.forms.auditpol_names import CORE, subcategory

_ROW = re.compile(r" {1,6}(\S(?:[^ ]| (?! )){0,100}?) {2,}(\S.{0,60})$")
_CATEGORY = re.compile(r"\S.{0,60}$")
_TEXT = re.compile(r"(?:Category/Subcategory|カテゴリ/サブカテゴリ) {2,}\S")
_GUID = re.compile(r"\{([0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12})\}$")
_CSV = re.compile(
    r"[^,]{0,80},[^,]{0,80},[^,]{1,80},[^,]{0,40}GUID[^,]{0,10},[^,]{1,80},[^,]{0,80}(?:,[^,]{0,80})?$|Machine Name,Policy Target,"
)
_SUCCESS = frozenset({"success", "成功", "erfolg", "succès", "operazione riuscita"})
_FAILURE = frozenset({"failure", "失敗", "fehler", "échec", "operazione non riuscita"})
_BOTH = frozenset({"success and failure", "成功および失敗", "成功と失敗", "成功、失敗", "erfolg und fehler", "succès et échec"})
_NEITHER = frozenset({"no auditing", "監査なし", "監査しない", "keine überwachung", "pas d’audit", "pas d'audit"})
_MAX_ROWS = 2000
_SAID = "every kind of event with its setting; as administrator `auditpol /get /category:* /r`"
_SAID_JA = "すべての種類と設定(管理者として auditpol /get /category:* /r)"


def _setting(word: str) -> tuple[bool, bool] | None:
    """Return whether success and failure are logged, None where the word is not known."""
    plain = word.strip().lower()
    if plain in _BOTH:
        return True, True
    if plain in _NEITHER:
        return False, False
    return (True, False) if plain in _SUCCESS else (False, True) if plain in _FAILURE else None


def _row(line: int, guid: str | None, label: str, setting: tuple[bool, bool] | None) -> AuditSetting:
    success, failure = setting or (None, None)
    return AuditSetting(name=(guid or label)[:200], label=label[:200] or None, success=success, failure=failure, evidence=str(line))


def _parsed(rows: Sequence[AuditSetting], problems: list[Problem], last: int) -> Parsed:
    """Whole when every subcategory that each Windows has is there and each was understood."""
    names = {row.name for row in rows}
    whole = names >= CORE and not problems
    if not whole and not problems:
        problems.append(Problem(last, _SAID, _SAID_JA))
    unread = any(row.success is None for row in rows)
    look = Look(
        "audit_settings", complete=whole, missing=("success", "failure") if unread else (), reason=None if whole else "not_understood"
    )
    return Parsed(rows=tuple(rows), looks=(look,), problems=tuple(problems[:50]))


def read_text(piece: Piece, context: Context) -> Parsed:
    """Return the settings of the subcategories; these are indented, their categories are not."""
    found: dict[str, AuditSetting] = {}
    problems: list[Problem] = []
    for line in piece.lines[1:]:
        text = line.text.rstrip()
        row = _ROW.match(text)
        if row and len(found) < _MAX_ROWS:
            guid, setting = subcategory(row[1]), _setting(row[2])
            if guid is None or setting is None:
                problems.append(Problem(line.number, _SAID, _SAID_JA))
            audit = _row(line.number, guid, row[1], setting)
            found.setdefault(audit.name, audit)
        elif text.strip() and not _CATEGORY.match(text):
            problems.append(Problem(line.number, _SAID, _SAID_JA))
    return _parsed(list(found.values()), problems, piece.lines[-1].number if piece.lines else 0)


def _records(lines: Sequence[Line], problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    for line in lines:
        if line.text.strip():
            try:
                yield line.number, next(csv.reader([line.text[:2000]]), [])
            except csv.Error:
                problems.append(Problem(line.number, "a line of CSV", "CSVの行"))


def read_csv(piece: Piece, context: Context) -> Parsed:
    """Return the settings by GUID. `/backup` also writes them as numbers, which are read first."""
    found: dict[str, AuditSetting] = {}
    problems: list[Problem] = []
    host = ""
    for line, values in _records(piece.lines[1:], problems):
        guid = _GUID.match(values[3].strip()) if len(values) >= 5 else None
        if guid is None:
            # `/backup` adds options (`Option:CrashOnAuditFail`) without GUID behind the list.
            if len(values) < 3 or not values[2].startswith(("Option:", "FileGlobalSacl", "RegistryGlobalSacl")):
                problems.append(Problem(line, "machine, target, subcategory, GUID, setting", "サブカテゴリ、GUID、設定"))
            continue
        number = values[6].strip() if len(values) > 6 else ""
        setting = (number in "13", number in "23") if number in ("0", "1", "2", "3") else _setting(values[4])
        if setting is None:
            problems.append(Problem(line, _SAID, _SAID_JA))
        host = host or values[0].strip()[:64]
        row = _row(line, guid[1].lower(), values[2].strip(), setting)
        if len(found) < _MAX_ROWS:
            found.setdefault(row.name, row)
    parsed = _parsed(list(found.values()), problems, piece.lines[-1].number if piece.lines else 0)
    return Parsed(parsed.rows, parsed.looks, parsed.problems, (f"name:{host.lower()}",) if host else ())


FORMS = (
    Form(
        name="auditpol",
        command="auditpol /get /category:*",
        tables=("audit_settings",),
        read=read_text,
        heading=_TEXT,
        source="Microsoft Learn, Windows Commands: auditpol get; [MS-GPAC] subcategories and GUIDs",
    ),
    Form(
        name="auditpol_csv",
        command="auditpol /get /category:* /r",
        tables=("audit_settings",),
        read=read_csv,
        heading=_CSV,
        source="Microsoft Learn, Windows Commands: auditpol get; [MS-GPAC] subcategories and GUIDs",
    ),
)
