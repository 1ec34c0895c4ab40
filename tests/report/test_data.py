from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omamori.model.look import Verdict
from omamori.model.text import Text
from omamori.report.data import CheckInfo, Report, build_report
from omamori.snapshot.database import Database


def test_the_counts_are_those_of_the_verdicts(report: Report) -> None:
    numbers = report.numbers
    assert (numbers.machines, numbers.observed, numbers.accepted) == (15, 10, 1)
    assert numbers.found == sum(numbers.by_severity) == sum(finding.verdict == "fail" for finding in report.findings)
    assert numbers.found + numbers.unknown + numbers.accepted == len(report.findings)


def test_every_finding_has_its_evidence_line_or_says_that_there_is_none(report: Report) -> None:
    lines = {
        finding.subject: finding.evidence
        for finding in report.findings
        if finding.check == "account.root_login" and finding.verdict == "fail"
    }
    assert {line.text for line in lines.values() if line} == {"permitrootlogin yes"}
    (accepted,) = [finding for finding in report.findings if finding.verdict == "accepted"]
    assert accepted.evidence is None
    assert accepted.acceptance is not None
    assert (accepted.acceptance.owner, accepted.acceptance.until) == ("院長", "2026-12-31")


def test_a_vendors_machine_is_asked_about_and_ours_is_not(report: Report) -> None:
    asked = {finding.subject: finding.ask_vendor for finding in report.findings if finding.check == "network.firewall_off"}
    assert asked["PACS"] and asked["検査サーバ"]
    assert not asked["医事サーバ"] and not asked["電子カルテサーバ2"]


def test_a_list_of_vendors_nobody_has_seen_makes_no_vendor_called_site(hospital) -> None:  # type: ignore[no-untyped-def]
    of_vendors = CheckInfo(
        "own.vendor", "own", Text("x", "x"), "low", Text("", ""), Text("", ""), "none", "", Text("聞く", "ask"), "vendor"
    )
    unseen = Verdict(check_id="own.vendor", subject="site", verdict="unknown", severity="low", reason="not_collected")
    asked = Verdict(check_id="own.vendor", subject="ある業者", verdict="fail", severity="low")
    report = hospital.report(verdicts=(unseen, asked), checks=(of_vendors,))
    names = {vendor.name for vendor in report.vendors}
    assert "site" not in names and "ある業者" in names


def test_what_people_wrote_comes_back_to_its_finding(report: Report) -> None:
    (planned,) = [finding for finding in report.findings if finding.plan]
    assert (planned.check, planned.subject, planned.plan and planned.plan.owner) == ("account.root_login", "検査サーバ", "福井")


def test_a_machine_only_a_verdict_names_is_listed(hospital) -> None:  # type: ignore[no-untyped-def]
    stray = Verdict(check_id="account.root_login", subject="知らない機器", verdict="fail", severity="high")
    report = hospital.report(verdicts=(*hospital.verdicts, stray))
    assert "知らない機器" in {machine.name for machine in report.machines}


def test_a_check_nobody_described_is_told_under_its_id(hospital) -> None:  # type: ignore[no-untyped-def]
    stray = Verdict(check_id="own.rule", subject="PACS", verdict="fail", severity="low", message_en="x")
    report = hospital.report(verdicts=(*hospital.verdicts, stray))
    assert report.checks["own.rule"].title == Text("own.rule", "own.rule")
    assert "own" in {topic.id for topic in report.topics}


@pytest.mark.parametrize("verdict", ["fail", "unknown", "accepted"])
def test_no_finding_vanishes(hospital, verdict: str) -> None:  # type: ignore[no-untyped-def]
    wanted = sorted((v.check_id, v.subject, v.finding_key) for v in hospital.verdicts if v.verdict == verdict)
    assert sorted((f.check, f.subject, f.key) for f in hospital.report().findings if f.verdict == verdict) == wanted


NOON = datetime(2026, 6, 1, 12, 0)
TEXT = st.text(max_size=30)
VERDICTS = st.lists(
    st.builds(
        Verdict,
        check_id=st.sampled_from(["a.b", "c.d"]),
        subject=TEXT,
        finding_key=TEXT,
        verdict=st.sampled_from(["pass", "fail", "unknown", "accepted"]),
        severity=st.sampled_from(["critical", "high", "medium", "low"]),
        message_ja=TEXT,
        message_en=TEXT,
    ),
    max_size=12,
)


@settings(max_examples=20, deadline=None)  # each example opens a database
@given(VERDICTS, st.randoms(use_true_random=False))
def test_the_order_of_the_verdicts_makes_no_difference(verdicts, shuffler) -> None:  # type: ignore[no-untyped-def]
    checks = [CheckInfo(check, "t", Text("", ""), "high", Text("", ""), Text("", ""), "none") for check in ("a.b", "c.d")]

    def build() -> Report:
        with Database() as database:
            return build_report(database, verdicts, checks, {}, read_evidence=lambda _: {}, moment=NOON, version="1")

    first = build()
    shuffler.shuffle(verdicts)
    assert build() == first
    assert len(first.verdicts) == len(verdicts)
