from __future__ import annotations

from omamori.model.look import Verdict
from omamori.report.changes import compare
from omamori.report.data import Report


def _verdict(verdict: str, key: str = "", subject: str = "pc1", check: str = "a.b") -> Verdict:
    return Verdict(check_id=check, subject=subject, finding_key=key, verdict=verdict, severity="high")


def _now(current: list[Verdict]) -> str:
    (past,) = compare((), current, [_verdict("fail", "x")], None).past
    return past.now


def test_gone_only_when_newer_evidence_says_so() -> None:
    assert _now([_verdict("pass")]) == "gone"
    assert _now([_verdict("fail", "y")]) == "gone"


def test_what_can_no_longer_be_seen_is_not_gone() -> None:
    assert _now([_verdict("unknown")]) == "unknown"
    assert _now([_verdict("fail", "y"), _verdict("unknown", "x")]) == "unknown"
    assert _now([]) == "not_judged"
    assert _now([_verdict("pass", subject="pc2")]) == "not_judged"


def test_accepted_is_neither_gone_nor_hidden() -> None:
    assert _now([_verdict("accepted", "x")]) == "accepted"


def test_new_and_still_open_are_told_apart(report: Report) -> None:
    changes = report.changes
    assert changes is not None
    assert {report.findings[number].check for number in changes.new} == {"account.no_lockout"}
    assert len(changes.new) + len(changes.still) == report.numbers.found
    assert [(item.subject, item.now) for item in changes.past] == [
        ("踏み台", "gone"),
        ("バックアップNAS", "gone"),
        ("コアスイッチ", "unknown"),
    ]
