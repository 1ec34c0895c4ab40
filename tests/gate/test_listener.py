"""The lab's listener, in a process of its own, on ports of loopback."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from omamori.gate.listener import MAX_CONNECTIONS, MAX_PENDING

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from pathlib import Path
from omamori.gate.listener import Answer, Door, serve

def echo(received, moment):
    line, end, _ = received.partition(b"\\n")
    return Answer(say=line[::-1] + end, used=len(line) + 1, close=line == b"bye") if end else Answer()

serve([Door(int(sys.argv[1]), "echo", b"hello\\n", echo)], Path(sys.argv[2]), "127.0.0.1")
"""


@dataclass
class Running:
    port: int
    log: Path
    process: subprocess.Popen[bytes]

    def knock(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), 5)

    def events(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def until(self, event: str, count: int = 1) -> list[dict[str, object]]:
        for _ in range(500):
            if sum(one["event"] == event for one in self.events()) >= count:
                return self.events()
            time.sleep(0.01)
        raise AssertionError(f"no {event} in {self.events()[-5:]}")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path / "log"
    words = [sys.executable, "-S", "-c", PROGRAM, str(port), str(log)]
    process = subprocess.Popen(words, env={"PYTHONPATH": str(ROOT / "src")}, stderr=subprocess.PIPE)
    made = Running(port, log, process)
    for _ in range(500):
        try:
            made.knock().close()
            break
        except ConnectionRefusedError:
            assert process.poll() is None, process.stderr.read() if process.stderr else ""
            time.sleep(0.01)
    made.until("close")
    log.write_text("")  # the first knock was ours
    yield made
    process.kill()
    process.communicate()


def read_line(connection: socket.socket) -> bytes:
    data = b""
    while not data.endswith(b"\n"):
        piece = connection.recv(1)
        if not piece:
            break
        data += piece
    return data


def test_it_greets_answers_and_writes_down_every_byte(running: Running) -> None:
    with running.knock() as connection:
        assert read_line(connection) == b"hello\n"
        connection.sendall(b"ab")
        running.until("bytes")
        connection.sendall(b"c\nxy\n")
        assert read_line(connection) + b"|" in (b"cba\nyx\n|", b"cba\n|")
    events = running.until("close")
    assert [one["event"] for one in events] == ["open", "bytes", "bytes", "close"]
    assert b"".join(bytes.fromhex(str(one.get("data", ""))) for one in events) == b"abc\nxy\n"
    assert {(one["port"], one["manner"]) for one in events} == {(running.port, "echo")}
    assert [one["count"] for one in events if one["event"] == "bytes"] == [2, 5]
    assert all(str(one["peer"]).startswith("127.0.0.1:") for one in events)


def test_it_hangs_up_when_the_answer_says_so(running: Running) -> None:
    with running.knock() as connection:
        connection.sendall(b"bye\n")
        assert read_line(connection) == b"hello\n"
        assert read_line(connection) == b"eyb\n"
        assert connection.recv(10) == b""


def test_a_visitor_that_never_ends_a_line_is_put_out(running: Running) -> None:
    with running.knock() as connection, pytest.raises(OSError):
        for _ in range(200):
            connection.sendall(b"x" * (MAX_PENDING // 8))
            time.sleep(0.005)
    running.until("close")


def test_many_visitors_at_once_and_more_than_many(running: Running) -> None:
    visitors = [running.knock() for _ in range(MAX_CONNECTIONS + 3)]
    events = running.until("open", MAX_CONNECTIONS + 3)
    assert len([one for one in running.until("close", 3) if one["event"] == "close"]) == 3
    assert len({one["peer"] for one in events if one["event"] == "open"}) == MAX_CONNECTIONS + 3
    for visitor in visitors:
        visitor.close()
    running.until("close", MAX_CONNECTIONS + 3)
    with running.knock() as connection:
        assert read_line(connection) == b"hello\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_closes_everything_and_ends(running: Running, number: signal.Signals) -> None:
    with running.knock() as connection:
        assert read_line(connection) == b"hello\n"
        running.process.send_signal(number)
        assert running.process.wait(10) == 0
        assert connection.recv(10) == b""
    assert running.events()[-1]["event"] == "close"


def test_a_port_in_use_is_an_error_and_not_a_silent_nothing(running: Running, tmp_path: Path) -> None:
    words = [sys.executable, "-S", "-c", PROGRAM, str(running.port), str(tmp_path / "other")]
    done = subprocess.run(words, env={"PYTHONPATH": str(ROOT / "src")}, capture_output=True, timeout=30)
    assert done.returncode != 0
    assert b"Address already in use" in done.stderr
