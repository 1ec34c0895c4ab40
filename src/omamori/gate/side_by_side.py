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
    """The time was over. What works on the item still has no hold on anything here and ends with the program at the latest."""


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
    called with the item then, in the caller's own thread. Raises what `work` raises.
    """
    said: queue.Queue[_Said[Answer]] = queue.Queue()
    waiting = deque(enumerate(items))
    running: dict[int, tuple[Item, float]] = {}
    while waiting or running:
        while waiting and len(running) < together:
            number, item = waiting.popleft()
            running[number] = (item, time.monotonic() + timeout)
            threading.Thread(target=_work, args=(number, item, work, said), daemon=True).start()
        first = min(until for _, until in running.values())
        try:
            one = said.get(timeout=max(0.0, first - time.monotonic()))
        except queue.Empty:
            now = time.monotonic()
            for number in [number for number, (_, until) in running.items() if until <= now]:
                yield running.pop(number)[0], Late()
            continue
        if one.number not in running:
            continue
        if one.step:
            hear(running[one.number][0])
        elif one.error is not None:
            raise one.error
        else:
            yield running.pop(one.number)[0], one.answer  # type: ignore[misc]  # an answer may itself be None


def _work(number: int, item: Item, work: Callable[[Item, Callable[[], None]], Answer], said: queue.Queue[_Said[Answer]]) -> None:
    try:
        said.put(_Said(number, answer=work(item, lambda: said.put(_Said(number, step=True)))))
    except BaseException as error:  # noqa: BLE001 - handed to the caller, who raises it
        said.put(_Said(number, error=error))
