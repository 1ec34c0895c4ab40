"""Programs that stay when we have ended: started in a session of their own, with a log file, and known again later. Linux.

A process number is given anew once its process is gone, so a program is known by its number and the moment it began.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from omamori.gate.error import GateError

SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_NOTHING: Mapping[str, str] = MappingProxyType({})
_STATE, _STARTED = 0, 19
"""Fields of /proc/PID/stat after the name, from 0 (proc(5): 3 and 22)."""


@dataclass(frozen=True, slots=True)
class Running:
    """A program that was started: its process number, and its start in clock ticks since the machine's."""

    pid: int
    born: int


def start(argv: Sequence[str], *, log: Path, environment: Mapping[str, str] = _NOTHING) -> Running:
    """Start a program that stays: no input, its output goes into `log`, nothing of our environment but what is given.

    It leads its own session, so that no signal meant for us or sent by it reaches the other. GateError when it cannot be started.
    """
    program = shutil.which(argv[0], path=SEARCH_PATH)
    if program is None:
        raise _cannot(argv[0], "not installed")
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(log), flags, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    try:
        pid = os.posix_spawn(
            program,
            list(argv),
            {"PATH": SEARCH_PATH, "LANG": "C.UTF-8", **environment},
            file_actions=actions,
            setsid=True,
        )
    except OSError as error:
        raise _cannot(argv[0], error.strerror or "?") from error
    return Running(pid, _stat(pid)[1])


def alive(running: Running) -> bool:
    """Return whether it still runs; one of ours that has ended is let go."""
    with suppress(ChildProcessError):
        os.waitpid(running.pid, os.WNOHANG)
    state, born = _stat(running.pid)
    return born == running.born and state not in ("", "Z", "X")


def stop(running: Running, grace: float = 2.0) -> None:
    """End a program and what it started in its group: asked first, forced after `grace` seconds."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if not alive(running):
            return
        with suppress(ProcessLookupError):
            os.killpg(running.pid, sign)
        until = time.monotonic() + grace
        while alive(running) and time.monotonic() < until:
            time.sleep(0.02)


def _stat(pid: int) -> tuple[str, int]:
    try:
        # The name stands in parentheses and may hold anything, parentheses too.
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        return fields[_STATE], int(fields[_STARTED])
    except (OSError, IndexError, ValueError):
        return "", 0


def _cannot(program: str, reason: str) -> GateError:
    return GateError(f"{program} を起動できません({reason})", f"{program} cannot be started ({reason})")
