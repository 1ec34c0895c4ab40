from __future__ import annotations

import dataclasses
import io
import random
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omamori.knowledge.questions import built_in_questions
from omamori.model import declared
from omamori.model.look import REASONS, Parsed
from omamori.model.schema import Column, Table
from omamori.model.tables import TABLES
from omamori.model.workbook import SHEETS, sheet_columns, sheet_tables
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.ledger.cells import clean
from omamori.parse.ledger.workbook import PARSERS, counted, parse_workbook
from omamori.parse.registry import parsers
from omamori.report.ledger import ledger_bytes

Book = Callable[[Mapping[str, Sequence[Sequence[Any]]]], bytes]


def sample(column: Column, number: int) -> Any:
    """A value of a column, different from row to row."""
    if column.values:
        return column.values[number % len(column.values)].code
    if column.type == "date":
        return date(2026, 1, 1 + number)
    if column.type == "bigint":
        return number + 1
    addresses = {
        "address": f"10.1.0.{number + 1} 10.2.0.{number + 1}",
        "device_address": f"10.9.0.{number + 1}",
        "mac": f"00:00:5e:00:53:0{number}",
        "networks": f"10.{number}.0.0/16 2001:db8:{number + 1}::/64",
        "service_window": f"Tue {number + 8}:00-17:00",
        "opened_from": f"203.0.113.{number}/32",
        "sources": f"172.{number + 16}.0.0/16",
    }
    return addresses.get(column.name, f"{column.name} {number} '=1+1' ○○ 7.20")


def filled(table: Table, count: int = 3) -> list[Any]:
    rows = []
    for number in range(count):
        values = {column.name: sample(column, number) for column in sheet_columns(table)}
        if table.name == "answers":
            values["question"] = built_in_questions().questions[number].id
        rows.append(table.row(**values))
    return rows


def plain(rows: Sequence[Any]) -> list[Any]:
    return [dataclasses.replace(row, evidence="") for row in rows]


def of(parsed: Parsed, table: Table) -> list[Any]:
    return [row for row in parsed.rows if isinstance(row, table.row)]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_row_of_every_sheet_comes_back(language: Any, context: Context) -> None:
    rows = {table.name: filled(table) for table in sheet_tables()}
    parsed = parse_workbook(ledger_bytes(language, rows=rows), context)
    for table in sheet_tables():
        assert plain(of(parsed, table)) == rows[table.name], table.name
    assert {look.table: (look.complete, look.missing) for look in parsed.looks} == dict.fromkeys(PARSERS[0].tables, (True, ()))
    assert not parsed.problems


@pytest.mark.parametrize("table", sheet_tables(), ids=lambda table: table.name)
def test_a_table_written_by_another_program_with_headings_only(table: Table, book: Book, context: Context) -> None:
    """openpyxl, columns in reverse order, English headings, real dates and numbers."""
    rows = filled(table)
    columns = sheet_columns(table)[::-1]
    lines = [[column.heading.en for column in columns if column.heading]]
    lines += [[getattr(row, column.name) for column in columns] for row in rows]
    parsed = parse_workbook(book({table.title.en: lines}), context)
    assert plain(of(parsed, table)) == rows


def test_an_opened_and_saved_ledger_reads_the_same(context: Context) -> None:
    before = ledger_bytes("ja", rows={table.name: filled(table) for table in sheet_tables()})
    saved = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(before)).save(saved)
    assert parse_workbook(saved.getvalue(), context) == parse_workbook(before, context)


def test_libreoffice_reads_and_writes_the_ledger(tmp_path: Path, context: Context) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: the ledger is not opened with it here")
    before = ledger_bytes("ja", rows={table.name: filled(table) for table in sheet_tables()})
    (tmp_path / "in").mkdir()
    (tmp_path / "in/ledger.xlsx").write_bytes(before)
    command = [program, "--headless", f"-env:UserInstallation=file://{tmp_path}/home", "--convert-to", "xlsx", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "in/ledger.xlsx")], check=True, capture_output=True, timeout=180)
    after = parse_workbook((tmp_path / "ledger.xlsx").read_bytes(), context)
    assert after.rows == parse_workbook(before, context).rows


