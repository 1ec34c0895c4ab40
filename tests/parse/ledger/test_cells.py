from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.tables import TABLES
from omamori.model.workbook import STATES, sheet_columns, sheet_tables
from omamori.parse.ledger.cells import MAX_TEXT, BadCell, choice, clean, day, folded, number, value_of
from omamori.parse.ledger.xlsx import Cell

LINES = TABLES["remote_lines"]
YES_NO = LINES.column("two_factor")


@pytest.mark.parametrize(
    "typed",
    [
        "2026-04-01",
        "2026/4/1",
        "2026.4.1",
        "２０２６／４／１",
        "2026年4月1日",
        "2026年4月1日(水)",
        "2026-04-01 09:30",
        "2026-04-01T00:00:00",
        "20260401",
        "令和8年4月1日",
        "令和８年４月１日",
        "R8.4.1",
        "R08/04/01",
        "r8-4-1",
        "2026年4月",
        "2026-04",
    ],
)
def test_a_day_is_read_however_it_is_written(typed: str) -> None:
    assert day(Cell(typed)) == date(2026, 4, 1)


def test_older_eras() -> None:
    assert day(Cell("令和元年5月1日")) == date(2019, 5, 1)
    assert day(Cell("H31.4.30")) == date(2019, 4, 30)
    assert day(Cell("昭和64年1月7日")) == date(1989, 1, 7)


def test_a_date_cell_and_a_bare_serial_number_are_days() -> None:
    assert day(Cell("2026-04-01", 46113.0, date(2026, 4, 1))) == date(2026, 4, 1)
    assert day(Cell("46113", 46113.0, date(2026, 4, 1))) == date(2026, 4, 1)
    assert day(Cell("20260401", 20260401.0, None)) == date(2026, 4, 1)


@pytest.mark.parametrize("typed", ["去年", "4/1", "2026-13-01", "2026-02-30", "31/12/2025", "1", "令和", "99999999"])
def test_what_is_no_day_says_how_to_write_one(typed: str) -> None:
    with pytest.raises(BadCell) as raised:
        day(Cell(typed, float(typed) if typed.isdigit() else None))
    assert "令和8年4月1日" in raised.value.expected.ja and "2026-04-01" in raised.value.expected.en


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("はい", "yes"),
        ("ハイ", "yes"),
        ("はい。", "yes"),
        ("イイエ｡", "no"),
        ("yes", "yes"),
        ("YES", "yes"),
        ("○", "yes"),
        ("◯", "yes"),
        ("有り", "yes"),
        ("いいえ", "no"),
        ("×", "no"),
        ("Ｎｏ", "no"),
        ("なし", "no"),
        ("分からない", "unknown"),
        ("不明", "unknown"),
        ("?", "unknown"),
        ("not known", "unknown"),
    ],
)
def test_yes_and_no_in_all_their_forms(typed: str, code: str) -> None:
    assert value_of(YES_NO, Cell(typed)) == code


def test_every_label_of_every_list_is_read_in_both_languages() -> None:
    for table in sheet_tables():
        for column in sheet_columns(table):
            for value in column.values:
                for typed in (value.code, value.label.ja, value.label.en, f" {value.label.en.upper()} "):
                    assert value_of(column, Cell(typed)) == value.code, (table.name, column.name, typed)


def test_a_word_outside_the_list_names_the_list() -> None:
    with pytest.raises(BadCell) as raised:
        choice(STATES, "たぶん")
    assert "記入済み" in raised.value.expected.ja and "filled in" in raised.value.expected.en


def test_yes_marks_do_not_leak_into_other_lists() -> None:
    with pytest.raises(BadCell):
        value_of(LINES.column("kind"), Cell("○"))


@pytest.mark.parametrize(("typed", "expected"), [("7", 7), ("７世代", 7), ("約200床", 200), ("1,433", 1433), ("7.0", 7), ("1日毎", 1)])
def test_numbers_with_units(typed: str, expected: int) -> None:
    assert number(typed) == expected


@pytest.mark.parametrize("typed", ["-1", "1.5", "1〜2", "多数", "9" * 30, "10^9"])
def test_what_is_no_number(typed: str) -> None:
    with pytest.raises(BadCell):
        number(typed)


def test_nothing_is_nothing() -> None:
    for typed in ("", "  ", "-", "ー", "N/A"):
        assert value_of(LINES.column("device"), Cell(typed)) is None
    assert value_of(LINES.column("device"), None) is None


def test_a_formula_counts_with_its_stored_value_or_is_told() -> None:
    assert value_of(LINES.column("device"), Cell("FW-1", formula=True)) == "FW-1"
    with pytest.raises(BadCell, match="formula"):
        value_of(LINES.column("device"), Cell("", formula=True))
    with pytest.raises(BadCell, match="formula error"):
        value_of(LINES.column("device"), Cell("#REF!", error=True))


def test_names_lose_what_could_harm_a_terminal_or_a_page() -> None:
    assert clean("a\x1b[31m\x00b\u202ec\n d\ud800") == "a [31m b c d?"
    assert len(clean("x" * 99_999)) == MAX_TEXT
    assert folded(" Ｉ Ｐ アドレス\n") == "ipアドレス"


@given(st.text(max_size=80))
def test_any_words_in_any_column_are_read_or_told(typed: str) -> None:
    for table in sheet_tables():
        for column in sheet_columns(table):
            try:
                value = value_of(column, Cell(typed))
            except BadCell as error:
                assert error.expected.ja and error.expected.en
            else:
                wanted = {"bigint": int, "date": date}.get(column.type, str)
                assert value is None or isinstance(value, wanted)
