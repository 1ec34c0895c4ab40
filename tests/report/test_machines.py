from __future__ import annotations

from datetime import datetime

from omamori.model.look import EVERYWHERE, Collected
from omamori.report.data import Report
from omamori.report.machines import read_machines
from omamori.snapshot.database import Database


def test_what_is_near_the_outside_is_marked(report: Report) -> None:
    exposed = {machine.name for machine in report.machines if machine.exposed}
    assert exposed == {"踏み台", "医事サーバ"}  # one stands in the DMZ, one was seen talking to the Internet


def test_machines_with_the_heaviest_findings_come_first(report: Report) -> None:
    order = ["critical", "high", "medium", "low", ""]
    places = [order.index(machine.worst) for machine in report.machines]
    assert places == sorted(places)


def test_the_counts_of_the_machines_add_up_to_the_findings_on_machines(report: Report) -> None:
    on_machines = [finding for finding in report.findings if finding.subject_kind == "asset"]
    assert sum(machine.found for machine in report.machines) == sum(finding.verdict == "fail" for finding in on_machines)
    assert sum(machine.unknown for machine in report.machines) == sum(finding.verdict == "unknown" for finding in on_machines)


def test_before_any_analysis_a_machine_that_was_looked_at_is_listed() -> None:
    with Database() as database:
        for asset in ("pc1", EVERYWHERE):
            database.insert([Collected(asset=asset, table_name="hosts", complete=True, seen=datetime(2026, 6, 1))])
        (machine,) = read_machines(database, (), {})
    assert machine.name == "pc1"
