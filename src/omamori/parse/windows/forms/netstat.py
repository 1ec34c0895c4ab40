"""`netstat -ano`, `-anob`, `-an`: ports that are listened on and the connections of the moment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.sockets import LISTENING, SYSTEM, Socket, connections_look, missing_of, rows_of, state_word
from omamori.parse.windows.values import address

_HEADING = re.compile(r"\s*(?:Active Connections|アクティブな接続)\s*$")
_BODY = re.compile(r"\s{1,12}\S.{0,200}$")
_PROTOCOL = re.compile(r"\s+(?:TCP|UDP)(?:v6)?\s")
_END = re.compile(r"(\S{1,100}):(\d{1,5}|\*)")
_PROGRAM = re.compile(r"\s*\[([^\[\]]{1,260})\]\s*$")
_STATES = frozenset(
    {"LISTENING", "ESTABLISHED", "TIME_WAIT", "CLOSE_WAIT", "FIN_WAIT_1", "FIN_WAIT_2", "SYN_SENT", "SYN_RECEIVED"}
    | {"LAST_ACK", "CLOSING", "CLOSED", "BOUND", "DELETE_TCB"}
)
_NEEDED = Problem(
    0, "lines of TCP and of UDP, to the end, below their headings", "見出しの下にTCPとUDPの両方の行(途中で切れているか一部だけです)"
)


def read(piece: Piece, context: Context) -> Parsed:
    """Return listeners and connections. Without `-b` no program is named, without `-o` no process number."""
    problems: list[Problem] = []
    sockets = list(_sockets(piece.lines, problems))
    missing = missing_of(sockets)
    whole = _whole(piece.lines, sockets)
    if not whole:
        problems.append(replace(_NEEDED, line=piece.lines[-1].number if piece.lines else 0))
    reason = "not_understood" if problems else None
    listeners = Look("listeners", complete=reason is None, missing=("account", *missing), reason=reason or "not_collected")
    return Parsed(
        rows=tuple(rows_of(sockets, context)),
        looks=(listeners, connections_look(context, missing, reason)),
        problems=tuple(problems),
    )


def _begins(lines: Sequence[str]) -> bool:
    """Whether connections stand here: the known heading, the headings of the columns above a row, or a row."""
    return bool(_HEADING.match(lines[0])) or any(_ends(text) is not None for text in lines[:2])


def _ends(text: str) -> tuple[str, re.Match[str], re.Match[str], list[str]] | None:
    """Cut a row into protocol, own end, other end, and the words behind; None when it is no row."""
    words = text[:400].split()
    if len(words) < 3 or words[0] not in ("TCP", "UDP") or not text[:1].isspace():
        return None
    own, other = _END.fullmatch(words[1]), _END.fullmatch(words[2])
    return (words[0], own, other, words[3:]) if own and other else None


def _sockets(lines: Sequence[Line], problems: list[Problem]) -> Iterator[Socket]:
    open_socket: Socket | None = None
    for line in lines:
        if _PROTOCOL.match(line.text):
            if open_socket is not None:
                yield open_socket
            open_socket = _socket(line)
            if open_socket is None:
                expected = "protocol, own address, other address (numbers: use -n), state, process number"
                problems.append(Problem(line.number, expected, "プロトコル、アドレス(数字。-n を付けます)、状態、PID"))
            continue
        program = _PROGRAM.match(line.text[:300])
        if program and open_socket is not None:
            open_socket = replace(open_socket, program=program[1])
    if open_socket is not None:
        yield open_socket


def _socket(line: Line) -> Socket | None:
    found = _ends(line.text)
    if found is None:
        return None
    protocol, own, other, words = found
    # States stand untranslated in Japanese Windows; where they are translated, a peer port of 0 tells the listening ones.
    state = words[0].upper() if words and not words[0].isdigit() else ""
    local, peer = address(own[1]), None if other[1] == "*" else address(other[1])
    if local is None or own[2] == "*" or (protocol == "TCP" and (not state or peer is None)):
        return None
    if protocol == "TCP" and state not in _STATES and other[2] == "0":
        state = LISTENING
    last = words[-1] if words else ""
    pid = int(last) if last.isascii() and last.isdigit() and len(last) < 11 else None
    return Socket(
        line=line.number,
        protocol=protocol.lower(),
        local=local,
        port=int(own[2]),
        peer=peer,
        peer_port=None if other[2] == "*" else int(other[2]),
        state=state_word(state) if protocol == "TCP" else "",
        pid=pid,
        program=SYSTEM.get(-1 if pid is None else pid),
    )


def _whole(lines: Sequence[Line], sockets: Sequence[Socket]) -> bool:
    """The list runs TCP, TCP over IPv6, UDP, UDP over IPv6: what ends before the last block it began is cut short.

    A filter (`findstr`) takes the headings away, and `-p tcp` the other protocol.
    """
    blocks = {(socket.protocol, ":" in socket.local) for socket in sockets}
    both = ("tcp", False) in blocks and ("udp", False) in blocks and (("tcp", True) not in blocks or ("udp", True) in blocks)
    return both and not _PROTOCOL.match(lines[0].text)


FORMS = (
    Form(
        name="netstat",
        command="netstat -ano",
        tables=("listeners", "connections"),
        read=read,
        heading=_HEADING,
        body=_BODY,
        confirm=_begins,
        captured=("en",),
        source="Microsoft Learn, Windows Commands: netstat",
    ),
)
