"""Writing into the site folder so that a killed run or a power cut never leaves half a file."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

TEMPORARY = ".tmp-"
"""Beginning of the names of files that are not finished; whoever finds one of an ended run may delete it."""


def private_folder(path: Path) -> Path:
    """Make a folder (and those above it) only its owner can open; returns it."""
    if not path.is_dir():
        if path.parent == path:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))  # a drive that is not there
        private_folder(path.parent)
        _make_private(path)
    return path


def write_whole(path: Path, data: bytes | Iterable[bytes], *, workshop: Path | None = None, lasting: bool = True) -> None:
    """Write `path` so that it holds either all of `data` or what it held before, readable by its owner only.

    `data` may come in parts. `workshop` is the folder (same disk) where the unfinished file lies; by default the one of `path`. `lasting` False: a power cut
    may lose or harm it; for what can be made anew and tells itself whether it is whole.
    """
    temporary = (workshop or path.parent) / (f"{TEMPORARY}{os.getpid()}-{secrets.token_hex(6)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.writelines((data,) if isinstance(data, bytes) else data)
            stream.flush()
            if lasting:
                os.fsync(stream.fileno())
        patiently(lambda: temporary.replace(path))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if lasting:
        sync_folder(path.parent)


def patiently(action: Callable[[], object], seconds: float = 2.0) -> None:
    """Do something with a file that Windows may hold for a moment (a virus scanner, an indexer); the last refusal counts."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            action()
            return
        except PermissionError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.05)


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
    """Delete unfinished files and folders of killed runs in `folder` (not below); returns how many."""
    limit = time.time() - older_than_seconds
    removed = 0
    for path in folder.glob(f"{TEMPORARY}*"):
        # Another run may finish its file at any moment: a name that is gone is no error.
        with suppress(FileNotFoundError):
            if path.stat().st_mtime > limit:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()
            removed += 1
    return removed


if sys.platform == "win32":
    import ctypes

    # The owner, the administrators and the system, and nobody by inheritance: what mode 0o700 is elsewhere.
    _OWNER_ONLY = "D:P(A;OICI;FA;;;OW)(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)"
    _ALREADY_THERE = 183

    class _SecurityAttributes(ctypes.Structure):
        _fields_ = (("length", ctypes.c_uint32), ("descriptor", ctypes.c_void_p), ("inherit", ctypes.c_int))

    def _make_private(path: Path) -> None:
        kernel, security = ctypes.WinDLL("kernel32", use_last_error=True), ctypes.WinDLL("advapi32")
        attributes = _SecurityAttributes(ctypes.sizeof(_SecurityAttributes), None, 0)
        pointer = ctypes.byref(attributes, _SecurityAttributes.descriptor.offset)
        if not security.ConvertStringSecurityDescriptorToSecurityDescriptorW(_OWNER_ONLY, 1, pointer, None):
            path.mkdir(exist_ok=True)  # a system that does not know these words has no such rights either
            return
        try:
            made, code = kernel.CreateDirectoryW(str(path.absolute()), ctypes.byref(attributes)), ctypes.get_last_error()
        finally:
            kernel.LocalFree(ctypes.c_void_p(attributes.descriptor))
        if not made and code != _ALREADY_THERE:
            raise ctypes.WinError(code)

else:

    def _make_private(path: Path) -> None:
        path.mkdir(mode=0o700, exist_ok=True)
