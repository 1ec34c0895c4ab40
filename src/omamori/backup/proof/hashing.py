"""Hashes of all files below a folder, several at a time, in bounded memory. Links are never followed, and only ordinary files are opened."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

_PIECE = 1024 * 1024
_HEAD = 64
_BUNDLE_BYTES, _BUNDLE_FILES = 4 * 1024 * 1024, 128
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_REPARSE = 0x400
"""FILE_ATTRIBUTE_REPARSE_POINT: links, junctions and mount points of Windows."""


@dataclass(frozen=True, slots=True)
class Hashed:
    """A file: `path` relative to the folder, with slashes; `sha256` None where it could not be read; `head` its first 64 bytes.

    `modified`: when it was last written, in seconds since 1970; None where that is not known.
    """

    path: str
    size: int
    sha256: bytes | None
    head: bytes = b""
    modified: float | None = None


def hash_tree(
    root: Path,
    *,
    stop: threading.Event | None = None,
    heard: Callable[[int], None] = lambda done: None,
    workers: int | None = None,
    restored: bool = False,
) -> Iterator[Hashed]:
    """Yield every ordinary file below `root` with its hash, in the order of the walk.

    In: `heard` gets the bytes read since it was last called; `workers` None: one thread per core (hashing leaves Python's lock). Ends early
    when `stop` is set. A folder that cannot be opened is yielded as a file without a hash. `restored`: what lies there is our own copy; rights
    that would keep us out of it are widened.
    """
    count = workers or os.cpu_count() or 1
    with ThreadPoolExecutor(count, thread_name_prefix="hash") as pool:
        waiting: deque[Future[list[Hashed]]] = deque()
        for bundle in _bundles(files_below(root, restored=restored)):
            waiting.append(pool.submit(_hash_all, root, bundle, stop, restored))
            while len(waiting) > 2 * count:
                yield from _told(waiting.popleft(), heard)
            if stop is not None and stop.is_set():
                break
        while waiting:
            yield from _told(waiting.popleft(), heard)


def _told(future: Future[list[Hashed]], heard: Callable[[int], None]) -> Iterator[Hashed]:
    found = future.result()
    heard(sum(one.size for one in found))
    yield from found


def files_below(root: Path, *, restored: bool = False) -> Iterator[tuple[str, int | None]]:
    """Yield the ordinary files below `root` with their sizes; of a folder that cannot be opened its name and None. No link is followed."""
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        place = f"{root}/{folder}" if folder else str(root)
        try:
            found = _scanned(place, restored)
        except OSError:
            yield folder, None
            continue
        inner = []
        for entry in found:
            path = f"{folder}/{entry.name}" if folder else entry.name
            try:
                told = entry.stat(follow_symlinks=False)
            except OSError:
                yield path, None
                continue
            if getattr(told, "st_file_attributes", 0) & _REPARSE:
                continue
            if stat.S_ISDIR(told.st_mode):
                inner.append(path)
            elif stat.S_ISREG(told.st_mode):
                yield path, told.st_size
        waiting += reversed(inner)


def _scanned(place: str, restored: bool) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(place) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except PermissionError:
        if not restored:
            raise
    # A folder of ours, not a link: it was looked at before it was entered.
    Path(place).chmod(0o700)
    with os.scandir(place) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _bundles(files: Iterable[tuple[str, int | None]]) -> Iterator[list[tuple[str, int | None]]]:
    bundle: list[tuple[str, int | None]] = []
    size = 0
    for file in files:
        bundle.append(file)
        size += file[1] or 0
        if size >= _BUNDLE_BYTES or len(bundle) >= _BUNDLE_FILES:
            yield bundle
            bundle, size = [], 0
    if bundle:
        yield bundle


def _hash_all(root: Path, bundle: Iterable[tuple[str, int | None]], stop: threading.Event | None, restored: bool) -> list[Hashed]:
    buffer = bytearray(_PIECE)
    found = []
    base = str(root)
    for path, size in bundle:
        if stop is not None and stop.is_set():
            break
        found.append(Hashed(path, size or 0, None) if size is None else _hash_one(f"{base}/{path}", path, size, buffer, stop, restored))
    return found


def _hash_one(place: str, path: str, size: int, buffer: bytearray, stop: threading.Event | None, restored: bool) -> Hashed:
    try:
        try:
            return hash_file(place, path, buffer, stop)
        except PermissionError:
            if not restored:
                raise
            Path(place).chmod(0o600)
            return hash_file(place, path, buffer, stop)
    except OSError:
        return Hashed(path, size, None)


def hash_file(place: str, name: str, buffer: bytearray, stop: threading.Event | None = None) -> Hashed:
    """Hash an ordinary file; OSError when it is none, or cannot be read. Its last link is not followed, no device is waited for."""
    descriptor = os.open(place, _OPEN)
    with open(descriptor, "rb", buffering=0) as stream:  # noqa: PTH123 - a descriptor has no path
        told = os.fstat(descriptor)
        if not stat.S_ISREG(told.st_mode):
            raise OSError("not an ordinary file")
        digest = hashlib.sha256()
        view = memoryview(buffer)
        size, head = 0, b""
        while count := stream.readinto(buffer):
            if not size:
                head = bytes(view[: min(count, _HEAD)])
            size += count
            digest.update(view[:count])
            if stop is not None and stop.is_set():
                return Hashed(name, size, None)
    return Hashed(name, size, digest.digest(), head, told.st_mtime)
