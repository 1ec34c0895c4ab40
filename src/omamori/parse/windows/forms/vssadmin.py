"""`vssadmin list shadows`: shadow copies, by indentation, identifiers and device names, which no language changes.

They lie on the machine itself: ransomware deletes them first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from omamori.model.backup import BackupGeneration
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.values import moment

_GUID = r"\{[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}"
_HEADING = re.compile(r"vssadmin 1\.1 - \S")
_BODY = re.compile(rf"\S.{{0,80}}{_GUID}.{{0,20}}$")
_SET = re.compile(rf"\S.{{0,80}}?{_GUID}.{{0,20}}$")
_COPY = re.compile(rf"\s{{4,10}}\S.{{0,60}}?({_GUID})\s*$")
_VOLUME = re.compile(r"\s{6,14}\S.{0,60}?[:：] ?(?:\(([A-Za-z]:)\))?\\\\\?\\Volume\{")
_DEVICE = re.compile(r"\s{6,14}\S.{0,60}?[:：] ?\\\\\?\\GLOBALROOT\\Device\\\S{1,80}")
_MACHINE = re.compile(r"\s{6,14}\S.{0,60}?[:：] ?([A-Za-z0-9][\w.-]{0,254})\s*$", re.ASCII)
_ATTRIBUTES = re.compile(r"\s{6,14}(?:Attributes|属性) ?[:：]")
_CREATED = re.compile(r"\s{1,5}\S.{0,100}?[:：] ?(\d[\d/.\-]{5,9}[ ,].{0,20})$")
_NOTHING = re.compile(r"No items found that satisfy the query|クエリを満たす項目", re.IGNORECASE)
_DENIED = re.compile(r"permission|elevated|administrator|access is denied|アクセス許可|アクセスが拒否|管理者|昇格|権限", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9][a-z0-9-]{0,62}", re.ASCII)


@dataclass(slots=True)
class _Copy:
    """One shadow copy: line, identifier, when its set was made, the drive it is of, whether its last lines came."""

    line: int
    identifier: str
    created: datetime | None
    drive: str = ""
    device: bool = False
    fields: int = 0
    machines: list[str] = field(default_factory=list)


def read(piece: Piece, context: Context) -> Parsed:
    """Return the shadow copies. Never the whole table: other backups are not told here."""
    problems: list[Problem] = []
    copies = _copies(piece.lines, problems)
    for copy in copies:
        if (not copy.device or copy.created is None or copy.fields < 4) and len(problems) < 20:
            expected = "a shadow copy with its date, volume, machine and provider"
            problems.append(Problem(copy.line, expected, "日時、ボリューム、コンピューター、プロバイダーのあるシャドウ コピー"))
    texts = [line.text for line in piece.lines]
    nothing = any(_NOTHING.search(text) for text in texts[:12])
    reason = "not_understood" if problems else "not_collected"
    if not copies and not nothing:
        first = piece.lines[0].number if piece.lines else 0
        problems.append(
            Problem(first, "shadow copies, or the message that there are none", "シャドウ コピー、または「項目が見つからない」の行")
        )
        reason = "needs_administrator" if any(_DENIED.search(text) for text in texts[1:]) else "not_collected"
    rows = [_row(copy) for copy in copies]
    return Parsed(
        rows=tuple(rows),
        looks=(Look("backup_generations", complete=False, reason=reason),),
        problems=tuple(problems),
        identifiers=_identifiers(copies),
    )


def begins(lines: Sequence[str]) -> bool:
    """Whether shadow copies are listed here, and not the storage, the providers or the writers."""
    if any(_SET.match(line) and _COPY.match(after) for line, after in zip(lines, lines[2:], strict=False)):
        return True
    head = [line for line in lines[1:8] if line.strip()]
    return lines[0].startswith("vssadmin") and any(_NOTHING.search(line) or _DENIED.search(line) for line in head)


def _copies(lines: Sequence[Line], problems: list[Problem]) -> list[_Copy]:
    copies: list[_Copy] = []
    created: datetime | None = None
    for line in lines:
        text = line.text.rstrip()
        copy, made = _COPY.match(text), _CREATED.match(text)
        if copy:
            copies.append(_Copy(line.number, copy[1].lower(), created))
        elif _SET.match(text):
            created = None
        elif made:
            created = moment(made[1])
            if created is None and len(problems) < 20:
                problems.append(Problem(line.number, "a date such as 2026/06/01 3:00:00", "2026/06/01 3:00:00 のような日時"))
        elif copies and text:
            _add(copies[-1], text)
    return copies


def _add(copy: _Copy, text: str) -> None:
    volume, machine = _VOLUME.match(text), _MACHINE.match(text)
    copy.fields += 1
    if volume:
        copy.drive = volume[1] or ""
    elif _DEVICE.match(text):
        copy.device = True
    elif machine and len(copy.machines) < 2 and copy.device:
        copy.machines.append(machine[1].lower())


def _row(copy: _Copy) -> BackupGeneration:
    return BackupGeneration(
        job="shadow-copy",
        generation=copy.identifier,
        finished=copy.created,
        ok=True if copy.device else None,
        target=copy.drive or None,
        target_kind="same-host",
        recovers=copy.drive or None,
        evidence=str(copy.line),
    )


def _identifiers(copies: Sequence[_Copy]) -> tuple[str, ...]:
    """The machine that made the copies and keeps them, where it is the same one."""
    names = {name for copy in copies for name in copy.machines}
    name = names.pop().split(".")[0] if len(names) == 1 else ""
    return (f"name:{name}",) if _HOST.fullmatch(name) else ()


FORMS = (
    Form(
        name="vssadmin",
        command="vssadmin list shadows",
        tables=("backup_generations",),
        read=read,
        heading=_HEADING,
        body=_BODY,
        confirm=begins,
        source="Microsoft Learn, Windows Commands: vssadmin list shadows",
    ),
)
