"""Walks and copies plain files without following a link, opening a pipe, or leaving the folder. Nothing is written but below `into`."""

from __future__ import annotations

import errno
import os
import stat
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from omamori.backup.interface import NO_PROGRESS, BackupError, Entry, Progress

CHUNK = 1024 * 1024
_DAMAGED = frozenset({errno.EIO, getattr(errno, "EUCLEAN", errno.EIO), getattr(errno, "EBADMSG", errno.EIO)})
_GONE = frozenset(
    {errno.ENOENT, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENODEV, errno.ENXIO, errno.ETIMEDOUT}
)
Unlisted = Callable[[str, OSError], None]
"""Hears of a folder (relative path) that could not be listed."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file, link or other thing below a folder: `path` relative to it with slashes, and what the system says of it."""

    path: str
    state: os.stat_result
    kind: str

    @property
    def entry(self) -> Entry:
        """The same for the interface. Hard links give a token: two generations that share one file share its contents."""
        state = self.state
        linked = self.kind == "file" and state.st_nlink > 1 and state.st_ino
        token = f"{state.st_dev}:{state.st_ino}:{state.st_size}:{state.st_mtime_ns}".encode() if linked else None
        size = state.st_size if self.kind == "file" else 0
        return Entry(f"/{self.path}", size, moment(state.st_mtime), self.kind, token)


def moment(seconds: float) -> datetime | None:
    """Return a moment of the file system in UTC without zone; None where it is no day of our time."""
    try:
        found = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    except (OverflowError, OSError, ValueError):
        return None
    return found if 1980 <= found.year < 2100 else None


def walk(root: Path, unlisted: Unlisted | None = None, *, folders: bool = True) -> Iterator[Found]:
    """Yield what lies below a folder, each folder before what it holds, in the order of names.

    Links are told, never followed. `unlisted` hears of folders that cannot be listed; without it nothing is raised for them either, but
    `BackupError` (gone) when the root itself is not there any more.
    """
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(root / inside if inside else root) as listed:
                children = sorted(listed, key=lambda one: one.name)
        except OSError as error:
            if not root.is_dir():
                raise gone(root) from error
            if unlisted is not None:
                unlisted(inside, error)
            continue
        deeper = []
        for child in children:
            path = f"{inside}/{child.name}" if inside else child.name
            try:
                state = child.stat(follow_symlinks=False)
            except OSError as error:
                if unlisted is not None:
                    unlisted(path, error)
                continue
            kind = "dir" if stat.S_ISDIR(state.st_mode) else "file" if stat.S_ISREG(state.st_mode) else "other"
            if kind == "dir":
                deeper.append(path)
            if kind != "dir" or folders:
                yield Found(path, state, kind)
        waiting += reversed(deeper)


def open_plain(path: Path) -> int:
    """Open a regular file for reading, whatever lies there: no link is followed, no pipe waited for. OSError otherwise."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(errno.EINVAL, "no regular file")
    return number


def gone(root: Path) -> BackupError:
    """The error for a place that was there and is not any more."""
    return BackupError(
        "gone",
        f"「{root}」が途中で見えなくなりました。接続を確かめて、もう一度実行してください",
        f"{root} went away half-way: see that it is connected, and run it again",
    )


def is_damage(error: OSError) -> bool:
    """Whether the medium or the file system says that it is damaged (and not that we may not read it)."""
    return error.errno in _DAMAGED


def is_gone(error: OSError) -> bool:
    """Whether the file or the way to it is not there any more."""
    return error.errno in _GONE


@dataclass(slots=True)
class Copy:
    """One restore: where it goes, how fast, and how far it is."""

    into: Path
    bytes_per_second: int | None = None
    progress: Progress = NO_PROGRESS
    stop: threading.Event | None = None
    total: int = 0
    done: int = 0
    _began: float = 0.0

    def take(self, source: Path, found: Found) -> None:
        """Copy one thing to the same path below `into`. `BackupError` when there is no space, it was stopped, or it cannot be read."""
        target = self.into / found.path
        try:
            if found.kind == "dir":
                target.mkdir(parents=True, exist_ok=True)
            elif stat.S_ISLNK(found.state.st_mode):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.symlink_to(os.readlink(source))  # noqa: PTH115 - bytes of a name as they are
            elif found.kind == "file":
                target.parent.mkdir(parents=True, exist_ok=True)
                self._file(source, target)
                os.utime(target, ns=(found.state.st_mtime_ns, found.state.st_mtime_ns))
        except OSError as error:
            raise copy_failed(error) from error

    def _file(self, source: Path, target: Path) -> None:
        """Copy one file; of one that cannot be read to its end nothing stays behind, so that no half a file is taken for a whole one."""
        self._began = self._began or time.monotonic()
        with os.fdopen(open_plain(source), "rb", buffering=0) as read, target.open("xb") as write:
            try:
                while chunk := read.read(CHUNK):
                    if self.stop is not None and self.stop.is_set():
                        raise BackupError("stopped", "止めました", "it was stopped")
                    write.write(chunk)
                    self.done += len(chunk)
                    self.progress(self.done, max(self.total, self.done))
                    self._wait()
            except OSError:
                target.unlink()
                raise

    def _wait(self) -> None:
        """Stay below the rate that was asked for; a stop is heeded meanwhile."""
        if not self.bytes_per_second:
            return
        ahead = self.done / self.bytes_per_second - (time.monotonic() - self._began)
        if ahead > 0 and self.stop is not None:
            self.stop.wait(ahead)
        elif ahead > 0:
            time.sleep(ahead)


def copy_failed(error: OSError) -> BackupError:
    """The error for a copy that could not be made."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return BackupError(
            "no-space",
            "戻す先の空きが足りません。空きを作るか、--space で量を減らしてください",
            "the place to restore to is full: make room, or restore less with --space",
        )
    reason = error.strerror or "?"
    if is_gone(error):
        return BackupError(
            "gone",
            f"控えのファイルが途中で見えなくなりました({reason})。接続を確かめてください",
            f"a file of the copy went away half-way ({reason}): see that it is connected",
        )
    return BackupError("failed", f"控えのファイルを戻せませんでした({reason})", f"a file of the copy could not be restored ({reason})")


def some_lost(count: int) -> BackupError:
    """The error where some files could not be restored; the others were."""
    return BackupError(
        "failed", f"{count} のファイルを戻せませんでした。ほかは戻しました", f"{count} files could not be restored; the others were"
    )


def asked_for(paths: Sequence[str] | None) -> Callable[[str], bool]:
    """Return what tells whether a relative path is one of `paths` or lies below one; `BackupError` for a path that is none of a backup."""
    if paths is None:
        return lambda path: True
    wanted = set()
    for path in paths:
        parts = path.strip("/").split("/")
        if not path.startswith("/") or ".." in parts:
            raise BackupError("failed", "控えの中のパスではありません", "this is no path of a backup")
        wanted.add("/".join(part for part in parts if part))

    def is_wanted(path: str) -> bool:
        return "" in wanted or path in wanted or any(path[:place] in wanted for place, char in enumerate(path) if char == "/")

    return is_wanted
