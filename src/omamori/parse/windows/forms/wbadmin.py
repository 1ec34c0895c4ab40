"""`wbadmin get versions`: the generations of Windows Server Backup.

A generation is found by its version identifier (06/01/2026-18:00, in UTC, the same in every language);
the line above says where it lies, the line below what can be brought back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from omamori.model.backup import BackupGeneration
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Line, Piece

_HEADING = re.compile(r"wbadmin 1\.0 - \S")
_BODY = re.compile(r"\S[^:：]{0,60}[:：] ?\d[\d/.\-]{5,9}\s")
_VERSION = re.compile(r"\S[^:：]{0,60}[:：]\s{0,4}((\d\d)/(\d\d)/(\d{4})-(\d\d):(\d\d))\s*$")
_FIELD = re.compile(r"\S[^:：]{0,60}[:：]\s{0,4}(\S.*)$")
_LOCAL = re.compile(r"(?:Fixed Disk|Hard Disk|Disk|Volume|固定ディスク|ハード ?ディスク|ディスク|ボリューム)\b|[A-Za-z]:", re.IGNORECASE)
_REMOVABLE = re.compile(r"1394/USB|USB|Optical|DVD|光学|リムーバブル|Removable", re.IGNORECASE)
_NOTHING = re.compile(
    r"(?:ERROR - |エラー - )?(?:No backups? (?:was|were|has been|have been)? ?found\b|There (?:are|is) (?:currently )?no backups?\b"
    r"|バックアップ[がは](?:1 ?つも)?(?:見つかりません|ありません|存在しません))",
    re.IGNORECASE,
)
_ERROR = re.compile(r"(?:ERROR|エラー|FEHLER|ERREUR)\b ?[-:：]", re.IGNORECASE)
_DENIED = re.compile(
    r"access is denied|privilege|permission|administrator|backup operators|アクセスが拒否|アクセス許可|権限|管理者|Backup Operators",
    re.IGNORECASE,
)
_JOB = "windows-backup"


def read(piece: Piece, context: Context) -> Parsed:
    """Return the generations. Whole when every one ends in what can be recovered; of one target alone never."""
    problems: list[Problem] = []
    paragraphs = list(_paragraphs(piece.lines))
    rows = [row for paragraph in paragraphs if (row := _generation(paragraph, problems)) is not None]
    texts = [line.text.strip() for line in piece.lines]
    first = piece.lines[0].number if piece.lines else 0
    one_target = "target" in piece.command.lower()
    if not rows and not problems:
        if any(_NOTHING.match(text) for text in texts):
            return Parsed(looks=(Look("backup_generations", complete=not one_target, reason="not_collected" if one_target else None),))
        denied = any(_ERROR.match(text) and _DENIED.search(text) for text in texts) or any(_DENIED.search(text) for text in texts)
        expected = Problem(first, "backups with a version identifier such as 06/01/2026-18:00", "06/01/2026-18:00 のようなバージョン識別子")
        reason = "needs_administrator" if denied else "not_collected"
        return Parsed(looks=(Look("backup_generations", complete=False, reason=reason),), problems=(expected,))
    whole = not problems and not one_target and not any(_ERROR.match(text) for text in texts)
    why = "not_understood" if problems else None if whole else "not_collected"
    return Parsed(rows=tuple(rows), looks=(Look("backup_generations", complete=whole, reason=why),), problems=tuple(problems))


def begins(lines: Sequence[str]) -> bool:
    """Whether generations are listed here: a version identifier, or what wbadmin says in place of one."""
    if lines[0].startswith("wbadmin"):
        return any(_VERSION.match(line) or _NOTHING.match(line) or _ERROR.match(line) for line in lines[1:12])
    return any(_VERSION.match(line) for line in lines[1:4])


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    paragraph: list[Line] = []
    for line in (*lines, Line(0, "")):
        if line.text.strip():
            paragraph.append(line)
        elif paragraph:
            yield paragraph
            paragraph = []


def _generation(lines: Sequence[Line], problems: list[Problem]) -> BackupGeneration | None:
    place = next((place for place, line in enumerate(lines) if _VERSION.match(line.text)), None)
    found = _VERSION.match(lines[place].text) if place is not None else None
    if place is None or found is None:
        if len(lines) > 1 and len(problems) < 20 and all(_FIELD.match(line.text) for line in lines):
            problems.append(
                Problem(lines[0].number, "a version identifier such as 06/01/2026-18:00", "06/01/2026-18:00 のようなバージョン識別子")
            )
        return None
    month, day, year, hour, minute = (int(part) for part in found.groups()[1:])
    try:
        finished = datetime(year, month, day, hour, minute)
    except ValueError:
        finished = None
    after = _FIELD.match(lines[place + 1].text) if place + 1 < len(lines) else None
    before = _FIELD.match(lines[place - 1].text) if place else None
    if (finished is None or after is None or before is None) and len(problems) < 20:
        expected = "target, version identifier and what can be recovered, for every backup"
        problems.append(Problem(lines[place].number, expected, "バックアップごとの対象、バージョン識別子、回復できるもの"))
    target = before[1].strip()[:260] if before else None
    recovers = after[1].strip()[:260] if after else None
    return BackupGeneration(
        job=_JOB,
        generation=found[1],
        finished=finished,
        # A version is listed when something can be brought back from it.
        ok=True if recovers else None,
        target=target,
        target_kind=_kind(target or ""),
        recovers=recovers,
        evidence=str(lines[place].number),
    )


def _kind(target: str) -> str:
    if "\\\\" in target:
        return "network-mount"
    if _REMOVABLE.match(target):
        return "removable"
    return "same-host" if _LOCAL.match(target) else "unknown"


FORMS = (
    Form(
        name="wbadmin",
        command="wbadmin get versions",
        tables=("backup_generations",),
        read=read,
        heading=_HEADING,
        body=_BODY,
        confirm=begins,
        source="Microsoft Learn, Windows Commands: wbadmin get versions",
    ),
)
