"""Several items at once: bounded, each with its time, none at the cost of another."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from omamori.gate.side_by_side import GivenUp, Late, side_by_side


def quiet(item: object) -> None:
    """Hear nothing."""


def test_every_item_gets_its_answer_and_none_is_an_answer() -> None:
    def work(item: int, step: Callable[[], None]) -> int | None:
        return item * 2 if item else None

    found = dict(side_by_side(range(20), work, together=4, timeout=30, hear=quiet))
    assert found == {0: None, **{item: item * 2 for item in range(1, 20)}}


def test_steps_are_heard_in_the_callers_thread_and_in_order() -> None:
    heard: list[tuple[str, bool]] = []

    def work(item: str, step: Callable[[], None]) -> str:
        for _ in range(3):
            step()
        return item

    def hear(item: str) -> None:
        heard.append((item, threading.current_thread() is threading.main_thread()))

    assert list(side_by_side(["a"], work, together=1, timeout=30, hear=hear)) == [("a", "a")]
    assert heard == [("a", True)] * 3


def test_one_that_does_not_end_costs_only_itself() -> None:
    never = threading.Event()

    def work(item: str, step: Callable[[], None]) -> str:
        if item == "stuck":
            never.wait()
            step()
        return item

    found = dict(side_by_side(["stuck", "a", "b"], work, together=1, timeout=0.2, hear=quiet))
    never.set()
    assert found == {"stuck": Late(), "a": "a", "b": "b"}


@pytest.mark.parametrize("late", [True, False])
def test_what_nobody_waits_for_ends_at_its_next_step(late: bool) -> None:
    ended = threading.Event()

    def work(item: str, step: Callable[[], None]) -> str:
        if item == "quick":
            return item
        try:
            while True:
                step()
                ended.wait(0.01)
        except GivenUp:
            ended.set()
            raise

    found = side_by_side(["endless", "quick"], work, together=2, timeout=0.2 if late else 600, hear=quiet)
    if late:
        assert dict(found) == {"endless": Late(), "quick": "quick"}
    else:
        assert next(found) == ("quick", "quick")
        found.close()  # type: ignore[attr-defined]  # a generator
    assert ended.wait(30)


def test_a_mistake_is_raised_to_the_caller() -> None:
    def work(item: int, step: Callable[[], None]) -> int:
        return 1 // item

    with pytest.raises(ZeroDivisionError):
        list(side_by_side([0], work, together=2, timeout=30, hear=quiet))
