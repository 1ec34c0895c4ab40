"""Listeners that answer a little and write down everything: what the lab has where no real server can be had.

Every connection and every byte received goes into a log of JSON lines as it happens, so that a program that is ended hard
loses nothing. What never completed a handshake (a half-open scan) is not seen here; only a packet capture shows that.
"""

from __future__ import annotations

import json
import selectors
import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

MAX_PENDING = 64 * 1024
"""Bytes of one connection that nobody has made sense of yet; more and it is closed."""
MAX_CONNECTIONS = 256
_CHUNK = 16 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say to what was received: `used` bytes of it are dealt with; `close` ends the connection after `say`."""

    say: bytes = b""
    used: int = 0
    close: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """A TCP port to listen on. `greeting` is said to every visitor, `answer` is asked after each piece received.

    `answer` gets what was received and not used so far, and the moment; it must be pure. `manner` names it in the log.
    """

    port: int
    manner: str
    greeting: bytes
    answer: Callable[[bytes, datetime], Answer]


def serve(doors: Sequence[Door], log: Path, address: str = "0.0.0.0") -> None:  # noqa: S104 - in a namespace of the lab only
    """Listen on every door until SIGTERM or SIGINT.

    In: the log is appended to, one JSON object a line: `time`, `event` (open, bytes, close), `connection` (a number), `port`,
    `manner`, `peer`, and for bytes their `count` and `data` in hexadecimal. OSError when a port cannot be had.
    """
    with log.open("a", encoding="utf-8") as file, selectors.DefaultSelector() as selector:
        house = _House(selector, file)
        wake, waker = socket.socketpair()
        with wake, waker:
            waker.setblocking(False)
            selector.register(wake, selectors.EVENT_READ)
            signal.set_wakeup_fd(waker.fileno())
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, house.stop)
            try:
                for door in doors:
                    house.open(door, address)
                while not house.stopped:
                    for key, events in selector.select():
                        if isinstance(key.data, Door):
                            house.welcome(key.fileobj, key.data)
                        elif isinstance(key.data, _Visitor):
                            house.attend(key.data, events)
            finally:
                signal.set_wakeup_fd(-1)
                house.close()


@dataclass(slots=True)
class _Visitor:
    connection: socket.socket
    door: Door
    number: int
    peer: str
    received: bytes = b""
    to_say: bytes = b""
    leaving: bool = False


@dataclass(slots=True)
class _House:
    selector: selectors.BaseSelector
    log: TextIO
    stopped: bool = False
    count: int = 0
    visitors: set[int] = field(default_factory=set)

    def stop(self, *_: object) -> None:
        self.stopped = True

    def open(self, door: Door, address: str) -> None:
        listener = socket.create_server((address, door.port), backlog=128)
        listener.setblocking(False)
        self.selector.register(listener, selectors.EVENT_READ, door)

    def welcome(self, listener: Any, door: Door) -> None:
        try:
            connection, peer = listener.accept()
        except OSError:
            return  # gone again before it was let in
        self.count += 1
        visitor = _Visitor(connection, door, self.count, f"{peer[0]}:{peer[1]}", to_say=door.greeting)
        self._write(visitor, "open")
        connection.setblocking(False)
        self.selector.register(connection, selectors.EVENT_READ, visitor)
        self.visitors.add(visitor.number)
        if len(self.visitors) > MAX_CONNECTIONS:
            self._leave(visitor)
        else:
            self._say(visitor)

    def attend(self, visitor: _Visitor, events: int) -> None:
        if events & selectors.EVENT_READ and not self._hear(visitor):
            self._leave(visitor)
        else:
            self._say(visitor)

    def _hear(self, visitor: _Visitor) -> bool:
        """Take in what came; False when the visitor is gone or says more than is bearable."""
        try:
            data = visitor.connection.recv(_CHUNK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        if not data:
            return False
        self._write(visitor, "bytes", count=len(data), data=data.hex())
        visitor.received += data
        while not visitor.leaving:
            answer = visitor.door.answer(visitor.received, datetime.now(UTC))
            visitor.received = visitor.received[answer.used :]
            visitor.to_say += answer.say
            visitor.leaving = answer.close
            if not answer.used or not visitor.received:
                break
        return len(visitor.received) <= MAX_PENDING

    def _say(self, visitor: _Visitor) -> None:
        """Send what is to be said as far as the visitor takes it."""
        try:
            while visitor.to_say:
                visitor.to_say = visitor.to_say[visitor.connection.send(visitor.to_say) :]
        except BlockingIOError:
            pass
        except OSError:
            self._leave(visitor)
            return
        if visitor.leaving and not visitor.to_say:
            self._leave(visitor)
            return
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if visitor.to_say else 0)
        self.selector.modify(visitor.connection, wanted, visitor)

    def _leave(self, visitor: _Visitor) -> None:
        self._write(visitor, "close")
        self.visitors.discard(visitor.number)
        self.selector.unregister(visitor.connection)
        visitor.connection.close()

    def close(self) -> None:
        for key in list(self.selector.get_map().values()):
            if isinstance(key.data, _Visitor):
                self._leave(key.data)
            elif isinstance(key.data, Door) and isinstance(key.fileobj, socket.socket):
                self.selector.unregister(key.fileobj)
                with suppress(OSError):
                    key.fileobj.close()

    def _write(self, visitor: _Visitor, event: str, **more: object) -> None:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        door = visitor.door
        line = {"time": now, "event": event, "connection": visitor.number, "port": door.port, "manner": door.manner, "peer": visitor.peer}
        self.log.write(json.dumps({**line, **more}) + "\n")
        self.log.flush()
