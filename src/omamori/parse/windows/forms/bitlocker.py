"""`manage-bde -status` and `Get-BitLockerVolume`: which volumes are encrypted.

A volume counts as encrypted when all of it is and the protection is on: while it is suspended, the key lies open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from omamori.model.host import Mount
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.lists import machines, narrowed, not_read, one_machine
from omamori.parse.windows.records import read_records

_TOOL = re.compile(r"\s*BitLocker [^:]{2,60}: [^:]{2,60} \d{1,2}\.\d{1,2}\.\d{4,5}\s*$")
_VOLUME = re.compile(r"\S[^:\[]{0,40}? ?([A-Z]:) \[.{0,80}\]?\s*$")
_PAIR = re.compile(r"\s{1,12}(\S[^:]{1,60}):\s*(.{0,120})$")
_PERCENT = re.compile(r"(\d{1,3})(?:[.,]\d{1,4})? ?%\s*$")
_PROTECTION: Mapping[str, bool] = MappingProxyType(
    {
        "protection on": True,
        "保護はオンです": True,
        "保護オン": True,
        "on": True,
        "1": True,
        "protection off": False,
        "保護はオフです": False,
        "保護オフ": False,
        "off": False,
        "0": False,
    }
)
_MISSING = ("device", "filesystem", "options", "server", "size_bytes", "used_percent")
_EXPECTED = (
    "for every volume how much of it is encrypted, and whether the protection is on",
    "ボリュームごとの暗号化された割合と、保護がオンかオフか",
)


def read(piece: Piece, context: Context) -> Parsed:
    """Return every volume; the percentage is found by its sign, the protection is the second line behind it."""
    rows: list[Mount] = []
    problems: list[Problem] = []
    blocks: list[tuple[str, int, list[str]]] = []
    before = 0
    for line in piece.lines[1:]:
        found = _VOLUME.match(line.text)
        pair = _PAIR.match(line.text)
        if found:
            blocks.append((found[1], line.number, []))
        elif not blocks:
            before += bool(line.text.strip())
        elif pair:
            blocks[-1][2].append(pair[2].strip())
    for volume, number, values in blocks:
        state = _encrypted(values)
        if state is None:
            problems.append(Problem(number, *_EXPECTED))
        rows.append(Mount(path=volume, encrypted=state, evidence=str(number)))
    if not blocks:
        return not_read(piece, ("mounts",), *_EXPECTED)
    # Behind the copyright a sentence announces all volumes; asked for one volume, the tool leaves it out.
    every = before > 1
    look = Look("mounts", complete=every and not problems, missing=_MISSING, reason="not_understood" if problems else "not_collected")
    return Parsed(rows=tuple(rows), looks=(look,), problems=tuple(problems[:50]))


def _encrypted(values: list[str]) -> bool | None:
    place = next((index for index, value in enumerate(values) if _PERCENT.match(value)), None)
    # Behind the protection the lock is told: without it the block is cut short.
    if place is None or place + 3 >= len(values):
        return None
    found = _PERCENT.match(values[place])
    if found is not None and int(found[1]) < 100:
        return False
    return _PROTECTION.get(values[place + 2].lower().rstrip("。. "))


def read_volumes(piece: Piece, context: Context) -> Parsed:
    """Return every volume of PowerShell's list."""
    records = read_records(piece.lines)
    if records is None or "MountPoint" not in records.names:
        return not_read(piece, ("mounts",), *_EXPECTED)
    names = machines(records.rows, "ComputerName")
    if not one_machine(names):
        return not_read(piece, ("mounts",), "the volumes of one machine", "1台の機器のボリュームの一覧")
    problems = list(records.problems)
    problems += [Problem(line.number, *_EXPECTED) for line in piece.lines[records.length :] if line.text.strip()][:1]
    rows = []
    for row in records.rows:
        path = (row.get("MountPoint") or "").rstrip("\\")
        state, protection = (
            (row.get("VolumeStatus.Value", "VolumeStatus") or "").lower(),
            row.get("ProtectionStatus.Value", "ProtectionStatus"),
        )
        guarded = _PROTECTION.get((protection or "").lower())
        # A whole volume may still lie open, and one that is not whole is not encrypted whatever the protection says.
        part = state in ("fullydecrypted", "encryptioninprogress", "decryptioninprogress", "encryptionpaused", "decryptionpaused")
        encrypted = False if part or guarded is False else True if guarded and state.startswith("fullyencrypted") else None
        if encrypted is None and (row.get("LockStatus.Value", "LockStatus") or "").lower() == "locked":
            encrypted = True  # Only what is encrypted can be locked.
        if encrypted is None or not path:
            problems.append(Problem(row.line, *_EXPECTED))
        if path:
            rows.append(Mount(path=path[:260], encrypted=encrypted, evidence=str(row.line)))
    complete = bool(rows) and not problems and not narrowed(piece.command) and "-mountpoint" not in piece.command.lower()
    look = Look("mounts", complete=complete, missing=_MISSING, reason="not_understood" if problems else "not_collected")
    return Parsed(rows=tuple(rows), looks=(look,), problems=tuple(problems[:50]), identifiers=names)


FORMS = (
    Form(
        name="bitlocker",
        command="manage-bde -status",
        tables=("mounts",),
        read=read,
        heading=_TOOL,
        source="Microsoft Learn, Windows Commands: manage-bde status",
    ),
    Form(
        name="bitlocker_volumes",
        command="Get-BitLockerVolume",
        tables=("mounts",),
        read=read_volumes,
        properties=(frozenset({"MountPoint", "VolumeStatus"}), frozenset({"MountPoint", "ProtectionStatus"})),
        source="Microsoft Learn, Get-BitLockerVolume",
    ),
)
