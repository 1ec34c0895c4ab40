"""A promise is kept only where the machine was looked at again and the finding is not told any more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.respond.harden.small import BEHAVIOUR, NOW, behaviour_off, filled, look, pc

from omamori.model.look import Verdict
from omamori.respond.harden.parts import Promise
from omamori.respond.harden.verify import verify

PROMISE = Promise(BEHAVIOUR, "pc-1", "pc-1 | ExampleAV")
LATER = NOW + timedelta(days=1)


def passed() -> Verdict:
    return Verdict(check_id=BEHAVIOUR, subject="pc-1", verdict="pass")


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([look("pc-1", LATER), passed()], "gone"),
        ([look("pc-1", LATER), behaviour_off("pc-1", product="Other")], "gone"),
        ([look("pc-1", LATER), behaviour_off("pc-1")], "still"),
        ([look("pc-1", LATER), behaviour_off("pc-1", "unknown")], "unknown"),
        ([look("pc-1", LATER), behaviour_off("pc-1", "unknown"), behaviour_off("pc-1", product="Other")], "unknown"),
        # The check says nothing of the machine any more: nobody may call that kept.
        ([look("pc-1", LATER)], "unknown"),
        # Passed, but by the look the plan was made from.
        ([look("pc-1"), passed()], "not-seen"),
        ([passed()], "not-seen"),
        ([], "not-seen"),
    ],
)
def test_states(rows: list[Any], state: str) -> None:
    with filled([*pc("pc-1"), *rows]) as database:
        (kept,) = verify(database, [PROMISE], NOW)
    assert kept.state == state


def test_an_exception_is_told_as_one() -> None:
    accepted = Verdict(check_id=BEHAVIOUR, subject="pc-1", finding_key=PROMISE.key, verdict="accepted", message_en="accepted until 2027")
    with filled([*pc("pc-1"), look("pc-1", LATER), accepted]) as database:
        (kept,) = verify(database, [PROMISE], NOW)
    assert (kept.state, kept.why.en) == ("accepted", "accepted until 2027")
