from __future__ import annotations

import io
import random
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.interface import EvidenceError
from omamori.parse.ledger import xlsx
from omamori.parse.ledger.xlsx import read_workbook
from omamori.report.ledger import ledger_bytes

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def workbook(sheet: str, *, strings: str = "", more: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{STRICT}">{more}<sheets><sheet name="S" r:id="r1" xmlns:r="u"/></sheets></workbook>'
        )
        made.writestr("xl/_rels/workbook.xml.rels", '<R><Relationship Id="r1" Target="/xl/worksheets/s.xml"/></R>')
        made.writestr("xl/worksheets/s.xml", sheet)
        if strings:
            made.writestr("xl/sharedStrings.xml", strings)
    return out.getvalue()


def saved(made: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_what_another_program_wrote() -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "機器"
    sheet["A1"], sheet["B1"], sheet["C1"] = "電子カルテ", 7, 7.5
    sheet["A2"], sheet["B2"] = date(2026, 4, 1), True
    sheet["A3"] = "=1+1"
    sheet["C4"] = "far"
    made.create_sheet("隠し").sheet_state = "veryHidden"
    first, hidden = read_workbook(saved(made))
    assert (first.name, first.hidden, hidden.name, hidden.hidden) == ("機器", False, "隠し", True)
    assert [cell.text for cell in first.rows[1].values()] == ["電子カルテ", "7", "7.5"]
    assert first.rows[2][1].day == date(2026, 4, 1) and first.rows[2][1].text == "2026-04-01"
    assert first.rows[2][2].text == "yes"
    assert first.rows[3][1].formula and first.rows[3][1].text == ""
    assert list(first.rows[4]) == [3]


def test_a_merged_area_has_one_value_everywhere() -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet["B2"] = "○○システム"
    sheet.merge_cells("B2:B4")
    rows = read_workbook(saved(made))[0].rows
    assert [rows[number][2].text for number in (2, 3, 4)] == ["○○システム"] * 3


def test_furigana_rich_text_and_escapes() -> None:
    strings = (
        "<sst><si><r><t>電子</t></r><r><t>カルテ</t></r><rPh><t>デンシカルテ</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si></sst>"
    )
    sheet = (
        '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>9</v></c>'
        '<c t="inlineStr"><is><t>in</t></is></c><c t="str"><f>X()</f><v>cached</v></c><c t="e"><v>#REF!</v></c></row></sheetData></worksheet>'
    )
    row = read_workbook(workbook(sheet, strings=strings))[0].rows[1]
    assert [cell.text for cell in row.values()] == ["電子カルテ", "a\rb_x0041_", "", "in", "cached", "#REF!"]
    assert row[3].error and row[5].formula and row[6].error
    assert list(row) == [1, 2, 3, 4, 5, 6]


def test_a_workbook_that_counts_from_1904() -> None:
    sheet = "<worksheet><sheetData><row><c><v>44651</v></c></row></sheetData></worksheet>"
    cell = read_workbook(workbook(sheet, more='<workbookPr date1904="1"/>'))[0].rows[1][1]
    assert cell.number == 44651 and cell.day is None


def test_a_sheet_that_breaks_off_keeps_what_was_whole() -> None:
    sheet = read_workbook(workbook('<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2'))[0]
    assert sheet.rows[1][1].text == "1" and 2 not in sheet.rows and sheet.broken


def test_entities_in_a_sheet_are_not_expanded() -> None:
    attack = (
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c><v>&e;</v></c></row></sheetData></worksheet>'
    )
    sheet = read_workbook(workbook(attack))[0]
    assert not sheet.rows and "document type" in sheet.broken


def test_too_many_cells_are_not_all_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_CELLS", 3)
    cells = "".join(f"<row><c><v>{number}</v></c></row>" for number in range(5))
    with_limit = xlsx._Book([], frozenset(), cells_left=3)
    sheet = xlsx._read_sheet("S", False, f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode(), with_limit)
    assert len(sheet.rows) == 3 and "more than" in sheet.broken


def test_an_enormous_merged_area_costs_nothing() -> None:
    sheet = '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    assert read_workbook(workbook(sheet))[0].rows == {1: {1: xlsx.Cell("1", 1.0, date(1900, 1, 1))}}


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_a_damaged_list_of_contents_is_one_clear_error(part: str) -> None:
    source = zipfile.ZipFile(io.BytesIO(ledger_bytes("ja")))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in source.namelist():
            made.writestr(name, b"<broken" if name == part else source.read(name))
    with pytest.raises(EvidenceError) as raised:
        read_workbook(out.getvalue())
    assert "保存し直して" in raised.value.text.ja


LEDGER = ledger_bytes("ja")


@given(st.integers(0, 2**32), st.integers(1, 40))
def test_bytes_changed_anywhere_never_raise_anything_else(seed: int, changes: int) -> None:
    chance = random.Random(seed)
    data = bytearray(LEDGER)
    for _ in range(changes):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.3:
        del data[chance.randrange(len(data)) :]
    try:
        sheets = read_workbook(bytes(data))
    except EvidenceError as error:
        assert error.text.ja and error.text.en
    else:
        assert sheets


@given(st.binary(max_size=400))
def test_any_bytes_as_a_sheet_are_read_or_told(content: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("xl/workbook.xml", b'<workbook><sheets><sheet name="S" id="r1"/></sheets></workbook>')
        made.writestr("xl/_rels/workbook.xml.rels", b'<R><Relationship Id="r1" Target="worksheets/s.xml"/></R>')
        made.writestr("xl/worksheets/s.xml", content)
    sheet = read_workbook(out.getvalue())[0]
    assert sheet.broken or not sheet.rows


PARTS = {
    name: zipfile.ZipFile(io.BytesIO(LEDGER)).read(name)
    for name in zipfile.ZipFile(io.BytesIO(LEDGER)).namelist()
    if name.startswith("xl/")
}


@given(st.integers(0, 2**32))
def test_words_changed_inside_any_part_never_raise_anything_else(seed: int) -> None:
    chance = random.Random(seed)
    parts = {name: bytearray(content) for name, content in PARTS.items() if "comments" not in name and "drawing" not in name}
    for _ in range(chance.randrange(1, 6)):
        part = parts[chance.choice(sorted(parts))]
        if not part:
            continue
        place = chance.randrange(len(part))
        part[place : place + chance.randrange(3)] = chance.choice(
            [b"", b"9" * 30, b'"', b"<", b"&#0;", b"-1", b"\xff", b"</c>", b"_xD800_"]
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name, bytes(content))
    try:
        sheets = read_workbook(out.getvalue())
    except EvidenceError as error:
        assert error.text.ja and error.text.en
    else:
        assert all(cell.text is not None for sheet in sheets for cells in sheet.rows.values() for cell in cells.values())
