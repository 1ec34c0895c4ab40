"""PowerShell about ports: Get-NetTCPConnection, Get-NetUDPEndpoint. Each knows one protocol, so neither lists every open port."""

from __future__ import annotations

from types import MappingProxyType

from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.records import Record, Records, read_records
from omamori.parse.windows.sockets import BOUND, LISTENING, SYSTEM, Socket, connections_look, missing_of, rows_of, state_word
from omamori.parse.windows.values import address, number

_STATES = MappingProxyType(
    {"1": "Closed", "2": "Listen", "3": "SynSent", "4": "SynReceived", "5": "Established", "6": "FinWait1", "7": "FinWait2"}
    | {"8": "CloseWait", "9": "Closing", "10": "LastAck", "11": "TimeWait", "12": "DeleteTCB", "100": "Bound"}
)
_EXPECTED = Problem(0, "addresses (not cut off), ports and a state", "アドレス(画面幅で切れていないこと)、ポート、状態")


def read_tcp(piece: Piece, context: Context) -> Parsed:
    """Return listeners and connections of TCP. Windows keeps no connections of UDP, so the connections can be whole."""
    sockets, problems = _sockets(piece, "tcp")
    missing = missing_of(sockets)
    states = {socket.state for socket in sockets}
    # `-State Listen` or `-State Established` shows only these; no Windows runs without a listening port.
    filtered = LISTENING not in states or not states - {LISTENING, BOUND}
    reason = "not_understood" if problems else "not_collected" if filtered or not sockets else None
    look = Look(
        "listeners",
        complete=False,
        missing=("account", *missing),
        reason="not_understood" if problems else "not_collected",
        needs="Get-NetUDPEndpoint, netstat -ano",
    )
    return Parsed(rows=tuple(rows_of(sockets, context)), looks=(look, connections_look(context, missing, reason)), problems=problems)


def read_udp(piece: Piece, context: Context) -> Parsed:
    """Return listeners of UDP."""
    sockets, problems = _sockets(piece, "udp")
    look = Look(
        "listeners",
        complete=False,
        missing=("account", *missing_of(sockets)),
        reason="not_understood" if problems else "not_collected",
        needs="Get-NetTCPConnection, netstat -ano",
    )
    return Parsed(rows=tuple(rows_of(sockets, context)), looks=(look,), problems=problems)


def _sockets(piece: Piece, protocol: str) -> tuple[list[Socket], tuple[Problem, ...]]:
    records = read_records(piece.lines) or Records("none", frozenset(), (), (), 0)
    problems = list(records.problems)
    found = []
    for record in records.rows:
        socket = _socket(record, protocol)
        if socket is None:
            problems.append(Problem(record.line, _EXPECTED.expected, _EXPECTED.expected_ja))
        else:
            found.append(socket)
    return found, tuple(problems[:50])


def _socket(record: Record, protocol: str) -> Socket | None:
    local, port = address(record.get("LocalAddress")), number(record.get("LocalPort"))
    if local is None or port is None or port > 65535:
        return None
    pid = number(record.get("OwningProcess"))
    pid = pid if pid is not None and pid < 2**32 else None
    program = SYSTEM.get(-1 if pid is None else pid)
    if protocol == "udp":
        return Socket(record.line, protocol, local, port, pid=pid, program=program)
    said = record.get("State") or ""
    peer, peer_port = address(record.get("RemoteAddress")), number(record.get("RemotePort"))
    if not said or peer is None or peer_port is None or peer_port > 65535:
        return None
    return Socket(record.line, protocol, local, port, peer, peer_port, state_word(_STATES.get(said, said)), pid, program)


FORMS = (
    Form(
        name="get_net_tcp_connection",
        command="Get-NetTCPConnection",
        tables=("listeners", "connections"),
        read=read_tcp,
        properties=(frozenset({"LocalAddress", "LocalPort", "RemoteAddress", "RemotePort", "State"}),),
        source="Microsoft Learn, NetTCPIP: Get-NetTCPConnection",
    ),
    Form(
        name="get_net_udp_endpoint",
        command="Get-NetUDPEndpoint",
        tables=("listeners",),
        read=read_udp,
        properties=(frozenset({"LocalAddress", "LocalPort"}),),
        source="Microsoft Learn, NetTCPIP: Get-NetUDPEndpoint",
    ),
)
