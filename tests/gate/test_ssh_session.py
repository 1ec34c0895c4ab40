"""A real SSH server on the loopback that plays a device at a terminal: prompt, pager, password before the configuration."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from omamori.gate.ssh import SshOptions
from omamori.gate.ssh_session import Talk, talk_over_ssh
from omamori.gate.ssh_words import SshFailure

PASSWORD, ADMINISTRATOR = "correct horse", "battery staple"
PAGES = [[f"line {number}" for number in range(3)], ["last line"]]


class Login(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return password == PASSWORD


typed: list[str] = []
echoes: list[bool] = []


async def _device(process: asyncssh.SSHServerProcess[str]) -> None:
    """Prompt > until `administrator` and its password, then #; `show config` comes in pages."""
    sign, out = ">", process.stdout
    while True:
        out.write(f"RTX1210{sign} ")
        line = (await process.stdin.readline()).rstrip("\r\n")
        typed.append(line)
        if line == "administrator":
            out.write("Password: ")
            said = (await process.stdin.readline()).rstrip("\r\n")
            typed.append(said)
            out.write(f"{said if echoes else ''}\r\n")
            sign = "#" if said == ADMINISTRATOR else ">"
        elif line == "show config" and sign == "#":
            for page in PAGES:
                out.write("".join(f"{text}\r\n" for text in page))
                if page is not PAGES[-1]:
                    out.write("---つづく---")
                    typed.append(repr(await process.stdin.read(1)))
                    out.write("\r            \r")
        elif line == "hang":
            await asyncio.sleep(600)
        elif line == "bye":
            process.exit(0)
            return
        else:
            out.write(f"{line}: shown\r\n")


@dataclass
class Server:
    port: int
    known_hosts: Path

    def options(self, **more: Any) -> SshOptions:
        return SshOptions(known_hosts=self.known_hosts, password=lambda _: PASSWORD, **{"timeout": 30.0, **more})

    @property
    def target(self) -> str:
        return f"admin@127.0.0.1:{self.port}"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    typed.clear()
    echoes.clear()
    loop = asyncio.new_event_loop()
    key = asyncssh.generate_private_key("ssh-ed25519")

    async def start() -> Any:
        return await asyncssh.create_server(Login, "127.0.0.1", 0, server_host_keys=[key], process_factory=_device, line_editor=False)

    listener = loop.run_until_complete(start())
    port = listener.sockets[0].getsockname()[1]
    known = tmp_path / "known_hosts"
    known.write_text(f"[127.0.0.1]:{port} {key.export_public_key().decode()}")
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield Server(port, known)
    loop.call_soon_threadsafe(listener.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


def test_pages_and_the_password_before_them(server: Server) -> None:
    done = talk_over_ssh(server.target, Talk(("administrator", "show config"), lambda: ADMINISTRATOR), server.options())
    shown = done.stdout.decode()
    assert not done.timed_out
    assert all(text in shown for page in PAGES for text in page)
    assert typed == ["administrator", ADMINISTRATOR, "show config", "' '"]


def test_nothing_but_the_lines_a_space_and_the_password_is_sent(server: Server) -> None:
    done = talk_over_ssh(server.target, Talk(("show one", "show two")), server.options())
    assert b"show one: shown" in done.stdout and b"show two: shown" in done.stdout
    assert typed == ["show one", "show two"]


def test_a_password_nobody_gave_ends_it(server: Server) -> None:
    done = talk_over_ssh(server.target, Talk(("administrator", "show config")), server.options())
    assert b"line 0" not in done.stdout and typed == ["administrator"]


def test_a_wrong_password_shows_no_configuration(server: Server) -> None:
    done = talk_over_ssh(server.target, Talk(("administrator", "show config"), lambda: "wrong"), server.options())
    assert b"show config: shown" in done.stdout and b"line 0" not in done.stdout
    assert typed.count("wrong") == 1


def test_a_device_that_hangs_up_or_never_answers(server: Server) -> None:
    assert b"RTX1210>" in talk_over_ssh(server.target, Talk(("bye", "show one")), server.options()).stdout
    late = talk_over_ssh(server.target, Talk(("hang",)), server.options(timeout=3.0))
    assert late.timed_out and b"RTX1210>" in late.stdout


def test_too_much_is_cut(server: Server) -> None:
    done = talk_over_ssh(server.target, Talk(("show one",) * 9), server.options(max_output=40))
    assert done.truncated and len(done.stdout) == 40


def test_an_unknown_key_is_refused_before_any_login(server: Server, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.write_text("")
    with pytest.raises(SshFailure):
        talk_over_ssh(server.target, Talk(("show one",)), SshOptions(known_hosts=empty, password=lambda _: PASSWORD))
    assert typed == []


def test_a_terminal_that_echoes_the_password_does_not_bring_it_into_the_evidence(server: Server) -> None:
    echoes.append(True)
    done = talk_over_ssh(server.target, Talk(("administrator", "show config"), lambda: ADMINISTRATOR), server.options())
    assert b"last line" in done.stdout
    assert ADMINISTRATOR.encode() not in done.stdout


def test_a_device_whose_key_nobody_knows_is_not_asked(server: Server) -> None:
    server.known_hosts.write_text("")
    with pytest.raises(SshFailure):
        talk_over_ssh(server.target, Talk(("show one",)), server.options())
    assert typed == []
