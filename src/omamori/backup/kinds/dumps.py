"""A folder of database dumps: each file (or folder of `pg_dump -Fd`) one generation, told apart by the pattern of its name.

Whether a dump is whole: a plain one by its last line, a packed one by its checksum, one of pg_dump's own formats by letting `pg_restore` read
all of it (its output is thrown away; no database is touched). A list of contents alone proves nothing: it stands at the beginning.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from omamori.backup.dump_files import PACK_ERRORS, Dump, read_dump, read_packed
from omamori.backup.generation_names import pattern_of, read_name
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
from omamori.backup.plain_files import CHUNK, Copy, Found, asked_for, gone, is_damage, is_gone, moment, open_plain, walk
from omamori.backup.plain_place import plain_place
from omamori.backup.survey import tomorrow_of, unreadable
from omamori.gate.process import run

_MOST = 20_000
"""Files that are looked at; a folder of dumps has some hundreds."""
_ONE_NIGHT = 36 * 3600.0
_LONGEST_SECONDS = 24 * 3600.0
_WORDS = {"postgresql": "PostgreSQL", "mysql": "MySQL/MariaDB", "oracle": "Oracle", "sqlserver": "SQL Server"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A dump in the folder: its name relative to it, size with all its files, and when the newest of them was written."""

    name: str
    size: int
    files: int
    written: datetime | None
    dump: Dump


class DumpRepository:
    """An open folder of dumps."""

    def __init__(self, folder: Path, opened: Opened, listed: Sequence[Listed], now: datetime) -> None:
        """In: the folder, what it is, the dumps in it, the present moment (UTC)."""
        self.opened = opened
        self._folder = folder
        self._listed = {one.name: one for one in listed}
        self._tomorrow = tomorrow_of(now)

    def generations(self) -> tuple[Generation, ...]:
        """Return every dump, oldest first; `roots` holds what groups them: the product and the pattern of the name."""
        found = [
            Generation(
                one.name, self._finished(one), roots=(_group(one),), files=one.files, size=one.size, complete=one.dump.complete
            )
            for one in self._listed.values()
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda one: (one.finished or datetime.min, one.id)))

    def _finished(self, one: Listed) -> datetime | None:
        """As the dump tells; else by its name; else when the file was written. Copying changes that, so it comes last."""
        for told in (one.dump.made, self._by_name(one), one.written):
            if told is not None and told <= self._tomorrow:
                return told
        return None

    def _by_name(self, one: Listed) -> datetime | None:
        named = read_name(Path(one.name).name)
        if named is None or named.local is None:
            return None
        day = named.local.astimezone(UTC).replace(tzinfo=None)
        # Of a name with a day only the file tells the hour, where it was written then; copied later, it would look younger than it is.
        then = one.written is not None and 0 <= (one.written - day).total_seconds() < _ONE_NIGHT
        return one.written if named.day_only and then else day

    def locks(self) -> tuple[Lock, ...]:
        """A folder of dumps has none."""
        return ()

    def structure(self) -> Structure:
        """Look whether plain dumps end with their line of completion; of others that is told when they are read."""
        cut = [one for one in self._listed.values() if one.dump.complete is False]
        open_ = sum(one.dump.complete is None for one in self._listed.values())
        said = [f"{len(cut)} dumps of {len(self._listed)} end before their line of completion"] if cut else []
        if open_:
            said.append(f"{open_} dumps show only when they are read whether they are whole")
        damages = tuple(Damage(one.name, "cut-short", (one.name,), one.files) for one in cut)
        return Structure(False if cut else None if open_ else True, tuple(said), damages)

    def parts(self) -> tuple[Part, ...]:
        """Return one part for each dump."""
        return tuple(Part(one.name, one.size, _bucket(one.name)) for one in self._listed.values())

    def read_part(self, part: Part) -> Damage | None:
        """Read a dump to its end. `BackupError` when it went away, may not be read, or its program is missing or too old for it."""
        one = self._listed.get(part.name)
        if one is None or not os.path.lexists(self._folder / part.name):
            if not self._folder.is_dir():
                raise gone(self._folder)
            return Damage(part.name, "missing", (part.name,), 1)
        try:
            detail = self._read(one)
        except OSError as error:
            if not is_damage(error):
                raise gone(self._folder) if is_gone(error) else unreadable(1) from error
            detail = "unreadable"
        return Damage(part.name, detail, (one.name,), one.files) if detail else None

    def _read(self, one: Listed) -> str:
        path, dump = self._folder / one.name, one.dump
        if dump.packed:
            try:
                complete, _ = read_packed(path, dump.product if dump.form == "sql" else "")
            except PACK_ERRORS as error:
                if isinstance(error, OSError) and error.errno is not None:
                    raise
                return "cut-short" if isinstance(error, EOFError) else "altered"
            self._listed[one.name] = replace(one, dump=replace(dump, complete=complete if dump.form == "sql" else None))
            return "" if complete else "cut-short"
        if dump.product == "postgresql" and dump.form != "sql":
            detail = _restored_to_nothing(path) or (_tar_end(path) if dump.form == "tar" else "")
            self._listed[one.name] = replace(one, dump=replace(dump, complete=not detail))
            return detail
        for found in walk(path, folders=False) if path.is_dir() else (None,):
            _read_through(path / found.path if found else path)
        return "" if dump.complete is not False else "cut-short"

    def read_share(self, turn: int, of: int) -> tuple[Damage, ...] | None:
        """Not needed: the parts can be seen."""
        return None

    def locate(self, damages: Sequence[Damage]) -> tuple[Damage, ...]:
        """Return them as they are: a dump is its own generation."""
        return tuple(damages)

    def entries(self, generation: Generation) -> Iterator[Entry]:
        """Yield the file or files of a dump, under the pattern of its name: of two generations of one database it is the same path."""
        for found, path in self._files(generation):
            yield replace(found.entry, path=f"/{path}")

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
        """Copy the dump below `into`, under the path that `entries` tells."""
        is_wanted = asked_for(paths)
        copy = Copy(into, bytes_per_second, progress, stop, self._one(generation).size)
        for found, path in self._files(generation):
            if is_wanted(path):
                source = self._folder / found.path
                copy.take(source, replace(found, path=path))

    def _files(self, generation: Generation) -> Iterator[tuple[Found, str]]:
        one = self._one(generation)
        path, shown = self._folder / one.name, pattern_of(Path(one.name).name)
        try:
            state = path.lstat()
        except OSError as error:
            raise gone(self._folder) from error
        if not stat.S_ISDIR(state.st_mode):
            yield Found(one.name, state, "file"), shown
            return
        yield Found(one.name, state, "dir"), shown
        for found in walk(path):
            yield replace(found, path=f"{one.name}/{found.path}"), f"{shown}/{found.path}"

    def _one(self, generation: Generation) -> Listed:
        if generation.id not in self._listed:
            raise BackupError("failed", "その世代はありません", "there is no such generation")
        return self._listed[generation.id]


