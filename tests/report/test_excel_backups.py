"""The sheet of backups: a row a copy, days as days, and nothing that becomes a formula."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
from tests.report.backup_rows import ROWS

from omamori.model.backup_posture import BackupPosture
from omamori.report.excel import render_excel


def book(hospital, language="en"):
    return openpyxl.load_workbook(io.BytesIO(render_excel(hospital.report(), hospital.database, language)))


def test_every_copy_is_a_row_and_a_machine_without_any_too(hospital) -> None:
    hospital.database.insert([*ROWS, BackupPosture(asset="検査サーバ", job="=1+1", fate="unknown", deleters="")])
    heads, *rows = list(book(hospital)["Copies of backups"].iter_rows(values_only=True))
    places = {name: number for number, name in enumerate(heads)}
    assert [(row[0], row[places["Of this machine"]]) for row in rows][-1] == ("医事サーバ", "no copy is known")
    night = next(row for row in rows if row[2] == "毎晩NASへ")
    told = {name: night[number] for name, number in places.items()}
    assert told["Newest"] == datetime(2026, 6, 1) and told["Generations as"] == "seen" and told["Hours for the whole, projected"] == "5.25"
    assert told["On the day"] == "lost with it" and told["Who can delete it"] == "administrator, backup"
    other = next(row for row in rows if row[2] == "=1+1")
    assert other[places["Who can delete it"]] == "nobody"


def test_without_backups_there_is_no_sheet(hospital) -> None:
    assert "バックアップの控え" not in book(hospital, "ja").sheetnames
