from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.lined_yaml import LARGEST, Lined, LinedError, read_lined


def test_every_mapping_knows_its_line() -> None:
    read = read_lined("a: 1\nb:\n  - c: {d: 2}\n  - 3\n")
    assert read == {"a": 1, "b": [{"c": {"d": 2}}, 3]}
    assert isinstance(read, Lined)
    assert (read.line, read["b"][0].line, read["b"][0]["c"].line) == (1, 3, 3)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: 2\na: 3", "line 3: the key a stands twice"),
        ("a: &x [1]\nb: *x", r"line 2: a reference \(\*\) is not read here"),
        ("a: {<<: {b: 1}}", "line 1: not YAML"),
        ("? [1]\n: 2", "line 1: a key has to be a word"),
        ("a: 1\n2: b", "line 2: a key has to be a word"),
        ("a: [", "line 1: not YAML"),
        ('a: 1\nb: "\\e[2Jclean"', "line 2: a control character"),
        ('"\\x07": 1', "line 1: a control character"),
        ('a: "\\u202eturned"', "line 1: a control character"),
        ("a: 1\n--- \nb: 2", "not YAML"),
        ("a: !!python/name:os.system", "line 1: not YAML"),
        ("a: 2025-02-30", "not YAML: day is out of range"),
        ("[" * 13 + "]" * 13, "line 1: lists and keys lie deeper"),
        ("[" * 1_000_000, "larger than"),
        ("あ" * LARGEST, "larger than"),
        ("a: \ud800", "not YAML"),
    ],
)
def test_what_is_not_plain_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(LinedError, match=told):
        read_lined(text)


def test_as_deep_as_a_standard_needs_is_read() -> None:
    assert read_lined("[" * 12 + "]" * 12) is not None


@given(st.text(max_size=200))
def test_any_text_is_read_or_told(text: str) -> None:
    try:
        read_lined(text)
    except LinedError as error:
        assert str(error)
