"""Cutting by position: letters, cells, values wider than their heading."""

from __future__ import annotations

from omamori.parse.windows.columns import cells, cut, spans, width


def test_width_counts_wide_letters_twice() -> None:
    assert (width("abc"), width("漢字"), width("ｶﾅ")) == (3, 4, 2)
    assert cells("a漢b") == ["a", "漢", "", "b"]


def test_columns_of_wide_letters_are_cut_by_cells() -> None:
    rows = ["漢字漢字 right", "abc      other"]
    assert cut(rows, [(0, 4), (9, 14)]) == [["漢字漢字", "right"], ["abc", "other"]]


def test_a_number_may_begin_left_of_its_heading() -> None:
    marks = spans("Name     PID")
    assert cut(["a          4", "b    1234567"], marks) == [["a", "4"], ["b", "1234567"]]


def test_without_a_blank_between_the_headings_decide() -> None:
    assert cut(["abcdefgh", "x   y"], [(0, 2), (4, 6)]) == [["abcd", "efgh"], ["x", "y"]]


HEAD = "Name                State        Kind"
MARKS = spans("----                -----        ----")


def test_wide_letters_take_two_cells() -> None:
    rows = ["イーサネット        Up           card", "Wi-Fi               Disconnected card"]
    assert width(rows[0]) == width(HEAD)
    assert cut(rows, MARKS) == [["イーサネット", "Up", "card"], ["Wi-Fi", "Disconnected", "card"]]


def test_one_row_is_not_cut_at_a_blank_that_is_there_by_chance() -> None:
    by_cells, by_letters = "イーサネット        Up           card", "イーサネット              Up           card"
    assert cut([by_cells], MARKS) == cut([by_letters], MARKS) == [["イーサネット", "Up", "card"]]