def test_columns_moved_renamed_and_sheets_renamed(context: Context) -> None:
    made = openpyxl.load_workbook(io.BytesIO(ledger_bytes("ja", rows={"zones": filled(TABLES["zones"])})))
    sheet = made["ゾーン"]
    sheet.insert_cols(1)
    for cell in sheet[4]:
        cell.value = f"私の見出し{cell.column}"
    sheet.move_range("C1:C20", cols=10)
    sheet.title = "図面の区切り"
    saved = io.BytesIO()
    made.save(saved)
    parsed = parse_workbook(saved.getvalue(), context)
    assert plain(of(parsed, TABLES["zones"])) == filled(TABLES["zones"])
    assert of(parsed, TABLES["zones"])[0].evidence == "図面の区切り!R6"


def test_an_empty_ledger_says_of_every_sheet_that_it_is_not_filled_in(context: Context) -> None:
    parsed = parse_workbook(ledger_bytes("ja"), context)
    assert not parsed.rows and not parsed.problems and not parsed.claims
    assert {look.table for look in parsed.looks} == set(PARSERS[0].tables)
    assert {(look.complete, look.reason) for look in parsed.looks} == {(False, "not_collected")}


def test_nothing_to_enter_is_an_answer(context: Context) -> None:
    looks = {
        look.table: look for look in parse_workbook(ledger_bytes("ja", states={"remote_lines": "none", "zones": "none"}), context).looks
    }
    assert {name for name, look in looks.items() if look.complete} == {"remote_lines", "zones", "zone_networks"}


def test_a_sheet_that_is_not_there_was_not_looked_at(book: Book, context: Context) -> None:
    looks = {look.table: look for look in parse_workbook(book({"ゾーン": [["ゾーン名", "種類"], ["E", "DMZ"]]}), context).looks}
    assert looks["zones"].complete and looks["zones"].missing == ("internet", "networks")
    assert looks["zone_networks"].missing == ("network", "network_first", "network_last")
    assert not looks["vendors"].complete and "業者" in (looks["vendors"].needs or "")


def test_a_bad_address_reaches_the_numbers(book: Book, context: Context) -> None:
    rows = [["機器名", "IPアドレス"], ["ehr", "10.1.0.11"], ["pacs", "10.1.0"]]
    parsed = parse_workbook(book({"機器": rows}), context)
    assert [(row.asset, row.address) for row in of(parsed, TABLES["ledger_addresses"])] == [("ehr", "10.1.0.11")]
    look = next(look for look in parsed.looks if look.table == "ledger_addresses")
    assert look.complete and "address" in look.missing and look.reason == "not_understood"


def test_numbers_of_networks(book: Book, context: Context) -> None:
    parsed = parse_workbook(book({"ゾーン": [["ゾーン名", "IPアドレス範囲"], ["E", "10.1.0.0/24\n10.2.0.0〜10.2.0.127"]]}), context)
    found = [(row.network, row.network_last - row.network_first + 1) for row in of(parsed, TABLES["zone_networks"])]
    assert found == [("10.1.0.0/24", 256), ("10.2.0.0/25", 128)]


def test_machines_are_recognised_by_name_hardware_and_address(book: Book, context: Context) -> None:
    rows = [["機器名", "ホスト名", "MACアドレス", "IPアドレス"], ["カルテ", "EHR01.hospital.local", "00-00-5E-00-53-01", "10.1.0.11"]]
    claims = parse_workbook(book({"機器": rows}), context).claims
    assert claims == (("カルテ", ("mac:00:00:5e:00:53:01", "name:ehr01", "ip:10.1.0.11")),)


