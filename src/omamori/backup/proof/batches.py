"""Which files of a generation are restored, in which order, and as how few paths: a whole folder where all of it is wanted and fits.

The listing is read once; what is chosen is spooled into the scratch place, so that a million files fill no memory. The same listing and the
same choice give the same batches: that is how a proof goes on where it was broken off.
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from omamori.backup.interface import Entry
from omamori.backup.proof.place import turn_of, word

_MOST_PATHS = 4000
"""Paths named to a program at once: each is compared with each file."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be restored: files whose place in the round lies from `begin` to below `end`, and always the file or folder `also`."""

    begin: float = 0.0
    end: float = 1.0
    also: str = ""

    @property
    def everything(self) -> bool:
        """True when nothing is left out."""
        return self.begin <= 0.0 and self.end >= 1.0

    def moved(self, listed: Listed) -> Choice:
        """Return the next part that holds a file, where this one holds none: what proves nothing is no sample."""
        if listed.following < 1.0:
            return Choice(self.begin, math.nextafter(listed.following, 2.0), self.also)
        return Choice(0.0, math.nextafter(listed.first, 2.0), self.also)

    def takes(self, path: str, turn: float) -> bool:
        """Return whether a file is wanted. `turn`: its place in the round."""
        return (
            self.everything
            or self.begin <= turn < self.end
            or (bool(self.also) and (path == self.also or path.startswith(f"{self.also}/")))
        )


@dataclass(slots=True)
class _Folder:
    files: int = 0
    wanted: int = 0
    bytes: int = 0


@dataclass(slots=True)
class Listed:
    """What the listing told. `before` and `proven`: bytes of files placed before `begin` and before `end`; `words`: all paths, for the list of hashes;
    `first`: the least place of all, `following`: the least from `end` on; `newest`: when the youngest file was written (UTC), lists of hashes left out."""

    files: int = 0
    bytes: int = 0
    before: int = 0
    proven: int = 0
    first: float = 1.0
    following: float = 1.0
    wanted_files: int = 0
    wanted_bytes: int = 0
    manifests: list[str] = field(default_factory=list)
    newest: datetime | None = None
    words: array[int] = field(default_factory=lambda: array("Q"))
    folders: dict[str, _Folder] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one restore brings. `paths` None: all there is. `files`, `bytes`: how many come back when nothing is lost."""

    paths: tuple[str, ...] | None
    files: int
    bytes: int


def read_listing(
    entries: Iterable[Entry], choice: Choice, spool: Path, *, manifest_name: str, heard: Callable[[str], None] = lambda path: None
) -> Listed:
    """Read the listing once and spool what is wanted. In: `heard` gets every path. OSError when the spool cannot be written."""
    listed = Listed()
    own: dict[str, _Folder] = {}
    # Names of files are patients' data: while a database runs, its account may pass through the folder the spool lies in.
    spool.touch(mode=0o600)
    with spool.open("w", encoding="ascii", newline="\n") as stream:
        for entry in entries:
            if entry.kind != "file":
                continue
            path, size = entry.path, entry.size
            heard(path)
            folder, _, name = path.rpartition("/")
            if name == manifest_name:
                listed.manifests.append(path)
            elif entry.modified is not None and (listed.newest is None or entry.modified > listed.newest):
                listed.newest = entry.modified
            listed.words.append(word(path))
            listed.files += 1
            listed.bytes += size
            turn = 0.0 if choice.everything else turn_of(path, size)
            listed.first = min(listed.first, turn)
            if turn >= choice.end:
                listed.following = min(listed.following, turn)
            listed.before += size if turn < choice.begin else 0
            listed.proven += size if turn < choice.end else 0
            wanted = choice.takes(path, turn)
            told = own.get(folder)
            if told is None:
                told = own[folder] = _Folder()
            told.files += 1
            if wanted:
                told.wanted += 1
                told.bytes += size
                listed.wanted_files += 1
                listed.wanted_bytes += size
                stream.write(f"{size} {json.dumps(path)}\n")
    listed.words = array("Q", sorted(listed.words))
    listed.folders = _with_all_below(own)
    return listed


def _with_all_below(own: dict[str, _Folder]) -> dict[str, _Folder]:
    found: dict[str, _Folder] = {}
    for folder, told in own.items():
        place = folder
        while True:
            whole = found.setdefault(place, _Folder())
            whole.files += told.files
            whole.wanted += told.wanted
            whole.bytes += told.bytes
            if not place:
                break
            place = place.rpartition("/")[0]
    return found


@dataclass(slots=True)
class Batches:
    """The batches, one after the other. `too_large` counts files that alone are larger than `space`: they are not restored."""

    listed: Listed
    space: int
    too_large: int = 0

    def read(self, spool: Path) -> Iterator[Batch]:
        """Yield the batches of a spool. Each brings at most `space` bytes."""
        if self.listed.wanted_files == self.listed.files and self.listed.bytes <= self.space:
            yield Batch(None, self.listed.files, self.listed.bytes)
            return
        paths: list[str] = []
        files = size = 0
        for unit, count, weight in self._units(spool):
            if paths and (size + weight > self.space or len(paths) >= _MOST_PATHS):
                yield Batch(tuple(paths), files, size)
                paths, files, size = [], 0, 0
            paths.append(unit)
            files += count
            size += weight
        if paths:
            yield Batch(tuple(paths), files, size)

    def _units(self, spool: Path) -> Iterator[tuple[str, int, int]]:
        taken: set[str] = set()
        with spool.open(encoding="ascii") as stream:
            for line in stream:
                said, _, rest = line.partition(" ")
                path, size = json.loads(rest), int(said)
                folder = self._largest(path)
                if folder is None:
                    if size > self.space:
                        self.too_large += 1
                    else:
                        yield path, 1, size
                elif folder not in taken:
                    taken.add(folder)
                    told = self.listed.folders[folder]
                    yield folder, told.files, told.bytes

    def _largest(self, path: str) -> str | None:
        """Return the highest folder above a path all of which is wanted and fits into a batch; None when there is none."""
        best = None
        place = path.rpartition("/")[0]
        while place:
            told = self.listed.folders[place]
            if told.wanted < told.files or told.bytes > self.space:
                break
            best = place
            place = place.rpartition("/")[0]
        return best
