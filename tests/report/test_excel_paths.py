"""The sheets of an intruder's ways: a row a step, a row a change, and nothing that becomes a formula."""

from __future__ import annotations

import io

import openpyxl
from tests.report.test_ways import ROWS

from omamori.model.ways_in import Change
from omamori.report.excel import render_excel


def book(hospital, language="en"):
    return openpyxl.load_workbook(io.BytesIO(render_excel(hospital.report(), hospital.database, language)))


def test_every_step_is_a_row_in_order(hospital):
    hospital.database.insert(ROWS)
    rows = list(book(hospital)["Paths of an intruder"].iter_rows(values_only=True))[1:]
    assert [(row[0], row[2], row[5], row[6]) for row in rows] == [
        ("catering", "ehr", 1, "one"),
        ("catering", "ehr", 2, "two"),
        ("catering", "bk", 1, "three"),
    ]
    assert [row[7] for row in rows] == ["yes", "yes", "no"]


def test_changes_stand_in_the_order_to_make_them(hospital):
    hospital.database.insert([*ROWS, Change(change="z", told_ja="=1+1", told_en="=1+1", cost="low")])
    rows = list(book(hospital)["Changes that cut ways"].iter_rows(values_only=True))[1:]
    assert [row[5] for row in rows] == ["entry:catering", "update:x", "bastion", "z"]
    assert rows[0][:4] == (1, "unplug", "low cost", "Meals") and rows[2][3] == "the hospital" and rows[3][1] == "=1+1"


def test_without_ways_there_is_no_sheet(hospital):
    assert "経路を断つ変更" not in book(hospital, "ja").sheetnames
