"""Tables of fixed columns: cut by console cells or by letters, whichever stands straight, and told where neither does."""

from __future__ import annotations

from omamori.parse.windows.columns import cut, fit, spans, width

HEAD = "Name                State        Kind"
MARKS = spans("----                -----        ----")


def test_wide_letters_take_two_cells() -> None:
    rows = ["イーサネット        Up           card", "Wi-Fi               Disconnected card"]
    assert width(rows[0]) == width(HEAD)
    assert cut(rows, MARKS) == [["イーサネット", "Up", "card"], ["Wi-Fi", "Disconnected", "card"]]


def test_one_row_is_not_cut_at_a_blank_that_is_there_by_chance() -> None:
    by_cells, by_letters = "イーサネット        Up           card", "イーサネット              Up           card"
    assert cut([by_cells], MARKS) == cut([by_letters], MARKS) == [["イーサネット", "Up", "card"]]


def test_columns_that_cannot_be_told_apart_are_not_to_be_trusted() -> None:
    assert fit(["Wi-Fi               Disconnected card"], MARKS)
    assert not fit(["x" * 40], MARKS)
