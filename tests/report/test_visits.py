"""The machines to visit first and those that look alike: in the page, the workbook, the terminal, for programs, and on paper."""

from __future__ import annotations

import io

import openpyxl

from omamori.model.look import Verdict
from omamori.model.visits import LookAlike, VisitReason
from omamori.report.data import Report
from omamori.report.excel import render_excel
from omamori.report.html import render_html
from omamori.report.json import document
from omamori.report.summary import summarise
from omamori.report.visits import differences, read_alike, so_far, why
from omamori.snapshot.database import Database

PEERS = tuple(f"10.1.2.{number}" for number in range(10, 16))


def test_the_list_is_short_ordered_and_gives_a_reason_and_its_line_for_each(report: Report) -> None:
    assert len(report.visits) == report.candidates == 10
    console = report.visits[0]
    assert console.hands_off and console.vendor == "みどり画像" and console.zone == "医療機器系LAN"
    assert console.name == "CT操作卓"
    assert [one.reason for one in console.why] == ["new_zone", "old_system", "new_kind"]
    assert all(visit.why for visit in report.visits)
    assert {visit.name for visit in report.visits} == {"CT操作卓", "生体モニタ中央", "外来端末2", "病棟端末1", *PEERS}


def test_one_of_two_twins_is_on_the_list_and_says_that_the_other_waits(report: Report) -> None:
    names = [visit.name for visit in report.visits]
    assert "病棟端末1" not in names[: names.index("外来端末2") + 1]
    (twin,) = [visit for visit in report.visits if visit.name == "外来端末2"]
    assert twin.stands_for == 1


def test_a_reason_says_how_many_and_what_in_both_languages() -> None:
    said = why(VisitReason(asset="x", reason="talked_to", item="445", number=1))
    assert (said.ja, said.en) == ("ほかの機器 1 台が接続している(ポート 445)", "1 machine connects to it (port 445)")
    assert why(VisitReason(asset="x", reason="name_server", number=3)).en == "3 machines ask it for names"
    assert "\x1b" not in why(VisitReason(asset="x", reason="line", item="\x1b[2J")).ja


def test_look_alikes_are_counted_and_no_verdict_is_carried_over() -> None:
    verdicts = [
        Verdict(check_id="c.one", subject="w1", verdict="fail", severity="low"),
        Verdict(check_id="c.one", subject="w2", verdict="pass", severity="low"),
        Verdict(check_id="c.two", subject="w1", verdict="fail", severity="low"),
        Verdict(check_id="c.two", subject="w2", verdict="unknown", severity="low", reason="not_collected"),
    ]
    with Database() as database:
        database.insert(
            LookAlike(asset=f"w{n}", alike="g", basis="declared", label="EHR", looked_at=n < 3, build=str(n) if n < 3 else None)
            for n in range(1, 9)
        )
        database.insert([LookAlike(asset="alone", alike="h", basis="observed", label="x", looked_at=True)])
        (group,) = read_alike(database, verdicts)
    assert (group.looked, group.waiting, group.builds, group.programs, group.differing) == (("w1", "w2"), 6, 2, 0, 1)
    assert so_far(group).en.startswith("2 of about 8 machines that look like this have been collected so far.")
    assert "代わりになることはありません" in so_far(group).ja
    told = differences(group)
    assert told is not None and "1 checks that came out differently" in told.en


def test_page_workbook_terminal_and_programs_tell_the_same_list(hospital, report: Report) -> None:  # type: ignore[no-untyped-def]
    names = [visit.name for visit in report.visits]
    page = render_html(report)
    assert [name for name in names if f'data-visit="{name}"' in page] == names
    book = openpyxl.load_workbook(io.BytesIO(render_excel(report, hospital.database, "ja")))
    assert [row[1] for row in book["次に見に行く機器"].iter_rows(min_row=2, values_only=True)] == names
    assert book["似ている機器"].max_row == len(report.alike) + 1
    said = ["".join(span.text.en for span in line) for line in summarise(report)]
    assert [line for line in said if line.startswith("  1. CT操作卓")] == ["  1. CT操作卓  医療機器系LAN  Get consent first"]
    told = document(report)
    assert [visit["asset"] for visit in told["visits"]] == names and told["candidates"] == report.candidates
    assert {group["id"] for group in told["alike"]} == {group.id for group in report.alike}
