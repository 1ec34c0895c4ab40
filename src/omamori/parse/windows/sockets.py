"""Sockets as netstat and Get-NetTCPConnection show them → rows of listeners and connections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from omamori.model.look import Look
from omamori.model.network import Connection, Listener
from omamori.parse.interface import Context
from omamori.parse.windows.values import scope

SYSTEM = MappingProxyType({0: "System Idle Process", 4: "System"})
"""Process numbers that are the same on every Windows; these are no files, so netstat names none."""
_EVERY = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared, not bound
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z0-9])")
LISTENING = "listening"
BOUND = "bound"


@dataclass(frozen=True, slots=True)
class Socket:
    """One socket: own and peer address and port, state in the model's words, process."""

    line: int
    protocol: str
    local: str
    port: int
    peer: str | None = None
    peer_port: int | None = None
    state: str = ""
    pid: int | None = None
    program: str | None = None

    @property
    def listening(self) -> bool:
        """Whether it waits for others: TCP in state listening, UDP always (Windows shows no peer of it)."""
        return self.state == LISTENING if self.protocol == "tcp" else self.peer is None


def state_word(text: str) -> str:
    """Return a state in the model's words: TIME_WAIT and TimeWait are time-wait, Listen is listening."""
    word = text if text.isupper() else _WORD.sub("-", text[:40])
    word = word.lower().replace("_", "-")
    return LISTENING if word == "listen" else word


def listener(socket: Socket) -> Listener:
    """Return the row of a port that is listened on."""
    return Listener(
        protocol=socket.protocol,
        address=socket.local,
        port=socket.port,
        loopback=socket.local not in _EVERY and scope(socket.local) == "loopback",
        process=socket.program,
        pid=socket.pid,
        evidence=str(socket.line),
    )


def rows_of(sockets: Sequence[Socket], context: Context) -> list[Listener | Connection]:
    """Return listeners and connections; a socket that is only bound is neither."""
    offered = {(socket.protocol, socket.port) for socket in sockets if socket.listening}
    some = (socket for socket in sockets if socket.state != BOUND)
    return [listener(socket) if socket.listening else _connection(socket, offered, context) for socket in some]


def _connection(socket: Socket, offered: set[tuple[str, int]], context: Context) -> Connection:
    return Connection(
        seen=context.seen.replace(tzinfo=None),
        protocol=socket.protocol,
        # A connection on a port we listen on was opened by the peer.
        direction="in" if (socket.protocol, socket.port) in offered else "out",
        local_address=socket.local,
        local_port=socket.port,
        peer_address=socket.peer,
        peer_port=socket.peer_port,
        peer_scope=scope(socket.peer or ""),
        state=socket.state,
        process=socket.program,
        pid=socket.pid,
        evidence=str(socket.line),
    )


def missing_of(sockets: Sequence[Socket]) -> tuple[str, ...]:
    """Return the columns that no line told: process without `-b`, pid without `-o`."""
    names = (("process", "program"), ("pid", "pid"))
    return tuple(column for column, field in names if any(getattr(socket, field) is None for socket in sockets))


def connections_look(context: Context, missing: tuple[str, ...], reason: str | None) -> Look:
    """Return the look at the connections of one moment; `reason` says why not all of them were seen."""
    seen = context.seen.replace(tzinfo=None)
    return Look(
        "connections",
        complete=reason is None,
        missing=missing,
        reason=reason or ("not_collected" if missing else None),
        covers_since=seen,
        covers_until=seen,
    )
