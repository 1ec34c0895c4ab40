"""The files of a borg 1.x repository in a folder: its settings, its segments, its locks. Read without borg and without the password."""

from __future__ import annotations

import configparser
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from omamori.backup import borg_segments
from omamori.backup.interface import Damage, Lock, Part

_HOLDER = re.compile(r"(?P<host>.+)@\d+\.(?P<process>\d+)-\d+\Z")
_KINDS_OF_KEYS = {0: True, 1: True, 2: False, 3: True, 4: True, 5: True, 6: False, 7: False}
"""First byte of what is stored, and whether it is encrypted (borg documentation, "Encryption"): 2 is plain, 6 and 7 only authenticated."""
_SEGMENTS_LOOKED_AT = 8
_LONGEST_SETTINGS = 1024 * 1024
_LONGEST_LIST = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """What `config` says."""

    id: str
    version: str
    append_only: bool
    segments_per_dir: int
    key_inside: bool


def read_settings(repository: Path) -> Settings | None:
    """Return what `config` says; None when it is no repository of borg 1.x. OSError when it cannot be read."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        with open_file(repository / "config") as file:
            parser.read_string(file.read(_LONGEST_SETTINGS).decode("utf-8", "replace"))
        section = parser["repository"]
        return Settings(
            section["id"].strip()[:128],
            section["version"].strip()[:16],
            section.get("append_only", "0").strip() not in ("0", "no", "false", ""),
            max(1, int(section.get("segments_per_dir", "1000"))),
            "key" in section,
        )
    except (configparser.Error, KeyError, ValueError):
        return None


def transaction(repository: Path) -> int | None:
    """Return the number N of the newest `index.N`, the last state borg wrote its lists for; None where there is none."""
    numbers = []
    with suppress(OSError):
        numbers = [int(path.suffix[1:]) for path in repository.glob("index.*") if path.suffix[1:].isascii() and path.suffix[1:].isdigit()]
    return max(numbers, default=None)


def segments(repository: Path) -> Iterator[tuple[int, Path, int]]:
    """Yield (number, file, size) of every segment, in no order."""
    for folder in _scan(repository / "data"):
        if folder.name.isascii() and folder.name.isdigit() and folder.is_dir():
            for entry in _scan(Path(folder.path)):
                if entry.name.isascii() and entry.name.isdigit():
                    with suppress(FileNotFoundError):
                        yield int(entry.name), Path(entry.path), entry.stat().st_size


def list_parts(repository: Path) -> tuple[Part, ...]:
    """Return every segment, in order of their numbers. An empty one is one that was given up and waits to be deleted."""
    found = sorted((number, path, size) for number, path, size in segments(repository) if size)
    return tuple(Part(path.relative_to(repository).as_posix(), size, number % 256) for number, path, size in found)


def last_commit(repository: Path) -> int | None:
    """Return the number of the last segment that ends with a commit: what comes after it was never finished."""
    for _, path, size in sorted(segments(repository), reverse=True):
        with suppress(OSError), open_file(path) as file:
            file.seek(max(0, size - 64))
            if borg_segments.is_committed(file.read(64)):
                return int(path.name)
    return None


def read_part(repository: Path, part: Part, state: int | None) -> Damage | None:
    """Read a segment to its last byte; None when every entry fits its checksum.

    `state`: the transaction when the parts were listed. What was written after the last commit was never finished, and its end may be
    missing. A segment that is gone while the transaction changed was given up meanwhile. OSError never; a repository that is gone as a
    whole shows as a part that is missing.
    """
    path = repository / part.name
    try:
        with open_file(path) as file:
            for _ in borg_segments.read_segment(file):
                pass
    except FileNotFoundError:
        return Damage(part.name, "missing") if transaction(repository) == state else None
    except OSError:
        return Damage(part.name, "unreadable")
    except borg_segments.DamagedError as error:
        if error.detail == "cut-short" and int(path.name) > (last_commit(repository) or 0):
            return None
        return Damage(part.name, error.detail)
    return None


def missing(repository: Path, settings: Settings) -> tuple[Damage, ...] | None:
    """Return the segments that hold something in use and are not there; None where borg's hints cannot be read.

    Gaps between the numbers are ordinary: segments with nothing in use are deleted.
    """
    state = transaction(repository)
    used = borg_segments.read_hints(_read(repository / f"hints.{state}")) if state is not None else None
    if used is None:
        return None
    there = {number for number, _, size in segments(repository) if size}
    return tuple(
        Damage(f"data/{number // settings.segments_per_dir}/{number}", "missing")
        for number in sorted(used)
        if used[number] > 0 and number not in there
    )


def encrypted(repository: Path) -> bool | None:
    """Return whether what is stored is encrypted, by the kind of key the newest manifest was written with; None where none was found."""
    newest = sorted(segments(repository), reverse=True)[:_SEGMENTS_LOOKED_AT]
    for _, path, _ in newest:
        with suppress(OSError), open_file(path) as file:
            found = None
            for entry in borg_segments.headers(file):
                if entry.tag == borg_segments.PUT and entry.key == borg_segments.MANIFEST:
                    found = entry.offset
            if found is not None:
                file.seek(found + 41)
                kind = file.read(1)
                return _KINDS_OF_KEYS.get(kind[0]) if kind else None
    return None


def append_only(repository: Path, settings: Settings) -> tuple[bool, str]:
    """Return whether the repository takes additions only, and what shows it: its setting, or a log of every transaction up to the last.

    borg keeps the log `transactions` only while it is told to append, by the setting or by the server (`borg serve --append-only`). A last
    transaction that is not in it was written by somebody who may delete too.
    """
    if settings.append_only:
        return True, "config: append_only = 1"
    log = _read(repository / "transactions", 1024 * 1024 * 64)
    numbers = [int(number) for number in re.findall(rb"^transaction (\d{1,18}),", log, re.MULTILINE)]
    last = last_commit(repository)
    if numbers and last is not None and numbers[-1] >= last:
        return True, f"transactions: transaction {numbers[-1]}"
    return (
        False,
        f"config: append_only = 0, transaction {last} in no log of transactions" if last is not None else "config: append_only = 0",
    )


def locks(repository: Path) -> tuple[Lock, ...]:
    """Return the locks, oldest first: one that keeps everybody out (`lock.exclusive`), and each reader in `lock.roster`."""
    found = []
    for entry in _scan(repository / "lock.exclusive"):
        holder = _HOLDER.match(entry.name)
        found.append(Lock(_changed(Path(entry.path)), f"{holder['host']}, {holder['process']}" if holder else "", True))
    if not found and (repository / "lock.exclusive").is_dir():
        found.append(Lock(_changed(repository / "lock.exclusive"), "", True))
    roster: Any = None
    with suppress(ValueError, RecursionError):
        roster = json.loads(_read(repository / "lock.roster", 1024 * 1024) or b"{}")
    holders = roster.get("shared") if isinstance(roster, dict) else None
    for holder_of in holders if isinstance(holders, list) else ():
        if isinstance(holder_of, list) and len(holder_of) == 3 and isinstance(holder_of[0], str):
            found.append(Lock(_changed(repository / "lock.roster"), f"{holder_of[0].partition('@')[0]}, {holder_of[1]}"))
    return tuple(sorted(found, key=lambda lock: (lock.since or datetime.min, lock.who)))


def open_file(path: Path) -> IO[bytes]:
    """Open a file for reading, and nothing that only looks like one: a pipe would wait for ever. OSError."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("no file")
    return os.fdopen(handle, "rb", buffering=1024 * 1024)


def _read(path: Path, longest: int = _LONGEST_LIST) -> bytes:
    try:
        with open_file(path) as file:
            return file.read(longest)
    except OSError:
        return b""


def _changed(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.lstat().st_mtime, UTC).replace(tzinfo=None)
    except (OSError, OverflowError, ValueError):
        return None


def _scan(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []
