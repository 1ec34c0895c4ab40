"""Finds the files to read: folders are walked, zip opened to its members, gzip, xz and bzip2 to the stream inside.

Nothing is unpacked to the disk, and a stream ends with an error where it unfolds to more than a publisher's file ever does.
"""

from __future__ import annotations

import bz2
import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, BinaryIO, cast

from isal import igzip, isal_zlib

from omamori.model.text import Text

MOST_BYTES = 16 * 1024**3
"""Bytes one stream may unfold to."""
MOST_RATIO = 400
_FREE_BYTES = 64 * 1024**2
"""Below this no ratio counts: a short file of blanks is no attack."""
MOST_FILES = 400_000
_DEPTH = 12
_HARMED = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    isal_zlib.error,
)


class ContainerError(Exception):
    """A file cannot be opened to its end: says what is wrong with it."""

    def __init__(self, ja: str, en: str) -> None:
        """Keep the line in both languages."""
        super().__init__(en)
        self.text = Text(ja, en)


@dataclass(frozen=True, slots=True)
class Source:
    """One stream to read: a file, or a member of a zip. `name` is what its parser sees, `shown` what a person is told."""

    path: Path
    member: str
    name: str
    shown: str
    size: int


def sources_of(paths: Sequence[Path]) -> Iterator[Source | tuple[str, ContainerError]]:
    """Yield every stream in the files and folders named, in a stable order; with its name what cannot be opened at all.

    Links are not followed below a folder that was named. At most `MOST_FILES`.
    """
    count = 0
    for path, shown in _files(paths):
        for one in _within(path, shown):
            count += 1
            if count > MOST_FILES:
                yield (shown, ContainerError(f"ファイルが{MOST_FILES:,}個を超えます", f"more than {MOST_FILES:,} files"))
                return
            yield one


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    seen: set[Path] = set()
    for path in paths:
        found = sorted(_below(path, 0)) if path.is_dir() else [path]
        for one in found:
            if one.resolve() not in seen:
                seen.add(one.resolve())
                yield one, (one.relative_to(path).as_posix() if path.is_dir() else one.name)


def _below(folder: Path, depth: int) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if entry.is_symlink() or entry.name.startswith("."):
            continue
        if entry.is_dir():
            if depth < _DEPTH:
                yield from _below(Path(entry.path), depth + 1)
        elif entry.is_file():
            yield Path(entry.path)


def _within(path: Path, shown: str) -> Iterator[Source | tuple[str, ContainerError]]:
    try:
        with path.open("rb") as stream:
            zipped = stream.read(4) == b"PK\x03\x04"
        if not zipped:
            yield Source(path, "", _plain_name(path.name), shown, path.stat().st_size)
            return
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
    except _HARMED as error:  # type: ignore[misc]  # isal's stub calls its class a variable
        yield (shown, _broken(error))
        return
    for info in members:
        yield Source(path, info.filename, _plain_name(info.filename), f"{shown}/{info.filename}", info.file_size)


def _plain_name(name: str) -> str:
    """The name without the ending of a container: what the publisher calls the plain file."""
    for ending in (".gz", ".xz", ".bz2"):
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return name


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """Open a stream to its plain bytes; reading raises ContainerError where it is harmed, cut off or unfolds without end."""
    try:
        if not source.member:
            with source.path.open("rb") as stream:
                yield _bounded(stream, source)
            return
        state = source.path.stat()
        archive = _archive(source.path, state.st_size, state.st_mtime_ns)
        with archive.open(source.member) as inner:
            packed = archive.getinfo(source.member).compress_size
            yield _bounded(cast(BinaryIO, _Bounded(inner, packed, source.size)), source)
    except _HARMED as error:  # type: ignore[misc]  # isal's stub calls its class a variable
        raise _broken(error) from error


@lru_cache(1)
def _archive(path: Path, _size: int, _changed: int) -> zipfile.ZipFile:
    """The zip of the members being read. Its list of members is read once: some publishers put hundreds of thousands into one."""
    return zipfile.ZipFile(path)


def _bounded(stream: BinaryIO, source: Source) -> BinaryIO:
    start = stream.read(6)
    if source.member:  # a member of a zip cannot go back cheaply: the bytes read are put before the rest
        stream = cast(BinaryIO, io.BufferedReader(_Joined(start, stream), 128 * 1024))
    else:
        stream.seek(0)
    unfolded: IO[bytes] | None = None
    if start.startswith(b"\x1f\x8b"):
        unfolded = cast("IO[bytes]", igzip.GzipFile(fileobj=stream))  # type: ignore[no-untyped-call]
    elif start.startswith(b"\xfd7zXZ\0"):
        unfolded = lzma.LZMAFile(stream)  # noqa: SIM115 - closed with the stream below it
    elif start.startswith(b"BZh"):
        unfolded = bz2.BZ2File(stream)
    if unfolded is None:
        return stream
    return cast(BinaryIO, io.BufferedReader(_Bounded(unfolded, source.size, MOST_BYTES), 256 * 1024))


class _Joined(io.RawIOBase):
    """A few bytes that were read already, then the rest."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = start, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._start[: len(buffer)] or self._rest.read(len(buffer))
        self._start = self._start[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


class _Bounded(io.RawIOBase):
    """A stream that may not unfold beyond what its packed size can honestly hold."""

    def __init__(self, inner: IO[bytes], packed: int, most: int) -> None:
        self._inner, self._read = inner, 0
        self._most = min(most, MOST_BYTES, max(_FREE_BYTES, packed * MOST_RATIO))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._inner.read(len(buffer))
        except _HARMED as error:  # type: ignore[misc]  # isal's stub calls its class a variable
            raise _broken(error) from error
        self._read += len(data)
        if self._read > self._most:
            raise ContainerError(
                f"{self._most:,}バイトを超えて展開されます。配布元のファイルか確かめてください",
                f"it unfolds to more than {self._most:,} bytes: see whether it is the publisher's file",
            )
        buffer[: len(data)] = data
        return len(data)


def _broken(error: BaseException) -> ContainerError:
    said = str(error) or type(error).__name__
    return ContainerError(f"開けないか、途中で切れています({said})", f"it cannot be opened, or is cut off ({said})")