def _group(one: Listed) -> str:
    database = f" {one.dump.database}" if one.dump.database else ""
    return f"{_WORDS[one.dump.product]}{database}: {pattern_of(Path(one.name).name)}"


def _bucket(name: str) -> int:
    return hashlib.sha256(os.fsencode(name)).digest()[0]


def _read_through(path: Path) -> None:
    with os.fdopen(open_plain(path), "rb", buffering=0) as file:
        while file.read(CHUNK):
            pass


def _restored_to_nothing(path: Path) -> str:
    """Let pg_restore turn an archive into SQL that is thrown away: it reads, unpacks and checks every block. Returns what is wrong with it."""
    program = pg_restore()
    if program is None:
        raise BackupError(
            "program-missing",
            "pg_restore がないため、このダンプを最後まで確かめられません。PostgreSQLのクライアントを入れてください",
            "pg_restore is not here, so that this dump cannot be read to its end: install the PostgreSQL client",
        )
    if path.is_dir() and any(found.kind == "other" for found in walk(path)):
        return "altered"  # pg_dump writes files only; a pipe would keep pg_restore for ever, and a link lead out of the dump
    done = run([program, f"--file={os.devnull}", str(path.absolute())], timeout=_LONGEST_SECONDS, max_output=64 * 1024)
    if done.exit_code == 0:
        return ""
    said = done.stderr.decode("utf-8", "replace")
    if "unsupported version" in said:
        raise BackupError(
            "program-missing",
            "このダンプは、ここにある pg_restore より新しい版で作られています。同じ版か新しい版のPostgreSQLのクライアントを入れてください",
            "this dump was made by a newer version than the pg_restore here: install the PostgreSQL client of that version or a newer one",
        )
    if done.exit_code is None:
        raise BackupError("stopped", "pg_restore が終わりませんでした", "pg_restore did not come to an end")
    if "Permission denied" in said:
        raise unreadable(1)
    return "cut-short" if "end of file" in said or "did not find magic" in said else "altered"


