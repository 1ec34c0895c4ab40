"""The only place that logs in to other machines: those the user named, with host keys the user knows."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omamori.gate.process import Completed
from omamori.gate.ssh_words import SshFailure, bad_target, explain, other_host_key

if TYPE_CHECKING:
    import asyncssh

_CHUNK = 64 * 1024
_TARGET = re.compile(r"(?:(?P<user>[^@\s]+)@)?(?:\[(?P<v6>[0-9A-Fa-f:.%\w]+)\]|(?P<host>[^@\s:\[\]]+))(?::(?P<port>\d{1,5}))?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class SshOptions:
    """How to log in.

    `password` is called with the target when the host wants one (None: only keys and the agent). `sudo` runs the
    script as administrator with `sudo -n`. `timeout` seconds per host, `together` hosts at once, `max_output` bytes.
    """

    sudo: bool = False
    key: Path | None = None
    known_hosts: Path | None = None
    password: Callable[[str], str] | None = None
    timeout: float = 300.0
    together: int = 8
    max_output: int = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Target:
    """A host the user named: `[user@]host[:port]`."""

    text: str
    host: str
    port: int
    user: str | None

    @classmethod
    def read(cls, text: str) -> Target:
        """Read a target; SshFailure when it is none."""
        found = _TARGET.match(text)
        if found is None or text.startswith("-") or int(found["port"] or 22) not in range(1, 65536):
            raise bad_target(text)
        return cls(text, found["v6"] or found["host"], int(found["port"] or 22), found["user"])


def run_script_over_ssh(target: str, script: bytes, options: SshOptions) -> Completed:
    """Run a script with `sh -s -- -` on one host and return what it printed. SshFailure when that was not possible."""
    _, result = next(run_scripts_over_ssh((target,), script, options))
    if isinstance(result, SshFailure):
        raise result
    return result


def run_scripts_over_ssh(targets: Sequence[str], script: bytes, options: SshOptions) -> Iterator[tuple[str, Completed | SshFailure]]:
    """Run a script on several hosts at once; yields each as it ends. A host that fails costs only itself."""
    loop = asyncio.new_event_loop()
    gate = asyncio.Semaphore(options.together)
    tasks = {loop.create_task(_one(target, script, options, gate)) for target in dict.fromkeys(targets)}
    try:
        while tasks:
            done, tasks = loop.run_until_complete(asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED))
            for task in done:
                yield task.result()
    finally:
        for task in tasks:
            task.cancel()
        if tasks:
            loop.run_until_complete(asyncio.wait(tasks))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


async def _one(text: str, script: bytes, options: SshOptions, gate: asyncio.Semaphore) -> tuple[str, Completed | SshFailure]:
    async with gate:
        try:
            return text, await _run(Target.read(text), script, options)
        except SshFailure as failure:
            return text, failure


async def _run(target: Target, script: bytes, options: SshOptions) -> Completed:
    return await logged_in(target, options, lambda connection: collect(connection, script, options))


async def logged_in(
    target: Target, options: SshOptions, work: Callable[[asyncssh.SSHClientConnection], Coroutine[Any, Any, Completed]]
) -> Completed:
    """Log in to the host the user named, do `work` there and hang up. SshFailure when that was not possible."""
    connection = await connect(target, options)
    # Loaded by now.
    import asyncssh

    try:
        return await work(connection)
    except (OSError, asyncssh.Error) as error:
        raise explain(target.text, target.host, target.port, error, None, options) from error
    finally:
        connection.abort()


async def connect(
    target: Target, options: SshOptions, host_keys: Sequence[str] = (), *, keep_alive: float = 15
) -> asyncssh.SSHClientConnection:
    """Log in to the host the user named. SshFailure when that was not possible.

    In: `host_keys`, fingerprints `SHA256:…` of which the host has to show one; none: the keys known to the user count. `keep_alive` seconds.
    """
    # Loaded only when somebody logs in: it is large, and most runs look at files.
    import asyncssh

    client = _Client(target, options, host_keys)
    keys: dict[str, Any] = {} if options.key is None else {"client_keys": [str(options.key)]}
    if host_keys:
        keys["known_hosts"] = ([], [], [])
    elif options.known_hosts is not None:
        keys["known_hosts"] = str(options.known_hosts)
    if target.user is not None:
        keys["username"] = target.user
    try:
        # No ~/.ssh/config: it could lead through hosts the user did not name here.
        connection, _ = await asyncssh.create_connection(
            lambda: client.answering(asyncssh.SSHClient),
            target.host,
            target.port,
            config=None,
            connect_timeout=15,
            login_timeout=30,
            keepalive_interval=keep_alive,
            **keys,
        )
    except (OSError, asyncssh.Error, ValueError) as error:
        if host_keys and client.refused:
            raise other_host_key(target.text, client.fingerprint or "?") from error
        raise explain(target.text, target.host, target.port, error, client.fingerprint if client.refused else None, options) from error
    return connection


class _Client:
    """Answers what the library asks while it logs in, and remembers the host key nobody knows."""

    def __init__(self, target: Target, options: SshOptions, host_keys: Sequence[str]) -> None:
        self.target, self.options, self.host_keys = target, options, host_keys
        self.fingerprint: str | None = None
        self.refused = False
        self.asked = False

    def answering(self, base: type[asyncssh.SSHClient]) -> asyncssh.SSHClient:
        """Return the library's client with our answers (its class is known only once the library is loaded)."""
        outer = self

        class Client(base):  # type: ignore[valid-type, misc]
            def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:
                outer.fingerprint = f"{key.get_algorithm()} {key.get_fingerprint()}"
                outer.refused = key.get_fingerprint().rstrip("=") not in outer.host_keys
                return not outer.refused  # never accepted unseen

            def password_auth_requested(self) -> str | None:
                return outer.password()

            def kbdint_auth_requested(self) -> str | None:
                return "" if outer.options.password is not None and not outer.asked else None

            def kbdint_challenge_received(self, name: str, instructions: str, lang: str, prompts: Sequence[Any]) -> list[str] | None:
                if not prompts:
                    return []
                said = outer.password()
                return None if said is None else [said] * len(prompts)

        made: asyncssh.SSHClient = Client()
        return made

    def password(self) -> str | None:
        """The password, once: a wrong one is not tried again, accounts lock."""
        if self.options.password is None or self.asked:
            return None
        self.asked = True
        return self.options.password(self.target.text)


