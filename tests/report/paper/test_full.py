"""The full report as a PDF: what the screen tells, readable, nothing out of place."""

from __future__ import annotations

import dataclasses
from datetime import UTC
from typing import Any

import pytest

from omamori.model.text import Language
from omamori.report.paper.full import full_data, render_full
from omamori.report.shape import Report
from omamori.report.words import DISCLAIMER


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_tells_what_the_screen_tells(report: Report, pdf: Any, language: Language) -> None:
    made = pdf(render_full(report, language, UTC))
    assert made.misplaced() == []
    text = made.text()
    found = {report.checks[one.check].title.say(language) for one in report.findings if one.verdict == "fail"}
    told = [*found, *(machine.name for machine in report.machines), *(vendor.name for vendor in report.vendors)]
    told += [*(line.say(language) for line in DISCLAIMER), *(one.advice.say(language) for one in report.unseen)]
    assert [one for one in told if flat(one) not in text] == []
    assert f"{made.count}/{made.count}" in text, "the last page has its number"
    assert full_data(report, language, UTC)["director"]["title"].replace(" ", "") in text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_hostile_names_neither_act_nor_leave_their_place(hostile_report: Report, pdf: Any, language: Language) -> None:
    made = pdf(render_full(hostile_report, language, UTC))
    assert made.misplaced() == []
    assert "root:" not in made.text() and '#import"@preview' in made.text()


def test_many_machines_stay_a_document_a_person_can_read(report: Report, pdf: Any) -> None:
    one = next(finding for finding in report.findings if finding.verdict == "fail" and finding.subject_kind == "asset")
    machines = tuple(dataclasses.replace(report.machines[0], name=f"pc{number:03}") for number in range(300))
    findings = tuple(dataclasses.replace(one, number=number, subject=machine.name) for number, machine in enumerate(machines))
    many = dataclasses.replace(report, machines=machines, findings=findings, vendors=(), first=(), changes=None)
    assert pdf(render_full(many, "ja", UTC)).count < 30


def test_an_empty_site_is_a_report_too(report: Report, pdf: Any) -> None:
    empty = dataclasses.replace(
        report, machines=(), findings=(), first=(), unseen=(), verdicts=(), topics=(), vendors=(), visits=(), changes=None, notes=()
    )
    assert pdf(render_full(empty, "en", UTC)).count >= 4
