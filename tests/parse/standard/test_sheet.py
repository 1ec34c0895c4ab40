"""A sheet goes out, is filled in, and comes back with the same answers, whatever happened to it on its way."""

from __future__ import annotations

import dataclasses
import io
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.knowledge.editions import load_edition
from omamori.model.answer_sheet import KEYS, ROUNDS
from omamori.model.look import EVERYWHERE, Parsed
from omamori.model.standard import ITEM_ANSWERS, ItemAnswer
from omamori.model.text import LANGUAGES, Language
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.registry import parsers, recognise
from omamori.parse.standard.sheet import NO_NAME, parse_sheet, redact_sheet

from .conftest import Filled, Writer

STANDARD = "checklist/r7-hospital"
DAY = date(2025, 6, 10)


def answer(item: str, said: str | None, number: int = 1, **more: object) -> ItemAnswer:
    return ItemAnswer(standard=STANDARD, item=item, round=number, answer=said, **more)  # type: ignore[arg-type]


def plain(rows: Sequence[object]) -> list[ItemAnswer]:
    """Rows that say something, without their place."""
    found = [dataclasses.replace(row, evidence="", source="") for row in rows if isinstance(row, ItemAnswer)]
    return [row for row in found if row != ItemAnswer(standard=row.standard, item=row.item, vendor=row.vendor)]


def read(data: bytes, context: Context) -> Parsed:
    """Read as an import does: first what may be stored, then the rows of that."""
    return parse_sheet(redact_sheet(data).data, context)


