"""Speaks to a private PostgreSQL through its Unix socket (PostgreSQL documentation, "Frontend/Backend Protocol": simple query and COPY).

psql takes a backslash in what it is fed for a command of its own (a shell, a file, another server), and where a quote ends depends on
settings the text itself can change. Here every byte goes to the server and nowhere else; no answer is kept.
"""

from __future__ import annotations

import selectors
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from omamori.gate.error import GateError

_VERSION = 196608
"""Of the protocol: 3.0."""
_PIECE = 64 * 1024
_HEED = 0.2
"""Seconds in which a stop is heeded."""
_LONGEST_KEPT = 64 * 1024


class RefusedError(Exception):
    """The server refused a statement. `code`: SQLSTATE, five signs; what it said besides may hold values and is not kept."""

    def __init__(self, code: str) -> None:
        """Take the code."""
        super().__init__(code)
        self.code = code


class Session:
    """One connection; see `session`."""

    def __init__(self, link: socket.socket, stop: threading.Event, deadline: float) -> None:
        """Take a connected socket that does not block; `deadline` of the monotonic clock."""
        self._link, self._stop, self._deadline = link, stop, deadline
        self._inbox = bytearray()
        self._skip = 0
        self._ready = self._wants = False
        self._refused = ""
        self._selector = selectors.DefaultSelector()
        self._selector.register(link, selectors.EVENT_READ)

    def begin(self, user: str, database: str) -> None:
        """Log in, where the server asks for nothing more than a name."""
        words = b"".join(f"{word}\0".encode() for word in ("user", user, "database", database)) + b"\0"
        self._send((len(words) + 8).to_bytes(4, "big") + _VERSION.to_bytes(4, "big") + words)
        self._wait()

    def execute(self, statements: bytes) -> bool:
        """Let the server do statements; True when it now waits for the lines of a COPY. RefusedError when it does not do them."""
        self._ready = self._wants = False
        # A zero byte would end the text before its length: the connection would be out of step.
        self._send(_message(b"Q", statements.replace(b"\0", b" ") + b"\0"))
        self._wait()
        return self._wants

    def copy(self, lines: Iterable[bytes]) -> bool:
        """Give the lines of a COPY; True when the server waits for those of another one. RefusedError."""
        gathered = bytearray()
        for line in lines:
            gathered += line
            if len(gathered) >= _PIECE:
                self._send(_message(b"d", bytes(gathered)))
                gathered.clear()
            if self._refused:
                break
        self._ready = self._wants = False
        self._send((_message(b"d", bytes(gathered)) if gathered else b"") + _message(b"c", b""))
        self._wait()
        return self._wants

    def _wait(self) -> None:
        while not (self._ready or self._wants or self._refused):
            self._look()
        if self._refused:
            raise RefusedError(self._refused)

    def _send(self, data: bytes) -> None:
        """Send while reading what the server says: a server nobody listens to stops reading."""
        view = memoryview(data)
        self._selector.modify(self._link, selectors.EVENT_READ | selectors.EVENT_WRITE)
        try:
            while view:
                if self._look() & selectors.EVENT_WRITE:
                    view = view[self._link.send(view[:_PIECE]) :]
        finally:
            self._selector.modify(self._link, selectors.EVENT_READ)

    def _look(self) -> int:
        """Wait a little, read what is there, and return what the socket is ready for."""
        if self._stop.is_set() or time.monotonic() > self._deadline:
            raise GateError("止めました", "stopped")
        events = 0
        for _, found in self._selector.select(_HEED):
            events |= found
        if events & selectors.EVENT_READ:
            data = self._link.recv(_PIECE)
            if not data:
                raise GateError("データベースが接続を閉じました", "the database closed the connection")
            self._inbox += data
            self._read()
        return events

    def _read(self) -> None:
        while True:
            gone = min(self._skip, len(self._inbox))
            del self._inbox[:gone]
            self._skip -= gone
            if self._skip or len(self._inbox) < 5:
                return
            kind, length = bytes(self._inbox[:1]), int.from_bytes(self._inbox[1:5], "big") - 4
            if kind not in b"ER" or length > _LONGEST_KEPT:
                del self._inbox[:5]
                self._skip = max(0, length)
                self._take(kind, b"")
            elif len(self._inbox) < 5 + length:
                return
            else:
                body = bytes(self._inbox[5 : 5 + length])
                del self._inbox[: 5 + max(0, length)]
                self._take(kind, body)

    def _take(self, kind: bytes, body: bytes) -> None:
        if kind == b"Z":
            self._ready = True
        elif kind == b"G":
            self._wants = True
        elif kind == b"E" or (kind == b"R" and body != bytes(4)):
            fields = (field for field in body.split(b"\0") if field[:1] == b"C") if kind == b"E" else iter(())
            self._refused = self._refused or next(fields, b"C")[1:6].decode("ascii", "replace") or "?"


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + (len(body) + 4).to_bytes(4, "big") + body


@contextmanager
def session(place: Path, user: str, database: str, *, stop: threading.Event, seconds: float) -> Iterator[Session]:
    """Connect to the socket `place` (a file; nothing of the network) as `user`. GateError, OSError, RefusedError when that fails.

    `seconds`: after which all of it is given up, with GateError, as after a stop.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        link.connect(str(place))
        link.setblocking(False)
        one = Session(link, stop, time.monotonic() + seconds)
        one.begin(user, database)
        yield one
