"""A real SSH server on the loopback, a real shell behind it."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncssh
import pytest

from omamori.gate.process import Completed
from omamori.gate.ssh import SshOptions, Target, run_script_over_ssh, run_scripts_over_ssh
from omamori.gate.ssh_words import SshFailure

PASSWORD = "correct horse"


class Server(asyncssh.SSHServer):
    """Lets `admin` in with a password, once per connection."""

    asked: list[str]

    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        Server.asked.append(password)
        return username == "admin" and password == PASSWORD


async def _serve(process: asyncssh.SSHServerProcess[bytes]) -> None:
    command = (process.command or "").replace("sudo -n ", "echo 'sudo: a password is required' >&2; exit 1; ")
    child = await asyncio.create_subprocess_exec(
        "sh",
        "-c",
        command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    assert child.stdin and child.stdout and child.stderr

    async def pass_on(source: asyncio.StreamReader, sink: asyncssh.SSHWriter[bytes]) -> None:
        while chunk := await source.read(65536):
            sink.write(chunk)
            await sink.drain()

    child.stdin.write(await process.stdin.read())
    child.stdin.close()

    async def end_with_the_channel() -> None:
        await process.wait_closed()
        if child.returncode is None:
            os.killpg(child.pid, signal.SIGKILL)

    ending = asyncio.create_task(end_with_the_channel())
    try:
        await asyncio.gather(pass_on(child.stdout, process.stdout), pass_on(child.stderr, process.stderr))
    except (BrokenPipeError, ConnectionError):
        await ending
    process.exit(await child.wait())


@dataclass(frozen=True)
class Running:
    port: int
    known_hosts: Path
    fingerprint: str


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    Server.asked = []
    key = asyncssh.generate_private_key("ssh-ed25519")
    loop = asyncio.new_event_loop()
    listening = loop.run_until_complete(
        asyncssh.create_server(Server, "127.0.0.1", 0, server_host_keys=[key], process_factory=_serve, encoding=None)
    )
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    known = tmp_path_factory.mktemp("ssh") / "known_hosts"
    port = listening.get_port()
    known.write_text(f"[127.0.0.1]:{port} {key.export_public_key().decode()}")
    yield Running(port, known, key.get_fingerprint())
    loop.call_soon_threadsafe(listening.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)


def _options(server: Running, **changes: object) -> SshOptions:
    settings: dict[str, object] = {"known_hosts": server.known_hosts, "password": lambda target: PASSWORD, "timeout": 30.0}
    return SshOptions(**{**settings, **changes})  # type: ignore[arg-type]


def test_a_script_runs_and_its_output_comes_back(server: Running) -> None:
    done = run_script_over_ssh(f"admin@127.0.0.1:{server.port}", b"printf 'first %s\\n' \"$1\"; echo oops >&2; exit 3\n", _options(server))
    assert done == Completed(3, b"first -\n", b"oops\n")


def test_an_unknown_host_key_is_never_accepted_and_the_line_names_its_fingerprint(server: Running, tmp_path: Path) -> None:
    empty = tmp_path / "known_hosts"
    empty.write_text("")
    before = list(Server.asked)
    with pytest.raises(SshFailure) as caught:
        run_script_over_ssh(f"admin@127.0.0.1:{server.port}", b"true\n", _options(server, known_hosts=empty))
    assert server.fingerprint in caught.value.text.ja
    assert server.fingerprint in caught.value.text.en
    assert "\n" not in caught.value.text.en
    assert Server.asked == before  # no password was sent to a host nobody knows
    assert empty.read_text() == ""


def test_a_wrong_password_is_tried_once(server: Running) -> None:
    before = len(Server.asked)
    with pytest.raises(SshFailure) as caught:
        run_script_over_ssh(f"admin@127.0.0.1:{server.port}", b"true\n", _options(server, password=lambda target: "wrong"))
    assert "--ask-password" in caught.value.text.ja
    assert len(Server.asked) - before == 1


def test_each_failure_costs_only_its_host(server: Running) -> None:
    good = f"admin@127.0.0.1:{server.port}"
    targets = [good, "admin@127.0.0.1:1", "-oProxyCommand=x", "two words"]
    results = dict(run_scripts_over_ssh(targets, b"echo here\n", _options(server)))
    assert set(results) == set(targets)
    assert results[good] == Completed(0, b"here\n", b"")
    assert all(isinstance(results[target], SshFailure) for target in targets[1:])


def test_a_host_that_does_not_end_is_cut_off_with_what_it_printed(server: Running) -> None:
    done = run_script_over_ssh(f"admin@127.0.0.1:{server.port}", b"echo begun; sleep 60\n", _options(server, timeout=1.5))
    assert (done.timed_out, done.stdout, done.exit_code) == (True, b"begun\n", None)


def test_a_host_that_prints_without_end_fills_no_memory(server: Running) -> None:
    done = run_script_over_ssh(f"admin@127.0.0.1:{server.port}", b"head -c 3000000 /dev/zero\n", _options(server, max_output=500))
    assert (len(done.stdout), done.truncated) == (500, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("admin@10.1.0.11", ("10.1.0.11", 22, "admin")),
        ("ehr01:2222", ("ehr01", 2222, None)),
        ("root@[fd00::1]:22", ("fd00::1", 22, "root")),
    ],
)
def test_targets(text: str, expected: tuple[str, int, str | None]) -> None:
    target = Target.read(text)
    assert (target.host, target.port, target.user) == expected


@pytest.mark.parametrize("text", ["", "a b", "host:0", "host:99999", "@host", "-v", "user@", "fd00::1"])
def test_what_is_no_target(text: str) -> None:
    with pytest.raises(SshFailure):
        Target.read(text)
