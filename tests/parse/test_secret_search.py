"""Searching a whole text finds the same lines as looking at each."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.redact import redact
from omamori.parse.secret_patterns import KEYWORD, KEYWORD_NEEDLES
from omamori.parse.secret_search import ALL_NEEDLES, SHAPES, find_lines, may_hold_keyword, needles_of, shapes_for

_WORDS = st.sampled_from(
    (*ALL_NEEDLES, *(needle.upper() for needle in ALL_NEEDLES), " = x9Q!", ": ", "01,ff,\\", "  ", "[HKEY_", "\u0130", "K")
)
LINES = st.lists(
    st.lists(
        _WORDS
        | st.text(st.characters(exclude_characters="\n\0", exclude_categories=("Cs",)) | st.sampled_from("\udc83\udcff"), max_size=8),
        max_size=5,
    ).map("".join),
    min_size=1,
    max_size=12,
)


@given(LINES)
def test_every_line_with_a_needle_is_found(lines: list[str]) -> None:
    expected = {number: needles for number, line in enumerate(lines) if (needles := needles_of(line))}
    found = find_lines("\n".join(lines).encode("utf-8", "surrogatepass"))
    assert found == expected
    assert list(found) == sorted(expected)


def test_no_other_capital_has_a_needle_letter() -> None:
    plain = {char for needle in ALL_NEEDLES for char in needle}
    odd = {char for char in map(chr, range(128, sys.maxunicode + 1)) if char.lower() != char and plain & set(char.lower())}
    assert odd == {"\u0130", "\u212a"}


@given(LINES)
def test_a_line_is_redacted_among_others_as_alone(lines: list[str]) -> None:
    lines = [line for line in lines if "private key" not in line.lower()] or [""]
    together = redact("\n".join(["start", *lines]).encode())
    alone = [redact(line.encode()) for line in lines]
    assert together.data == b"\n".join([b"start", *(one.data for one in alone)])
    assert together.secrets == sum(one.secrets for one in alone)


def test_needles_choose_the_shapes_in_their_order() -> None:
    chosen = shapes_for(frozenset({"user", "curl"}))
    assert chosen == tuple(shape for shape in SHAPES if {"user", "curl"} & set(shape.needles)) != ()
    assert shapes_for(frozenset()) == ()


@given(st.from_regex(KEYWORD, fullmatch=True))
def test_a_keyword_holds_a_needle(text: str) -> None:
    assert may_hold_keyword(needles_of(text), text)
    assert may_hold_keyword(frozenset(KEYWORD_NEEDLES[:1]), "x=")
    # No separator, no keyword: most rules of a router hold the word `pass` and nothing more.
    assert not may_hold_keyword(frozenset(KEYWORD_NEEDLES[:1]), "ip filter 1 pass * * tcp * 443")
