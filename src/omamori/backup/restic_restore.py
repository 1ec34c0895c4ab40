"""Restores from a restic repository into a folder of ours."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from omamori.backup.interface import BackupError, Generation, Progress
from omamori.backup.restic_command import Restic, no_space, stopped
from omamori.gate.process import Completed

_LONGEST = 100_000 if os.name != "nt" else 20_000
"""Characters of patterns in one call: longer command lines are refused by the system."""
_LOOK = 1.0
_DUTY = 20
"""Looking how much has arrived takes at most one part in twenty of the time."""


def restore(
    restic: Restic,
    generation: Generation,
    paths: Sequence[str] | None,
    into: Path,
    bytes_per_second: int | None,
    progress: Progress,
    stop: threading.Event | None,
) -> None:
    """Restore with `restic restore`; see `omamori.backup.interface.Repository.restore`. Many paths are restored in several calls."""
    limit = ["--limit-download", str(max(1, bytes_per_second // 1024))] if bytes_per_second is not None else []
    total = generation.size or 0
    into.mkdir(parents=True, exist_ok=True)
    for number, words in enumerate(_includes(paths)):
        if number:
            drop_links(into)
        before = _arrived(into)
        argv = ["restore", generation.id, "--target", str(into), "--json", *limit, *words]
        with restic.stream(*argv, stop=stop) as running:
            watch = _Watch(into, progress, total, before)
            for line in running.lines():
                watch.hear(line)
            done = running.end()
            watch.close()
        _judge(restic, done, into)
    progress(_arrived(into), total)


def pattern(path: str) -> str:
    """Return a path as a pattern of restic that means itself alone (Go, path/filepath: Match).

    A byte that is no UTF-8 was listed as U+FFFD; `?` stands for it.
    """
    escaped = "".join(f"[{letter}]" if letter in "*?[" else letter for letter in path.replace("\\", "\\\\" if os.name != "nt" else "\\"))
    return escaped.replace("\ufffd", "?")


def _includes(paths: Sequence[str] | None) -> Iterator[list[str]]:
    if paths is None:
        yield []
        return
    words: list[str] = []
    length = 0
    for path in paths:
        word = f"--include={pattern(path)}"
        if words and length + len(word.encode()) > _LONGEST:
            yield words
            words, length = [], 0
        words.append(word)
        length += len(word.encode()) + 1
    if words:
        yield words


class _Watch:
    """Tells how far it is: by what restic says (0.16 and later), else by what lies in the folder, looked at now and then."""

    def __init__(self, into: Path, progress: Progress, total: int, before: int) -> None:
        self._into, self._progress, self._total, self._before = into, progress, total, before
        self._told = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def hear(self, line: bytes) -> None:
        """Take a line of restic's own status."""
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            return
        if isinstance(said, dict) and said.get("message_type") == "status":
            self._told.set()
            done, total = said.get("bytes_restored", 0), said.get("total_bytes", 0)
            if isinstance(done, int) and isinstance(total, int):
                self._progress(self._before + done, max(self._total, total))

    def close(self) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        pause = _LOOK
        while not self._ended.wait(pause) and not self._told.is_set():
            began = time.monotonic()
            self._progress(_arrived(self._into), self._total)
            pause = max(_LOOK, (time.monotonic() - began) * _DUTY)


def _arrived(into: Path) -> int:
    """Return the bytes of the files below a folder; a file that is still being written counts as far as it is on the disk."""
    total = 0
    waiting = [str(into)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.is_file(follow_symlinks=False):
                        total += entry.stat(follow_symlinks=False).st_size
        except OSError:
            continue
    return total


def drop_links(into: Path) -> None:
    """Remove the links one start of restic has made: the next one would write through a link that has the name of a folder it is to restore."""
    waiting = [str(into)]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_symlink():
                    Path(entry.path).unlink()
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)


def _judge(restic: Restic, done: Completed, into: Path) -> None:
    if done.stopped:
        raise stopped()
    if done.exit_code == 0:
        return
    restic.judge_opening(done)
    error = restic.failed(done)
    if error.code != "no-space" and _full(into):
        raise no_space()
    lacking = done.stderr.count(b"ignoring error for ") + done.stderr.count(b'"message_type":"error"')
    if error.code == "failed" and lacking:
        raise BackupError(
            "failed",
            f"一部を戻せませんでした(restic のエラー {lacking} 件)。戻せた分は残っています",
            f"some of it could not be restored ({lacking} errors of restic); what could be is there",
        )
    raise error


def _full(folder: Path) -> bool:
    if not hasattr(os, "statvfs"):
        return False
    seen = os.statvfs(folder)
    return seen.f_bavail * seen.f_frsize < 64 * 1024 or (seen.f_files > 0 and seen.f_favail == 0)
