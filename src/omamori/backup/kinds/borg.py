"""BorgBackup repositories of version 1.x (borg 1.2 and 1.4), in a folder or behind ssh://.

borg takes locks and writes lists wherever it works, so on a folder it never works on the repository itself but on a shadow made of links
in the workshop. Integrity is read by us, from the segments.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from omamori.backup import borg_locate, borg_parts, borg_restore, borg_words
from omamori.backup import place as places
from omamori.backup.borg_command import Borg, call
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
from omamori.backup.restic_command import gone, unreachable

_HOST = re.compile(r"ssh://(?:[^@/]*@)?(\[[0-9A-Fa-f:.]+\]|[^:/]+)")
_FEW = 100
"""Paths that are looked for without asking first which of them are folders."""
_ARCHIVE_KEYS = "{name}{start}{end}{hostname}{username}{command_line}"


class BorgRepository:
    """See `omamori.backup.interface.Repository`; beside it `Newest` and `Compares`."""

    def __init__(self, borg: Borg) -> None:
        """Take how borg is called; nothing is run yet."""
        self._borg = borg
        self._prepared_for: int | None = -1
        self._state: int | None = None

    @cached_property
    def opened(self) -> Opened:
        """What it is; for a repository in a folder no program is started and no password needed."""
        local = self._borg.local
        if local is None:
            listing = self._listing
            host = _HOST.match(self._borg.place)
            return Opened(
                kind="borg",
                id=listing.repository,
                target=self._borg.place,
                target_kind="remote-host",
                kept_on=host[1].strip("[]") if host is not None else None,
                encrypted=listing.encryption not in ("none", "", "authenticated", "authenticated-blake2") if listing.encryption else None,
            )
        with self._near():
            settings = borg_parts.read_settings(local)
            if settings is None:
                raise unreachable(self._borg.place)
            only, because = borg_parts.append_only(local, settings)
            target_kind, kept_on = places.where(local)
            return Opened(
                kind="borg",
                id=settings.id,
                target=str(self._borg.place),
                target_kind=target_kind,
                kept_on=kept_on,
                version=settings.version,
                encrypted=borg_parts.encrypted(local),
                append_only=only,
                append_only_because=because,
                deleters=places.deleters(local, local / "data"),
                local=local,
            )

    def generations(self) -> tuple[Generation, ...]:
        """Return every archive, oldest first; what an interrupted run left (a checkpoint) is not complete."""
        return self._listing.generations

    def newest(self) -> tuple[Generation, Iterator[Entry]]:
        """Return the newest archive and its entries; borg takes two starts for it, which cost little."""
        whole = [generation for generation in self.generations() if generation.complete]
        if not whole:
            raise BackupError("failed", "この保存先には世代がありません", "this repository holds no generation")
        return whole[-1], self.entries(whole[-1])

    def locks(self) -> tuple[Lock, ...]:
        """Return the locks; of a repository behind ssh:// they cannot be seen."""
        local = self._borg.local
        if local is None:
            return ()
        with self._near():
            return borg_parts.locks(local)

    def structure(self) -> Structure:
        """Compare borg's own lists with the segments there are, and let borg go over the list of files of every archive (in the shadow).

        Behind ssh:// borg would write into the repository for that: not looked at.
        """
        local = self._borg.local
        if local is None:
            return Structure(None)
        with self._near():
            settings = borg_parts.read_settings(local)
            lacking = borg_parts.missing(local, settings) if settings is not None else None
        self._prepare()
        done = self._borg.run("check", "--archives-only")
        said = borg_words.shown_lines(done.stderr)
        if done.exit_code == 0 and not lacking:
            return Structure(True if lacking is not None else None, said)
        if lacking or done.exit_code == 1 or b"IntegrityError" in done.stderr or b"ObjectNotFound" in done.stderr:
            return Structure(False, said, lacking or ())
        raise self._borg.failed(done)

    def parts(self) -> tuple[Part, ...]:
        """Return its segments; empty behind ssh://."""
        local = self._borg.local
        if local is None:
            return ()
        with self._near():
            self._state = borg_parts.transaction(local)
            return borg_parts.list_parts(local)

    def read_part(self, part: Part) -> Damage | None:
        """Read a segment and compare every entry with its checksum; needs no password and starts no program."""
        local = self._borg.local
        if local is None:
            return None
        damage = borg_parts.read_part(local, part, self._state)
        if self._borg.gone():
            raise gone(self._borg.place)
        return damage

    def read_share(self, turn: int, of: int) -> tuple[Damage, ...] | None:
        """Return None: behind ssh:// borg reads all of it only while it holds a lock there."""
        return None

    def locate(self, damages: Sequence[Damage]) -> tuple[Damage, ...]:
        """Return the damages with the generations and number of files that need the entries that are damaged."""
        if not damages:
            return ()
        self._prepare()
        local = self._borg.local
        try:
            listing = self._listing
        except BackupError as error:
            if error.code == "failed" and local is not None and borg_locate.no_list(local, damages):
                return tuple(damages)
            raise
        return borg_locate.locate(self._borg, damages, listing.generations, listing.names)

    def entries(self, generation: Generation) -> Iterator[Entry]:
        """Yield what an archive holds; `token` is made of the pieces its contents lie in, which borg names after what they hold.

        Equal tokens mean equal contents. Contents can be equal under another token after a change of how borg cuts files. Behind ssh://
        borg shows no pieces without a lock: no tokens.
        """
        self._prepare()
        far = self._borg.local is None
        words = ("list", "--json-lines") if far else ("debug", "dump-archive")
        with self._borg.stream(*words, f"::{self._name(generation)}", *(() if far else ("-",))) as running:
            if far:
                yield from (entry for line in running.lines() if (entry := borg_words.read_line(line)) is not None)
            else:
                yield from (item.entry for item in borg_words.read_archive(running.lines()) if isinstance(item, borg_words.Item))
            done = running.end()
        self._borg.judge_opening(done)
        if done.exit_code not in (0, 1):
            raise self._borg.failed(done)

    def changed(self, older: Generation, newer: Generation) -> Iterator[tuple[str, str]]:
        """Yield (path, new, gone or altered); see `omamori.backup.interface.Compares`. Keeps a hash of the name and a token for each file of the older one.

        Behind ssh:// there are no tokens; size and time are compared, which overlooks a change that keeps both.
        """
        before = {hash(entry.path): _contents(entry) for entry in self.entries(older) if entry.kind == "file"}
        for entry in self.entries(newer):
            if entry.kind != "file":
                continue
            name = hash(entry.path)
            if name not in before:
                yield entry.path, "new"
            elif before.pop(name) != _contents(entry):
                yield entry.path, "altered"
        if before:
            yield from ((entry.path, "gone") for entry in self.entries(older) if entry.kind == "file" and hash(entry.path) in before)

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
        """Restore below `into`. Where borg meets damaged data it ends, and what it had not come to yet is not restored."""
        self._prepare()
        folders = None
        if paths is not None and len(paths) > _FEW:
            wanted = set(paths)
            folders = {entry.path for entry in self.entries(generation) if entry.kind == "dir" and entry.path in wanted}
        name = self._listing.names.get(generation.id, generation.id)
        borg_restore.restore(self._borg, name, paths, folders, into, bytes_per_second, progress, generation.size or 0, stop)

    @cached_property
    def _listing(self) -> borg_words.Listing:
        self._prepare()
        done = self._borg.run("list", "--json", "--consider-checkpoints", "--format", _ARCHIVE_KEYS)
        if done.exit_code not in (0, 1):
            # Some archive's own entry is damaged: the manifest alone lists them too, with less about each.
            done = self._borg.run("list", "--json", "--consider-checkpoints")
        found = borg_words.read_listing(done.stdout) if done.exit_code in (0, 1) else None
        if found is None:
            raise self._borg.failed(done)
        return found

    def _name(self, generation: Generation) -> str:
        return borg_restore.quoted(self._listing.names.get(generation.id, generation.id))

    def _prepare(self) -> None:
        """Make the shadow, and make it anew when borg wrote into the repository meanwhile."""
        local = self._borg.local
        if local is None:
            return
        state = borg_parts.transaction(local)
        if self._borg.gone():
            raise gone(self._borg.place)
        if state != self._prepared_for:
            self._borg.prepare()
            self._prepared_for = state

    @contextmanager
    def _near(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if self._borg.gone():
                raise gone(self._borg.place) from error
            raise BackupError(
                "unreachable", f"保存先を読めません({error.strerror})", f"the repository cannot be read ({error.strerror})"
            ) from error


def _contents(entry: Entry) -> object:
    return entry.token if entry.token is not None else (entry.size, entry.modified)


def _recognise(folder: Path) -> bool:
    """Whether a folder is a repository: its settings and the folder of the segments."""
    try:
        return (folder / "data").is_dir() and (folder / "config").is_file() and borg_parts.read_settings(folder) is not None
    except OSError:
        return False


def _open(place: str, key: Key, workshop: Path) -> BorgRepository:
    borg = call(place, key, workshop)
    if borg.local is not None and not (borg.local / "config").is_file():
        raise unreachable(place)
    return BorgRepository(borg)


KIND = Kind(name="borg", programs=("borg",), recognise=_recognise, open=_open, schemes=("ssh://",), order=11)
