"""The order of the move: nothing is closed before the new way was tried, every step has its test and its way back."""

from __future__ import annotations

import pytest
from tests.respond.bastion.small import LINE, OUTER, filled, rows

from omamori.model.ways_in import Entry
from omamori.respond.bastion.order import Step, steps
from omamori.respond.bastion.plan import make_plan


@pytest.fixture(scope="module")
def found() -> tuple[Step, ...]:
    stranger = Entry(
        asset="fw", entry="fw lan x", device="fw", interface="lan", declared=False, observed=True, line="fw lan x", kind="line"
    )
    with filled([*rows(), stranger]) as database:
        return steps(make_plan(database))


def place(found: tuple[Step, ...], word: str) -> int:
    return next(number for number, step in enumerate(found) if word in step.what.en)


def test_open_comes_before_close_and_the_door_s_device_last(found: tuple[Step, ...]) -> None:
    order = [
        place(found, word) for word in ("Save the configuration", "Make jump", "Agree on a day", f"{LINE}: open", "vpn: close", "fw: close")
    ]
    assert order == sorted(order)
    assert "Collect the devices' configurations again" in found[-2].what.en and "vpn" in found[-1].what.en


def test_every_step_can_be_tried_and_taken_back_in_both_languages(found: tuple[Step, ...]) -> None:
    for step in found:
        assert all(text.ja and text.en for text in (step.what, step.test, step.back))
    assert [step.device for step in found if step.device] == ["vpn", "fw"]


def test_the_rules_the_new_way_needs_and_the_lines_nobody_knows_are_named(found: tuple[Step, ...]) -> None:
    assert "rules are added on fw" in found[place(found, f"{LINE}: open")].what.en
    assert "fw lan x" in found[place(found, "Find whose")].what.en
    assert "Records Ltd" in found[place(found, "Agree")].what.en and OUTER in found[place(found, "fw: close")].what.en


def test_with_nothing_to_change_there_are_no_steps() -> None:
    with filled(rows(dmz=False, jump=False)) as database:
        assert steps(make_plan(database)) == ()
