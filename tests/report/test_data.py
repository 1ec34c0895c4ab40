from __future__ import annotations

from omamori.report.data import Report


def test_the_counts_are_those_of_the_verdicts(report: Report) -> None:
    numbers = report.numbers
    assert (numbers.machines, numbers.observed, numbers.accepted) == (15, 10, 1)
    assert numbers.found == sum(numbers.by_severity) == sum(finding.verdict == "fail" for finding in report.findings)
