"""The stop button: `omamori scan --stop` in another window asks the running scan of a site to end, and waits until it has."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from omamori.snapshot.files import private_folder, write_whole
from omamori.snapshot.site import Site, SiteError

_STOP = "stop"


@contextmanager
def running(site: Path) -> Iterator[None]:
    """Keep a second scan of the site out. SiteError when one runs."""
    folder = private_folder(site / "scan")
    with Site(folder).lock(wait_seconds=0):
        (folder / _STOP).unlink(missing_ok=True)
        yield


def heed(site: Path, stop: threading.Event) -> None:
    """Set `stop` when somebody asked for it."""
    if (site / "scan" / _STOP).exists():
        stop.set()


def ask_to_stop(site: Path, patience: float = 10.0) -> bool | None:
    """Ask the running scan to end; True when it has, False when it had not within `patience` seconds, None when none runs."""
    folder = site / "scan"
    if not folder.is_dir() or _free(folder):
        return None
    write_whole(folder / _STOP, b"", lasting=False)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if _free(folder):
            (folder / _STOP).unlink(missing_ok=True)
            return True
        time.sleep(0.05)
    return False


def _free(folder: Path) -> bool:
    try:
        with Site(folder).lock(wait_seconds=0):
            return True
    except SiteError:
        return False
