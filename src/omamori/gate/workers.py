"""Shares work among processes, one per core: results come in the order of the items, whatever the number of workers.

In this process instead when there is little to do, when there is one core, or when no process can be started. A
worker that dies costs only the item it died of.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain
from multiprocessing.connection import wait
from typing import Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_SELDOM = (200_000, 20, 20)
WORTH_BYTES = 16 * 1024**2
"""Below this a pool takes longer to start than the work itself."""


@dataclass(frozen=True, slots=True)
class Lost(Generic[Item]):
    """An item whose worker died of it (killed by the system, out of memory)."""

    item: Item


def collect_seldom() -> None:
    """Look for cycles of objects seldom in this process: rows and findings have none, and looking costs a tenth of the work."""
    gc.set_threshold(*_SELDOM)


def in_order(
    work: Callable[[Item], Answer], items: Iterable[Item], *, weight: Callable[[Item], int], workers: int | None = None
) -> Iterator[tuple[Item, Answer | Lost[Item]]]:
    """Yield every item with `work(item)`, in the order of `items`.

    In: `work` and the items go to other processes by pickle, so `work` is a function of a module (or a
    partial of one); `weight` is about how many bytes an item has; `workers` None: one per core. At most
    `workers` + 2 items are held at once, besides the first `WORTH_BYTES`. Raises what `work` raises.
    """
    count = workers or os.cpu_count() or 1
    coming = iter(items)
    first: list[Item] = []
    heavy = 0
    while count > 1 and (heavy < WORTH_BYTES or len(first) < 2):
        try:
            item = next(coming)
        except StopIteration:
            break
        first.append(item)
        heavy += weight(item)
    everything = chain(first, coming)
    pool = _Pool(count) if heavy >= WORTH_BYTES and len(first) > 1 and _can_travel(work) else None
    if pool is None or not pool.starts():
        for item in everything:
            yield item, work(item)
        return
    try:
        yield from _shared(pool, work, everything)
    finally:
        pool.stop()


def _shared(pool: _Pool, work: Callable[[Item], Answer], items: Iterator[Item]) -> Iterator[tuple[Item, Answer | Lost[Item]]]:
    waiting: deque[tuple[Item, Future[Answer]]] = deque()
    while True:
        while len(waiting) < pool.count + 2:
            try:
                item = next(items)
            except StopIteration:
                break
            waiting.append((item, pool.submit(work, item)))
        if not waiting:
            return
        item, future = waiting.popleft()
        try:
            yield item, future.result()
        except BrokenProcessPool:
            # Which of the items it was is not known: the first one is tried alone, the others begin anew.
            pool.start_anew()
            try:
                answer: Answer | Lost[Item] = pool.submit(work, item).result()
            except BrokenProcessPool:
                answer = Lost(item)
                pool.start_anew()
            waiting = deque((one, pool.submit(work, one)) for one, _ in waiting)
            yield item, answer


class _Pool:
    """Processes started afresh (spawn), the same on every system."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._executor = self._new()

    def _new(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.count, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)

    def starts(self) -> bool:
        """Return whether a process can be started and answers."""
        try:
            return self._executor.submit(_ready).result()
        except (OSError, BrokenProcessPool, RuntimeError):
            self.stop()
            return False

    def submit(self, work: Callable[[Item], Answer], item: Item) -> Future[Answer]:
        """Hand an item over; a pool that broke in the meantime answers with that."""
        try:
            return self._executor.submit(work, item)
        except BrokenProcessPool as error:
            broken: Future[Answer] = Future()
            broken.set_exception(error)
            return broken

    def start_anew(self) -> None:
        """Put a fresh pool in the place of a broken one."""
        self.stop()
        self._executor = self._new()

    def stop(self) -> None:
        """Take no more work; what a process has begun it ends."""
        self._executor.shutdown(wait=False, cancel_futures=True)


def _can_travel(work: object) -> bool:
    try:
        pickle.dumps(work)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True


def _ready() -> bool:
    return True


def _begin() -> None:
    """Leave Ctrl-C to the parent, and end when the parent has ended, however it did."""
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
