"""Writing into the site folder so that a killed run or a power cut never leaves half a file."""

from __future__ import annotations

import os
import secrets
import sys
import time
from contextlib import suppress
from pathlib import Path

TEMPORARY = ".tmp-"
"""Beginning of the names of files that are not finished; whoever finds one of an ended run may delete it."""


def private_folder(path: Path) -> Path:
    """Make a folder (and those above it) only its owner can open; returns it."""
    if not path.is_dir():
        private_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)
    return path


def write_whole(path: Path, data: bytes, *, workshop: Path | None = None) -> None:
    """Write `path` so that it holds either all of `data` or what it held before, readable by its owner only.

    `workshop` is the folder (same disk) where the unfinished file lies; by default the one of `path`.
    """
    temporary = (workshop or path.parent) / (f"{TEMPORARY}{os.getpid()}-{secrets.token_hex(6)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make the names in a folder survive a power cut, where the system can."""
    if sys.platform == "win32":  # Windows cannot open a folder for this; NTFS keeps names in its journal.
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_leftovers(folder: Path, *, older_than_seconds: float = 0.0) -> int:
    """Delete unfinished files of killed runs in `folder` (not below); returns how many."""
    limit = time.time() - older_than_seconds
    removed = 0
    for path in folder.glob(f"{TEMPORARY}*"):
        # Another run may finish its file at any moment: a name that is gone is no error.
        with suppress(FileNotFoundError):
            if path.is_file() and path.stat().st_mtime <= limit:
                path.unlink()
                removed += 1
    return removed
