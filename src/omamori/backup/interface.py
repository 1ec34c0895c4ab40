"""What a kind of repository is: one module in `omamori.backup.kinds` with a `KIND`, found by walking the folder.

A repository is only read. Whatever a program wants to write beside it (locks, caches, lists) goes into a workshop folder of ours;
what it restores goes into the folder it is told. Every byte of a repository may come from an attacker.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from omamori.gate.error import GateError

Progress = Callable[[int, int], None]
"""Hears how many bytes (or steps) of how many are done."""
NO_PROGRESS: Progress = lambda done, total: None  # noqa: E731


class BackupError(GateError):
    """A repository cannot be used: `code` is that of `BackupRepository.unreadable_because`, the text says what to do in both languages.

    Codes: wrong-password, unreachable, not-a-repository, program-missing, gone (it was there and went away), no-space, stopped, failed.
    """

    def __init__(self, code: str, ja: str, en: str) -> None:
        """Keep the code and the line in both languages."""
        super().__init__(ja, en)
        self.code = code


@dataclass(frozen=True, slots=True)
class Key:
    """How a repository is opened. The password itself is never held, printed or stored: programs read it from `file` or `environment`.

    `file`: a file with the password. `environment`: what else the program needs (credentials of object storage), passed on as it is.
    """

    file: Path | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Opened:
    """What a repository is. `target` without credentials; `kept_on` a host name or address, None where it is not known.

    `append_only` True or False only where the repository itself or the program that serves it shows it; `append_only_because` says what.
    `deleters`: accounts that can delete its files, as the file system shows them (`root`, `backup`, `everyone`), where it lies in a folder.
    """

    kind: str
    id: str
    target: str
    target_kind: str
    kept_on: str | None = None
    version: str | None = None
    encrypted: bool | None = None
    append_only: bool | None = None
    append_only_because: str | None = None
    deleters: tuple[str, ...] = ()
    local: Path | None = None


@dataclass(frozen=True, slots=True)
class Generation:
    """One run: `finished` in UTC without zone; `roots` the folders it holds, as written; `complete` None where the list does not tell."""

    id: str
    finished: datetime | None
    host: str = ""
    account: str = ""
    roots: tuple[str, ...] = ()
    files: int | None = None
    size: int | None = None
    added: int | None = None
    complete: bool | None = True


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock somebody left or holds: since when (UTC), who (`user@host`), and whether it keeps everybody out."""

    since: datetime | None
    who: str = ""
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Damage:
    """A part that is damaged or missing. `generations` and `files` None: not told (yet); see `Repository.locate`.

    `detail`: missing, altered (its bytes are not those that were written), cut-short, unreadable (the medium gives an error).
    """

    part: str
    detail: str
    generations: tuple[str, ...] | None = None
    files: int | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """Whether the repository's own lists fit together (None: not looked at), and what the program said about it, a line each.

    `damages`: parts found missing or damaged by it, as far as it names them; `Repository.locate` tells what needs them.
    """

    ok: bool | None
    said: tuple[str, ...] = ()
    damages: tuple[Damage, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A file or segment of the repository that is read as one; `bucket` (0 to 255) never changes, so that reading can go round by it."""

    name: str
    size: int
    bucket: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a generation: `path` with slashes and a leading one, `size` in bytes, `modified` in UTC.

    `token`: something cheap that is equal in two generations exactly when the contents are (chunk list, hash); None where there is none.
    `kind`: file, dir or other.
    """

    path: str
    size: int = 0
    modified: datetime | None = None
    kind: str = "file"
    token: bytes | None = None


class Repository(Protocol):
    """An open repository. Every method may raise `BackupError`; none changes a byte of the repository.

    A password is asked for no earlier than it is needed: `Kind.open` succeeds with a wrong one, `generations`, `structure`, `entries` and
    `restore` then raise `wrong-password`, while `opened`, `locks`, `parts` and `read_part` work where the kind allows that.
    """

    @property
    def opened(self) -> Opened:
        """What it is."""

    def generations(self) -> tuple[Generation, ...]:
        """Return every generation, oldest first."""

    def locks(self) -> tuple[Lock, ...]:
        """Return the locks found in it."""

    def structure(self) -> Structure:
        """Look whether its lists fit together, without reading the data."""

    def parts(self) -> tuple[Part, ...]:
        """Return what it consists of; empty where the parts cannot be seen from here (a server far away)."""

    def read_part(self, part: Part) -> Damage | None:
        """Read a part to its last byte and compare; None when it is as it was written. Needs no password where the kind allows that."""

    def read_share(self, turn: int, of: int) -> tuple[Damage, ...] | None:
        """Where `parts` is empty: let the program read the `turn`-th (from 0) of `of` shares; None where it cannot."""

    def locate(self, damages: Sequence[Damage]) -> tuple[Damage, ...]:
        """Return the damages with the generations and number of files that need these parts, where that can be told."""

    def entries(self, generation: Generation) -> Iterator[Entry]:
        """Yield what a generation holds; a million of them must not fill the memory."""

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
        """Restore `paths` (files or whole folders; None: all) below `into`, which is empty and ours: `/a/b` comes to `into/a/b`.

        `BackupError("failed")` also when only some files could not be restored: what could be then lies in `into`.
        """


@runtime_checkable
class Newest(Protocol):
    """A repository that gives its newest generation and what it holds in one go; every start of a program costs half a second of key stretching."""

    def newest(self) -> tuple[Generation, Iterator[Entry]]:
        """Return the newest generation and its entries, as `generations` and `entries` would. `BackupError("failed")` where there is none."""


@runtime_checkable
class Compares(Protocol):
    """A repository that tells which files differ in their contents between two generations, without reading the contents."""

    def changed(self, older: Generation, newer: Generation) -> Iterator[tuple[str, str]]:
        """Yield (path, what): new, gone or altered. Files of which only time, owner or mode differ are left out."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of repository. `recognise` looks at what lies in a folder; `schemes` are beginnings of places that are no folder (`sftp:`)."""

    name: str
    programs: tuple[str, ...]
    recognise: Callable[[Path], bool]
    open: Callable[[str, Key, Path], Repository]
    """Place, key, workshop folder (ours, empty, private) -> the open repository. `BackupError` when it cannot be opened."""
    schemes: tuple[str, ...] = ()
    order: int = 100
    """Smaller is asked first: a plain folder is the last."""
