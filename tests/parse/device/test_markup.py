"""A tree of elements with lines; refused and damaged documents keep what came before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.device.markup import MAX_DEPTH, read_markup


def test_elements_have_lines_and_text() -> None:
    root = read_markup("<a>\n<b x='1'>one</b>\n<b>two</b>\n<c/></a>").root
    assert [(one.line, one.text) for one in root.all("b")] == [(2, "one"), (3, "two")]
    assert root.get("b") == "one" and root.has("c") and not root.has("d") and root.get("d/e") == ""
    assert [path for path, _ in root.leaves()] == ["b", "b", "c"]


def test_damage_and_entities() -> None:
    cut = read_markup("<a>\n<b>one</b>\n<c>")
    assert cut.broken == 3 and cut.root.get("b") == "one"
    refused = read_markup('<!DOCTYPE a [<!ENTITY x "y">]>\n<a>&x;</a>')
    assert refused.broken == 1 and refused.root.tag == ""
    deep = read_markup("<a>" * (MAX_DEPTH + 5))
    assert deep.broken is not None


@given(st.text(alphabet="<>ab/&;!\n'\" ", max_size=60))
def test_never_fails(text: str) -> None:
    read_markup(text)
