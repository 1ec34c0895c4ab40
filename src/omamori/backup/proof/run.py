"""Restores batch after batch into the room of a proof, hashes what came back, compares, wipes, and keeps count."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

from omamori.backup.interface import BackupError, Entry, Generation, Progress, Repository
from omamori.backup.proof.batches import Batch, Batches, Choice, Listed, read_listing
from omamori.backup.proof.hashing import Hashed, hash_tree
from omamori.backup.proof.journal import Sofar
from omamori.backup.proof.manifest import NAME, Manifest, Prefix, lines_of, read_manifest, some_names
from omamori.backup.proof.postgres import Question, looks_like_dump, try_dump
from omamori.backup.proof.scratch import Room, free_bytes

_RESERVE = 48 * 1024 * 1024
"""Bytes of the scratch place that are never used: a full disk would stop the server too."""
_LARGEST_LIST = 1 << 30
"""Bytes of a list inside a backup that is read: some ten million files, and 48 bytes of memory for each. It is the backup's word, and may be anybody's."""
_LOOK = 0.1
_BROKEN_OFF = ("stopped", "no-space", "gone", "unreachable", "wrong-password", "program-missing", "not-a-repository")


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """What is to be proven. `space`: bytes a batch may take; `entries`: the listing, where it already runs.

    `manifest`: the list of hashes a person gave; `dump`: path in the backup, empty: found by its form.
    """

    repository: Repository
    generation: Generation
    choice: Choice
    space: int
    entries: Iterator[Entry] | None = None
    rate: int | None = None
    manifest: Path | None = None
    database: bool = False
    dump: str = ""
    question: Question | None = None


@dataclass(slots=True)
class Came:
    """What came of it, while it runs. `because`: why it is not all; `listed` None: it did not come so far; `choice`: what was taken in the end."""

    done: Sofar
    listed: Listed | None = None
    choice: Choice | None = None
    manifest: Manifest | None = None
    inside: bool = False
    absent: int = 0
    too_large: int = 0
    because: str | None = None
    broken: BackupError | None = None
    dumps: int = 0
    wiped: bool = True


@dataclass(frozen=True, slots=True)
class Heard:
    """Whom to tell: `step` a name of a step and the number of the batch, `progress` bytes, `kept` after each batch."""

    step: Callable[[str, int], None] = lambda name, batch: None
    progress: Progress = lambda done, total: None
    kept: Callable[[Sofar], None] = lambda done: None


@dataclass(slots=True)
class _Watch:
    """Ends the work when it was asked to, or when the scratch place is nearly full."""

    stop: threading.Event
    full: bool = False
    ended: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def over(self, room: Room, asked: threading.Event) -> Iterator[None]:
        """Watch while the block runs."""

        def look() -> None:
            while not self.ended.wait(_LOOK):
                try:
                    self.full = self.full or free_bytes(room.folder) < _RESERVE
                except OSError:
                    self.full = True
                if asked.is_set() or self.full:
                    self.stop.set()

        thread = threading.Thread(target=look, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.ended.set()
            thread.join()


def prove_job(job: Job, room: Room, came: Came, heard: Heard, asked: threading.Event) -> None:
    """Do it, counting in `came`, which holds what was done also when this is broken off. Raises OSError when the scratch place cannot be written."""
    watch = _Watch(threading.Event())
    try:
        with watch.over(room, asked):
            _prove(job, room, came, heard, watch.stop, lambda: watch.stop.is_set() or asked.is_set())
    except BackupError as error:
        came.because, came.broken = error.code, error
    except OSError:
        if not (watch.full or free_bytes(room.folder) < _RESERVE):
            raise
        came.because = "no-space"
    if came.because is not None and watch.full and not asked.is_set():
        came.because, came.broken = "no-space", _no_space(0, 0)
    elif came.because is not None and asked.is_set():
        came.because = "stopped"
    came.wiped = room.empty() and came.wiped


def _prove(job: Job, room: Room, came: Came, heard: Heard, stop: threading.Event, halted: Callable[[], bool]) -> None:
    heard.step("list", 0)
    spool = room.folder / "wanted"
    choice, entries = job.choice, job.entries
    listed, prefix = _list(job, choice, entries, spool, stop)
    if listed.files and not listed.wanted_files and not choice.everything:
        choice = choice.moved(listed)
        listed, prefix = _list(job, choice, None, spool, stop)
    came.listed, came.choice = listed, choice
    batches = Batches(listed, job.space)
    planned = batches.read(spool)
    first = next(planned, None)
    given = job.manifest
    inside = min(listed.manifests, key=lambda path: (path.count("/"), path), default=None) if given is None else None
    if given is not None:
        with given.open("rb") as lines:
            came.manifest = read_manifest(lines_of(lines), prefix)
    elif inside is not None and (first is None or first.paths is not None or came.done.batches):
        _bring_manifest(job, room, came, inside, stop)
    number = 0
    batch = first
    while batch is not None:
        if halted():
            raise _stopped()
        number += 1
        if number > came.done.batches:
            _one(job, room, came, heard, stop, batch, number, inside)
        batch = next(planned, None)
    came.too_large = batches.too_large
    came.inside = came.manifest is not None and given is None
    if came.manifest is not None:
        newest = listed.newest.replace(tzinfo=UTC).timestamp() if listed.newest is not None else None
        # What an outdated list names may have been renamed or deleted before the backup was made.
        came.absent = 0 if came.manifest.older_than(newest) else came.manifest.absent(listed.words, choice.begin, choice.end)


def _list(job: Job, choice: Choice, entries: Iterator[Entry] | None, spool: Path, stop: threading.Event) -> tuple[Listed, str]:
    names: frozenset[str] = frozenset()
    if job.manifest is not None:
        with job.manifest.open("rb") as lines:
            names = some_names(lines_of(lines))
    prefix = Prefix(names)

    def hear(path: str) -> None:
        if stop.is_set():
            raise _stopped()
        if names:
            prefix.hear(path)

    listed = read_listing(entries or job.repository.entries(job.generation), choice, spool, manifest_name=NAME, heard=hear)
    return listed, prefix.found()


def _bring_manifest(job: Job, room: Room, came: Came, inside: str, stop: threading.Event) -> None:
    try:
        job.repository.restore(job.generation, [inside], room.restored, stop=stop)
    except BackupError as error:
        if error.code != "failed":
            raise
    came.manifest = _manifest_in(room, inside)
    came.wiped = room.empty() and came.wiped


def _manifest_in(room: Room, inside: str) -> Manifest | None:
    """Read the list that came back with the files; None when it did not, or is no ordinary file."""
    path = room.restored / inside.lstrip("/")
    try:
        if (
            path.is_symlink()
            or not path.is_file()
            or path.stat().st_size > _LARGEST_LIST
            or any(above.is_symlink() for above in path.parents if above.is_relative_to(room.folder))
        ):
            return None
        with path.open("rb") as lines:
            found = read_manifest(lines_of(lines), inside.rpartition("/")[0])
        found.made = path.stat().st_mtime
        return found
    except OSError:
        return None


def _one(job: Job, room: Room, came: Came, heard: Heard, stop: threading.Event, batch: Batch, number: int, inside: str | None) -> None:
    free = free_bytes(room.folder)
    if batch.bytes + _RESERVE > free:
        raise _no_space(batch.bytes, free)
    heard.step("restore", number)
    began = time.monotonic()
    trouble = ""
    try:
        job.repository.restore(job.generation, batch.paths, room.restored, bytes_per_second=job.rate, progress=heard.progress, stop=stop)
    except BackupError as error:
        if error.code in _BROKEN_OFF or stop.is_set():
            raise
        trouble = error.code
    restored = time.monotonic()
    heard.step("compare", number)
    if came.manifest is None and inside is not None:
        came.manifest = _manifest_in(room, inside)
    counted = _compare(room, came.manifest, inside, heard, stop, batch)
    if stop.is_set():
        raise _stopped()
    ended = time.monotonic()
    done = came.done
    done.batches = number
    done.files += counted.files
    done.same += counted.same
    done.differ += counted.differ
    done.uncompared += counted.uncompared
    done.lacking += max(0, batch.files - counted.files)
    done.bytes += counted.bytes
    done.seconds += ended - began
    done.restore_seconds += restored - began
    done.trouble = done.trouble or trouble
    if job.database:
        _database(job, room, came, counted, heard, stop)
    came.wiped = room.empty() and came.wiped
    heard.kept(done)


@dataclass(slots=True)
class _Counted:
    files: int = 0
    same: int = 0
    differ: int = 0
    uncompared: int = 0
    bytes: int = 0
    dumps: list[str] = field(default_factory=list)


def _compare(room: Room, manifest: Manifest | None, inside: str | None, heard: Heard, stop: threading.Event, batch: Batch) -> _Counted:
    counted = _Counted()

    def progress(more: int) -> None:
        counted.bytes += more
        heard.progress(counted.bytes, max(batch.bytes, counted.bytes))

    for one in hash_tree(room.restored, stop=stop, heard=progress, restored=True):
        if one.sha256 is not None:  # what cannot be read has not come back
            counted.files += 1
            _held_against(counted, one, manifest, inside)
    return counted


def _held_against(counted: _Counted, one: Hashed, manifest: Manifest | None, inside: str | None) -> None:
    path = f"/{one.path}"
    if looks_like_dump(one.head) or one.path.endswith("/toc.dat"):
        counted.dumps.append(one.path)
    if path == inside:
        return
    expected = manifest.digest(path) if manifest is not None else None
    if expected is None:
        counted.uncompared += 1
    elif expected == one.sha256:
        counted.same += 1
    elif manifest is not None and manifest.older_than(one.modified):
        counted.uncompared += 1
    else:
        counted.differ += 1


def _database(job: Job, room: Room, came: Came, counted: _Counted, heard: Heard, stop: threading.Event) -> None:
    came.dumps += len(counted.dumps)
    wanted = job.dump.strip("/")
    if came.done.database is not None or (not wanted and len(counted.dumps) != 1):
        return
    dump = room.restored / (wanted or counted.dumps[0])
    if not wanted and dump.name == "toc.dat":
        dump = dump.parent
    if any(part.is_symlink() for part in (dump, *dump.parents) if part.is_relative_to(room.folder)) or not dump.exists():
        return
    if not dump.resolve().is_relative_to(room.restored.resolve()):
        return
    heard.step("database", 0)
    came.done.database = try_dump(dump, room.database, job.question, stop=stop, space=job.space)


def _stopped() -> BackupError:
    return BackupError("stopped", "止めました", "stopped")


def _no_space(need: int, free: int) -> BackupError:
    told = f"({need / 1e9:.1f} GB 要るところ、空きは {free / 1e9:.1f} GB)" if need else ""
    said = f" ({need / 1e9:.1f} GB needed, {free / 1e9:.1f} GB free)" if need else ""
    return BackupError(
        "no-space",
        f"作業場所の空きが足りません{told}。--space を小さくするか、空きのある場所を承認してください",
        f"the scratch place has too little room{said}: give a smaller --space, or approve a place with more room",
    )
