"""The checklist in the page, for programs and in the terminal."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from omamori.knowledge.editions import Choice, load_edition
from omamori.model.standard import DECISIONS, ItemAnswer, ItemDecision, Proof
from omamori.model.text import Text
from omamori.report.data import Report
from omamori.report.html import render_html
from omamori.report.json import document
from omamori.report.summary import summarise


@pytest.fixture
def section(report: Report) -> str:
    return _section(render_html(report))


def _section(page: str) -> str:
    return page[page.index('<section id="checklist"') : page.index('<section id="machines"')]


def test_items_stand_in_the_official_order_with_their_counts(report: Report) -> None:
    (checklist,) = report.checklists
    assert [item.id for item in checklist.items][:5] == ["1-1", "2-1", "2-2", "2-3", "2-4"]
    assert checklist.counts == (("differs", 1), ("against", 1), ("open", len(checklist.items) - 3), ("agrees", 1))
    assert [item.id for item in checklist.differing] == ["2-4"]


def test_contradictions_come_first_and_lead_to_the_item_and_its_findings(section: str) -> None:
    first, item = section.index("記入と実測が異なります"), section.index('data-item="1-1"')
    assert first < section.index('data-goto="item-2-4"') < item
    (opened,) = re.findall(r'<details class="card" id="item-2-4".*?</details>', section, re.S)
    for words in (
        'data-check="account.root_login"',
        "rootで遠隔ログインできる: 8件のうち2件",
        "1回目の記入がありません",
        "福井",
        "2026-05-01",
    ):
        assert words in opened
    assert section.count("<details") == section.count("data-decision=")


def test_what_is_not_this_years_edition_is_said_first_and_the_answer_stays_a_persons(section: str) -> None:
    assert section.index("今年度の版ではありません") < section.index("下書きと根拠です")
    assert "The answer and the date are a named person" in section


def test_no_word_promises_anything(section: str) -> None:
    for word in ("準拠", "合格", "算定可", "compliant", "passed"):
        assert word not in section.replace("医療情報システム安全管理責任者", "")


def test_programs_get_every_item_and_the_lines_behind_it(report: Report) -> None:
    told = document(report)
    (checklist,) = told["checklists"]
    assert checklist["counts"] == {code.code: 0 for code in DECISIONS} | dict(report.checklists[0].counts)
    (item,) = [one for one in checklist["items"] if one["id"] == "2-4"]
    assert (item["decision"], item["draft"], item["proofs"][0]["found"], item["proofs"][0]["of"]) == ("differs", "no", 2, 8)
    assert told["evidence"][item["proofs"][0]["evidence"]]["text"] == "permitrootlogin yes"
    assert item["answers"] == [
        {
            "vendor": None,
            "round": 1,
            "answer": "yes",
            "answered_on": "2026-05-01",
            "answered_by": "福井",
            "target_date": None,
            "remark": None,
            "evidence": "s:R5",
        }
    ]
    (first,) = [one for one in checklist["items"] if one["id"] == "1-1"]
    assert first["proofs"][0]["evidence"] in told["evidence"]


def test_the_terminal_names_what_differs(report: Report) -> None:
    said = "\n".join("".join(span.text.ja for span in line) for line in summarise(report))
    assert "チェックリスト" in said and "記入と実測が異なります 1" in said
    assert "2-4 利用者の職種" in said


def test_a_report_without_a_checklist_says_so(hospital: Any) -> None:
    report = hospital.report(checklists=())
    assert "この報告にチェックリストはありません" in render_html(report)
    assert document(report)["checklists"] == []


def test_hostile_words_stay_text(hospital: Any) -> None:
    evil = "</script><img src=x onerror=alert(1)>{{7*7}}\x1b[2J\u202e"
    answer = ItemAnswer(item="1-1", answer="yes", vendor=evil, answered_by=evil, remark=evil)
    proof = Proof("vendor", evil, "no", Text(evil, evil), (evil,), 1, evil)
    decision = ItemDecision("checklist/r7-hospital", "1-1", "differs", "no", (proof,), (Text(evil, evil),), (answer,), (Text(evil, evil),))
    hostile = hospital.report(checklists=((_choice(), (decision,)),))
    page = render_html(hostile)
    assert page.count("<script") == 2
    assert "<img" not in page
    assert not set(page) & {"\x1b", "\u202e"}
    said = "".join(span.text.ja for line in summarise(hostile) for span in line)
    assert not set(said) & {"\x1b", "\u202e"}
    assert "\x1b" not in json.dumps(document(hostile)["checklists"], ensure_ascii=False)


def _choice() -> Choice:
    return Choice(load_edition("checklist/r7-hospital"))


def test_for_a_fee_the_page_speaks_of_material(hospital: Any) -> None:
    choice = _choice()
    fee = replace(choice, edition=replace(choice.edition, output="material"))
    decision = ItemDecision("checklist/r7-hospital", "1-1", "agrees")
    section = _section(render_html(hospital.report(checklists=((fee, (decision,)),))))
    assert "確認材料です" in section
    assert "下書き" not in section


def test_the_form_is_the_one_the_docs_promise(report: Report) -> None:
    schema = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text(encoding="utf-8"))
    part = {"$defs": schema["$defs"], **schema["properties"]["checklists"]}
    jsonschema.validate(json.loads(json.dumps(document(report)["checklists"])), part)
    broken = json.loads(json.dumps(document(report)["checklists"]))
    broken[0]["items"][0]["decision"] = "passed"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, part)
