"""The rows of a sheet: which round a value belongs to, and what is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from omamori.model.answer_sheet import ABOUT, KEYS, SHOWN, row_key
from omamori.parse.ledger.xlsx import Cell, Sheet
from omamori.parse.standard.layout import find_form
from omamori.parse.standard.rows import Answers, read_answers

STANDARD = "checklist/r7-hospital"
COLUMNS = ("_number", "_text", "answer_1", "answer_2", "target_date", "remark")


def read(*rows: Sequence[str]) -> Answers:
    lines = [[ABOUT, f"standard={STANDARD}"], [KEYS, *COLUMNS], *rows]
    cells = {number: {place: Cell(word) for place, word in enumerate(line, 1) if word} for number, line in enumerate(lines, 1)}
    sheet = Sheet("写し", False, cells)
    form = find_form(sheet)
    assert form is not None
    return read_answers(sheet, form)


def key(item: str) -> str:
    return row_key(STANDARD, item, item)


def test_a_target_date_belongs_to_every_no_and_a_remark_to_the_newest_round() -> None:
    found = read(
        [key("2-1"), "", "", "いいえ", "いいえ", "2026-03-31", "工事待ち"], [key("2-2"), "", "", "いいえ", "はい", "2026-03-31", "済み"]
    )
    assert [(row.item, row.round, row.answer, row.target_date, row.remark) for row in found.rows] == [
        ("2-1", 1, "no", date(2026, 3, 31), None),
        ("2-1", 2, "no", date(2026, 3, 31), "工事待ち"),
        ("2-2", 1, "no", date(2026, 3, 31), None),
        ("2-2", 2, "yes", None, "済み"),
    ]
    assert not found.problems and not found.bad and not found.lost


def test_a_date_without_any_answer_stays_with_the_first_round() -> None:
    (row,) = read([key("2-1"), "", "", "", "", "2026-03-31"]).rows
    assert (row.round, row.answer, row.target_date, row.evidence) == (1, None, date(2026, 3, 31), "写し!R3")


def test_what_is_only_shown_is_not_read() -> None:
    found = read([SHOWN, "2 管理・運用", "", "はい"], ["", "", ""], [key("2-1"), "2-1", "台帳"])
    assert [(row.item, row.answer) for row in found.rows] == [("2-1", None)] and not found.problems


def test_an_answer_to_nobody_knows_what_is_told() -> None:
    found = read([key("2-1")], ["", "", "", "はい"])
    assert [row.item for row in found.rows] == ["2-1"] and found.lost == 1
    assert found.problems[0].line == 4 and "分かりません" in found.problems[0].expected_ja and "row 4" in found.problems[0].expected


def test_the_same_row_twice_says_nothing_new() -> None:
    found = read([key("2-1"), "2-1", "台帳", "はい"], [key("2-1"), "2-1", "台帳", "はい"], [key("2-1"), "2-1", "台帳"])
    assert len(found.rows) == 1 and not found.problems and not found.lost
