"""The lists of the full report: complete, or cut with their number."""

from __future__ import annotations

import dataclasses
from datetime import UTC

from omamori.report.paper.lists import MACHINES, UNDECIDED, accepted, changes, machine_rows, unseen, vendors, visits
from omamori.report.shape import Report


def test_every_machine_has_its_row(report: Report) -> None:
    told = machine_rows(report, "ja", UTC)
    assert [row["name"] for row in told["rows"]] == [machine.name for machine in report.machines] and told["more"] == 0
    unvisited = [row for row, machine in zip(told["rows"], report.machines, strict=True) if not machine.observed]
    assert unvisited and all(row["seen"] == "実機を見ていない" for row in unvisited)
    many = dataclasses.replace(report, machines=report.machines * 100)
    told = machine_rows(many, "ja", UTC)
    assert len(told["rows"]) == MACHINES and told["more"] == len(report.machines) * 100 - MACHINES


def test_what_was_not_seen_is_told_by_reason_and_by_check(report: Report) -> None:
    told = unseen(report, "en")
    assert [reason["label"] for reason in told["reasons"]] == [one.label.en for one in report.unseen]
    undecided = {finding.check for finding in report.findings if finding.verdict == "unknown"}
    assert len(told["checks"]) + told["more"] == len(undecided) and len(told["checks"]) <= UNDECIDED
    counts = [int(one["count"]) for one in told["checks"]]
    assert counts == sorted(counts, reverse=True)


def test_each_vendor_is_asked_once(report: Report) -> None:
    told = vendors(report, "ja")
    assert [vendor["name"] for vendor in told] == [vendor.name for vendor in report.vendors]
    for vendor in told:
        titles = [one["title"] for one in vendor["asked"]]
        assert len(titles) == len(set(titles)) and all(one["ask"] for one in vendor["asked"])


def test_changes_and_acceptances(report: Report) -> None:
    told = changes(report, "en", UTC)
    assert told is not None and report.changes is not None
    assert told["counts"].startswith(f"{len(report.changes.new)} new, {len(report.changes.still)} still")
    assert changes(dataclasses.replace(report, changes=None), "en", UTC) is None
    [row] = accepted(report, "ja")
    assert (row["owner"], row["until"]) == ("院長", "2026-12-31") and "専用VLAN" in row["reason"]


def test_visits_say_why(report: Report) -> None:
    told = visits(report, "ja")
    assert len(told) == len(report.visits) and all(one["why"] for one in told)
