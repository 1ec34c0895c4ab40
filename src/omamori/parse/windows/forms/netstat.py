"""`netstat -ano`, `-anob`, `-an`: ports that are listened on and the connections of the moment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import Connection, Listener
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.values import address, scope

_HEADING = re.compile(r"\s*(?:Active Connections|アクティブな接続)\s*$")
_ROW = re.compile(r"\s+(TCP|UDP)\s+(\S+):(\d{1,5}|\*)\s+(\S+):(\d{1,5}|\*)(?:\s+(.*?))?\s*$")
_PROGRAM = re.compile(r"\s*\[([^\[\]]{1,260})\]\s*$")
_STATES = frozenset(
    {"LISTENING", "ESTABLISHED", "TIME_WAIT", "CLOSE_WAIT", "FIN_WAIT_1", "FIN_WAIT_2", "SYN_SENT", "SYN_RECEIVED"}
    | {"LAST_ACK", "CLOSING", "CLOSED", "BOUND", "DELETE_TCB"}
)
_SYSTEM: Mapping[int, str] = MappingProxyType({0: "System Idle Process", 4: "System"})
"""Process numbers that are the same on every Windows; these are no files, so netstat names none."""
_EVERY = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared, not bound


@dataclass(frozen=True, slots=True)
class _Socket:
    """One line: own and peer address and port, state, process."""

    line: int
    protocol: str
    local: str
    port: int
    peer: str | None
    peer_port: int | None
    state: str | None
    pid: int | None
    program: str | None = None

    @property
    def listening(self) -> bool:
        return self.state == "LISTENING" if self.protocol == "tcp" else self.peer is None


def read(piece: Piece, context: Context) -> Parsed:
    """Return listeners and connections. Without `-b` no program is named, without `-o` no process number."""
    problems: list[Problem] = []
    sockets = list(_sockets(piece.lines, problems))
    seen = context.seen.replace(tzinfo=None)
    offered = {(socket.protocol, socket.port) for socket in sockets if socket.listening}
    rows = [_listener(socket) if socket.listening else _connection(socket, offered, context) for socket in sockets]
    missing = ["account"]
    if any(socket.program is None for socket in sockets):
        missing.append("process")
    if any(socket.pid is None for socket in sockets):
        missing.append("pid")
    whole = _whole(sockets) and not problems
    if not _whole(sockets):
        last = piece.lines[-1].number if piece.lines else 0
        problems.append(
            Problem(last, "lines of TCP and of UDP, to the end; the list is cut short", "TCPとUDPの両方の行(途中で切れています)")
        )
    reason = None if whole else "not_understood"
    return Parsed(
        rows=tuple(rows),
        looks=(
            Look("listeners", complete=whole, missing=tuple(missing), reason=reason or "not_collected"),
            Look(
                "connections",
                complete=whole,
                missing=tuple(missing[1:]),
                reason=reason or ("not_collected" if missing[1:] else None),
                covers_since=seen,
                covers_until=seen,
            ),
        ),
        problems=tuple(problems),
    )


def _sockets(lines: tuple[Line, ...], problems: list[Problem]) -> Iterator[_Socket]:
    open_socket: _Socket | None = None
    for line in lines:
        found = _ROW.match(line.text)
        if found:
            if open_socket is not None:
                yield open_socket
            open_socket = _socket(line, found, problems)
            continue
        program = _PROGRAM.match(line.text)
        if program and open_socket is not None:
            open_socket = replace(open_socket, program=program[1])
        elif re.match(r"\s+(?:TCP|UDP)\b", line.text):
            problems.append(
                Problem(line.number, "protocol, own address, other address, state, process number", "プロトコル、アドレス、状態、PID")
            )
    if open_socket is not None:
        yield open_socket


def _socket(line: Line, found: re.Match[str], problems: list[Problem]) -> _Socket | None:
    words = (found[6] or "").split()
    # States stand untranslated in Japanese Windows; where they are translated, a peer port of 0 tells the listening ones.
    state = words[0].upper() if words and not words[0].isdigit() else None
    pid = int(words[-1]) if words and words[-1].isascii() and words[-1].isdigit() and len(words[-1]) < 11 else None
    local, port = address(found[2]), found[3]
    if local is None or port == "*" or (found[1] == "TCP" and state is None):
        problems.append(Problem(line.number, "an address with a port, and a state", "アドレスとポート、状態"))
        return None
    if found[1] == "TCP" and state not in _STATES:
        state = "LISTENING" if found[5] == "0" else state
    peer = None if found[4] == "*" else address(found[4])
    peer_port = None if found[5] == "*" else int(found[5])
    return _Socket(line.number, found[1].lower(), local, int(port), peer, peer_port, state, pid, _SYSTEM.get(-1 if pid is None else pid))


def _listener(socket: _Socket) -> Listener:
    return Listener(
        protocol=socket.protocol,
        address=socket.local,
        port=socket.port,
        loopback=socket.local not in _EVERY and scope(socket.local) == "loopback",
        process=socket.program,
        pid=socket.pid,
        evidence=str(socket.line),
    )


def _connection(socket: _Socket, offered: set[tuple[str, int]], context: Context) -> Connection:
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
        state=(socket.state or "").lower().replace("_", "-"),
        process=socket.program,
        pid=socket.pid,
        evidence=str(socket.line),
    )


def _whole(sockets: list[_Socket]) -> bool:
    """The list runs TCP, TCP over IPv6, UDP, UDP over IPv6: what ends before the last block it began is cut short."""
    blocks = {(socket.protocol, ":" in socket.local) for socket in sockets}
    return ("udp", False) in blocks and (("tcp", True) not in blocks or ("udp", True) in blocks)


FORMS = (
    Form(
        name="netstat",
        command="netstat -ano",
        tables=("listeners", "connections"),
        read=read,
        heading=_HEADING,
        body=_ROW,
        captured=("en",),
        source="Microsoft Learn, Windows Commands: netstat",
    ),
)
