"""What outputs of one visit say only together: services the registry alone knows, whose program a file is. Pure."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from omamori.model.access import LogSetting
from omamori.model.host import Service
from omamori.model.look import Look, Parsed
from omamori.model.windows import FileAccess, WindowsSetting

_FOLDERS = (
    (re.compile(r"^(?:\\\?\?\\|\\\\\?\\)"), ""),
    (re.compile(r"^(?:%systemroot%|%windir%|\\systemroot)(?=\\)", re.IGNORECASE), r"c:\\windows"),
    (re.compile(r"^(?=system32\\|syswow64\\)", re.IGNORECASE), r"c:\\windows\\"),
    (re.compile(r"^%programfiles\(x86\)%", re.IGNORECASE), r"c:\\program files (x86)"),
    (re.compile(r"^%programfiles%", re.IGNORECASE), r"c:\\program files"),
    (re.compile(r"^%programdata%", re.IGNORECASE), r"c:\\programdata"),
    (re.compile(r"^%systemdrive%", re.IGNORECASE), "c:"),
)
"""Beginnings of a service's path → the folder they stand for, where Windows lies where it usually does."""
_PROGRAM = re.compile(r"(.{1,400}?\.(?:exe|com|bat|cmd|dll|sys))(?=\s|$)", re.IGNORECASE)
_OWN = "c:\\windows\\"
_MOST_NAMED = 5


def with_states(parts: Sequence[Parsed]) -> list[Parsed]:
    """Give the services that stand in the registry but not in a whole list of the service manager the state they have.

    The service manager knows every service that can run: what it does not list is stopped.
    """
    listed = next((one for one in parts if any(_lists_states(look) for look in one.looks)), None)
    if listed is None:
        return list(parts)
    known = {row.name.casefold() for row in listed.rows if isinstance(row, Service)}
    others = {
        row.name.casefold(): dataclasses.replace(row, state="stopped")
        for part in parts
        if part is not listed
        for row in part.rows
        if isinstance(row, Service) and row.name.casefold() not in known
    }
    return [dataclasses.replace(part, rows=(*part.rows, *others.values())) if part is listed else part for part in parts]


def with_forwarding(parts: Sequence[Parsed]) -> list[Parsed]:
    """Let what the registry knows of forwarding hold for the logs that other outputs list: a collector may take any of them."""
    told = next((part for part in parts if any(_forwards(look) for look in part.looks)), None)
    if told is None:
        return list(parts)
    target = next((row.forwarded_to for row in told.rows if isinstance(row, LogSetting) and row.forwarded_to), None)
    return [part if part is told else _forwarded(part, target) for part in parts]


def _forwards(look: Look) -> bool:
    return look.table == "log_settings" and "forwarded_to" not in look.missing


def _forwarded(part: Parsed, target: str | None) -> Parsed:
    if not any(look.table == "log_settings" for look in part.looks):
        return part
    rows = tuple(dataclasses.replace(row, forwarded_to=target) if isinstance(row, LogSetting) else row for row in part.rows)
    looks = tuple(
        dataclasses.replace(look, missing=tuple(name for name in look.missing if name != "forwarded_to"))
        if look.table == "log_settings"
        else look
        for look in part.looks
    )
    return dataclasses.replace(part, rows=rows, looks=looks)


def with_policy_in_force(parts: Sequence[Parsed]) -> list[Parsed]:
    """Let Windows' own word on a policy for programs that is in force (WDAC) count before what the registry tells of others.

    Such a policy may lie in a file, of which the registry knows nothing; only what blocks goes before one that watches.
    """
    if not any(isinstance(row, WindowsSetting) and row.execution_control == "wdac" for part in parts for row in part.rows):
        return list(parts)
    return [_without_limit(part) for part in parts]


_LIMIT = ("execution_control", "execution_enforced")


def _without_limit(part: Parsed) -> Parsed:
    """The part without its word on what limits programs, where that is another thing than WDAC and does not block."""
    if not any(
        isinstance(row, WindowsSetting) and row.execution_control not in (None, "wdac") and not row.execution_enforced for row in part.rows
    ):
        return part
    rows = tuple(
        dataclasses.replace(row, execution_control=None, execution_enforced=None) if isinstance(row, WindowsSetting) else row
        for row in part.rows
    )
    looks = tuple(
        dataclasses.replace(look, missing=tuple(dict.fromkeys((*look.missing, *_LIMIT))), reason=look.reason or "not_collected")
        if look.table == "windows_settings"
        else look
        for look in part.looks
    )
    return dataclasses.replace(part, rows=rows, looks=looks)


def _lists_states(look: Look) -> bool:
    return look.table == "services" and look.complete and "state" not in look.missing


def program(command: str) -> str:
    r"""Return the program of a service's command, in small letters with its whole path; empty where there is none.

    `"C:\\A B\\c.exe" -k`, `\\SystemRoot\\System32\\x.sys`, `C:\\A B\\c.exe -k`: the first name that ends like a program.
    """
    text = command.strip()
    if text.startswith('"'):
        text = text[1:].partition('"')[0]
    else:
        found = _PROGRAM.match(text)
        text = found[1] if found else text
    for beginning, folder in _FOLDERS:
        text = beginning.sub(folder, text, count=1)
    return text.casefold().rstrip("\\")


def with_services(found: Parsed) -> Parsed:
    """Name, beside every program and folder whose rights were listed, the services that run from it."""
    files = [row for row in found.rows if isinstance(row, FileAccess)]
    if not files:
        return found
    places: dict[str, list[str]] = {}
    programs: set[str] = set()
    for row in found.rows:
        if isinstance(row, Service) and row.command:
            path = program(row.command)
            programs.add(path)
            for place in (path, path.rpartition("\\")[0]):
                places.setdefault(place, []).append(row.name)
    rows = tuple(_named(row, places) if isinstance(row, FileAccess) else row for row in found.rows)
    services = next((look for look in found.looks if look.table == "services"), None)
    known = services is not None and services.complete and "command" not in services.missing
    listed = {row.path.casefold().rstrip("\\") for row in files}
    # Programs of Windows itself are not asked for one by one.
    whole = known and all(place in listed or place.startswith(_OWN) for place in programs)
    looks = tuple(look if look.table != "file_access" else _with(look, known=known, whole=whole) for look in found.looks)
    return dataclasses.replace(found, rows=rows, looks=looks)


def _named(row: FileAccess, places: dict[str, list[str]]) -> FileAccess:
    names = sorted(places.get(row.path.casefold().rstrip("\\"), ()), key=str.casefold)
    return dataclasses.replace(row, service=", ".join(names[:_MOST_NAMED]) or None)


def _with(look: Look, *, known: bool, whole: bool) -> Look:
    missing = tuple(name for name in look.missing if name != "service" or not known)
    complete = look.complete and whole
    return dataclasses.replace(
        look, complete=complete, missing=missing, reason=(look.reason or "not_collected") if missing or not complete else None
    )
