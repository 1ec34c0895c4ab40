"""How wide words are: guessed on the broad side, and cut so that they fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.map.letters import fitted, width, wrapped


def test_japanese_is_as_wide_as_it_is_high() -> None:
    assert width("電子カルテ", 10) == 50
    assert width("abcde", 10) < 35


@given(st.text(max_size=60), st.floats(12, 300))
def test_what_is_cut_fits(text: str, room: float) -> None:
    shown = fitted(text, 8, room)
    assert width(shown, 8) <= room or shown == "…"
    assert shown == text or shown.endswith("…")


@given(st.text(max_size=80), st.floats(20, 200), st.integers(1, 4))
def test_lines_fit_and_are_no_more_than_allowed(text: str, room: float, lines: int) -> None:
    shown = wrapped(text, 8, room, lines)
    assert len(shown) <= lines
    assert all(width(line, 8) <= room for line in shown)


def test_a_line_breaks_before_a_word() -> None:
    assert wrapped("Medical devices", 8, 48, 3) == ("Medical", "devices")


def test_no_line_begins_with_a_small_letter_or_a_mark() -> None:
    assert wrapped("仕切る機器: 内部ファイアウォール", 6.4, 59, 3) == ("仕切る機器: 内部", "ファイアウォール")
    assert all(line[0] not in "ァォー" for width in range(20, 60) for line in wrapped("内部ファイアウォール", 6.4, width, 4))
