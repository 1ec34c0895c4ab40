"""The files of a restic repository in a folder: each is named after the SHA-256 of its bytes, so it is judged without any password.

Source: restic documentation, "Design": repository layout; all files are written once and never changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from omamori.backup.interface import Damage, Lock, Part
from omamori.backup.restic_command import gone

FOLDERS = ("data", "index", "snapshots", "keys")
_NAME = re.compile(r"[0-9a-f]{64}\Z")
_CHUNK = 1024 * 1024


def list_parts(repository: Path) -> tuple[Part, ...]:
    """Return every file of the repository but its locks, by name. `config` has no name to be judged by: reading it to the end is all."""
    found = [Part(name, size, int(name.rpartition("/")[2][:2], 16)) for name, size in _files(repository)]
    config = repository / "config"
    if config.is_file():
        found.append(Part("config", config.stat().st_size, 0))
    return tuple(sorted(found, key=lambda part: part.name))


def read_part(repository: Path, part: Part, index: frozenset[str]) -> Damage | None:
    """Read a part to its last byte; None when its bytes are those it is named after.

    `index`: the names in `index/` when the parts were listed. A part that is gone while these have changed was taken out by a backup
    program that tidied up meanwhile: it belongs to the repository no longer. BackupError when the whole repository went away.
    """
    digest = hashlib.sha256()
    read = 0
    try:
        with _open(repository / part.name) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                read += len(chunk)
    except FileNotFoundError:
        if not (repository / "config").is_file():
            raise gone(str(repository)) from None
        return Damage(part.name, "missing") if index_names(repository) == index else None
    except OSError as error:
        if not (repository / "config").is_file():
            raise gone(str(repository)) from error
        return Damage(part.name, "unreadable")
    if part.name == "config":
        return None if read else Damage(part.name, "cut-short")
    if digest.hexdigest() == part.name.rpartition("/")[2]:
        return None
    return Damage(part.name, "cut-short" if read < part.size else "altered")


def holds_no_file(repository: Path) -> bool:
    """Whether something lies under a name of restic's that is no file, such as a pipe: restic would open it and wait for ever."""
    for folder in (*FOLDERS, "locks"):
        for place in (folder, *(f"{folder}/{entry.name}" for entry in _scan(repository / folder) if folder == "data" and entry.is_dir())):
            if any(is_name(entry.name) and not entry.is_file() and os.path.exists(entry.path) for entry in _scan(repository / place)):  # noqa: PTH110
                return True
    return False


def is_name(name: str) -> bool:
    """Whether restic names its files so: 64 digits of a hash."""
    return _NAME.match(name) is not None


def index_names(repository: Path) -> frozenset[str]:
    """Return the names in `index/`: whatever takes packs out of a repository writes new ones.

    Names restic would not write are left out: on its command line one that begins with dashes would be an option, such as a program to run.
    """
    try:
        return frozenset(path.name for path in (repository / "index").iterdir() if is_name(path.name))
    except OSError:
        return frozenset()


def list_locks(repository: Path) -> tuple[tuple[str, Lock], ...]:
    """Return (id, lock by the time of its file) of every lock, oldest first. Who holds it stands inside, encrypted."""
    found = []
    for entry in _scan(repository / "locks"):
        if _NAME.match(entry.name) is not None:
            seen = entry.stat()
            found.append((entry.name, Lock(datetime.fromtimestamp(seen.st_mtime, UTC).replace(tzinfo=None))))
    return tuple(sorted(found, key=lambda pair: (pair[1].since or datetime.min, pair[0])))


def _files(repository: Path) -> Iterator[tuple[str, int]]:
    for folder in FOLDERS:
        below = [""] if folder != "data" else [entry.name for entry in _scan(repository / folder) if entry.is_dir()]
        for inner in below:
            for entry in _scan(repository / folder / inner):
                if _NAME.match(entry.name) is not None:
                    yield "/".join(part for part in (folder, inner, entry.name) if part), entry.stat().st_size


def _scan(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _open(path: Path) -> IO[bytes]:
    """Open a file for reading, and nothing that only looks like one: a pipe would wait for ever."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("no file")
    return os.fdopen(handle, "rb", buffering=0)
