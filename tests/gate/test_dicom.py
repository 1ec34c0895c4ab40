"""One C-ECHO ends, whatever the other side does."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

import pytest

from omamori.gate.dicom import echo
from omamori.model.permission import Echo

pytest.importorskip("pynetdicom")


class _Allowed:
    """Stands for a permission: real ones name no address of this machine itself."""

    def echo(self, target: Echo) -> None:
        """Allow it."""

    def seconds_left(self) -> float:
        """An hour."""
        return 3600.0


def _server(says: bytes, again: bytes = b"") -> tuple[socket.socket, int]:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            visitor, _ = listener.accept()
            visitor.recv(4096)
            visitor.sendall(says)
            for _ in range(2000 if again else 0):
                visitor.sendall(again)
            visitor.recv(1)

    threading.Thread(target=serve, daemon=True).start()
    return listener, listener.getsockname()[1]


@pytest.mark.parametrize("says", [b"", b"\x02\x00\x00"])
def test_a_stop_ends_it_within_two_seconds_also_in_the_middle_of_an_answer(says: bytes) -> None:
    listener, port = _server(says)
    stop, said = threading.Event(), []
    permission: Any = _Allowed()
    threading.Timer(0.5, stop.set).start()
    began = time.monotonic()
    with listener:
        answer = echo(permission, Echo(ip_address("127.0.0.1"), port, "PACS", 1), stop=stop, begun=lambda: said.append(1))
    assert time.monotonic() - began < 2.5
    assert (answer.connected, answer.accepted, said) == (True, False, [1])


def test_an_answer_without_end_is_not_read() -> None:
    listener, port = _server(b"\x02\x00\xff\xff\xff\xff", b"A" * 100_000)
    permission: Any = _Allowed()
    began = time.monotonic()
    with listener:
        answer = echo(permission, Echo(ip_address("127.0.0.1"), port, "PACS", 1), stop=threading.Event())
    assert time.monotonic() - began < 5
    assert answer.accepted is False


def test_it_ends_with_the_time_that_is_left() -> None:
    listener, port = _server(b"")
    permission: Any = _Allowed()
    began = time.monotonic()
    with listener:
        echo(permission, Echo(ip_address("127.0.0.1"), port, "PACS", 1), stop=threading.Event(), seconds=0.5)
    assert time.monotonic() - began < 2.5
