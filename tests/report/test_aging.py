from __future__ import annotations

import dataclasses
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
from openpyxl import load_workbook

from omamori.model.look import PastFinding, Verdict
from omamori.report.data import Report
from omamori.report.excel import render_excel
from omamori.report.html import payload, render_html
from omamori.report.json import document, render_json
from omamori.report.summary import summarise

SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"


def lines(report: Report) -> str:
    return "\n".join("".join(span.text.ja for span in line) for line in summarise(report))


def staged(report: Report, check: str, subject: str) -> str:
    return next(f.stage for f in report.findings if (f.check, f.subject) == (check, subject) and f.verdict == "fail")


def test_what_is_old_is_brought_to_somebody_by_weight_and_days(report: Report) -> None:
    assert staged(report, "remote.vpn_flaw", "PACS保守VPN") == "director"  # critical for 210 days
    for finding in report.findings:
        if finding.stage:
            assert finding.verdict == "fail" and finding.age_days is not None and finding.age_days >= 14
    assert dict(report.aging.counts) == {
        stage: sum(f.stage == stage for f in report.findings) for stage in ("director", "officer", "person")
    }
    assert sum(len(one.findings) for one in report.aging.staged) == sum(bool(f.stage) for f in report.findings)
    order = ["director", "officer", "person"]
    places = [order.index(one.stage) for one in report.aging.staged]
    assert places == sorted(places)


def test_a_finding_without_a_date_is_at_no_stage(report: Report) -> None:
    assert staged(report, "people.no_drill", "site") == ""


def test_what_was_open_and_is_out_of_sight_stays_on_the_list(hospital: Any) -> None:
    def past(**more: Any) -> PastFinding:
        told = {"check_id": "account.root_login", "subject": "踏み台", "finding_key": "root", "severity": "critical", "now": "unknown"}
        since = hospital.report().moment - timedelta(days=300)
        return PastFinding(**{**told, "message_ja": "\x1b[2J踏み台", "message_en": "jump", "since": since, **more})

    hospital.database.insert(
        [past(), past(finding_key="gone", now="gone"), past(finding_key="agreed", accepted_since=hospital.report().moment)]
    )
    report = hospital.report()
    assert [(one.key, one.days, one.stage) for one in report.aging.hidden] == [("root", 300, "director")]
    assert "\x1b" not in render_html(report) + lines(report)
    assert "前に見つかり、見えなくなったまま(なくなったとは言えません) 1" in lines(report)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(render_json(report)), schema)
    assert document(report)["aging"]["hidden"][0]["days"] == 300


def accepted(report: Report, **more: Any) -> Verdict:
    old = next(v for v in report.verdicts if v.verdict == "accepted")
    return dataclasses.replace(old, **more)


def test_an_acceptance_that_ends_soon_or_is_old_is_told(hospital: Any, report: Report) -> None:
    assert report.aging.ending == ()
    old = accepted(report, accepted_since=report.moment - timedelta(days=400))
    again = hospital.report(verdicts=(old,))
    (ending,) = again.aging.ending
    assert (ending.days, ending.days_left) == (400, 213)
    assert "承認から13か月たちました" in ending.advice.ja and ending.advice.ja in lines(again)
    soon = hospital.report(verdicts=(old,), moment=report.moment + timedelta(days=200))
    assert soon.aging.ending[0].days_left == 13 and "あと13日" in soon.aging.ending[0].advice.ja


def test_what_came_back_and_what_could_not_be_seen_in_between_is_in_the_page(hospital: Any, report: Report) -> None:
    old = next(v for v in report.verdicts if v.check_id == "remote.vpn_flaw")
    back = dataclasses.replace(old, came_back=report.moment - timedelta(days=250), unseen_runs=2)
    again = hospital.report(verdicts=(back,))
    packed = payload(again, "ja")["packed"]
    more = packed["groups"][0][6][0][5]
    assert (more["unseen_runs"], more["came_back"]) == (2, "2025-09-24T09:00:00Z")
    told = document(again)["verdicts"][0]
    assert (told["unseen_runs"], told["came_back"]) == (2, "2025-09-24T09:00:00Z")


def test_the_page_the_terminal_and_excel_say_whom_to_bring_it_to(hospital: Any, report: Report) -> None:
    assert "長く残っているもの" in render_html(report) and 'data-stage="director"' in render_html(report)
    assert "長く残っているもの" in lines(report)
    assert "7か月たちました。業者への申し入れを院長に相談する時期です" in lines(report)
    book = load_workbook(io.BytesIO(render_excel(report, hospital.database, "ja")), read_only=True)
    titles = {str(cell.value) for sheet in book for row in sheet.iter_rows(max_row=1) for cell in row}
    assert "次の相談先" in titles
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "院長に相談" in cells
    fresh = hospital.report(verdicts=tuple(dataclasses.replace(v, since=None) for v in report.verdicts))
    assert 'id="h-aging"' not in render_html(fresh) and "長く残っているもの" not in lines(fresh)
