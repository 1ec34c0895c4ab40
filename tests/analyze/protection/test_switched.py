"""A machine or function that is said to be switched off."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.analyze.protection.switched import switched_off
from omamori.model.derived import Asset
from omamori.model.host import Service

EARLY, LATE = datetime(2026, 11, 10), datetime(2026, 11, 22)


@pytest.mark.parametrize(
    ("last", "silent", "state"),
    [
        (LATE, None, "contradicted"),  # the sheet was read on the 20th
        (EARLY, None, "declared"),
        (EARLY, LATE, "seen"),
        (None, LATE, "seen"),
        (LATE, EARLY, "contradicted"),
        (None, None, "declared"),
    ],
)
def test_the_machine_itself(look_at, last, silent, state):
    found = look_at(switched_off, None, [Asset(asset="a", last_seen=last, unanswered=silent)], ["assets"], ["exceptions"])
    assert found.state == state and found.said.ja and found.said.en


def test_a_machine_nobody_knows(look_at):
    assert look_at(switched_off, None, [], [], ["exceptions"]).state == "unreadable"


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({"state": "running", "start": "automatic"}, "contradicted"),
        ({"state": "stopped", "start": "disabled"}, "seen"),
        ({"state": "stopped", "start": "manual"}, "declared"),
        ({"state": "stopped"}, "unreadable"),
    ],
)
def test_a_function_of_the_machine(look_at, told, state):
    service = Service(asset="a", name="Spooler", display_name="Print Spooler", evidence="v:1", **told)
    assert look_at(switched_off, "Print Spooler", [service], ["services"]).state == state
    assert look_at(switched_off, "spooler", [service], ["services"]).evidence == "v:1"


def test_no_service_of_the_name(look_at):
    assert look_at(switched_off, "telnetd", [], ["services"]).state == "declared"
    assert look_at(switched_off, "telnetd").state == "unreadable"