def test_what_two_machines_share_identifies_neither(book: Book, context: Context) -> None:
    rows = [["機器名", "ホスト名", "IPアドレス"], ["a", "pc", "10.1.0.1"], ["b", "pc", "10.1.0.1 10.1.0.2"]]
    parsed = parse_workbook(book({"機器": rows}), context)
    assert parsed.claims == (("a", ()), ("b", ("ip:10.1.0.2",)))
    assert any("10.1.0.1" in problem.expected_ja and "a、b" in problem.expected_ja for problem in parsed.problems)


def test_two_rows_with_one_name_are_told_with_both_places(book: Book, context: Context) -> None:
    parsed = parse_workbook(book({"機器": [["機器名", "OS"], ["pc", "10"], ["pc", "11"]]}), context)
    assert len(of(parsed, TABLES["ledger_assets"])) == 2
    assert [problem.expected_ja for problem in parsed.problems] == ["機器!R2 と 機器!R3: 名前「pc」が2回あります。別々の名前にしてください"]


def test_a_second_sheet_of_a_table_and_a_sheet_nobody_can_use_are_told(book: Book, context: Context) -> None:
    zone = [["ゾーン名", "種類"], ["E", "DMZ"]]
    parsed = parse_workbook(book({"ゾーン": zone, "ゾーン (2)": zone, "メモ": [["a"], ["b"]]}), context)
    assert len(of(parsed, TABLES["zones"])) == 1
    assert sum("二つ" in problem.expected_ja for problem in parsed.problems) == 1
    assert sum("メモ" in problem.expected_ja for problem in parsed.problems) == 1


def test_a_workbook_of_something_else_is_one_clear_error(book: Book, context: Context) -> None:
    with pytest.raises(EvidenceError) as raised:
        parse_workbook(book({"売上": [["品名", "金額"], ["a", 1]]}), context)
    assert "omamori ledger new" in raised.value.text.ja and "omamori ledger new" in raised.value.text.en


def test_formulas_are_never_computed(book: Book, context: Context) -> None:
    parsed = parse_workbook(book({"業者": [["業者名", "電話"], ["=HYPERLINK(1)", "0"], ["A", '=1+cmd|"/c calc"!A1']]}), context)
    assert [(row.vendor, row.phone) for row in of(parsed, TABLES["vendors"])] == [("A", None)]
    assert len([problem for problem in parsed.problems if "式" in problem.expected_ja]) == 2


def test_the_parser_is_found_and_names_all_its_tables() -> None:
    assert parsers()["ledger.workbook"] is PARSERS[0]
    assert set(SHEETS) <= set(PARSERS[0].tables) <= set(TABLES)
    assert all(TABLES[name].sources[0] == "ledger.workbook" for name in PARSERS[0].tables)


def test_rows_are_counted_for_the_words_after_an_import(context: Context) -> None:
    parsed = parse_workbook(ledger_bytes("ja", rows={"vendors": [declared.Vendor(vendor="A"), declared.Vendor(vendor="B")]}), context)
    assert counted(parsed) == {"Vendor": 2}


LEDGER = ledger_bytes("ja", rows={table.name: filled(table) for table in sheet_tables()})


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32))
def test_a_ledger_damaged_anywhere_is_read_or_told(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(LEDGER)
    for _ in range(chance.randrange(1, 30)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    moment = Context("ledger.workbook", seen=None, received=None)  # type: ignore[arg-type]
    try:
        parsed = parse_workbook(bytes(data), moment)
    except EvidenceError:
        return
    reasons = {value.code for value in REASONS}
    for look in parsed.looks:
        assert look.reason in reasons if look.missing or not look.complete else look.reason is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=20), min_size=4, max_size=4), max_size=6))
