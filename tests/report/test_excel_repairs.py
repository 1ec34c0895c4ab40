"""The sheets of the order of work: a row an update, a row a task, a row a flaw, and nothing that becomes a formula."""

from __future__ import annotations

import io

import openpyxl
from tests.report.repair_rows import insert

from omamori.model.patching import Vulnerability
from omamori.report.excel import render_excel


def book(hospital, language="en"):
    return openpyxl.load_workbook(io.BytesIO(render_excel(hospital.report(), hospital.database, language)))


def told(sheet):
    heads, *rows = list(sheet.iter_rows(values_only=True))
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_updates_tasks_flaws_and_chains_have_their_sheets(hospital) -> None:
    hospital.database.insert([Vulnerability(asset="踏み台", flaw="=1+1", product="=cmd", kind="application", fixed="+2")])
    insert(hospital.database)
    pages = book(hospital)
    order = told(pages["Order of work"])
    assert [row["Order"] for row in order] == sorted(row["Order"] for row in order)
    update = next(row for row in order if row["Title"] == "update:KB5058379")
    assert (update["Closes"], update["Machines"], update["exploited"], update["When"]) == (123, 3, 2, "do first")
    tasks = told(pages["Order of work by machine"])
    assert len(tasks) == len(hospital.database.select("select 1 from repairs"))
    places = [row["Order"] for row in tasks if "検査サーバ" in row.values()]
    assert len(places) == 2 and places == sorted(places)
    flaws = {row["Flaw"]: row for row in told(pages["Flaws"])}
    assert flaws["CVE-2025-30397"]["Machines"] == 3 and flaws["CVE-2025-30397"]["EPSS"] == "31%" and "=1+1" in flaws
    (missing, _) = told(pages["Why updates are missing"])
    assert (
        missing["The chain"].endswith("→ KB5058379 (2025-05-13, needed)\n→ after end of support 2025-04-30 (ESU)")
        and "row 412773" in missing["Rows of the pack"]
    )
    assert [row["old"] for row in told(pages["Judged with"])] == ["yes", "no", "no"]
    assert all(cell.data_type != "f" for page in pages for row in page.iter_rows() for cell in row)


def test_the_japanese_book_has_the_japanese_titles(hospital) -> None:
    insert(hospital.database)
    flaws = {row["弱点"]: row["題名"] for row in told(book(hospital, "ja")["弱点の一覧"])}
    assert flaws["CVE-2024-21762"] == "FortiOS における境界外書き込みの脆弱性"


def test_without_work_there_is_no_sheet(hospital) -> None:
    assert not {"Order of work", "Flaws", "Judged with"} & set(book(hospital).sheetnames)
