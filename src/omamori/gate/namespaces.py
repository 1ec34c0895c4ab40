"""Which processes live in given network namespaces, and their end. Linux, root."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def inside(namespaces: Iterable[Path]) -> set[int]:
    """Return the processes whose network namespace is one of the files (`/run/netns/NAME`); files that are gone hold none."""
    wanted = set()
    for file in namespaces:
        with suppress(OSError):
            told = file.stat()
            wanted.add((told.st_dev, told.st_ino))
    found = set()
    for folder in Path("/proc").iterdir() if wanted else ():
        if folder.name.isdigit():
            with suppress(OSError):
                told = (folder / "ns" / "net").stat()
                if (told.st_dev, told.st_ino) in wanted:
                    found.add(int(folder.name))
    return found


def end_inside(namespaces: Iterable[Path], timeout: float = 10.0) -> set[int]:
    """Kill every process in the namespaces and wait until none is left; returns those that would not go."""
    files = tuple(namespaces)
    until = time.monotonic() + timeout
    while left := inside(files):
        for pid in left:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        for pid in left:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        if time.monotonic() > until:
            return left
        time.sleep(0.05)
    return set()