GIVEN = [
    answer("1-1", "yes", answered_on=DAY, answered_by="山田 太郎", remark="任命書 2025-04-01"),
    answer("2-6", "no", answered_on=DAY, answered_by="山田 太郎", target_date=date(2026, 3, 31)),
    answer("2-6", "yes", 2, answered_on=date(2025, 12, 1), answered_by="佐藤 花子", remark="適用しました"),
    answer("2-10", "not_applicable", answered_on=DAY, answered_by="山田 太郎"),
    answer("3-3", None, answered_by="山田 太郎"),
    answer("+夜間に止める訓練をしている", "yes", answered_on=DAY, answered_by="山田 太郎"),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_answered_comes_back(written: Writer, context: Context, language: Language) -> None:
    parsed = read(written(GIVEN, language=language), context)
    assert plain(parsed.rows) == GIVEN and not parsed.problems
    look = parsed.looks[0]
    assert look.table == "item_answers" and look.complete and look.asset == EVERYWHERE and not look.missing
    assert parsed.speaker == f"{STANDARD}|"


def test_an_item_left_empty_is_a_row_without_an_answer(written: Writer, context: Context) -> None:
    parsed = read(written(), context)
    items = [item.id for item in load_edition(STANDARD).items()]
    assert [(row.item, row.answer, row.round) for row in parsed.rows] == [(item, None, 1) for item in items]
    assert parsed.looks[0].complete and not parsed.problems


def test_a_person_fills_it_in_with_another_program(written: Writer, context: Context) -> None:
    sheet = Filled(written())
    sheet.set("2-1", answer_1="はい", answered_on_1=datetime(2025, 6, 10), answered_by_1="山田")
    sheet.set("2-2", answer_1="○", answered_on_1="令和7年6月10日", answered_by_1="山田", remark="一覧表を参照")
    sheet.set("2-3", answer_1="×", answered_on_1="R7.6.10", answered_by_1="山田", target_date="令和8年3月31日")
    sheet.set("2-4", answer_1="いいえ", answered_on_1="2025/6/10", target_date="R8.3.31", answer_2="YES", answered_on_2="2025-12-01")
    sheet.set("2-5", answer_1="No", answered_on_1="2025.6.10", target_date=datetime(2026, 3, 31))
    sheet.set("2-7", answer_1="非該当")
    parsed = read(sheet.saved(), context)
    last = date(2026, 3, 31)
    assert plain(parsed.rows) == [
        answer("2-1", "yes", answered_on=DAY, answered_by="山田"),
        answer("2-2", "yes", answered_on=DAY, answered_by="山田", remark="一覧表を参照"),
        answer("2-3", "no", answered_on=DAY, answered_by="山田", target_date=last),
        answer("2-4", "no", answered_on=DAY, target_date=last),
        answer("2-4", "yes", 2, answered_on=date(2025, 12, 1)),
        answer("2-5", "no", answered_on=DAY, target_date=last),
        answer("2-7", "not_applicable"),
    ]
    assert not parsed.problems


def test_a_bad_cell_costs_itself_and_says_where_it_stands(written: Writer, context: Context) -> None:
    sheet = Filled(written())
    sheet.set("2-1", answer_1="たぶん", answered_on_1=datetime(2025, 6, 10), answered_by_1="山田")
    sheet.set("2-2", answer_1="はい", answered_on_1="春ごろ")
    parsed = read(sheet.saved(), context)
    assert plain(parsed.rows) == [answer("2-1", None, answered_on=DAY, answered_by="山田"), answer("2-2", "yes")]
    first, second = parsed.problems
    assert first.line == sheet.rows["2-1"] and second.line == sheet.rows["2-2"]
    for words in ("チェックリスト", f"{first.line}行目", "1回目 はい・いいえ", "たぶん", "はい / いいえ / 対象外"):
        assert words in first.expected_ja
    assert "row" in first.expected and "yes / no / not applicable" in first.expected and "確認日" in second.expected_ja
    assert parsed.looks[0].complete and parsed.looks[0].missing == ("answer", "answered_on")


def moved(data: bytes) -> bytes:
    """What a tidy person does: new headings, a column in front, the remark elsewhere, another name, rows from the end to the beginning."""
    sheet = Filled(data)
    page, first, last = sheet.page, min(sheet.rows.values()), max(sheet.rows.values())
    sheet.unmerge()
    lines = [[cell.value for cell in row] for row in page.iter_rows(first, last)]
    for number, line in enumerate(reversed(lines), first):
        for column, value in enumerate(line, 1):
            page.cell(number, column).value = value
    for cell in page[first - 3]:
        cell.value = f"私の見出し{cell.column}" if cell.column > 1 else cell.value
    page.insert_cols(5)
    page.move_range(f"C1:C{last}", cols=30)
    page.title = "R7提出用(写し)"
    return sheet.saved()


def test_rows_columns_headings_and_the_name_may_change(written: Writer, context: Context) -> None:
    parsed = read(moved(written(GIVEN)), context)
    assert sorted(plain(parsed.rows), key=str) == sorted(GIVEN, key=str) and not parsed.problems
    assert {row.evidence.partition("!")[0] for row in parsed.rows} == {"R7提出用(写し)"}


def test_a_sort_without_the_hidden_column_is_noticed(written: Writer, context: Context) -> None:
    sheet = Filled(written(GIVEN))
    one, other = sheet.rows["2-5"], sheet.rows["2-6"]
    for column in range(2, sheet.page.max_column + 1):
        upper, lower = sheet.page.cell(one, column), sheet.page.cell(other, column)
        upper.value, lower.value = lower.value, upper.value
    parsed = read(sheet.saved(), context)
    assert sorted(plain(parsed.rows), key=str) == sorted(GIVEN, key=str)
    assert len(parsed.problems) == 2 and "並べ替え" in parsed.problems[0].expected_ja


def test_without_its_hidden_keys_it_is_read_by_what_it_shows(written: Writer, context: Context) -> None:
    sheet = Filled(written(GIVEN[:4]))
    sheet.page.delete_cols(1)
    data = sheet.saved()
    parsed = read(data, context)
    assert sorted(plain(parsed.rows), key=str) == sorted(GIVEN[:4], key=str) and parsed.speaker == f"{STANDARD}|"
    assert len(parsed.problems) == 1 and "見えないキー" in parsed.problems[0].expected_ja
    known = recognise(data, "x.xlsx")
    assert known is not None and known.kind == "standard.sheet"


def test_merged_answers_count_for_every_item_they_cover(written: Writer, context: Context) -> None:
    sheet = Filled(written())
    sheet.set("2-1", answer_1="はい", answered_on_1=datetime(2025, 6, 10), answered_by_1="山田")
    for name in ("answer_1", "answered_on_1", "answered_by_1"):
        column = sheet.columns[name]
        sheet.page.merge_cells(start_row=sheet.rows["2-1"], end_row=sheet.rows["2-3"], start_column=column, end_column=column)
    same = {"answered_on": DAY, "answered_by": "山田"}
    assert plain(read(sheet.saved(), context).rows) == [answer(item, "yes", **same) for item in ("2-1", "2-2", "2-3")]


def test_items_added_by_hand_are_told_and_not_lost(written: Writer, context: Context) -> None:
    sheet = Filled(written())
    sheet.unmerge()
    sheet.page.insert_rows(sheet.rows["2-2"])
    row = sheet.rows["2-2"]
    for name, value in (("_number", "2-①-2"), ("_text", "医療機器も台帳に入れている。"), ("answer_1", "はい")):
        sheet.page.cell(row, sheet.columns[name]).value = value
    sheet.page.cell(sheet.page.max_row + 1, sheet.columns["_text"]).value = "以上"
    parsed = read(sheet.saved(), context)
    assert plain(parsed.rows) == [answer("+医療機器も台帳に入れている。", "yes")]
    assert ["手で足した" in problem.expected_ja for problem in parsed.problems] == [True, False]
    assert "回答もない" in parsed.problems[1].expected_ja


def test_a_copied_row_is_an_added_item_or_told(written: Writer, context: Context) -> None:
    sheet = Filled(written([answer("2-1", "yes")]))
    page, row = sheet.page, sheet.page.max_row + 1
    for offset, (text, said) in enumerate(((None, "いいえ"), ("医療機器も", "はい"))):
        for cell in page[sheet.rows["2-1"]]:
            page.cell(row + offset, cell.column).value = cell.value
        page.cell(row + offset, sheet.columns["answer_1"]).value = said
        if text:
            page.cell(row + offset, sheet.columns["_text"]).value = text
    parsed = read(sheet.saved(), context)
    assert plain(parsed.rows) == [answer("2-1", "yes"), answer("+医療機器も", "yes")]
    assert "同じ項目" in parsed.problems[0].expected_ja and "手で足した" in parsed.problems[1].expected_ja
    look = parsed.looks[0]
    assert not look.complete and look.reason == "to_confirm", "an older sheet must not count instead"


def test_a_sheet_of_another_edition_answers_that_edition(written: Writer, context: Context) -> None:
    parsed = read(
        written([dataclasses.replace(answer("2-7", "yes"), standard="checklist/r6-hospital")], standard="checklist/r6-hospital"), context
    )
    assert parsed.speaker == "checklist/r6-hospital|" and [row.standard for row in plain(parsed.rows)] == ["checklist/r6-hospital"]


def test_a_vendors_sheet_is_the_vendors_word(written: Writer, context: Context) -> None:
    name = "検査ソリューション (株) & Co."
    sheet = Filled(written(standard="checklist/r7-vendor", vendor=name))
    sheet.set("2-6", answer_1="はい", answered_on_1=datetime(2025, 6, 10), answered_by_1="技術部 鈴木")
    parsed = read(sheet.saved(), context)
    assert plain(parsed.rows) == [
        ItemAnswer(
            standard="checklist/r7-vendor", item="2-6", vendor=name, round=1, answer="yes", answered_on=DAY, answered_by="技術部 鈴木"
        )
    ]
    assert {row.vendor for row in parsed.rows} == {name} and parsed.speaker == f"checklist/r7-vendor|{name}"


@pytest.mark.parametrize(("typed", "vendor", "words"), [("別会社", "別会社", "あてのシート"), (None, "甲社", ""), ("甲 社", "甲 社", "")])
def test_the_name_on_a_vendors_sheet_counts(written: Writer, context: Context, typed: str | None, vendor: str, words: str) -> None:
    sheet = Filled(written(standard="checklist/r7-vendor", vendor="甲社"))
    cell = next(cell for row in sheet.page.iter_rows(max_row=12) for cell in row if cell.value == "甲社")
    cell.value = typed
    parsed = read(sheet.saved(), context)
    assert {row.vendor for row in parsed.rows} == {vendor}
    assert [words in problem.expected_ja for problem in parsed.problems] == ([True] if words else [])


def test_a_vendors_sheet_without_a_name_is_not_the_hospitals(written: Writer, context: Context) -> None:
    parsed = read(written(standard="checklist/r7-vendor"), context)
    assert {row.vendor for row in parsed.rows} == {NO_NAME} and "事業者名" in parsed.problems[0].expected_ja


def test_a_second_sheet_of_another_is_told_and_left(written: Writer, context: Context) -> None:
    one, other = Filled(written(GIVEN[:1])), Filled(written(standard="checklist/r7-vendor", vendor="甲社"))
    copy = one.book.create_sheet("甲社から")
    for row in other.page.iter_rows():
        for cell in row:
            if cell.value is not None:
                copy.cell(cell.row, cell.column).value = cell.value
    notes = one.book.create_sheet("メモ")
    notes.append(["a"])
    notes.append(["b"])
    parsed = read(one.saved(), context)
    assert plain(parsed.rows) == GIVEN[:1] and {row.standard for row in parsed.rows} == {STANDARD}
    assert [("甲社" in problem.expected_ja, "メモ" in problem.expected_ja) for problem in parsed.problems] == [(True, False), (False, True)]


def test_formulas_count_with_their_stored_value_and_macros_are_not_looked_at(written: Writer, context: Context) -> None:
    sheet = Filled(written())
    sheet.set("2-1", answer_1='=IF(1=1,"はい","いいえ")', answered_by_1="山田")
    data = sheet.saved()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/vbaProject.bin"] = b"Sub AutoOpen() password Himitsu99"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    stored = redact_sheet(out.getvalue()).data
    assert b"Himitsu99" not in plain_bytes(stored) and b"AutoOpen" not in plain_bytes(stored)
    parsed = parse_sheet(stored, context)
    assert plain(parsed.rows) == [answer("2-1", None, answered_by="山田")]
    assert "式" in parsed.problems[0].expected_ja


def test_a_password_in_a_remark_is_not_stored(written: Writer, context: Context) -> None:
    sheet = Filled(written())
    sheet.set("2-7", answer_1="はい", remark="管理者のパスワード: Himitsu99")
    found = redact_sheet(sheet.saved())
    row = plain(parse_sheet(found.data, context).rows)[0]
    assert found.secrets == 1 and row.remark is not None and "Himitsu99" not in row.remark and "[secret" in row.remark


def test_items_about_passwords_are_no_headings_of_passwords(written: Writer, context: Context) -> None:
    sheet = Filled(written(standard="disclosure/mds-5.0"))
    sheet.set("boot", answer_1="はい", remark="起動パスワード")
    sheet.set("emergency", remark="申請書 3号")
    sheet.set("exchange", _text="パスワード")
    found = redact_sheet(sheet.saved())
    assert found.secrets == 0
    rows = {row.item: row.remark for row in parse_sheet(found.data, context).rows}
    assert (rows["boot"], rows["emergency"]) == ("起動パスワード", "申請書 3号")
    column = sheet.page.max_column + 1
    sheet.page.cell(sheet.rows["information"] - 2, column).value = "管理者パスワード"
    sheet.page.cell(sheet.rows["boot"], column).value = "Himitsu99"
    again = redact_sheet(sheet.saved())
    assert again.secrets == 1 and b"Himitsu99" not in plain_bytes(again.data)


def plain_bytes(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_a_damaged_sheet_says_so_and_gives_what_is_whole(written: Writer, context: Context) -> None:
    with zipfile.ZipFile(io.BytesIO(written(GIVEN))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    page = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = page[: page.index(b"</row>", len(page) // 2)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    parsed = read(out.getvalue(), context)
    assert GIVEN[0] in plain(parsed.rows) and not parsed.looks[0].complete and parsed.looks[0].reason == "not_understood"
    assert "壊れて" in parsed.problems[0].expected_ja


def test_rows_without_end_are_cut_and_told(written: Writer, context: Context) -> None:
    sheet = Filled(written(GIVEN[:1]))
    for number in range(2_100):
        row = sheet.page.max_row + 1
        sheet.page.cell(row, sheet.columns["_text"]).value = f"項目 {number}"
        sheet.page.cell(row, sheet.columns["answer_1"]).value = "はい"
    parsed = read(sheet.saved(), context)
    assert len(parsed.rows) <= 2_100 and len(parsed.problems) <= 200 and GIVEN[0] in plain(parsed.rows)
    assert not parsed.looks[0].complete and parsed.looks[0].reason == "to_confirm"


def test_a_workbook_without_answers_is_refused(context: Context) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["番号", "項目", "はい・いいえ"])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(EvidenceError) as error:
        parse_sheet(out.getvalue(), context)
    assert "omamori checklist" in error.value.text.ja
    assert recognise(out.getvalue(), "チェックリスト.xlsx") is None


@pytest.mark.parametrize("name", ["チェックリスト (回答済み).xlsx", "台帳.xlsx", "report.xlsx", "x.zip"])
def test_it_is_known_by_its_content(written: Writer, name: str) -> None:
    for data in (written(), Filled(written()).saved()):
        known = recognise(data, name)
        assert known is not None and known.kind == "standard.sheet"
    assert parsers()["standard.sheet"].tables == ("item_answers",)


TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn"]), max_size=40)
ANSWERED = st.builds(
    dict,
    answer=st.sampled_from([value.code for value in ITEM_ANSWERS]),
    answered_on=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    answered_by=st.none() | TYPED,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rounds=st.dictionaries(st.sampled_from(["1-1", "2-6", "3-3"]), st.lists(ANSWERED, min_size=1, max_size=len(ROUNDS))),
    remark=st.none() | TYPED,
)
def test_whatever_people_write_comes_back_as_words(
    written: Writer, context: Context, rounds: dict[str, list[dict[str, object]]], remark: str | None
) -> None:
    given_answers: list[ItemAnswer] = []
    for item, said in rounds.items():
        for number, one in enumerate(said, 1):
            values = dict(one)
            code = str(values.pop("answer"))
            given_answers.append(answer(item, code, number, **values, remark=remark if number == len(said) else None))
    parsed = read(written(given_answers), context)
    back = {(row.item, row.round): row for row in plain(parsed.rows)}
    for one in given_answers:
        row = back[one.item, one.round]
        assert (row.answer, row.answered_on) == (one.answer, one.answered_on)
        assert words_of(row.answered_by) == words_of(one.answered_by) and words_of(row.remark) == words_of(one.remark)
    assert len(back) == len(given_answers) and not parsed.problems


def words_of(text: str | None) -> str:
    """The letters and digits of a cell: it keeps them on one line, and a lone dash counts as nothing."""
    return "".join(letter for letter in text or "" if letter.isalnum())


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.tuples(st.integers(1, 40), st.integers(1, 24), st.text(max_size=20) | st.floats(allow_nan=False) | st.booleans())))
def test_cells_typed_anywhere_never_break_it(written: Writer, context: Context, cells: list[tuple[int, int, object]]) -> None:
    sheet = Filled(BLANK.setdefault("ja", written(GIVEN)))
    for row, column, value in cells:
        cell = sheet.page.cell(row, column)
        if not isinstance(cell, openpyxl.cell.cell.MergedCell):
            cell.value = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value  # type: ignore[assignment]
    try:
        parsed = read(sheet.saved(), context)
    except EvidenceError:
        return
    items = [row.item for row in parsed.rows if isinstance(row, ItemAnswer)]
    assert items and all(row.answer in (None, "yes", "no", "not_applicable") for row in parsed.rows)
    assert all(problem.expected and problem.expected_ja for problem in parsed.problems)


BLANK: dict[str, bytes] = {}


def libreoffice() -> str:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: the answer sheet is not opened with it here")
    return program


@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_opens_and_saves_it(tmp_path: Path, written: Writer, context: Context, language: Language) -> None:
    before = written(GIVEN, language=language)
    name = "令和7年度 チェックリスト (写し).xlsx"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(before)
    command = [
        libreoffice(),
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/home",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(tmp_path / "in" / name)], check=True, capture_output=True, timeout=180)
    after = (tmp_path / name).read_bytes()
    known = recognise(after[: 64 * 1024], name) or recognise(after, name)
    assert known is not None and known.kind == "standard.sheet"
    assert read(after, context).rows == read(before, context).rows
    seen, there = (openpyxl.load_workbook(io.BytesIO(data)) for data in (before, after))
    assert seen.sheetnames == there.sheetnames
    for page in seen.worksheets:
        cells = {cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.value not in (None, "")}
        again = {cell.coordinate: cell.value for row in there[page.title].iter_rows() for cell in row if cell.value not in (None, "")}
        assert again == cells, page.title
    keys = next(row[0].row for row in there.worksheets[0].iter_rows() if row[0].value == KEYS)
    assert there.worksheets[0].row_dimensions[keys].hidden and there.worksheets[0].column_dimensions["A"].hidden
