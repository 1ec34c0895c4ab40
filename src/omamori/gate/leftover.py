"""Ends what a killed run of ours left running. Linux: a child is known by a name of ours that nothing else carries.

A backup program or database that was started into a scratch place goes on when we are killed: it must have ended before the place is emptied.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_FORCED = 5.0
"""Seconds a process that was forced has to be gone."""
_UNIQUE = re.compile(r"[a-z-]{3,40}-[0-9a-f]{16,64}")


def carriers(name: str) -> Iterator[int]:
    """Yield the processes of this user (of all, for root) whose command line or working folder carries `name`; never this one.

    What was started by the gate leads a session of its own and has no terminal: a person's shell in that folder is none of ours.

    In: a name of ours with at least 64 random bits; ValueError for any other, so that no common word can name a stranger.
    """
    if not _UNIQUE.fullmatch(name):
        raise ValueError("not a name of ours")
    if sys.platform != "linux":
        return
    mark = name.encode()
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        with suppress(OSError):
            told = (folder / "cmdline").read_bytes()
            if (mark in told or mark in os.fsencode((folder / "cwd").readlink())) and not _has_terminal(folder):
                yield int(folder.name)


def _has_terminal(folder: Path) -> bool:
    # tty_nr, the seventh field of proc(5); the name before it stands in parentheses and may hold anything.
    return (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[4] != "0"


def end_carriers(name: str, grace: float = 5.0) -> bool:
    """End them: asked first, forced after `grace` seconds; True when none is left some seconds after that."""
    until, given_up = time.monotonic() + grace, None
    while left := list(carriers(name)):
        forced = time.monotonic() > until
        if given_up is not None and time.monotonic() > given_up:
            return False
        # Counted from the first time they were forced: on a busy machine that comes late.
        given_up = time.monotonic() + max(grace, _FORCED) if forced and given_up is None else given_up
        for pid in left:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL if forced else signal.SIGTERM)
        time.sleep(0.1)
    return True
