"""Lines kept as one text are the same lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.windows.lines import Line, Lines, text_of

TEXTS = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=("Cs",)), max_size=9), min_size=1, max_size=9)


@given(TEXTS, st.integers(1, 1000), st.integers(-10, 10), st.integers(-10, 10))
def test_lines_are_a_sequence_of_lines(texts: list[str], first: int, start: int, stop: int) -> None:
    plain = tuple(Line(number, text) for number, text in enumerate(texts, first))
    lines = Lines("\n".join(texts), first)
    assert (lines[0], lines[-1]) == (plain[0], plain[-1])  # before they are split
    assert len(lines) == len(plain)
    assert lines[start:stop] == plain[start:stop]
    assert tuple(lines) == plain
    assert lines == plain
    assert lines == Lines("\n".join(texts), first)
    assert lines != plain[1:]
    assert hash(lines) == hash(plain)
    assert text_of(lines) == text_of(plain) == "\n".join(texts)
