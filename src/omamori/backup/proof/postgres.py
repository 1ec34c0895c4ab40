"""Starts a private PostgreSQL on a restored dump, asks it one question and takes it away again. No TCP, no account of the hospital, no data kept.

A dump is a program: what it says is done by a role that may not leave its database (no superuser: no files, no programs of the server),
in a server that runs under an account without rights, and plain SQL is sent to that server itself: psql, which acts on words of its own in
what it reads, never sees it.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import stat
import sys
import tempfile
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from omamori.backup.proof.record import Database
from omamori.backup.proof.sql_filter import HostileDumpError, copy_data, statements
from omamori.gate.database import RefusedError, session
from omamori.gate.error import GateError
from omamori.gate.process import Completed, run

_ACCOUNTS = ("nobody", "postgres")
"""Whom the server runs as when we are root (it refuses to run as root): first one that owns no database of this machine."""
_OF_A_SHELL = frozenset("'\"`$\\\n")
_ROLE, _NAME = "omamori", "proof"
_SOCKET_ROOM = 80
"""Longest folder of a socket: with the socket's name it must stay below 108 bytes."""
_HOURS = 12 * 3600.0
_SOCKET_NAME = ".s.PGSQL.5432"
_DISK_FULL = "53100"
_LINE = 64 * 1024 * 1024 + 1
_GZIP = b"\x1f\x8b"
_CODES = MappingProxyType({GateError: "program-missing", HostileDumpError: "commands-in-dump"})
_OF_THE_DUMP = ("not-restored", "query-failed")
"""What speaks of the dump itself; everything else (no program here, no room, stopped) does not."""
_PLAIN = (b"-- PostgreSQL database", b"--\n-- PostgreSQL database", b"--\r\n-- PostgreSQL database")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the database, and what it must answer: `expect` the answer itself, `min_rows` at least so many lines."""

    query: str
    expect: str | None = None
    min_rows: int | None = None


class DatabaseError(Exception):
    """The database could not be tried: the code is stored, never what was printed."""


def looks_like_dump(head: bytes) -> bool:
    """Return whether the first bytes of a file are those of a dump of PostgreSQL (custom format, or plain)."""
    return head.startswith((b"PGDMP", *_PLAIN))


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest there is; None where there is none."""
    found = [folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "initdb").is_file()]
    if found:
        return max(found, key=lambda folder: _number(folder.parent.name))
    there = shutil.which("initdb")
    return Path(there).resolve().parent if there else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def try_dump(dump: Path, place: Path, question: Question | None, *, stop: threading.Event, space: int) -> Database:
    """Restore a dump into a server of its own in `place` (made here), ask, stop it. In: `space`: most bytes a plain dump may unpack to.

    `dump` may be moved into `place`: it is a restored copy, whose hash was taken. The answer itself is neither kept nor told.
    """
    digest = hashlib.sha256(question.query.encode()).hexdigest() if question else None
    bin_folder = programs()
    if bin_folder is None or sys.platform == "win32":
        return Database("postgresql", "", False, digest, None, None, "program-missing")
    version = ""
    started = False
    try:
        server = _Server(bin_folder, place, stop)
        version = server.version()
        with server.running():
            started = True
            server.load(dump, space)
            expected, said = server.ask(question) if question else (None, "restored")
    except (DatabaseError, GateError, OSError, HostileDumpError) as error:
        code = str(error) if isinstance(error, DatabaseError) else _CODES.get(type(error), "failed")
        return Database("postgresql", version, started, digest, None, False if code in _OF_THE_DUMP else None, code)
    return Database("postgresql", version, True, digest, expected, expected is not False, said)


