"""Connections to the devices of the block that are held open, so that a prepared script runs at once. Host keys are those of the approval."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TYPE_CHECKING, Any

from omamori.gate.process import Completed
from omamori.gate.ssh import SshOptions, Target, collect, connect
from omamori.gate.ssh_words import SshFailure, broke
from omamori.model.block import BlockDevice
from omamori.model.text import Text

if TYPE_CHECKING:
    import asyncssh

KEEP_ALIVE = 5
"""Seconds after which a silent connection is asked whether it still lives; after three unanswered it is gone."""
_CHUNK = 64 * 1024
_MOST = 1024 * 1024
"""So much of an answer is kept: a whole one is far shorter, and a device may say anything."""
SESSIONS = 7
"""Scripts that wait over one connection: sshd allows ten sessions of it (sshd_config(5), MaxSessions), and others have to run meanwhile."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A script that waits on a device for one more line. `said`: what it said so far."""

    device: str
    said: bytes
    process: Any


class Held:
    """Connections to several devices, used as a context manager. A device that cannot be reached costs only itself (`failures`).

    The connections are kept alive in a thread of their own. One that broke is made anew before the next script, and `told` hears of it.
    """

    def __init__(self, devices: Sequence[BlockDevice], options: SshOptions, told: Callable[[Text], None] = lambda text: None) -> None:
        """Nothing is opened yet."""
        self.devices: Mapping[str, BlockDevice] = {one.name: one for one in devices}
        self.failures: dict[str, SshFailure] = {}
        self._options, self._told = options, told
        self._connections: dict[str, asyncssh.SSHClientConnection] = {}
        self._more: dict[str, list[asyncssh.SSHClientConnection]] = {}
        self._waiting: dict[str, int] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="held connections", daemon=True)

    def __enter__(self) -> Held:
        self._thread.start()
        waiting = {name: self._begin(self._open(name)) for name in self.devices}
        for name, future in waiting.items():
            try:
                future.result()
            except SshFailure as failure:
                self.failures[name] = failure
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        async def end() -> None:
            for connection in (*self._connections.values(), *(one for more in self._more.values() for one in more)):
                connection.abort()
            await self._loop.shutdown_asyncgens()

        self._begin(end()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, name: str, script: bytes, *, seconds: float = 20.0) -> Completed:
        """Run a script with `sh -s -- -` on a device and return what it printed. SshFailure when that was not possible.

        A connection that broke before the script was sent is made anew once; one that breaks later is told: whether it ran is not known then.
        """
        done: Completed = self._begin(self._run(name, script, seconds)).result()
        return done

    def ready(self, name: str, script: bytes, mark: bytes, *, seconds: float = 20.0) -> Ready | Completed:
        """Start a script that waits for a line once it said `mark`; what it said where it ended without that. SshFailure.

        Every `SESSIONS` of them have a connection of their own.
        """
        done: Ready | Completed = self._begin(self._ready(name, script, mark, seconds)).result()
        return done

    def go(self, ready: Ready, line: bytes, *, seconds: float = 20.0) -> Completed:
        """Give a waiting script its line (empty: none, it ends) and return all it said. SshFailure: whether it did it is not known."""
        done: Completed = self._begin(self._go(ready, line, seconds)).result()
        return done

    def client(self, name: str) -> str:
        """Return our own address of the connection to a device; empty where there is none."""
        connection = self._connections.get(name)
        found = connection.get_extra_info("sockname") if connection is not None else None
        return str(found[0]) if found else ""

    def anew(self, name: str, script: bytes, *, seconds: float = 20.0) -> Completed:
        """Run a script over a connection of its own, as somebody would who comes later. SshFailure when that is not possible."""

        async def work() -> Completed:
            device = self.devices[name]
            connection = await connect(Target.read(device.ssh), self._options, device.host_keys, keep_alive=KEEP_ALIVE)
            try:
                return await self._send(name, connection, script, seconds)
            finally:
                connection.abort()

        done: Completed = self._begin(work()).result()
        return done

    def _begin(self, work: Any) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _open(self, name: str) -> asyncssh.SSHClientConnection:
        device = self.devices[name]
        connection = await connect(Target.read(device.ssh), self._options, device.host_keys, keep_alive=KEEP_ALIVE)
        self._connections[name] = connection
        self.failures.pop(name, None)
        return connection

    async def _run(self, name: str, script: bytes, seconds: float) -> Completed:
        return await self._send(name, await self._alive(name), script, seconds)

    async def _alive(self, name: str) -> asyncssh.SSHClientConnection:
        connection = self._connections.get(name)
        if connection is not None and not connection.is_closed():
            return connection
        if connection is not None:
            self._told(Text(f"{name}: 接続が切れていたため、つなぎ直します", f"{name}: the connection had ended; connecting again"))
        return await self._open(name)

    async def _roomy(self, name: str) -> asyncssh.SSHClientConnection:
        """The connection the next waiting script goes over."""
        number = self._waiting.get(name, 0) // SESSIONS
        if number == 0:
            return await self._alive(name)
        more = [one for one in self._more.setdefault(name, []) if not one.is_closed()]
        self._more[name] = more
        while len(more) < number:
            device = self.devices[name]
            more.append(await connect(Target.read(device.ssh), self._options, device.host_keys, keep_alive=KEEP_ALIVE))
        return more[number - 1]

    async def _ready(self, name: str, script: bytes, mark: bytes, seconds: float) -> Ready | Completed:
        connection = await self._roomy(name)
        with self._explained(name):
            command = "sudo -n sh -s -- -" if self.devices[name].sudo else "sh -s -- -"
            process: Any = await connection.create_process(command, encoding=None)
            process.stdin.write(script)
            said = bytearray()
            try:
                async with asyncio.timeout(seconds):
                    while mark not in said and len(said) < _MOST and (chunk := await process.stdout.read(_CHUNK)):
                        said += chunk
                    if mark in said:
                        self._waiting[name] = self._waiting.get(name, 0) + 1
                        return Ready(name, bytes(said), process)
                    err = b"" if len(said) >= _MOST else await process.stderr.read(_CHUNK)
            except TimeoutError:
                process.close()
                return Completed(None, bytes(said), b"", timed_out=True)
            process.close()
            return Completed(process.exit_status, bytes(said), err)

    async def _go(self, ready: Ready, line: bytes, seconds: float) -> Completed:
        said, process, timed_out = bytearray(ready.said), ready.process, False
        with self._explained(ready.device):
            try:
                if line:
                    process.stdin.write(line)
                process.stdin.write_eof()
                async with asyncio.timeout(seconds):
                    while chunk := await process.stdout.read(_CHUNK):
                        said += chunk[: max(0, _MOST - len(said))]
            except TimeoutError:
                timed_out = True
            finally:
                process.close()
                self._waiting[ready.device] = max(0, self._waiting.get(ready.device, 0) - 1)
        return Completed(process.exit_status, bytes(said), b"", timed_out)

    async def _send(self, name: str, connection: asyncssh.SSHClientConnection, script: bytes, seconds: float) -> Completed:
        options = replace(self._options, sudo=self.devices[name].sudo, timeout=seconds, max_output=_MOST)
        with self._explained(name):
            return await collect(connection, script, options)

    @contextmanager
    def _explained(self, name: str) -> Iterator[None]:
        import asyncssh

        try:
            yield
        except (OSError, asyncssh.Error) as error:
            raise broke(self.devices[name].ssh) from error
