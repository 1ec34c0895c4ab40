"""Empties a folder of ours whatever was restored into it: no link is followed, no depth is too much, read-only and immutable files go too.

Files are unlinked, not overwritten (decision 0046): a restored name may be a second name of something else, and on today's disks
overwriting reaches nothing; what protects the data is where the scratch place lies.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from omamori.snapshot.files import patiently

_REPARSE = 0x400
_CANNOT_BE_CHANGED = 0x10 | 0x20
"""FS_IMMUTABLE_FL and FS_APPEND_FL."""


def wipe(folder: Path) -> bool:
    """Remove a folder and all below it; True when nothing is left. A link in its place is removed, never what it points to."""
    try:
        told = folder.lstat()
    except FileNotFoundError:
        return True
    if not _is_folder(told):
        _unlink(folder)
        return not os.path.lexists(folder)
    folders = [folder]
    for one in folders:  # grows while it is walked: no recursion, however deep it is
        folders += _emptied(one)
    for one in reversed(folders):
        _rmdir(one)
    return not os.path.lexists(folder)


def _is_folder(told: os.stat_result) -> bool:
    return stat.S_ISDIR(told.st_mode) and not getattr(told, "st_file_attributes", 0) & _REPARSE


def _emptied(folder: Path) -> list[Path]:
    """Unlink what is no folder; returns the folders inside."""
    inner = []
    try:
        entries = _listed(folder)
    except PermissionError:
        _free(folder)
        try:
            entries = _listed(folder)
        except OSError:
            return []
    except OSError:
        return []
    for name, is_folder in entries:
        path = f"{folder}{os.sep}{name}"
        if not is_folder:
            try:
                os.unlink(path)  # noqa: PTH108 - a million times
            except OSError:
                _unlink(Path(path))
            continue
        with suppress(OSError):
            # What Windows calls a folder may be a junction to another place.
            if _is_folder(Path(path).lstat()):
                inner.append(Path(path))
            else:
                _unlink(Path(path))
    return inner


def _listed(folder: Path) -> list[tuple[str, bool]]:
    with os.scandir(folder) as entries:
        return [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        _free(path.parent)
        _free(path)
        with suppress(OSError):
            patiently(lambda: path.unlink(missing_ok=True))
    except OSError:
        with suppress(OSError):
            path.rmdir()  # a junction of Windows


def _rmdir(path: Path) -> None:
    try:
        path.rmdir()
    except PermissionError:
        _free(path.parent)
        _free(path)
        with suppress(OSError):
            patiently(path.rmdir)
    except OSError:
        return


if sys.platform == "linux":
    import fcntl
    import struct

    _GET, _SET = 0x80086601, 0x40086602

    def _free(path: Path) -> None:
        """Let a file or folder be removed: marks that forbid it are taken away, rights are given. Never through a link."""
        with suppress(OSError):
            told = path.lstat()
            if stat.S_ISDIR(told.st_mode):
                path.chmod(0o700)
            if not stat.S_ISDIR(told.st_mode) and not stat.S_ISREG(told.st_mode):
                return
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                (flags,) = struct.unpack("l", fcntl.ioctl(descriptor, _GET, struct.pack("l", 0)))
                if flags & _CANNOT_BE_CHANGED:
                    fcntl.ioctl(descriptor, _SET, struct.pack("l", flags & ~_CANNOT_BE_CHANGED))
                if stat.S_ISDIR(told.st_mode):
                    os.fchmod(descriptor, 0o700)
            finally:
                os.close(descriptor)

else:

    def _free(path: Path) -> None:
        """Let a file or folder be removed: rights are given. Never through a link."""
        with suppress(OSError):
            if not path.is_symlink():
                path.chmod(0o700 if path.is_dir() else 0o600)
