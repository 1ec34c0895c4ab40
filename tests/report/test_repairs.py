"""The order of work in the report: what one update closes, what never leads, and that nothing of a machine becomes code."""

from __future__ import annotations

import json

import pytest
from tests.report.repair_rows import EVIL, insert

from omamori.model.derived import Asset
from omamori.model.patching import Repair
from omamori.report.html import render_html
from omamori.report.json import render_json
from omamori.report.repairs import FLAWS_TOLD, Repairs, read_repairs
from omamori.snapshot.database import Database


@pytest.fixture
def repairs(hospital) -> Repairs:
    insert(hospital.database)
    return hospital.report().repairs


def test_one_update_is_told_once_with_all_it_closes(repairs) -> None:
    update = next(work for work in repairs.works if work.repair == "update:KB5058379")
    assert (update.closes, update.machines, update.kinds, update.exploited, update.ransomware) == (123, 3, 41, 2, 1)
    assert (update.exploited_findings, update.undecided, update.reached, update.reached_from) == (6, 0, "entry", "PACS保守VPN")
    assert update.names[0] == "電子カルテサーバ2" and update.short == "KB5058379"
    assert len(update.flaws) == FLAWS_TOLD and update.flaws[0].flaw == "CVE-2025-30397"


def test_titles_are_each_in_their_language_and_one_stands_for_the_other(repairs) -> None:
    flaws = {flaw.flaw: flaw for work in repairs.works for flaw in work.flaws}
    assert flaws["CVE-2025-30397"].title.ja == "スクリプト エンジンのメモリ破損の脆弱性"
    assert flaws["CVE-2025-30397"].title.en == "Scripting Engine Memory Corruption Vulnerability"
    assert flaws["CVE-2025-29833"].title.ja == flaws["CVE-2025-29833"].title.en == "Virtual Machine Bus Remote Code Execution"


def test_what_is_only_to_be_confirmed_or_cannot_be_done_is_never_first(repairs) -> None:
    assert [work.repair for work in repairs.first] == ["firmware:fortios", "update:KB5058379"]
    assert [work.place for work in repairs.works] == sorted(work.place for work in repairs.works)
    assert (repairs.closes, repairs.undecided, repairs.urgent) == (127, 7, 2)
    shut = next(work for work in repairs.works if work.cannot)
    assert shut.product == "vim" and shut.cannot_label is not None and shut not in repairs.doable


def test_machines_have_their_work_in_order(repairs) -> None:
    machines = {machine.asset: machine for machine in repairs.machines}
    assert [task.repair for task in machines["検査サーバ"].tasks] == ["package:openssh", "package:vim"]
    assert machines["検査サーバ"].important and machines["PACS保守VPN"].tasks[0].kind == "line"
    assert [machine.tasks[0].place for machine in repairs.machines] == sorted(machine.tasks[0].place for machine in repairs.machines)


def test_where_it_cannot_be_done_on_some_machines_the_others_decide() -> None:
    with Database() as database:
        database.insert(
            [
                Asset(asset="a"),
                Repair(asset="a", repair="update:KB1", place=1, tier=1, flaws=2, cannot="exception", label="x", label_ja="x"),
                Repair(asset="b", repair="update:KB1", place=9, tier=3, flaws=2, ask=True, label="Ask", label_ja="聞く"),
                Repair(asset="c", repair="update:KB1", place=10, tier=3, flaws=2, label="Do", label_ja="する"),
            ]
        )
        (work,) = read_repairs(database).works
    assert (work.tier, work.place, work.cannot, work.shut, work.label.en) == (3, 9, "", 1, "Do")
    assert (work.own, work.ask) == (("a", "c"), ("b",))


def test_the_page_says_it_in_both_languages_and_runs_nothing(hospital) -> None:
    insert(hospital.database)
    page = render_html(hospital.report())
    for said in (
        "この更新だけで <b>3</b> 台の <b>123</b> 件がふさがります",
        "this one update closes <b>123</b> findings on <b>3</b> machines",
    ):
        assert said in page
    assert "row 412773" in page and "スクリプト エンジンのメモリ破損の脆弱性" in page
    assert "<b>7-Zip" not in page and "&lt;b&gt;7-Zip" in page and "\x1b" not in page
    assert EVIL not in page


def test_report_json_holds_it(hospital) -> None:
    insert(hospital.database)
    told = json.loads(render_json(hospital.report()))["repairs"]
    assert told["updates"][1]["closes"] == 123 and told["updates"][1]["own"][0] == "電子カルテサーバ2"
    assert told["missing_updates"][0]["chain"][-2] == "KB5058379 (2025-05-13, needed)"
    assert {one["feed"]: one["old"] for one in told["sources"]} == {"nvd": False, "microsoft": True, "starter": False}
    assert sum(len(machine["repairs"]) for machine in told["machines"]) == 9


def test_a_snapshot_without_flaws_has_no_work(report) -> None:
    assert report.repairs.works == () and report.repairs.first == ()
    assert "直すものは見つかっていません" in render_html(report)


def test_three_hundred_machines_fit_a_page_and_nothing_is_lost(hospital) -> None:
    insert(hospital.database, large=300)
    report = hospital.report()
    told = report.repairs
    assert len(told.machines) == 307 and len(told.works) > 100
    (rows, flaws) = hospital.database.select("select count(*), sum(flaws) from repairs")[0]
    assert sum(len(machine.tasks) for machine in told.machines) == rows and told.closes == flaws
    page = render_html(report)
    assert len(page.encode()) < 2_000_000
    assert (
        f'残りは Excel の報告書(直す順番)にあります:</span><span class="en" lang="en">the rest is in the workbook (Order of work):</span> {len(told.works) - 40}'
        in page
    )
