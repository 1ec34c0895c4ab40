from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.report.row_heights import LINE, MOST, height, lines_needed, wide


def test_japanese_counts_double() -> None:
    assert wide("あ") == 2 and wide("⑥") == 2 and 0.8 < wide("b") < 1 and wide("あb") == 2 + wide("b")


def test_words_are_broken_as_a_spreadsheet_breaks_them() -> None:
    assert lines_needed("あ" * 10, 20) == 1 and lines_needed("あ" * 11, 20) == 2
    assert lines_needed("ab cd", 5) == 1 and lines_needed("abcd efgh", 5) == 2, "not within a word"
    assert lines_needed("abcdefghijkl", 5) == 3, "unless it is longer than a line"
    assert lines_needed("a\n\nb", 5) == 3


def test_the_highest_cell_decides() -> None:
    assert height([("a", 10), ("a\nb\nc", 10)]) == 4 + 3 * LINE
    assert height([], least=2) == 4 + 2 * LINE and height([("a\n" * 500, 10)]) == MOST


@given(st.text(max_size=200), st.floats(1, 100))
def test_a_row_is_never_too_low_for_its_words(text: str, width: float) -> None:
    lines = lines_needed(text, width)
    assert lines * max(2, int(width * 1.02)) >= wide(text.replace("\n", "").replace(" ", "")) / 2 and lines > text.count("\n")
