"""Runs a program whose output is too large to keep: it is handed over as it comes, and the program waits for the reader."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import IO

from omamori.gate.error import GateError
from omamori.gate.process import NOTHING_MORE, Completed, Family, begin

_CHUNK = 1024 * 1024
_PIPE_SIZE = 1031
"""F_SETPIPE_SZ of Linux (fcntl(2)): a pipe of a megabyte wakes both sides less often."""
_WAITING = 16
"""Chunks that wait for the reader: then the program waits, so that a slow reader slows it down."""
_AFTER_KILL = 3.0
_HEED = 0.2
"""Seconds in which a stop is heeded."""


class Streamed:
    """A running program. Read `chunks` or `lines`, then ask for the `end`; see `stream`."""

    def __init__(
        self, process: subprocess.Popen[bytes], family: Family, timeout: float | None, stop: threading.Event | None, kept: int
    ) -> None:
        """Begin to read both outputs of a program that was started."""
        self._process, self._family, self._stop = process, family, stop
        self._deadline = None if timeout is None else time.monotonic() + timeout
        self._arrived: queue.Queue[bytes | None] = queue.Queue(_WAITING)
        self._abandoned = threading.Event()
        self._errors = bytearray()
        self._truncated = self._finished = self._killed = self._stopped = False
        self._kept = kept
        self._ended = 0.0
        self._threads = [
            threading.Thread(target=self._read_output, args=(process.stdout,), daemon=True),
            threading.Thread(target=self._read_errors, args=(process.stderr,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def chunks(self) -> Iterator[bytes]:
        """Yield stdout as it comes, in pieces of any length. Ends early when the time is over or a stop was asked for: see `end`."""
        while not self._finished:
            if self._over():
                self._kill()
                return
            try:
                chunk = self._arrived.get(timeout=_HEED)
            except queue.Empty:
                if self._fled():
                    return
                continue
            if chunk is None:
                self._finished = True
                return
            yield chunk

    def lines(self, longest: int = 16 * 1024 * 1024) -> Iterator[bytes]:
        """Yield the lines of stdout without their ends. GateError for a line of more than `longest` bytes: no memory is large enough."""
        rest = bytearray()
        for chunk in self.chunks():
            rest += chunk
            if b"\n" in chunk:
                *whole, last = bytes(rest).split(b"\n")
                rest = bytearray(last)
                yield from whole
            if len(rest) > longest:
                raise GateError("プログラムの出力が長すぎます", "a program printed a line that is too long")
        if rest:
            yield bytes(rest)

    def end(self) -> Completed:
        """Wait for the end of the program, reading away what is left, and return how it ended, with what it said on stderr."""
        for _ in self.chunks():
            pass
        while not self._killed:
            try:
                self._process.wait(_HEED)
                break
            except subprocess.TimeoutExpired:
                if self._over():
                    self._kill()
        # A grandchild that fled into its own session may keep a pipe open: then we do not wait for it.
        self._threads[1].join(_AFTER_KILL)
        code = None if self._killed else self._process.returncode
        return Completed(
            code, b"", bytes(self._errors), self._killed and not self._stopped, self._truncated, self._killed and self._stopped
        )

    @property
    def stopped(self) -> bool:
        """Whether the program was ended because a stop was asked for."""
        return self._killed and self._stopped

    def close(self) -> None:
        """End the program if it still runs."""
        self._abandoned.set()
        if self._process.poll() is None:
            self._kill()
        self._family.close()

    def _fled(self) -> bool:
        """Whether the program ended some time ago and only a grandchild in a session of its own holds the pipe."""
        if self._process.poll() is None:
            return False
        self._ended = self._ended or time.monotonic()
        return time.monotonic() - self._ended > _AFTER_KILL

    def _over(self) -> bool:
        self._stopped = self._stopped or (self._stop is not None and self._stop.is_set())
        return self._stopped or (self._deadline is not None and time.monotonic() >= self._deadline)

    def _kill(self) -> None:
        if not self._killed and self._process.poll() is None:
            self._killed = True
            self._family.kill()
        self._abandoned.set()

    def _read_output(self, pipe: IO[bytes]) -> None:
        with pipe:
            _widen(pipe)
            while chunk := os.read(pipe.fileno(), _CHUNK):
                self._hand_over(chunk)
        self._hand_over(None)

    def _hand_over(self, chunk: bytes | None) -> None:
        while not self._abandoned.is_set():
            try:
                self._arrived.put(chunk, timeout=_HEED)
                return
            except queue.Full:
                continue

    def _read_errors(self, pipe: IO[bytes]) -> None:
        with pipe:
            while chunk := os.read(pipe.fileno(), _CHUNK):
                room = self._kept - len(self._errors)
                self._errors += chunk[:room]
                self._truncated = self._truncated or len(chunk) > room


@contextmanager
def stream(
    argv: Sequence[str],
    *,
    environment: Mapping[str, str] = NOTHING_MORE,
    timeout: float | None = None,
    stop: threading.Event | None = None,
    max_errors: int = 4 * 1024 * 1024,
) -> Iterator[Streamed]:
    """Start a program and read its output while it runs; whatever leaves the block ends the program and all it started.

    In: `environment` is what it gets beside the little of ours; `timeout` in seconds (None: as long as it takes); `max_errors` the bytes
    of stderr that are kept. GateError when it cannot be started.
    """
    process, family = begin(argv, stdin=False, environment=environment)
    running = Streamed(process, family, timeout, stop, max_errors)
    try:
        yield running
    finally:
        running.close()


if sys.platform == "linux":
    import fcntl

    def _widen(pipe: IO[bytes]) -> None:
        with suppress(OSError):  # the system allows a user only so much
            fcntl.fcntl(pipe.fileno(), _PIPE_SIZE, _CHUNK)

else:

    def _widen(pipe: IO[bytes]) -> None:
        """Pipes of this system have the size they have."""
