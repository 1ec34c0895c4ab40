"""Linux: listening ports and connections of the moment (`linux.sockets`), from ss, netstat or /proc/net."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import Connection, Listener
from omamori.parse.addresses import scope
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import number
from omamori.parse.linux.socket_lines import Socket, netstat_sockets, proc_sockets, ss_sockets
from omamori.parse.sections import Section, read_sections

_EVERY = ("0.0.0.0", "::", "*")  # noqa: S104 - compared, not bound


@dataclass(frozen=True, slots=True)
class _Names:
    by_pid: dict[int, str]
    by_uid: dict[int, str]

    def account(self, socket: Socket) -> str | None:
        """Account of a socket: that of its process, else the owner the kernel names."""
        if socket.pid is not None and socket.pid in self.by_pid:
            return self.by_pid[socket.pid]
        return None if socket.uid is None else self.by_uid.get(socket.uid, str(socket.uid))


def parse(data: bytes, context: Context) -> Parsed:
    """Return listeners and connections. Without administrator rights the processes of other accounts are missing."""
    sections = read_sections(data)
    source, found = None, []
    for name, reader in (("ss", ss_sockets), ("netstat", netstat_sockets), ("proc", proc_sockets)):
        section = sections.get(name)
        if section is not None and section.exit_code == 0:
            source, found = name, list(reader(section))
            break
    if source is None:
        return Parsed(looks=tuple(Look(table, complete=False, reason="not_collected") for table in ("listeners", "connections")))
    sockets = [item for item in found if isinstance(item, Socket)]
    problems = [item for item in found if isinstance(item, Problem)]
    names = _Names(_accounts(sections.get("processes")), _numbers(sections.get("accounts")))
    listening = [socket for socket in sockets if socket.listening]
    offered = {(socket.protocol, socket.port) for socket in listening}
    rows = [_listener(socket, names) for socket in listening]
    seen = context.seen.replace(tzinfo=None)
    rows_out = [_connection(socket, offered, seen) for socket in sockets if not socket.listening]
    return Parsed(rows=(*rows, *rows_out), looks=_looks(source, problems, context), problems=tuple(problems))


def _accounts(section: Section | None) -> dict[int, str]:
    found = {}
    for text in section.lines if section else ():
        words = text.split(None, 2)
        pid = number(words[0]) if len(words) >= 2 else None
        if pid is not None:
            found[pid] = words[1]
    return found


def _numbers(section: Section | None) -> dict[int, str]:
    found: dict[int, str] = {}
    for text in section.lines if section else ():
        uid, _, name = text.partition(" ")
        value = number(uid)
        if value is not None and name:
            found.setdefault(value, name)
    return found


def _listener(socket: Socket, names: _Names) -> Listener:
    return Listener(
        protocol=socket.protocol,
        address=socket.address,
        port=socket.port,
        loopback=socket.address not in _EVERY and scope(socket.address) == "loopback",
        process=socket.process,
        pid=socket.pid,
        account=names.account(socket),
        evidence=str(socket.line),
    )


def _connection(socket: Socket, offered: set[tuple[str, int | None]], seen: datetime) -> Connection:
    return Connection(
        seen=seen,
        protocol=socket.protocol,
        # A connection on a port we listen on was opened by the peer.
        direction="in" if (socket.protocol, socket.port) in offered else "out",
        local_address=socket.address,
        local_port=socket.port,
        peer_address=socket.peer,
        peer_port=socket.peer_port,
        peer_scope=scope(socket.peer or ""),
        state=socket.state,
        process=socket.process,
        pid=socket.pid,
        evidence=str(socket.line),
    )


def _looks(source: str, problems: list[Problem], context: Context) -> tuple[Look, ...]:
    moment = context.seen.replace(tzinfo=None)
    complete, reason = not problems, "not_understood" if problems else None
    hidden: tuple[str, ...] = ()
    if source == "proc":
        hidden, reason = ("process", "pid"), reason or "not_collected"
    elif not context.privileged:
        hidden, reason = ("process", "pid", "account"), reason or "needs_administrator"
    shown = tuple(name for name in hidden if name != "account")
    return (
        Look("listeners", complete=complete, missing=hidden, reason=reason),
        Look("connections", complete=complete, missing=shown, reason=reason, covers_since=moment, covers_until=moment),
    )


PARSERS = (Parser(kind="linux.sockets", tables=("listeners", "connections"), parse=parse),)
