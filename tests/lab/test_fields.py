"""Taking a mapping apart: every kind of value, and that nothing is left over unnoticed."""

from __future__ import annotations

import pytest

from omamori.lab.fields import Fields, LabError, the_port
from omamori.model.text import Text


def test_values_of_every_kind() -> None:
    fields = Fields("f", "", {"w": "a", "n": 3, "t": {"ja": "あ", "en": "a"}, "l": ["x"], "f": True, "m": {"k": "v"}})
    assert (fields.word("w"), fields.number("n", 1, 3), fields.text("t")) == ("a", 3, Text("あ", "a"))
    assert (fields.words("l"), fields.flag("f"), fields.inner("m").word("k")) == (("x",), True, "v")
    assert (fields.optional("no"), fields.words("no"), fields.flag("no"), fields.mapping("no")) == (None, (), False, {})
    fields.end()


@pytest.mark.parametrize("value", [4, True, "3", None])
def test_a_number_outside_the_bounds_is_no_number(value: object) -> None:
    with pytest.raises(LabError, match=r"f:0 way\.n: a whole number from 1 to 3"):
        Fields("f", "way", {"n": value}).number("n", 1, 3)


def test_what_nobody_took_is_told() -> None:
    fields = Fields("f", "", {"known": "a", "odd": 1})
    fields.word("known")
    with pytest.raises(LabError, match="odd: an unknown key; known are known"):
        fields.end()


@pytest.mark.parametrize("text", ["443", "0/tcp", "65536/tcp", "x/tcp", "443/icmp", "٣/tcp"])
def test_what_is_no_port(text: str) -> None:
    with pytest.raises(LabError):
        the_port(Fields("f", "", {}), "ports", text)


def test_a_port() -> None:
    assert the_port(Fields("f", "", {}), "ports", "53/udp") == ("udp", 53)