def test_hostile_cells_never_lose_a_row_in_silence(rows: list[list[str]]) -> None:
    """Every row that holds words ends as a row, or as a problem with an incomplete look."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for place, word in enumerate(["ゾーン名", "種類", "IPアドレス範囲", "インターネットに出られるか"], 1):
        sheet.cell(1, place, word)
    for number, row in enumerate(rows, 2):
        for place, word in enumerate(row, 1):
            cell = sheet.cell(number, place)
            cell.data_type = "s"
            cell._value = "".join(
                letter for letter in word if letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff"
            )
    out = io.BytesIO()
    made.save(out)
    parsed = parse_workbook(out.getvalue(), Context("ledger.workbook", seen=None, received=None))  # type: ignore[arg-type]
    taken = {row.evidence: row for row in parsed.rows if isinstance(row, declared.Zone)}
    told = {problem.line for problem in parsed.problems}
    for number, row in enumerate(rows, 2):
        if any(clean(word) not in ("", "-", "--", "ー", "―", "—", "–") and clean(word).casefold() not in ("n/a", "#n/a") for word in row):
            assert f"Sheet!R{number}" in taken or number in told
    assert not any(unicodedata.category(letter) == "Cc" for row in taken.values() for letter in row.zone)


def test_a_window_no_clock_can_be_held_against_stays_as_words_and_is_told(book: Book, context: Context) -> None:
    rows = [["Line", "Used by", "Service window"], ["a", "V", "火 13:00-17:00"], ["b", "V", "when the CT is free"], ["c", "V", None]]
    parsed = parse_workbook(book({"Outside lines": rows}), context)
    assert [(row.line, row.service_window) for row in of(parsed, TABLES["remote_lines"])] == [
        ("a", "火 13:00-17:00"),
        ("b", "when the CT is free"),
        ("c", None),
    ]
    assert [problem.line for problem in parsed.problems if "service window" in problem.expected] == [3]


def test_a_workbook_from_before_the_new_columns_reads_as_before(book: Book, context: Context) -> None:
    """No sheet of other ways in and no column for the window: the lines are complete, only what they did not ask for is missing."""
    parsed = parse_workbook(book({"Outside lines": [["Line", "Kind", "Used by"], ["PACS", "SSL VPN", "V"]]}), context)
    looks = {look.table: look for look in parsed.looks}
    assert [(row.line, row.kind, row.vendor) for row in of(parsed, TABLES["remote_lines"])] == [("PACS", "ssl-vpn", "V")]
    assert looks["remote_lines"].complete
    assert {"service_window", "opened_from", "installed"} <= set(looks["remote_lines"].missing)
    assert (looks["other_entries"].complete, looks["other_entries"].reason) == (False, "not_collected")


def test_a_workbook_from_before_the_sheets_of_recovery_reads_as_before(context: Context) -> None:
    """The same workbook without the three sheets and the columns that came with them, keyed as `ledger new` once wrote it."""
    came = {
        "declared_backups": ("account", "locked_days", "other_building", "other_room", "other_power", "restore_steps"),
        "ledger_assets": ("recovery_hours", "loss_hours", "recovery_order", "instead"),
        "training": ("planned",),
        "designed_flows": ("clinical", "bearable_hours", "instead"),
    }
    rows = {table.name: filled(table) for table in sheet_tables()}
    made = openpyxl.load_workbook(io.BytesIO(ledger_bytes("ja", rows=rows)))
    for name in ("cut_points", "never_blocked", "recovery_needs", "backup_media"):
        made.remove(made[TABLES[name].title.ja])
    for name, columns in came.items():
        sheet = made[TABLES[name].title.ja]
        keys = {str(cell.value): int(cell.column) for cell in sheet[3]}
        for place in sorted((keys[column] for column in columns), reverse=True):
            sheet.delete_cols(place)
    out = io.BytesIO()
    made.save(out)
    parsed = parse_workbook(out.getvalue(), context)
    for name in came:
        nothing = dict.fromkeys(came[name])
        assert plain(of(parsed, TABLES[name])) == [dataclasses.replace(row, **nothing) for row in rows[name]], name
    looks = {look.table: look for look in parsed.looks}
    assert {name: looks[name].missing for name in came} == {name: tuple(sorted(columns)) for name, columns in came.items()}
    assert all(looks[name].complete for name in came)
    assert {(looks[name].complete, looks[name].reason) for name in ("cut_points", "never_blocked", "recovery_needs", "backup_media")} == {
        (False, "not_collected")
    }
    assert not parsed.problems
