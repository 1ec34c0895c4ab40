"""The only place that starts a process: arguments as a list, no shell, a time limit, a size limit, a small environment."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import IO

from omamori.gate.error import GateError

_CHUNK = 64 * 1024
_AFTER_KILL = 3.0
_HEED = 0.2
"""Seconds in which a stop is heeded."""
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "LC_MESSAGES", "TZ", "TMPDIR", "SYSTEMROOT", "USERPROFILE") + (
    ("SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "TEMP", "TMP", "PROGRAMDATA", "PROGRAMFILES") if os.name == "nt" else ()
)
NOTHING_MORE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Completed:
    """How a program ended. `exit_code` None: it was stopped. `truncated`: it printed more than was kept. `stopped`: because it was asked to."""

    exit_code: int | None
    stdout: bytes
    stderr: bytes
    timed_out: bool = False
    truncated: bool = False
    stopped: bool = False


def run(
    argv: Sequence[str],
    *,
    input: bytes | None = None,
    timeout: float = 60.0,
    max_output: int = 64 * 1024 * 1024,
    hear: Callable[[str], None] | None = None,
    stop: threading.Event | None = None,
    environment: Mapping[str, str] = NOTHING_MORE,
) -> Completed:
    """Run a program to its end and return what it printed.

    In: `timeout` in seconds, `max_output` in bytes for each of stdout and stderr, `hear` gets every line of
    stderr while the program runs, `environment` what the program gets beside the little of ours. When the time is over, or `stop`
    is set, the program and all it started are killed; what it printed until then is returned. GateError when it cannot be started.
    """
    process, family = begin(argv, stdin=input is not None, environment=environment)
    heard: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    out, err = _Stream(max_output), _Stream(max_output, heard)
    threads = [_start(out.read_all, process.stdout), _start(err.read_all, process.stderr)]
    if input is not None:
        _start(_feed, process.stdin, input)
    killed = _until_the_end(process, family, heard, timeout, hear, stop)
    family.close()
    for thread in threads:
        # A grandchild that fled into its own session may keep a pipe open: then we do not wait for it.
        thread.join(_AFTER_KILL)
    code = None if killed else process.returncode
    stopped = killed and stop is not None and stop.is_set()
    return Completed(code, bytes(out.kept), bytes(err.kept), killed and not stopped, out.truncated or err.truncated, stopped)


def begin(argv: Sequence[str], *, stdin: bool, environment: Mapping[str, str] = NOTHING_MORE) -> tuple[subprocess.Popen[bytes], Family]:
    """Start a program with pipes, in a group of its own that can be killed as one. GateError when it cannot be started."""
    try:
        process = subprocess.Popen(  # noqa: S603 - a list of arguments, no shell
            list(argv),
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ} | dict(environment),
            start_new_session=True,
        )
    except OSError as error:
        raise GateError(
            f"{argv[0]} を起動できません({error.strerror})。インストールされているか確認してください。",
            f"{argv[0]} cannot be started ({error.strerror}): see whether it is installed.",
        ) from error
    return process, Family(process)


@dataclass(slots=True)
class _Stream:
    """Keeps the first `limit` bytes of a pipe and reads the rest away, so that the program never waits for us."""

    limit: int
    lines: queue.SimpleQueue[str | None] | None = None
    kept: bytearray = field(default_factory=bytearray)
    truncated: bool = False
    _line: bytes = b""

    def read_all(self, pipe: IO[bytes]) -> None:
        """Read until the pipe is closed."""
        with pipe:
            while chunk := os.read(pipe.fileno(), _CHUNK):
                room = self.limit - len(self.kept)
                self.kept += chunk[:room]
                self.truncated = self.truncated or len(chunk) > room
                if self.lines is not None:
                    self._tell(chunk)
        if self.lines is not None:
            self.lines.put(None)

    def _tell(self, chunk: bytes) -> None:
        *whole, self._line = (self._line + chunk).split(b"\n")
        self._line = self._line[-_CHUNK:]
        for line in whole:
            if self.lines is not None:
                self.lines.put(line.decode("utf-8", "replace"))


def _start(target: Callable[..., None], *arguments: object) -> threading.Thread:
    thread = threading.Thread(target=target, args=arguments, daemon=True)
    thread.start()
    return thread


def _feed(pipe: IO[bytes], data: bytes) -> None:
    try:
        with pipe:
            pipe.write(data)
    except OSError:
        return  # the program ended before it read everything: its exit code tells


def _until_the_end(
    process: subprocess.Popen[bytes],
    family: Family,
    heard: queue.SimpleQueue[str | None],
    timeout: float,
    hear: Callable[[str], None] | None,
    stop: threading.Event | None,
) -> bool:
    """Pass lines on until stderr is closed and the program ended; True when it had to be killed."""
    deadline = time.monotonic() + timeout
    try:
        while (line := _next_line(heard, deadline, stop)) is not None:
            if hear is not None:
                hear(line)
        process.wait(max(0.0, deadline - time.monotonic()))
    except (queue.Empty, subprocess.TimeoutExpired):
        # Closed pipes of a program that ended are no timeout.
        if process.poll() is not None:
            return False
        family.kill()
        return True
    except BaseException:
        family.kill()
        raise
    return False


def _next_line(heard: queue.SimpleQueue[str | None], deadline: float, stop: threading.Event | None) -> str | None:
    """Return the next line of stderr, None at its end; queue.Empty when the time is over or a stop was asked for."""
    while stop is not None:
        if stop.is_set():
            raise queue.Empty
        try:
            return heard.get(timeout=max(0.0, min(_HEED, deadline - time.monotonic())))
        except queue.Empty:
            if time.monotonic() >= deadline:
                raise
    return heard.get(timeout=max(0.0, deadline - time.monotonic()))


if sys.platform == "win32":
    import ctypes

    class Family:
        """The program and everything it starts: a job of Windows, which can be ended as one."""

        def __init__(self, process: subprocess.Popen[bytes]) -> None:
            """Put a program that was just started into a job."""
            self._process = process
            self._kernel = ctypes.WinDLL("kernel32")
            self._kernel.CreateJobObjectW.restype = ctypes.c_void_p
            self._job = ctypes.c_void_p(self._kernel.CreateJobObjectW(None, None))
            self._kernel.AssignProcessToJobObject(self._job, ctypes.c_void_p(int(process._handle)))

        def kill(self) -> None:
            """End all of them at once."""
            self._kernel.TerminateJobObject(self._job, 1)
            self._process.kill()
            self._process.wait()

        def close(self) -> None:
            """Give the job back."""
            self._kernel.CloseHandle(self._job)

else:

    class Family:
        """The program and everything in its group; it leads its own session."""

        def __init__(self, process: subprocess.Popen[bytes]) -> None:
            """Take a program that leads its own session."""
            self._process = process

        def kill(self) -> None:
            """End all of them at once."""
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return
            self._process.wait()

        def close(self) -> None:
            """Nothing is held."""
