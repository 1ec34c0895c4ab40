"""Plain folders: what rsync, robocopy, rsnapshot or a person leave. Folders of generations, or one mirror.

A plain folder keeps no checksums. Where `omamori-manifest.sha256` lies in it, its files are compared with that; else reading every byte shows
only that they can be read, and `structure` says so. Of what was written after the list it says nothing: such files are counted, not called damaged.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from omamori.backup.generation_names import Named, are_generations, read_name
from omamori.backup.interface import (
    NO_PROGRESS,
    BackupError,
    Damage,
    Entry,
    Generation,
    Key,
    Kind,
    Lock,
    Opened,
    Part,
    Progress,
    Structure,
)
from omamori.backup.plain_files import CHUNK, Copy, asked_for, gone, is_damage, is_gone, moment, open_plain, some_lost, walk
from omamori.backup.plain_place import plain_place
from omamori.backup.plain_words import NO_CHECKSUMS
from omamori.backup.survey import BUCKETS, Survey, after_list, survey, tomorrow_of, unreadable

MIRROR = "mirror"
"""Identifier of the one generation of a mirror."""
_ALIKE = 0.3
"""Share of names that two generations of one machine have in common at least; folders by day of a picture archive have hardly any."""


class FolderRepository:
    """An open folder of copies. Holds counts, never the names of the files."""

    def __init__(self, folder: Path, opened: Opened, roots: Mapping[str, Path], workshop: Path, now: datetime) -> None:
        """In: the folder, what it is, generation → its folder in the order of names, our own empty folder, the present moment (UTC)."""
        self.opened = opened
        self._folder = folder
        self._roots = roots
        self._workshop = workshop
        self._tomorrow = tomorrow_of(now)
        self._found: Survey | None = None

    def _survey(self) -> Survey:
        if self._found is None:
            self._found = survey(self._roots, self._workshop, self._folder, self._tomorrow)
        return self._found

    def generations(self) -> tuple[Generation, ...]:
        """Return the generations, oldest first; walks all of them the first time. Whether a copy was finished a folder does not tell."""
        told = self._survey()
        found = []
        for name, root in self._roots.items():
            measured = told.generations[name]
            named = read_name(name) if name != MIRROR else None
            finished = self._finished(root, named, measured.newest)
            complete = False if named is not None and named.unfinished else None
            found.append(Generation(name, finished, files=measured.files, size=measured.size, complete=complete))
        return tuple(sorted(found, key=lambda one: (one.finished or datetime.min, one.id)))

    def _finished(self, root: Path, named: Named | None, newest: datetime | None) -> datetime | None:
        """By its name where that tells a day; else the newest of its files and the folder's own moment."""
        try:
            own = moment(root.stat().st_mtime)
        except OSError as error:
            raise gone(root) from error
        own = own if own is not None and own <= self._tomorrow else None
        if named is not None and named.local is not None:
            by_name = named.local.astimezone(UTC).replace(tzinfo=None)
            if by_name <= self._tomorrow:
                # A name with a day only: the folder's own moment tells the hour, where it is of that day.
                return own if named.day_only and own is not None and 0 <= (own - by_name).total_seconds() < 86_400 else by_name
        if self._roots.get(MIRROR) == root:
            return newest  # A mirror's own folder is as old as the last name put into it, not as the last copy.
        return max((one for one in (own, newest) if one is not None), default=None)

    def locks(self) -> tuple[Lock, ...]:
        """A plain folder has none."""
        return ()

    def structure(self) -> Structure:
        """Look whether every folder can be listed, and whether all that a manifest names is there as a number."""
        found = self._survey()
        measured = found.generations.values()
        said = []
        damaged, hidden = sum(one.damaged for one in measured), sum(one.unlisted for one in measured)
        if hidden:
            said.append(f"{hidden} folders or files could not be listed ({damaged} of them: input/output error)")
        lacking, moved = self._lost(found)
        if lacking:
            said.append(f"at least {lacking} files that the manifest lists are not there")
        outdated = moved + sum(one.younger for one in measured)
        if outdated:
            said.append(f"the list is older than {outdated} files: make it anew right before each backup")
        if found.bad_lines:
            said.append(f"{found.bad_lines} lines of the manifest were not understood")
        whole = bool(self._roots) and all(one.listed_by_manifest for one in measured)
        if not whole:
            said.append(NO_CHECKSUMS)
        ok = False if damaged or lacking else None if hidden or outdated or found.bad_lines or not whole else True
        return Structure(ok, tuple(said))

    def _lost(self, found: Survey) -> tuple[int, int]:
        """Count the files of the list that are not there: those that are missing, and those that may have been moved away after it was made."""
        counts = [0, 0]
        if any(one.listed_by_manifest for one in found.generations.values()):
            for bucket in range(BUCKETS):
                there = set(found.files(bucket))
                for name, path in found.expected(bucket).keys() - there:
                    if not os.path.lexists(self._roots[name] / path):
                        counts[self._moved(found, name, path)] += 1
        return counts[0], counts[1]

    def _moved(self, found: Survey, name: str, path: str) -> bool:
        """Whether a file of the list may have been moved or deleted after it was made: files, or a folder above it, are younger than the list."""
        told = found.generations[name]
        if told.younger:
            return True
        root = self._roots[name]
        for folder in (root / above for above in Path(path).parents):
            try:
                if after_list(told.list_made, folder.lstat().st_mtime, self._tomorrow):
                    return True
            except OSError:
                continue  # It went away with the file.
        return False

    def parts(self) -> tuple[Part, ...]:
        """Return the buckets that hold files: those whose path inside a generation has the same hash byte."""
        found = self._survey()
        return tuple(Part(f"{number:02x}", found.sizes[number], number) for number in range(BUCKETS) if found.counts[number])

    def read_part(self, part: Part) -> Damage | None:
        """Read every file of a bucket to its last byte. `BackupError`: gone, or failed where this account may not read a file.

        A file that several generations share by hard links is read once.
        """
        found = self._survey()
        expected = dict(found.expected(part.bucket))
        read: dict[tuple[int, int], str | None] = {}
        counts = {"altered": 0, "missing": 0, "unreadable": 0, "denied": 0}
        hurt: dict[str, None] = {}
        for name, path in found.files(part.bucket):
            wanted = expected.pop((name, path), None)
            state = self._read(self._roots[name] / path, wanted, read, found.generations[name].list_made)
            if state:
                counts[state] += 1
                hurt[name] = None
        for name, path in expected:
            if not os.path.lexists(self._roots[name] / path) and not self._moved(found, name, path):
                counts["missing"] += 1
                hurt[name] = None
        if not self._folder.is_dir():
            raise gone(self._folder)
        if counts["denied"]:
            raise unreadable(counts["denied"])
        # One word for the bucket: what was altered weighs most.
        word = next((name for name in ("altered", "missing", "unreadable") if counts[name]), None)
        return Damage(part.name, word, tuple(hurt), sum(counts.values())) if word else None

    def _read(self, path: Path, wanted: str | None, read: dict[tuple[int, int], str | None], list_made: float | None = None) -> str:
        """Read one file; empty when it is as it should be, as far as that can be told. What was written after the list is held against nothing."""
        try:
            with os.fdopen(open_plain(path), "rb", buffering=0) as file:
                state = os.fstat(file.fileno())
                place = state.st_dev, state.st_ino
                wanted = None if after_list(list_made, state.st_mtime, self._tomorrow) else wanted
                if place not in read:
                    digest = hashlib.sha256()
                    while chunk := file.read(CHUNK):
                        digest.update(chunk)
                    if state.st_nlink > 1:
                        read[place] = digest.hexdigest()
                    return "altered" if wanted and digest.hexdigest() != wanted else ""
                return "altered" if wanted and read[place] != wanted else ""
        except OSError as error:
            if is_gone(error):
                return "missing" if wanted else ""
            return "unreadable" if is_damage(error) else "denied"

    def read_share(self, turn: int, of: int) -> tuple[Damage, ...] | None:
        """Not needed: the parts can be seen."""
        return None

    def locate(self, damages: Sequence[Damage]) -> tuple[Damage, ...]:
        """Return them as they are: reading told the generations already."""
        return tuple(damages)

    def entries(self, generation: Generation) -> Iterator[Entry]:
        """Yield what a generation holds."""
        for one in walk(self._root(generation)):
            yield one.entry

    def restore(
        self,
        generation: Generation,
        paths: Sequence[str] | None,
        into: Path,
        *,
        bytes_per_second: int | None = None,
        progress: Progress = NO_PROGRESS,
        stop: threading.Event | None = None,
    ) -> None:
        """Copy `paths` below `into`."""
        root = self._root(generation)
        is_wanted = asked_for(paths)
        copy = Copy(into, bytes_per_second, progress, stop, self._survey().generations[generation.id].size if paths is None else 0)
        lost: list[str] = []
        for one in walk(root, lambda path, error: lost.append(path)):
            if not is_wanted(one.path):
                continue
            try:
                copy.take(root / one.path, one)
            except BackupError as error:
                # One file that cannot be read must not cost the others.
                if error.code in ("no-space", "stopped"):
                    raise
                if not self._folder.is_dir():
                    raise gone(self._folder) from error
                lost.append(one.path)
        if lost:
            raise some_lost(len(lost))

    def _root(self, generation: Generation) -> Path:
        if generation.id not in self._roots:
            raise BackupError("failed", "その世代はありません", "there is no such generation")
        return self._roots[generation.id]


