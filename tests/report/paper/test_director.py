"""The director's page: one page whatever the data, in both languages, with room to decide."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date
from typing import Any

import pytest

from omamori.map.hospital import Between, Hospital, Line, Machine, Zone
from omamori.model.standard import ItemAnswer
from omamori.model.text import Language, Text
from omamori.model.ways_in import Entry
from omamori.report.checklist import Checklist, ChecklistItem
from omamori.report.paper.director import director_data, free_steps, render_director
from omamori.report.shape import Plan, Report
from omamori.report.ways import EntryWays, ToldPath, Ways
from omamori.report.ways_register import registered


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_stands_alone_on_one_page(report: Report, pdf: Any, language: Language) -> None:
    page = pdf(render_director(report, language, UTC))
    assert page.count == 1 and page.misplaced() == []
    text = page.text()
    data = director_data(report, language, UTC)
    told = [data["site"], data["lead"], *(care["what"] for care in data["care"][:3]), *(step["title"] for step in data["steps"][:3])]
    told += [data["differs"], data["words"]["decision"], *(signer["post"] for signer in data["signers"]), str(report.numbers.found)]
    assert [one for one in told if flat(one) not in text] == []
    assert ("院長" in text and "決裁欄" in text) if language == "ja" else "Chiefadministrator" in text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_hostile_names_stay_on_the_page(hostile_report: Report, pdf: Any, language: Language) -> None:
    page = pdf(render_director(hostile_report, language, UTC))
    assert page.count == 1 and page.misplaced() == []
    assert "root:" not in page.text()


def test_ten_times_the_hospital_is_one_page_and_says_what_was_cut(report: Report, pdf: Any) -> None:
    long = "とても長い名前の機器がある病院" * 5
    many = tuple(
        dataclasses.replace(machine, name=f"{machine.name}{number}{long}", purpose=f"{long}{number}{machine.name}", important=True)
        for number in range(20)
        for machine in report.machines
    )
    page = pdf(render_director(dataclasses.replace(report, machines=many), "ja", UTC))
    assert page.count == 1 and page.misplaced() == []
    assert "ほか" in page.text() and "決裁欄" in page.text()


def test_an_empty_site_leaves_no_hole(report: Report, pdf: Any) -> None:
    empty = dataclasses.replace(report, machines=(), findings=(), first=(), unseen=(), verdicts=(), checklists=())
    text = pdf(render_director(empty, "ja", UTC)).text()
    assert "未記入です" in text and "比べていません" in text


def test_only_free_steps_ask_for_a_yes(report: Report) -> None:
    steps = free_steps(report)
    assert steps and all(report.checks[step.check].fix_cost == "none" for step in steps)
    assert [step.score for step in steps] == sorted((step.score for step in steps), reverse=True)


def test_who_and_by_when_come_from_the_plan_else_stay_blank(report: Report) -> None:
    steps = free_steps(report)
    before = director_data(report, "ja", UTC)["steps"][0]
    number = steps[0].findings[0]
    findings = list(report.findings)
    findings[number] = dataclasses.replace(findings[number], plan=Plan(owner="福井", due=date(2026, 7, 1)))
    after = director_data(dataclasses.replace(report, findings=tuple(findings)), "ja", UTC)["steps"][0]
    assert (after["who"], after["due"]) == ("福井", "2026-07-01") and before["due"] == ""


def test_what_differs_is_told_and_nothing_is_claimed_where_nobody_answered(report: Report) -> None:
    def checklist(decision: str, *answers: str) -> Checklist:
        given = tuple(ItemAnswer(standard="checklist/r7-hospital", item="1-1", answer=answer) for answer in answers)
        same = Text("x", "x")
        item = ChecklistItem("1-1", "①", same, same, "site", decision, "", (), (), given, (), None, None)
        return Checklist("checklist/r7-hospital", same, same, same, "draft", None, (item,))

    def told(*checklists: Checklist) -> str:
        return str(director_data(dataclasses.replace(report, checklists=checklists), "en", UTC)["differs"])

    assert told(checklist("differs", "yes")).startswith("1 answers")
    assert told(checklist("agrees", "yes")).startswith("Of the 1 items answered none")
    assert told() == told(checklist("open")) and "nothing was compared" in told()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_ways_in_are_told_in_a_sentence_where_there_is_room(report: Report, pdf: Any, language: Language) -> None:
    def told(**changes: Any) -> Ways:
        row = registered(Entry(entry="x", declared=False, observed=True), {})
        paths = tuple(ToldPath("a", jewel, Text("a", "a"), True, (), ()) for jewel in changes.get("jewels", ()))
        return Ways((EntryWays("x", "line", Text("a", "a"), "", paths, row),))

    with_ways = dataclasses.replace(report, ways=told(jewels=("ehr", "important")))
    sentence = director_data(with_ways, language, UTC)["ways"]
    assert ("台帳にありません" in sentence and "電子カルテに確かに届くもの 1、バックアップに確かに届くもの 0" in sentence) or (
        "For certain 1 reach the records and 0 the backups" in sentence
    )
    page = pdf(render_director(with_ways, language, UTC))
    assert page.count == 1 and page.misplaced() == []
    assert flat(sentence) in page.text() or language == "en", "English is longer: there the page is full without it"
    assert "見た範囲では" in director_data(dataclasses.replace(report, ways=told()), "ja", UTC)["ways"]
    assert director_data(dataclasses.replace(report, ways=Ways()), language, UTC)["ways"] == ""


def test_the_oldest_are_the_oldest(report: Report) -> None:
    oldest = director_data(report, "en", UTC)["oldest"]
    ages = [finding.age_days for finding in report.findings if finding.verdict == "fail" and finding.age_days]
    assert oldest[0]["age"] == f"{max(ages)} days"


def test_a_tall_picture_gets_smaller_before_it_goes(report: Report, pdf: Any) -> None:
    kinds = ("dmz", *["ehr"] * 12, *["medical"] * 9, "backup")
    zones = tuple(Zone(f"区画{number}", kind) for number, kind in enumerate(kinds))
    machines = tuple(Machine(f"{zone.name}の機器{number}", zone=zone.name, declared=True) for zone in zones for number in range(8))
    lines = tuple(Line(f"回線{number}", vendor=f"業者{number}", lands_in=f"区画{number}") for number in range(1, 5))
    walls = tuple(Between(machines[number].name, ("区画0", f"区画{number + 1}"), network=True) for number in range(21))
    hospital = Hospital(name="病院", zones=zones, zones_known=True, machines=machines, lines=lines, lines_known=True, between=walls)
    text = pdf(render_director(dataclasses.replace(report, hospital=hospital), "ja", UTC)).text()
    assert "区画0" in text and "業者4" in text
