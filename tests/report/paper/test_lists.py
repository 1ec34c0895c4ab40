"""The lists of the full report: complete, or cut with their number."""

from __future__ import annotations

import dataclasses
from datetime import UTC

from omamori.model.text import Text
from omamori.report.checklist import Checklist, ChecklistItem
from omamori.report.paper.lists import MACHINES, UNDECIDED, accepted, changes, checklists, machine_rows, unseen, vendors, visits
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


def test_items_that_differ_come_first_and_none_is_lost(report: Report) -> None:
    def item(number: int, decision: str) -> ChecklistItem:
        text = Text(f"項目{number}", f"item {number}")
        missing = tuple(Text(f"足りない{place}", f"missing {place}") for place in range(3)) if decision == "open" else ()
        return ChecklistItem(f"2-{number}", "①", text, text, "site", decision, "yes", (), missing, (), (), None, None)

    same = Text("様式", "sheet")
    sheet = Checklist(
        "checklist/r7-hospital", same, same, same, "draft", Text("版が違います", "another edition"), (item(1, "open"), item(2, "differs"))
    )
    [told] = checklists(dataclasses.replace(report, checklists=(sheet,)), "ja")
    assert [row["number"] for row in told["rows"]] == ["2-2", "2-1"] and told["said"] == "版が違います"
    assert told["rows"][0]["decision"] == "記入と実測が異なります" and told["rows"][0]["draft"] == "はい"
    assert told["rows"][1]["why"] == "足りない0 / 足りない1 ほか 1 件"
    assert checklists(dataclasses.replace(report, checklists=()), "ja") == []


def test_visits_say_why(report: Report) -> None:
    told = visits(report, "ja")
    assert len(told) == len(report.visits) and all(one["why"] for one in told)
