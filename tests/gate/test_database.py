"""The server's side is spoken by the test, byte for byte as in PostgreSQL's documentation; a real server is in tests/system/test_backup_prove.py."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from omamori.gate.database import RefusedError, session
from omamori.gate.error import GateError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no sockets in a folder")


def said(kind: bytes, body: bytes = b"") -> bytes:
    return kind + (len(body) + 4).to_bytes(4, "big") + body


LOGGED_IN = said(b"R", bytes(4)) + said(b"S", b"a\0b\0") + said(b"Z", b"I")


class Server:
    """Answers what it is told to, one answer after each message of the wanted kind, and keeps what it heard."""

    def __init__(self, place: Path, answers: list[bytes]) -> None:
        self.heard: list[tuple[bytes, bytes]] = []
        self._answers = answers
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(str(place))
        self._socket.listen(1)
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        link, _ = self._socket.accept()
        with link, link.makefile("rb") as stream:
            size = int.from_bytes(stream.read(4), "big")
            self.heard.append((b"", stream.read(size - 4)))
            link.sendall(self._answers.pop(0))
            while self._answers and (kind := stream.read(1)):
                size = int.from_bytes(stream.read(4), "big")
                self.heard.append((kind, stream.read(size - 4)))
                if kind in b"Qc":
                    link.sendall(self._answers.pop(0))
        self._socket.close()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "s"


def test_every_byte_goes_to_the_server_and_copy_data_too(place: Path) -> None:
    server = Server(place, [LOGGED_IN, said(b"N", b"x" * 70000) + said(b"G", bytes(3)), said(b"C", b"COPY 1\0") + said(b"Z", b"I")])
    with session(place, "one", "two", stop=threading.Event(), seconds=60) as open_one:
        assert open_one.execute(b"\\! rm\0 copy t from stdin;")
        assert not open_one.copy([b"1\t2\n", b"\\! rm\n"])
    server.thread.join()
    assert server.heard[0] == (b"", b"\x00\x03\x00\x00user\0one\0database\0two\0\0")
    assert server.heard[1:] == [(b"Q", b"\\! rm  copy t from stdin;\0"), (b"d", b"1\t2\n\\! rm\n"), (b"c", b"")]


def test_a_refusal_keeps_its_code_and_nothing_of_what_was_said(place: Path) -> None:
    Server(place, [LOGGED_IN, said(b"E", b"SERROR\0C42601\0Mnear a patient\0\0") + said(b"Z", b"I")])
    with session(place, "one", "two", stop=threading.Event(), seconds=60) as open_one, pytest.raises(RefusedError) as caught:
        open_one.execute(b"nonsense;")
    assert (caught.value.code, str(caught.value)) == ("42601", "42601")


@pytest.mark.parametrize(
    "answer", [said(b"R", b"\0\0\0\3"), said(b"E", b""), b"E\0\0\0\0", said(b"E", b"x" * 70000)], ids=["password", "empty", "short", "long"]
)
def test_what_is_no_welcome_is_refused(place: Path, answer: bytes) -> None:
    Server(place, [answer])
    with pytest.raises((RefusedError, GateError)), session(place, "one", "two", stop=threading.Event(), seconds=60):
        pass


def test_a_server_that_says_nothing_is_left_when_it_is_stopped(place: Path) -> None:
    Server(place, [b"", b""])
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    with pytest.raises(GateError), session(place, "one", "two", stop=stop, seconds=600):
        pass
