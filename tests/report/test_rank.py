from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from omamori.model.text import Text
from omamori.report.data import Report
from omamori.report.rank import first_things
from omamori.report.shape import CheckInfo, Finding

SAME = Text("", "")


def _check(check: str, cost: str) -> CheckInfo:
    return CheckInfo(check, "topic", SAME, "high", SAME, SAME, cost)


def _finding(number: int, check: str, subject: str, severity: str, ask: bool = False) -> Finding:
    return Finding(number, check, subject, "asset", "", "fail", severity, None, SAME, None, None, None, "", ask, "vendor" if ask else "")


def test_the_cheaper_of_two_equals_comes_first_and_a_subject_counts_once() -> None:
    checks = {"a.dear": _check("a.dear", "high"), "a.cheap": _check("a.cheap", "none")}
    findings = [_finding(0, "a.dear", "pc1", "high"), _finding(1, "a.cheap", "pc1", "high"), _finding(2, "a.cheap", "pc1", "high")]
    things = first_things(findings, checks, {})
    assert [(thing.check, thing.score, thing.rank) for thing in things] == [("a.cheap", 30.0, 1), ("a.dear", 3.75, 2)]
    assert things[0].findings == (1, 2)


def test_the_same_fix_on_many_machines_is_one_line_with_what_to_ask_apart() -> None:
    checks = {"a.b": _check("a.b", "none")}
    findings = [_finding(number, "a.b", f"pc{number}", "medium", ask=number > 9) for number in range(12)]
    (thing,) = first_things(findings, checks, {})
    assert (len(thing.own), thing.ask, thing.vendors, thing.score) == (10, ("pc10", "pc11"), ("vendor",), 96.0)


def test_where_care_would_stop_weighs_more(report: Report) -> None:
    machines = {machine.name: machine for machine in report.machines}
    checks = {"a.ward": _check("a.ward", "none"), "a.ehr": _check("a.ehr", "none")}
    things = first_things([_finding(0, "a.ward", "病棟端末1", "high"), _finding(1, "a.ehr", "電子カルテサーバ1", "high")], checks, machines)
    assert [(thing.check, thing.score) for thing in things] == [("a.ehr", 60.0), ("a.ward", 30.0)]


def test_one_topic_cannot_fill_the_page() -> None:
    checks = {name: _check(name, "none") for name in ("a.one", "a.two", "a.three", "b.one")}
    findings = [_finding(number, name, "pc1", "critical" if name.startswith("a") else "low") for number, name in enumerate(checks)]
    assert [thing.check for thing in first_things(findings, checks, {})] == ["a.one", "a.three", "b.one"]


FINDINGS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(["pc1", "pc2", "pc3"]), st.sampled_from(["critical", "high", "medium", "low"])),
    max_size=40,
)


@given(FINDINGS, st.randoms(use_true_random=False))
def test_the_order_of_the_findings_makes_no_difference(rows: list[tuple[str, str, str]], shuffler: random.Random) -> None:
    checks = {
        letter: _check(letter, cost) for letter, cost in zip("abcdef", ["none", "none", "low", "medium", "high", "high"], strict=True)
    }
    findings = [_finding(number, *row) for number, row in enumerate(rows)]
    expected = first_things(findings, checks, {})
    shuffler.shuffle(findings)
    assert first_things(findings, checks, {}) == expected
    assert [thing.score for thing in expected] == sorted((thing.score for thing in expected), reverse=True)
