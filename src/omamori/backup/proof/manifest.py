"""The list of hashes made at backup time, in the form of GNU sha256sum: `sha256sum -c` takes it, and sha256sum alone can make it."""

from __future__ import annotations

import hashlib
import os
import re
import threading
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from omamori.backup.proof.hashing import hash_tree
from omamori.backup.proof.place import as_listed, position, word
from omamori.snapshot.files import TEMPORARY

NAME = "omamori-manifest.sha256"
"""A list of this name inside a backup is used when no other is given."""
_GNU = re.compile(rb"(\\?)([0-9a-fA-F]{64})(?: [ *]| )(.+)", re.DOTALL)
_BSD = re.compile(rb"(\\?)SHA256 ?\((.+)\) ?= ?([0-9a-fA-F]{64})", re.DOTALL)
_ESCAPES = ((b"\\", b"\\\\"), (b"\n", b"\\n"), (b"\r", b"\\r"))
_UNESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_MEANT = {b"\\": b"\\", b"n": b"\n", b"r": b"\r"}
_LONGEST = 64 * 1024
_SLACK = 2.0
"""Seconds a file may be younger than the list and still be held against it: FAT keeps moments in steps of two seconds."""


@dataclass(slots=True)
class Made:
    """What became of a list that is being made: counts of files written and of those that could not be read."""

    files: int = 0
    bytes: int = 0
    unreadable: int = 0


def manifest_lines(
    folder: Path,
    made: Made,
    *,
    leave_out: Path | None = None,
    stop: threading.Event | None = None,
    heard: Callable[[int], None] = lambda done: None,
) -> Iterator[bytes]:
    """Yield the list of all ordinary files below `folder`, a line each, counting in `made`; `leave_out` is the list itself.

    Links are not followed. A file that cannot be read is counted, not listed.
    """
    for one in hash_tree(folder, stop=stop, heard=heard):
        if one.sha256 is None:
            made.unreadable += 1
        elif leave_out is None or not _is_list(folder / one.path, leave_out):
            made.files += 1
            made.bytes += one.size
            yield line_of(f"./{one.path}", one.sha256)


def _is_list(path: Path, target: Path) -> bool:
    """Whether a file is the list itself, or the unfinished one that is being written beside it."""
    return path == target or (path.parent == target.parent and path.name.startswith(f"{TEMPORARY}{os.getpid()}-"))


def line_of(path: str, sha256: bytes) -> bytes:
    """Return a line as GNU sha256sum writes it: a backslash in front where a name holds one or a line break."""
    name = os.fsencode(path)
    escaped = name
    for char, meant in _ESCAPES:
        escaped = escaped.replace(char, meant)
    return (b"\\" if escaped != name else b"") + sha256.hex().encode() + b"  " + escaped + b"\n"


def read_line(line: bytes) -> tuple[str, bytes] | None:
    """Return path and hash of a line, as GNU sha256sum or a BSD writes it; None for a comment or what is no such line."""
    line = line.rstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf")
    if found := _GNU.fullmatch(line):
        mark, digest, name = found.groups()
    elif found := _BSD.fullmatch(line):
        mark, name, digest = found.groups()
    else:
        return None
    if mark:
        name = _UNESCAPE.sub(lambda match: _MEANT.get(match[1], match[0]), name)
    path = os.fsdecode(name).replace("\\", "/") if os.name == "nt" else os.fsdecode(name)
    return re.sub(r"^(?:\./+)+", "", path), bytes.fromhex(digest.decode())