class _Server:
    """A server in a folder, with its socket, its account and its programs."""

    def __init__(self, programs: Path, place: Path, stop: threading.Event) -> None:
        self._programs, self._place, self._stop = programs, place, stop
        self._owner = _account() if _is_root() else None
        self._socket = place / "s"
        self._data = place / "data"

    def version(self) -> str:
        said = self._run("postgres", "--version", timeout=30).stdout.decode("utf-8", "replace")
        found = re.search(r"\d+(?:\.\d+)*", said)
        return found[0] if found else ""

    @contextmanager
    def running(self) -> Iterator[None]:
        """Make, start and, at the end, stop it, whatever happened."""
        if _OF_A_SHELL & set(str(self._place)):
            raise DatabaseError("place-name")  # pg_ctl starts the server through a shell, with these paths in its words
        self._place.mkdir(mode=0o700)
        with self._reachable(), self._short_socket():
            self._give(self._place)
            made = self._run(
                "initdb", "-D", str(self._data), "-A", "trust", "-U", "owner", "-E", "UTF8", "--no-sync", "--locale=C", timeout=300
            )
            _must(made, "initdb")
            options = (
                f"-c listen_addresses='' -c unix_socket_directories='{self._socket}' -c unix_socket_permissions=0700 -c fsync=off"
                " -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c archive_mode=off -c logging_collector=off -c log_statement=none"
                # Shared memory as files of ours, which are wiped; nothing of a hostile dump is done by the server on its own, as its owner.
                " -c port=5432 -c dynamic_shared_memory_type=mmap -c autovacuum=off"
            )
            try:
                _must(
                    self._run(
                        "pg_ctl",
                        "-D",
                        str(self._data),
                        "-w",
                        "-t",
                        "60",
                        "-o",
                        options,
                        "-l",
                        str(self._place / "log"),
                        "start",
                        timeout=90,
                    ),
                    "start",
                )
                self._sql("postgres", "owner", f"CREATE ROLE {_ROLE} LOGIN")
                self._sql("postgres", "owner", f"CREATE DATABASE {_NAME} OWNER {_ROLE} TEMPLATE template0")
                self._sql(_NAME, "owner", f"ALTER SCHEMA public OWNER TO {_ROLE}")
                # The server trusts every name on its socket: from here on nobody comes in as its owner.
                self._sql(_NAME, "owner", "ALTER ROLE owner NOLOGIN")
                yield
            finally:
                # Not stopped by `stop`: that is what we are here for.
                self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "-w", "-t", "30", "stop", timeout=60, heed=False)

    def load(self, dump: Path, space: int) -> None:
        """Restore the dump as the role that owns the database and nothing else."""
        kind = dump.lstat().st_mode
        if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
            raise DatabaseError("not-restored")  # a pipe or a device: reading it may never end
        if stat.S_ISDIR(kind) and not only_files(dump):
            raise DatabaseError("not-restored")
        head = b"PGDMP" if stat.S_ISDIR(kind) else _head(dump)
        login = ("-h", str(self._socket), "-U", _ROLE, "-d", _NAME)
        if head.startswith(b"PGDMP") or head[257:262] == b"ustar":
            mine = self._place / "dump"
            # Where it lies only we can come in: nobody exchanges it while its owner changes.
            self._give(dump)
            dump.rename(mine)
            done = self._run(
                "pg_restore", *login, "--no-owner", "--no-privileges", "--no-tablespaces", "--no-comments", "--exit-on-error", str(mine)
            )
        else:
            self._load_plain(dump, space)
            return
        if done.stopped:
            raise DatabaseError("stopped")
        if done.exit_code != 0:
            raise DatabaseError("no-space" if b"No space left" in done.stderr else "not-restored")

    def _load_plain(self, dump: Path, space: int) -> None:
        try:
            with (
                session(self._socket / _SOCKET_NAME, _ROLE, _NAME, stop=self._stop, seconds=_HOURS) as server,
                (gzip.open if _head(dump).startswith(_GZIP) else open)(dump, "rb") as source,
            ):
                lines = _bounded(iter(lambda: source.readline(_LINE), b""), space)
                for statement in statements(lines):
                    wants = server.execute(statement)
                    while wants:
                        wants = server.copy(copy_data(lines))
        except RefusedError as error:
            raise DatabaseError("no-space" if error.code == _DISK_FULL else "not-restored") from error
        except GateError as error:
            raise DatabaseError("stopped" if self._stop.is_set() else "not-restored") from error
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise DatabaseError("not-restored") from error

    def ask(self, question: Question) -> tuple[bool | None, str]:
        """Ask; returns whether the answer was as expected (None: nothing was expected), and what to keep about it."""
        done = self._run(
            *("psql", "-X", "-A", "-t", "-q", "-h", str(self._socket), "-U", _ROLE, "-d", _NAME, "-v", "ON_ERROR_STOP=1"),
            *("-c", "SET default_transaction_read_only = on", "-c", question.query),
            prefix=_no_children(),
        )
        if done.exit_code != 0:
            raise DatabaseError("stopped" if done.stopped else "query-failed")
        answer = done.stdout.decode("utf-8", "replace").strip()
        rows = len(answer.splitlines())
        if question.expect is None and question.min_rows is None:
            return (None, "answered") if rows else (False, "no-answer")
        good = question.expect is None or answer == question.expect.strip()
        good = good and (question.min_rows is None or rows >= question.min_rows)
        return good, "as-expected" if good else "other-answer"

    def _sql(self, database: str, role: str, statement: str) -> None:
        _must(self._run("psql", "-X", "-q", "-h", str(self._socket), "-U", role, "-d", database, "-c", statement, timeout=60), "prepare")

    def _run(self, program: str, *words: str, timeout: float = _HOURS, heed: bool = True, prefix: Sequence[str] = ()) -> Completed:
        path = self._programs / program
        argv = [*prefix, str(path) if path.exists() else program, *words]
        if self._owner is not None:
            user, group = self._owner
            argv = ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups", "--no-new-privs", "--", *argv]
        return run(argv, timeout=timeout, max_output=1024 * 1024, stop=self._stop if heed else None)

    def _give(self, path: Path) -> None:
        """Make the server's account the owner of what lies below. Links are not followed."""
        if self._owner is None:
            return
        waiting = [str(path)]
        for place in waiting:  # grows while it is walked: no recursion, however deep it is
            os.chown(place, *self._owner, follow_symlinks=False)
            if stat.S_ISDIR(os.lstat(place).st_mode):
                with os.scandir(place) as entries:
                    waiting += [entry.path for entry in entries]

    @contextmanager
    def _reachable(self) -> Iterator[None]:
        """Let the server's account pass through our folders (not list them) while it runs; their owner alone sees the other parts."""
        opened = []
        try:
            if self._owner is not None:
                for folder in (self._place.parent, self._place.parent.parent):
                    opened.append((folder, folder.stat().st_mode & 0o777))
                    folder.chmod(0o711)
                if any(not above.stat().st_mode & 0o001 for above in self._place.parents):
                    raise DatabaseError("place-not-reachable")
            yield
        finally:
            for folder, mode in opened:
                folder.chmod(mode)

    @contextmanager
    def _short_socket(self) -> Iterator[None]:
        if len(os.fsencode(self._socket)) <= _SOCKET_ROOM:
            self._socket.mkdir(mode=0o700)
            yield
            return
        with tempfile.TemporaryDirectory(prefix="omamori-") as folder:
            # Only the socket lies there, no data.
            self._socket = Path(folder)
            self._give(self._socket)
            yield


