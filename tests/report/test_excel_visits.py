"""The sheets of the machines to visit and of those that look alike."""

from __future__ import annotations

import dataclasses
import io

import openpyxl

from omamori.report.excel import render_excel


def test_a_row_holds_place_reasons_and_room_for_who_agreed(hospital) -> None:  # type: ignore[no-untyped-def]
    report = hospital.report()
    book = openpyxl.load_workbook(io.BytesIO(render_excel(report, hospital.database, "en")))
    heads, first, *_ = list(book["Machines to visit"].iter_rows(values_only=True))
    row = dict(zip(heads, first, strict=True))
    assert row["Machine"] == "CT操作卓" and row["Vendor"] == "みどり画像" and row["Get consent first"] == "Get consent first"
    assert row["Why"] == "\n".join(one.text.en for one in report.visits[0].why)
    assert row["Agreed by, on"] is None and row["Looked at on"] is None


def test_nothing_to_say_is_no_sheet(hospital) -> None:  # type: ignore[no-untyped-def]
    report = dataclasses.replace(hospital.report(), visits=(), alike=())
    names = openpyxl.load_workbook(io.BytesIO(render_excel(report, hospital.database, "ja"))).sheetnames
    assert not {"次に見に行く機器", "似ている機器"} & set(names)