@dataclass(slots=True)
class Manifest:
    """A list in memory, 48 bytes for each file, whatever the length of the names. `known` counts lines, `strange` those not understood.

    `made`: when a list that lies in the backup was written, in seconds since 1970; None for a list that was given.
    """

    sha256: str = ""
    strange: int = 0
    made: float | None = None
    _keys: array[int] = field(default_factory=lambda: array("Q"))
    _places: array[int] = field(default_factory=lambda: array("L"))
    _digests: bytearray = field(default_factory=bytearray)
    _positions: array[float] = field(default_factory=lambda: array("d"))
    _odd: dict[int, int] = field(default_factory=dict)
    """Of names that are no UTF-8: place → the word of the name as a listing tells it."""

    def __len__(self) -> int:
        return len(self._keys)

    def digest(self, path: str) -> bytes | None:
        """Return the hash the list has for a path of the backup; None when it does not name it."""
        key = word(path)
        place = bisect_left(self._keys, key)
        if place == len(self._keys) or self._keys[place] != key:
            return None
        start = self._places[place] * 32
        return bytes(self._digests[start : start + 32])

    def older_than(self, modified: float | None) -> bool:
        """Return whether the list was made before a file was written (seconds since 1970), and so says nothing of it."""
        return self.made is not None and modified is not None and modified > self.made + _SLACK

    def absent(self, there: array[int], begin: float, end: float) -> int:
        """Count the files of the list whose position lies in the part from `begin` to `end` and that are not in `there` (words, sorted)."""
        count = 0
        for key, place in zip(self._keys, self._places, strict=True):
            if begin <= self._positions[place] < end:
                listed = self._odd.get(place, key)
                at = bisect_left(there, listed)
                count += at == len(there) or there[at] != listed
        return count


def lines_of(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a list; of one that is too long for any name pieces, so that no file without line breaks fills the memory."""
    return iter(lambda: file.readline(_LONGEST + 1), b"")


def read_manifest(lines: Iterable[bytes], prefix: str) -> Manifest:
    """Read a list. `prefix`: the folder of the backup its relative names begin in, with slashes and a leading one; names with a leading slash need none.

    Of a file named twice the last line counts, as it is the newer one.
    """
    keys, digests, positions = array("Q"), bytearray(), array("d")
    whole = hashlib.sha256()
    strange = 0
    odd: dict[int, int] = {}
    for line in lines:
        whole.update(line)
        found = read_line(line) if len(line) <= _LONGEST else None
        if found is None:
            strange += bool(line.strip()) and not line.startswith(b"#")
            continue
        path = in_backup(found[0], prefix)
        if (listed := as_listed(path)) != path:
            odd[len(keys)] = word(listed)
        keys.append(word(path))
        digests += found[1]
        positions.append(position(path))
    order = sorted(range(len(keys)), key=lambda place: (keys[place], place))
    last = [place for at, place in enumerate(order) if at + 1 == len(order) or keys[order[at + 1]] != keys[place]]
    return Manifest(
        whole.hexdigest(), strange, None, array("Q", (keys[place] for place in last)), array("L", last), digests, positions, odd
    )


def in_backup(path: str, prefix: str) -> str:
    """Return the path in the backup of a name in the list."""
    if re.match(r"[A-Za-z]:/", path):
        path = f"/{path[0]}{path[2:]}"
    return path if path.startswith("/") else f"{prefix.rstrip('/')}/{path}"


@dataclass(slots=True)
class Prefix:
    """Finds the folder of the backup a list's names begin in: the one under which most of a few of its names are found."""

    names: frozenset[str]
    votes: dict[str, int] = field(default_factory=dict)

    def hear(self, path: str) -> None:
        """Take a path of the backup into account."""
        place = path.find("/")
        while place >= 0:
            if path[place + 1 :] in self.names:
                self.votes[path[:place]] = self.votes.get(path[:place], 0) + 1
            place = path.find("/", place + 1)

    def found(self) -> str:
        """Return the folder with the most votes, the shortest of equals; the root when there is none."""
        return min(self.votes, key=lambda prefix: (-self.votes[prefix], len(prefix), prefix), default="")


def some_names(lines: Iterable[bytes], most: int = 200) -> frozenset[str]:
    """Return the first relative names of a list, to find out where they begin; empty when they carry their place with them."""
    found: set[str] = set()
    for line in lines:
        told = read_line(line) if len(line) <= _LONGEST else None
        if told is not None and in_backup(told[0], "\0").startswith("\0"):
            found.add(told[0])
        if len(found) >= most:
            break
    return frozenset(found)