def _must(done: Completed, what: str) -> None:
    if done.exit_code != 0:
        raise DatabaseError("stopped" if done.stopped else "no-space" if b"No space left" in done.stderr else f"{what}-failed")


def _no_children() -> tuple[str, ...]:
    """Words in front of psql that keep it from starting any program and from writing any file."""
    return ("prlimit", "--nproc=0:0", "--fsize=0:0", "--") if shutil.which("prlimit") else ()


def _bounded(lines: Iterator[bytes], space: int) -> Iterator[bytes]:
    left = space
    for line in lines:
        left -= len(line)
        if left < 0:
            raise DatabaseError("no-space")
        yield line


def only_files(folder: Path) -> bool:
    """Whether a dump holds files and folders only, as pg_dump makes it: reading a pipe may never end."""
    waiting = [str(folder)]
    for place in waiting:  # grows while it is walked
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif not entry.is_file(follow_symlinks=False):
                    return False
    return True


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(512)


if sys.platform == "win32":

    def _is_root() -> bool:
        return False

    def _account() -> tuple[int, int]:
        raise DatabaseError("no-account")

else:
    import pwd

    def _is_root() -> bool:
        return os.geteuid() == 0

    def _account() -> tuple[int, int]:
        """Return the numbers of the account the server runs as."""
        for name in _ACCOUNTS:
            try:
                told = pwd.getpwnam(name)
            except KeyError:
                continue
            return told.pw_uid, told.pw_gid
        raise DatabaseError("no-account")
