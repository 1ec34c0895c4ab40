"""The same finding stands once: nothing found is lost by grouping."""

from __future__ import annotations

import dataclasses
from datetime import UTC

from omamori.report.paper.grouped import LINES, SUBJECTS, by_machine, by_topic, proof
from omamori.report.shape import EvidenceLine, Report


def test_every_check_that_found_something_stands_once(report: Report) -> None:
    topics = by_topic(report, "en", UTC)
    told = [entry["id"] for topic in topics for entry in (*topic["long"], *topic["short"])]
    assert sorted(told) == sorted({finding.check for finding in report.findings if finding.verdict == "fail"})
    counts = {entry["id"]: entry["count"] for topic in topics for entry in (*topic["long"], *topic["short"])}
    for check, count in counts.items():
        assert count.startswith(f"{sum(one.check == check and one.verdict == 'fail' for one in report.findings)} found")


def test_gravest_first_and_lists_are_cut_with_their_number(report: Report) -> None:
    one = next(finding for finding in report.findings if finding.verdict == "fail")
    many = tuple(dataclasses.replace(one, number=number, subject=f"pc{number:03}") for number in range(300))
    [topic] = by_topic(dataclasses.replace(report, findings=many), "ja", UTC)
    [entry] = (*topic["long"], *topic["short"])
    assert f"ほか {300 - SUBJECTS} 件" in entry["where"] and len(entry["lines"]) == LINES and entry["more"] == 300 - LINES


def test_machines_with_the_same_findings_stand_together(report: Report) -> None:
    told = by_machine(report, "ja")
    grave = {
        one.subject
        for one in report.findings
        if one.verdict == "fail" and one.severity in ("critical", "high") and one.subject_kind == "asset"
    }
    known = {machine.name for machine in report.machines}
    assert sum(int(group["count"]) for group in told["groups"]) + told["more"] == len(grave & known)


def test_a_command_of_ours_is_never_shown_where_a_vendor_has_to_be_asked(report: Report) -> None:
    for topic in by_topic(report, "en", UTC):
        for entry in topic["long"]:
            found = [one for one in report.findings if one.check == entry["id"] and one.verdict == "fail"]
            assert bool(entry["fix"]) == any(not one.ask_vendor for one in found)


def test_proof_names_the_evidence() -> None:
    line = EvidenceLine("0123456789abcdef:7", "linux.ssh", "host", "sshd -T", 7, "permitrootlogin yes")
    assert proof(line, "en", UTC) == {"place": "0123456789ab · host · sshd -T · line 7", "text": "permitrootlogin yes"}
    assert proof(None, "ja", UTC)["text"] == ""
