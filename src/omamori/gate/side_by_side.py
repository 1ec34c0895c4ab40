"""Does the same with several hosts at once: a bounded number of threads, a time limit for each, one host's failure its own."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Late:
    """The time was over. What works on the item still has no hold on anything here; its next step ends it, or the program's end."""


class GivenUp(Exception):
    """What `step` raises once nobody waits for the item any longer."""


@dataclass(frozen=True, slots=True)
class _Running(Generic[Item]):
    item: Item
    until: float
    over: threading.Event


@dataclass(frozen=True, slots=True)
class _Said(Generic[Answer]):
    """What a thread says: a step is done, it has its answer, or it broke."""

    number: int
    step: bool = False
    answer: Answer | None = None
    error: BaseException | None = None


def side_by_side(
    items: Sequence[Item],
    work: Callable[[Item, Callable[[], None]], Answer],
    *,
    together: int,
    timeout: float,
    hear: Callable[[Item], None],
) -> Iterator[tuple[Item, Answer | Late]]:
    """Yield every item with `work(item, step)` as each ends.

    In: at most `together` at once, each for at most `timeout` seconds; `work` calls `step` when it got on, and `hear` is
    called with the item then, in the caller's own thread. `step` raises GivenUp once the item is late or nobody asks for more.
    Raises what `work` raises in time.
    """
    said: queue.Queue[_Said[Answer]] = queue.Queue()
    waiting = deque(enumerate(items))
    running: dict[int, _Running[Item]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < together:
                number, item = waiting.popleft()
                one = running[number] = _Running(item, time.monotonic() + timeout, threading.Event())
                threading.Thread(target=_work, args=(number, one, work, said), daemon=True).start()
            try:
                heard = said.get(timeout=max(0.0, min(one.until for one in running.values()) - time.monotonic()))
            except queue.Empty:
                now = time.monotonic()
                for number in [number for number, one in running.items() if one.until <= now]:
                    running[number].over.set()
                    yield running.pop(number).item, Late()
                continue
            if heard.number not in running:
                continue
            if heard.step:
                hear(running[heard.number].item)
            elif heard.error is not None:
                raise heard.error
            else:
                yield running.pop(heard.number).item, heard.answer  # type: ignore[misc]  # an answer may itself be None
    finally:
        for one in running.values():
            one.over.set()


def _work(number: int, one: _Running[Item], work: Callable[[Item, Callable[[], None]], Answer], said: queue.Queue[_Said[Answer]]) -> None:
    def step() -> None:
        if one.over.is_set():
            raise GivenUp
        said.put(_Said(number, step=True))

    try:
        said.put(_Said(number, answer=work(one.item, step)))
    except BaseException as error:  # noqa: BLE001 - handed to the caller, who raises it
        said.put(_Said(number, error=error))
