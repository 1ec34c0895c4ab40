"""Sockets: states in the model's words, and who opened a connection."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.model.network import Connection, Listener
from omamori.parse.interface import Context
from omamori.parse.windows.sockets import Socket, connections_look, missing_of, rows_of, state_word

NOW = datetime(2026, 6, 1, 9)
EVERY = "0.0.0.0"  # noqa: S104 - compared, not bound
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("LISTENING", "listening"),
        ("Listen", "listening"),
        ("TIME_WAIT", "time-wait"),
        ("TimeWait", "time-wait"),
        ("FIN_WAIT_1", "fin-wait-1"),
        ("FinWait2", "fin-wait-2"),
        ("SYN_RECEIVED", "syn-received"),
        ("SynReceived", "syn-received"),
        ("DeleteTCB", "delete-tcb"),
    ],
)
def test_states(said: str, word: str) -> None:
    assert state_word(said) == word


def test_a_connection_on_a_port_that_is_listened_on_came_in() -> None:
    sockets = [
        Socket(1, "tcp", EVERY, 3389, EVERY, 0, "listening", 1044),
        Socket(2, "tcp", "10.1.0.21", 3389, "10.9.0.5", 51515, "established", 1044),
        Socket(3, "tcp", "10.1.0.21", 49733, "203.0.113.7", 443, "established", None),
        Socket(4, "udp", "127.0.0.1", 53),
        Socket(5, "tcp", EVERY, 49734, EVERY, 0, "bound", 1),
    ]
    rows = rows_of(sockets, CONTEXT)
    assert [type(row) for row in rows] == [Listener, Connection, Connection, Listener]
    assert [(row.direction, row.peer_scope) for row in rows if isinstance(row, Connection)] == [("in", "private"), ("out", "public")]
    assert [row.loopback for row in rows if isinstance(row, Listener)] == [False, True]
    assert missing_of(sockets) == ("process", "pid")


def test_the_look_covers_one_moment() -> None:
    look = connections_look(CONTEXT, ("process",), None)
    assert (look.complete, look.reason, look.covers_since, look.covers_until) == (True, "not_collected", NOW, NOW)
    assert not connections_look(CONTEXT, (), "not_understood").complete