def _tar_end(path: Path) -> str:
    """A tar ends with two empty blocks (POSIX, pax); pg_restore does not look that far."""
    with os.fdopen(open_plain(path), "rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 1024))
        return "" if file.read(1024) == bytes(1024) else "cut-short"


def pg_restore() -> str | None:
    """Return the newest pg_restore of this machine, None where there is none."""
    beside = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_restore"), key=lambda one: _version(one.parent.parent.name))
    return str(beside[-1]) if beside else shutil.which("pg_restore")


def _version(name: str) -> float:
    return float(name) if name.replace(".", "", 1).isdecimal() else 0.0


def listed_in(folder: Path) -> list[Listed]:
    """Return the dumps of a folder and of the folders in it. OSError when it cannot be listed; what cannot be read is no dump."""
    found: list[Listed] = []
    for path in _candidates(folder):
        try:
            state = path.lstat()
            dump = read_dump(path, state.st_size)
        except OSError:
            continue
        if dump is None:
            continue
        inside = [one.state for one in walk(path, folders=False)] if stat.S_ISDIR(state.st_mode) else [state]
        written = max((one.st_mtime for one in inside), default=state.st_mtime)
        found.append(Listed(path.relative_to(folder).as_posix(), sum(one.st_size for one in inside), len(inside), moment(written), dump))
    return found


def _candidates(folder: Path) -> Iterator[Path]:
    """The files of a folder, and of the folders in it; a folder with a table of contents of pg_dump is one dump."""
    count = 0
    for path in sorted(folder.iterdir()):
        count += 1
        if count > _MOST or path.is_symlink():
            continue
        if not path.is_dir() or (path / "toc.dat").is_file():
            yield path
            continue
        try:
            inner = sorted(path.iterdir())
        except OSError:
            continue
        for inside in inner[:_MOST]:
            if not inside.is_symlink() and (not inside.is_dir() or (inside / "toc.dat").is_file()):
                yield inside


def recognise(folder: Path) -> bool:
    """Whether dumps are most of what lies in a folder. A few dumps among many other files are the copy of a machine, not of a database."""
    try:
        paths = [path for path in _candidates(folder) if not path.name.startswith(".")][:_MOST]
    except OSError:
        return False
    some = paths[:: max(1, len(paths) // 200)]
    dumps = sum(1 for path in some if _is_dump(path))
    return bool(dumps) and dumps * 2 >= len(some)


def _is_dump(path: Path) -> bool:
    try:
        return read_dump(path, 1 << 62) is not None
    except OSError:
        return False


def open_dumps(place: str, key: Key, workshop: Path) -> DumpRepository:
    """Open a folder of dumps. `BackupError` when it is not there or holds none."""
    folder = Path(place)
    try:
        listed = listed_in(folder)
        told = plain_place(folder)
    except OSError as error:
        reason = error.strerror or "?"
        ja, en = f"「{place}」を開けません({reason})", f"{place} cannot be opened ({reason})"
        raise BackupError("unreachable", f"{ja}。つながっているか確かめてください", f"{en}: see that it is connected") from error
    if not listed:
        raise BackupError("not-a-repository", f"「{place}」にデータベースのダンプがありません", f"{place} holds no dump of a database")
    opened = Opened(
        kind="dumps", id=told.id, target=told.target, target_kind=told.target_kind, kept_on=told.kept_on, encrypted=False,
        deleters=told.deleters, local=folder,
    )  # fmt: skip
    return DumpRepository(folder, opened, listed, datetime.now(UTC).replace(tzinfo=None))


KIND = Kind(name="dumps", programs=("pg_restore",), recognise=recognise, open=open_dumps, order=500)
