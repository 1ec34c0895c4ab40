"""Ends a running program when the folder it reads goes away: a disk that was unplugged, a share that was unmounted, a folder that was moved.

restic before 0.17 tries a missing file again for minutes, and each further one as well, before it gives up.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_EVERY = 0.5
"""Seconds between two looks."""
_TIMES = 2
"""Looks one after the other that find nothing: a share that answers late once is not gone."""


class Departure(threading.Event):
    """Given to the gate as the stop of a program: set when the folder has gone, or when the user's own stop is. Asked with `is_set` alone."""

    def __init__(self, stop: threading.Event | None) -> None:
        """In: the user's stop, where there is one."""
        super().__init__()
        self._users = stop

    def is_set(self) -> bool:
        """Whether the program is to end."""
        return self.by_user() or super().is_set()

    def by_user(self) -> bool:
        """Whether the user wants it to end."""
        return self._users is not None and self._users.is_set()

    def went(self) -> bool:
        """Whether it is to end because the folder has gone, and not because the user stopped it."""
        return super().is_set() and not self.by_user()


@contextmanager
def departure(gone: Callable[[], bool] | None, stop: threading.Event | None) -> Iterator[Departure]:
    """Look from time to time whether something has gone while the block runs.

    In: what looks (None: nothing is looked at, as for a repository far away), and the user's stop. A look that never comes back, as on a
    share that hangs, keeps neither the block nor the user's stop waiting.
    """
    told = Departure(stop)
    left = threading.Event()
    if gone is not None:
        threading.Thread(target=_look, args=(gone, told, left), daemon=True).start()
    try:
        yield told
    finally:
        left.set()


def _look(gone: Callable[[], bool], told: Departure, left: threading.Event) -> None:
    missed = 0
    while not left.wait(_EVERY):
        missed = missed + 1 if gone() else 0
        if missed >= _TIMES and not left.is_set():
            told.set()
            return
