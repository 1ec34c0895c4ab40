"""Work shared among processes: the order, the crash of one, and no pool where there is little to do."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from omamori.gate.workers import WORTH_BYTES, Lost, in_order


def _tell(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def _die_of(bad: int, number: int) -> int:
    if number == bad:
        os._exit(9)
    return number + 1


def _heavy(_: object) -> int:
    return WORTH_BYTES


def test_the_order_is_that_of_the_items_and_other_processes_do_the_work() -> None:
    found = list(in_order(_tell, range(20), weight=_heavy, workers=2))
    assert [item for item, _ in found] == list(range(20))
    answers = [answer for _, answer in found if not isinstance(answer, Lost)]
    assert [answer[0] for answer in answers] == [number * number for number in range(20)]
    assert os.getpid() not in {answer[1] for answer in answers}


def test_little_work_and_work_that_cannot_travel_stay_in_this_process() -> None:
    assert {answer[1] for _, answer in in_order(_tell, range(5), weight=lambda _: 1, workers=2) if not isinstance(answer, Lost)} == {
        os.getpid()
    }
    assert [answer for _, answer in in_order(lambda number: number + 1, range(3), weight=_heavy, workers=2)] == [1, 2, 3]


def test_a_worker_that_dies_costs_only_its_item() -> None:
    found = dict(in_order(partial(_die_of, 3), range(8), weight=_heavy, workers=2))
    assert found == {number: Lost(3) if number == 3 else number + 1 for number in range(8)}


def test_what_the_work_raises_arrives(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    raised = ""
    try:
        list(in_order(os.stat, [missing, missing], weight=_heavy, workers=2))
    except FileNotFoundError as error:
        raised = str(error.filename)
    assert raised == str(missing)
