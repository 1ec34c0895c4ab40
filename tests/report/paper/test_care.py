"""What care depends on: only what the ledger calls important, the gravest first."""

from __future__ import annotations

from omamori.report.paper.care import care_at_stake
from omamori.report.shape import Report


def test_only_important_machines_count_and_the_gravest_come_first(report: Report) -> None:
    cares = care_at_stake(report.machines)
    important = {machine.name for machine in report.machines if machine.important}
    assert important and {name for care in cares for name in care.machines} == important
    assert sum(care.found for care in cares) == sum(machine.found for machine in report.machines if machine.important)
    assert sum(care.observed for care in cares) == sum(machine.observed for machine in report.machines if machine.important)


def test_without_a_ledger_nothing_is_claimed() -> None:
    assert care_at_stake(()) == ()