def recognise(folder: Path) -> bool:
    """Whether this is a folder with anything in it: every other kind was asked before."""
    try:
        with os.scandir(folder) as listed:
            return any(True for _ in listed)
    except OSError:
        return False


def open_folder(place: str, key: Key, workshop: Path) -> FolderRepository:
    """Open a folder. `BackupError` when it is not there or empty."""
    folder = Path(place)
    try:
        roots = roots_of(folder)
        told = plain_place(folder)
    except OSError as error:
        reason = error.strerror or "?"
        ja, en = f"「{place}」を開けません({reason})", f"{place} cannot be opened ({reason})"
        raise BackupError("unreachable", f"{ja}。つながっているか確かめてください", f"{en}: see that it is connected") from error
    opened = Opened(
        kind="folder", id=told.id, target=told.target, target_kind=told.target_kind, kept_on=told.kept_on, encrypted=False,
        deleters=told.deleters, local=folder,
    )  # fmt: skip
    return FolderRepository(folder, opened, roots, workshop, datetime.now(UTC).replace(tzinfo=None))


def roots_of(folder: Path) -> dict[str, Path]:
    """Return the generations of a place and their folders: folders named like generations that look alike, else the place as one mirror."""
    with os.scandir(folder) as listed:
        names = sorted(one.name for one in listed if one.is_dir(follow_symlinks=False))
    dated = [name for name in names if read_name(name) is not None]
    if are_generations(names) and _alike(folder, dated):
        return {name: folder / name for name in dated}
    return {MIRROR: folder}


def _alike(folder: Path, names: Sequence[str]) -> bool:
    """Whether neighbours hold folders and files of the same names, as copies of one machine do; a single one cannot be told from others."""
    held = [found for name in names[-4:] if (found := _children(folder / name))]
    pairs = list(pairwise(held))
    return not pairs or any(len(one & other) >= _ALIKE * min(len(one), len(other)) for one, other in pairs)


def _children(folder: Path) -> set[str]:
    try:
        with os.scandir(folder) as listed:
            return {one.name.partition(".")[0] for one in listed}  # a new ending makes no other file of it
    except OSError:
        return set()


KIND = Kind(name="folder", programs=(), recognise=recognise, open=open_folder, order=1000)
