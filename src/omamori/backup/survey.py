"""One walk over the generations of a folder: sizes and newest moments, and for each of 256 buckets the files that belong to it.

The names of the files lie in the workshop, not in memory: a million of them would fill it. They go away with the workshop.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from omamori.backup.interface import BackupError
from omamori.backup.plain_files import copy_failed, is_damage, moment, walk

BUCKETS = 256
MANIFEST = "omamori-manifest.sha256"
_LIST_SLACK = 2.0
"""Seconds a file may be younger than the list and still be held against it: FAT keeps moments in steps of two seconds."""
_LINE = re.compile(rb"(\\?)([0-9a-fA-F]{64}) [ *](.+)\Z", re.DOTALL)
_LONGEST_LINE = 64 * 1024


@dataclass(slots=True)
class Measured:
    """What the walk found in one generation. `newest`: of its files, never later than tomorrow.

    `list_made`: when the list of hashes was written (seconds since 1970; None: there is none); `younger`: files written after it.
    """

    files: int = 0
    size: int = 0
    newest: datetime | None = None
    listed_by_manifest: int = 0
    list_made: float | None = None
    younger: int = 0
    unlisted: int = 0
    damaged: int = 0


@dataclass(slots=True)
class Survey:
    """The measured generations by name, bytes and files of each bucket, and where the names lie."""

    folder: Path
    generations: dict[str, Measured] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=lambda: [0] * BUCKETS)
    counts: list[int] = field(default_factory=lambda: [0] * BUCKETS)
    bad_lines: int = 0

    def files(self, bucket: int) -> Iterator[tuple[str, str]]:
        """Yield generation and relative path of the files of a bucket."""
        for record in self._records(bucket):
            if len(record) == 2:
                yield record[0], record[1]

    def expected(self, bucket: int) -> Mapping[tuple[str, str], str]:
        """Return what a manifest that lies in the copy says of the files of a bucket: generation and path → SHA-256."""
        return {(record[0], record[1]): record[2] for record in self._records(bucket) if len(record) == 3}

    def _records(self, bucket: int) -> Iterator[list[str]]:
        path = self.folder / f"{bucket:02x}"
        if path.is_file():
            with path.open(encoding="ascii") as lines:
                for line in lines:
                    yield json.loads(line)


def bucket_of(path: str) -> int:
    """Return the bucket (0 to 255) of a path inside a generation: the same in every generation and run."""
    return hashlib.sha256(os.fsencode(path)).digest()[0]


def survey(roots: Mapping[str, Path], workshop: Path, top: Path, tomorrow: datetime) -> Survey:
    """Walk every generation once. In: generation → its folder, our own empty folder, the place itself, the latest moment believed.

    `BackupError`: gone, or no-space where the workshop is full.
    """
    found = Survey(workshop / "buckets", {name: Measured() for name in roots})
    try:
        found.folder.mkdir()
        with ExitStack() as opened:
            files = [opened.enter_context((found.folder / f"{number:02x}").open("w", encoding="ascii")) for number in range(BUCKETS)]
            for name, root in roots.items():
                found.generations[name].list_made = _list_made((root, top))
                _measure(found, files, name, root, tomorrow)
                _manifest(found, files, root / MANIFEST, lambda path, name=name: (name, path))
            if top not in roots.values():
                _manifest(found, files, top / MANIFEST, lambda path: (path.partition("/")[0], path.partition("/")[2]))
    except OSError as error:
        raise copy_failed(error) from error
    return found


def after_list(list_made: float | None, modified: float, tomorrow: datetime) -> bool:
    """Return whether something was written after the list (both seconds since 1970), which then says nothing of it; no moment after tomorrow counts."""
    written = moment(modified)
    return list_made is not None and written is not None and written <= tomorrow and modified > list_made + _LIST_SLACK


def _list_made(folders: Iterable[Path]) -> float | None:
    """Return when the youngest list in these folders was written; None where there is none."""
    lists = (folder / MANIFEST for folder in folders)
    return max((one.stat().st_mtime for one in lists if one.is_file() and not one.is_symlink()), default=None)


def _measure(found: Survey, files: Sequence[TextIOWrapper], name: str, root: Path, tomorrow: datetime) -> None:
    told = found.generations[name]

    def unlisted(path: str, error: OSError) -> None:
        told.unlisted += error.errno != errno.ENOENT
        told.damaged += is_damage(error)

    for one in walk(root, unlisted, folders=False):
        if one.kind != "file" or one.path == MANIFEST:
            continue
        told.files += 1
        told.size += one.state.st_size
        written = moment(one.state.st_mtime)
        if written is not None and written <= tomorrow and (told.newest is None or written > told.newest):
            told.newest = written
        told.younger += after_list(told.list_made, one.state.st_mtime, tomorrow)
        bucket = bucket_of(one.path)
        found.sizes[bucket] += one.state.st_size
        found.counts[bucket] += 1
        _write(files[bucket], name, one.path)


def _manifest(found: Survey, files: Sequence[TextIOWrapper], path: Path, whose: Any) -> None:
    """Share the lines of a manifest among the buckets; a line nobody understands is counted."""
    if path.is_symlink() or not path.is_file():
        return
    with path.open("rb") as lines:
        while line := lines.readline(_LONGEST_LINE):
            if not line.strip():
                continue
            read = read_line(line)
            name, inside = whose(read[1]) if read else ("", "")
            if read is None or name not in found.generations:
                found.bad_lines += 1
                continue
            found.generations[name].listed_by_manifest += 1
            _write(files[bucket_of(inside)], name, inside, read[0])


def read_line(line: bytes) -> tuple[str, str] | None:
    """Return SHA-256 and relative path of a line of `sha256sum` (GNU coreutils manual, md5sum invocation); None for any other."""
    read = _LINE.match(line.rstrip(b"\r\n"))
    if read is None:
        return None
    name = read[3]
    if read[1]:
        name = re.sub(rb"\\([\\nr])", lambda one: {b"n": b"\n", b"r": b"\r"}.get(one[1], b"\\"), name)
    path = os.fsdecode(name).removeprefix("./").lstrip("/")
    return (read[2].decode().lower(), path) if path and ".." not in path.split("/") else None


def _write(file: TextIOWrapper, *words: str) -> None:
    file.write(json.dumps(words) + "\n")


def tomorrow_of(now: datetime) -> datetime:
    """Return the latest moment that is believed of a file; clocks differ a little, a file of next year tells nothing."""
    return now + timedelta(days=1)


def unreadable(count: int) -> BackupError:
    """The error where this account may not read files: nothing can be said of them."""
    return BackupError(
        "failed",
        f"この利用者では読めないファイルが {count} あります。すべて読める利用者(管理者)で実行してください",
        f"{count} files may not be read by this account: run it as one that may read all of them (administrator)",
    )
