"""What the pen writes."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.map.pen import Pen, escaped, number
from omamori.map.rooms import Rect
from omamori.model.clean import clean


@given(st.text())
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    pen = Pen("")
    shown = clean(text)
    pen.open(class_="m-x", data_name=shown)
    pen.title(shown)
    pen.close()
    root = ElementTree.fromstring(pen.done())  # noqa: S314 - our own drawing
    assert root.get("data-name", "") == shown.strip("\n\t") or root.get("data-name") == shown
    assert (root[0].text or "") == shown


@pytest.mark.parametrize(("value", "told"), [(1.0, "1"), (0.0, "0"), (1.256, "1.26"), (-0.5, "-0.5"), (120.10, "120.1")])
def test_numbers_are_short(value: float, told: str) -> None:
    assert number(value) == told


def test_quotes_and_brackets_are_escaped() -> None:
    assert escaped("<a b=\"c\" d='e'>&") == "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;"


def test_words_are_cut_to_their_room() -> None:
    pen = Pen("")
    pen.box(Rect(0, 0, 10, 10), "m-x", 2)
    pen.text(0, 0, "a very long name indeed", 8, room=40)
    assert "…" in pen.done() and 'rx="2"' in pen.done()
