"""Only what changes something is written, by the writer of the machine's system."""

from __future__ import annotations

from tests.respond.harden.small import facts, rows

from omamori.respond.harden.plan import make_plan
from omamori.respond.harden.write.registry import write_files


def test_what_is_done_by_hand_has_no_file() -> None:
    with facts(rows()) as known:
        plan = make_plan(known, "s", ["all"])
    assert plan.measures and all(not one.changes for one in plan.measures)
    assert write_files(plan.measures) == ()
