"""restic repositories (0.14 and later), in a folder or far away. restic runs without a lock and writes nothing into them."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from omamori.backup import place as places
from omamori.backup import restic_locate, restic_restore, restic_words
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
from omamori.backup.restic_check import read_share, structure
from omamori.backup.restic_command import Restic, call, gone, unreachable
from omamori.backup.restic_parts import holds_no_file, index_names, is_name, list_locks, list_parts, read_part

_SCHEMES = ("sftp:", "rest:", "s3:", "b2:", "azure:", "gs:", "swift:", "rclone:")
_OBJECT_STORES = ("s3:", "b2:", "azure:", "gs:", "swift:")
_SHARES = 256
_LOCKS_ASKED = 8
"""Locks that are opened to see whose they are, oldest first: each costs a start of restic."""
_HOST = re.compile(r"(?:sftp:(?://)?(?:[^@/]*@)?|rest:https?://(?:[^@/]*@)?)(\[[0-9A-Fa-f:.]+\]|[^:/]+)")
_CHANGES = {"+": "new", "-": "gone", "M": "altered", "T": "altered"}


class ResticRepository:
    """See `omamori.backup.interface.Repository`; beside it `Newest` and `Compares`."""

    def __init__(self, restic: Restic) -> None:
        """Take how restic is called; nothing is run yet."""
        self._restic = restic
        self._index: frozenset[str] = frozenset()

    @cached_property
    def opened(self) -> Opened:
        """What it is. `id` is restic's own; with a password that does not fit, the beginning of the hash of the encrypted `config`."""
        restic = self._restic
        local = restic.local
        config: dict[str, Any] = {}
        try:
            config = self._config()
        except BackupError as error:
            if error.code != "wrong-password" or local is None:
                raise
        target_kind, kept_on = places.where(local) if local is not None else _far(restic.place)
        name = config.get("id") if isinstance(config.get("id"), str) else None
        version = config.get("version")
        return Opened(
            kind="restic",
            id=name or f"config-{hashlib.sha256((local / 'config').read_bytes()).hexdigest()[:16]}" if local is not None else str(name),
            target=places.without_credentials(restic.place),
            target_kind=target_kind,
            kept_on=kept_on,
            version=str(version) if isinstance(version, int) else None,
            encrypted=True,
            deleters=places.deleters(local, local / "data", local / "snapshots") if local is not None else (),
            local=local,
        )

    def generations(self) -> tuple[Generation, ...]:
        """Return every generation, oldest first; one whose file cannot be read comes first, without a moment and not complete."""
        done = self._restic.run("snapshots", "--json")
        found = restic_words.read_snapshots(done.stdout) if done.exit_code == 0 else None
        if found is None:
            raise self._restic.failed(done)
        local = self._restic.local
        known = {generation.id for generation in found}
        there = (
            [part.name.rpartition("/")[2] for part in list_parts(local) if part.name.startswith("snapshots/")] if local is not None else []
        )
        lost = tuple(Generation(name, None, complete=False) for name in there if name not in known)
        return lost + found

    def newest(self) -> tuple[Generation, Iterator[Entry]]:
        """Return the newest generation and its entries with one start of restic.

        Where one snapshot file is damaged, restic finds no newest one: then the list of all is asked.
        """
        lines = self._list("latest")
        first = next(lines, None)
        if first is None and (left := [generation for generation in self.generations() if generation.finished is not None]):
            lines = self._list(left[-1].id)
            first = next(lines, None)
        if not isinstance(first, Generation):
            raise BackupError("failed", "この保存先には世代がありません", "this repository holds no generation")
        return first, (line for line in lines if isinstance(line, Entry))

    def locks(self) -> tuple[Lock, ...]:
        """Return the locks; whose they are only where the password fits."""
        local = self._restic.local
        found = list(list_locks(local)) if local is not None else [(name, Lock(None)) for name in self._lock_names()]
        told = []
        for number, (name, lock) in enumerate(found):
            known = self._lock(name) if number < _LOCKS_ASKED else None
            told.append(known or lock)
        return tuple(told)

    def structure(self) -> Structure:
        """Let restic compare its lists with each other and with the names and sizes of the packs; every folder list is read."""
        return structure(self._restic, [part.name for part in self.parts()])

    def parts(self) -> tuple[Part, ...]:
        """Return its files; empty where it is far away."""
        if self._restic.local is None:
            return ()
        with self._near():
            self._index = index_names(self._restic.local)
            return list_parts(self._restic.local)

    def read_part(self, part: Part) -> Damage | None:
        """Read a file and compare its SHA-256 with its name; needs no password and starts no program."""
        if self._restic.local is None:
            return None
        return read_part(self._restic.local, part, self._index or index_names(self._restic.local))

    def read_share(self, turn: int, of: int) -> tuple[Damage, ...] | None:
        """Let restic read the packs of one share (at most 256); the same packs fall into the same share each time."""
        return read_share(self._restic, turn, min(of, _SHARES))

    def locate(self, damages: Sequence[Damage]) -> tuple[Damage, ...]:
        """Return the damages with the generations and number of files that need these parts."""
        if not damages:
            return ()
        return restic_locate.locate(self._restic, damages, self.generations())

    def entries(self, generation: Generation) -> Iterator[Entry]:
        """Yield what a generation holds."""
        return (line for line in self._list(generation.id) if isinstance(line, Entry))

    def changed(self, older: Generation, newer: Generation) -> Iterator[tuple[str, str]]:
        """Yield (path, new, gone or altered); see `omamori.backup.interface.Compares`."""
        with self._restic.stream("diff", "--json", older.id, newer.id) as running:
            for path, modifier in restic_words.read_changes(running.lines()):
                what = next((word for sign, word in _CHANGES.items() if sign in modifier), None)
                if what is not None:
                    yield path, what
            done = running.end()
        self._restic.judge_opening(done)
        # A folder list that cannot be read is only mentioned; what differs below it is then not told.
        if done.exit_code != 0 or b"error:" in done.stderr:
            raise self._restic.failed(done)

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
        """Restore below `into` with one start of restic (more than some thousand paths take several)."""
        restic_restore.restore(self._restic, generation, paths, into, bytes_per_second, progress, stop)

    def _list(self, name: str) -> Iterator[Entry | Generation]:
        with self._restic.stream("ls", "--json", name) as running:
            for line in running.lines():
                read = restic_words.read_line(line)
                if read is not None:
                    yield read
            done = running.end()
        self._restic.judge_opening(done)
        if done.exit_code != 0:
            raise self._restic.failed(done)

    def _config(self) -> dict[str, Any]:
        done = self._restic.run("cat", "config")
        if done.exit_code != 0:
            raise self._restic.failed(done)
        try:
            read = json.loads(done.stdout)
        except (ValueError, RecursionError):
            read = None
        return read if isinstance(read, dict) else {}

    def _lock_names(self) -> list[str]:
        return [line for line in self._restic.run("list", "locks").stdout.decode("ascii", "replace").split() if is_name(line)]

    def _lock(self, name: str) -> Lock | None:
        try:
            return restic_words.read_lock(self._restic.run("cat", "lock", name).stdout)
        except BackupError as error:
            if error.code != "wrong-password":
                raise
            return None

    @contextmanager
    def _near(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if self._restic.gone():
                raise gone(self._restic.place) from error
            raise BackupError(
                "unreachable", f"保存先を読めません({error.strerror})", f"the repository cannot be read ({error.strerror})"
            ) from error


def _far(place: str) -> tuple[str, str | None]:
    if place.startswith(_OBJECT_STORES):
        return "object-storage", None
    host = _HOST.match(place)
    return ("remote-host", host[1].strip("[]")) if host is not None else ("unknown", None)


def _recognise(folder: Path) -> bool:
    """Whether a folder is a repository: a `config` file and the folders every repository has."""
    return (folder / "config").is_file() and all((folder / name).is_dir() for name in ("data", "index", "keys", "snapshots"))


def _open(place: str, key: Key, workshop: Path) -> ResticRepository:
    restic = call(place, key, workshop)
    if restic.local is not None and not (restic.local / "config").is_file():
        raise unreachable(place)
    if restic.local is not None and _waits_for_ever(restic.local):
        raise BackupError(
            "failed",
            "保存先の中に、ファイルでないもの(パイプなど)が restic のファイルの名前で置かれています。だれが置いたか確かめてください。読むと終わらないため、読んでいません",
            "something that is no file (a pipe or the like) lies in the repository under a name of restic's: find out who put it there. "
            "Reading it would never end, so it was not read",
        )
    return ResticRepository(restic)


def _waits_for_ever(folder: Path) -> bool:
    try:
        return holds_no_file(folder)
    except OSError:
        return False  # what cannot be listed is told by whatever reads it


KIND = Kind(name="restic", programs=("restic",), recognise=_recognise, open=_open, schemes=_SCHEMES, order=10)
