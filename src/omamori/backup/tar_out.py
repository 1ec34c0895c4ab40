"""Takes files out of a stream of tar into a folder of ours: files, folders and links, nothing else, and never outside the folder.

Whoever made the archive may be an attacker. Links are made last, so that no file is written through one.
"""

from __future__ import annotations

import errno
import os
import tarfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

from omamori.backup.interface import Progress
from omamori.backup.restic_command import no_space, stopped

_PIECE = 1024 * 1024
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NAMES = (
    errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENOENT, errno.EINVAL, errno.EILSEQ, errno.ELOOP, errno.EMLINK, errno.EPERM,
)  # fmt: skip


class Taken:
    """How many bytes and files were taken out so far."""

    def __init__(self) -> None:
        """Begin with none."""
        self.bytes = 0
        self.files = 0


def take_out(
    chunks: Iterator[bytes],
    into: Path,
    *,
    bytes_per_second: int | None,
    progress: Progress,
    total: int,
    stop: threading.Event | None,
    taken: Taken,
) -> bool:
    """Write what the stream holds below `into`; True when the stream came to its proper end.

    Modification times are kept, owners and special files are not. BackupError: no space left, stopped.
    """
    links: list[tuple[str, str]] = []
    source = _Source(chunks, bytes_per_second, stop)
    base = into.as_posix()
    made: set[str] = set()
    try:
        with tarfile.open(fileobj=cast(IO[bytes], source), mode="r|", bufsize=_PIECE, encoding="utf-8", errors="surrogateescape") as tar:
            for member in tar:
                path = _below(base, member.name)
                if path is None:
                    continue
                with _its_own_fault():
                    _make(path if member.isdir() else path.rpartition("/")[0], made)
                    if member.isreg() and not member.issparse():  # borg writes none with holes, which could be of any size
                        _write(tar, member, path, taken, progress, total)
                    elif member.islnk() and (master := _below(base, member.linkname)) is not None:
                        os.link(master, path, follow_symlinks=False)
                    elif member.issym():
                        links.append((path, member.linkname))
                # tarfile remembers every member it has seen.
                tar.members = []  # type: ignore[attr-defined]
            whole = source.read_to_the_end()
        for path, target in links:
            with _its_own_fault(), suppress(ValueError):
                Path(path).symlink_to(target)
    except (tarfile.TarError, EOFError):
        return False
    except OSError as error:
        if error.errno in _FULL:
            raise no_space() from error
        raise
    return whole


@contextmanager
def _its_own_fault() -> Iterator[None]:
    """Leave out a member whose name cannot be made here, or is taken by something of another kind: it must not cost the others."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NAMES:
            raise


def _make(folder: str, made: set[str]) -> None:
    if folder not in made:
        Path(folder).mkdir(parents=True, exist_ok=True)
        made.add(folder)


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, path: str, taken: Taken, progress: Progress, total: int) -> None:
    source = tar.extractfile(member)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(path, flags, 0o600)
    except FileExistsError:
        return  # twice in one archive: the first stays, and what differs is found by whoever compares
    try:
        left = member.size
        while source is not None and left and (piece := source.read(min(left, _PIECE))):
            _write_all(handle, piece)
            left -= len(piece)
            taken.bytes += len(piece)
            progress(taken.bytes, total)
    finally:
        os.close(handle)
    taken.files += 1
    with suppress(OSError, OverflowError, ValueError):
        os.utime(path, (member.mtime, member.mtime))


def _write_all(handle: int, piece: bytes) -> None:
    view = memoryview(piece)
    while view:
        view = view[os.write(handle, view) :]


def _below(base: str, name: str) -> str | None:
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if not parts or ".." in parts or "\0" in name:
        return None
    return "/".join((base, *parts))


class _Source:
    """The stream as a file to read, no faster than wanted, heeding a stop."""

    def __init__(self, chunks: Iterator[bytes], rate: int | None, stop: threading.Event | None) -> None:
        self._chunks, self._rate, self._stop = chunks, rate, stop
        self._rest = b""
        self._began = time.monotonic()
        self._read = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`; none at the end. A piece is handed on as it came, uncopied where it fits."""
        chunk = self._rest
        if not chunk:
            chunk = next(self._chunks, b"")
            self._wait(len(chunk))
        self._rest = chunk[size:]
        return chunk[:size]

    def read_to_the_end(self) -> bool:
        """Read away what is left; True when it is padding only."""
        padding = not self._rest.strip(b"\0")
        for chunk in self._chunks:
            padding = padding and not chunk.strip(b"\0")
        return padding

    def _wait(self, more: int) -> None:
        self._read += more
        if self._stop is not None and self._stop.is_set():
            raise stopped()
        if self._rate is None:
            return
        while (early := self._began + self._read / max(1, self._rate) - time.monotonic()) > 0:
            if self._stop is not None and self._stop.is_set():
                raise stopped()
            time.sleep(min(early, 0.2))