async def collect(connection: asyncssh.SSHClientConnection, script: bytes, options: SshOptions) -> Completed:
    """Run a script over a connection and return what it printed; `timeout` of the options ends it."""
    command = "sudo -n sh -s -- -" if options.sudo else "sh -s -- -"
    process = await connection.create_process(command, encoding=None)
    out, err = bytearray(), bytearray()
    timed_out = False

    async def feed() -> None:
        try:
            process.stdin.write(script)
            await process.stdin.drain()
            process.stdin.write_eof()
        except OSError:
            return  # the other end closed first: its exit code tells

    try:
        async with asyncio.timeout(options.timeout):
            cut, _, _ = await asyncio.gather(_keep(process.stdout, out, options.max_output), _keep(process.stderr, err, _CHUNK), feed())
            await process.wait_closed()
    except TimeoutError:
        timed_out, cut = True, False
        process.kill()
    return Completed(None if timed_out else process.exit_status, bytes(out), bytes(err), timed_out, cut)


async def _keep(stream: Any, kept: bytearray, limit: int) -> bool:
    """Keep the first `limit` bytes and read the rest away; True when there was more."""
    cut = False
    while chunk := await stream.read(_CHUNK):
        room = max(0, limit - len(kept))
        kept += chunk[:room]
        cut = cut or len(chunk) > room
    return cut
