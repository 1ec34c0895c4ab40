"""Every element that holds a secret, on one line or over several."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.device.dialects.pfsense.redact import kinds, redact


def clean(*lines: str) -> list[str]:
    state: dict[str, Any] = {}
    return [redact(line, state) for line in lines]


@pytest.mark.parametrize("tag", sorted(kinds()))
def test_every_element(tag: str) -> None:
    assert "Hidden" not in "".join(clean(f"  <{tag}>Hidden1</{tag}>", f"<{tag}>Hidden2", "Hidden3", f"Hidden4</{tag}><x>y</x>"))
    assert clean(f"<{tag}></{tag}>", f"<{tag}/>") == [f"<{tag}></{tag}>", f"<{tag}/>"]


def test_states_and_what_stays() -> None:
    assert clean("<password>pfsense</password><descr>x</descr>") == ["<password>[secret: password, default]</password><descr>x</descr>"]
    assert clean("<rocommunity><![CDATA[word]]></rocommunity>") == ["<rocommunity>[secret: community, plain]</rocommunity>"]
    assert clean("<hostname>secret</hostname>") == ["<hostname>secret</hostname>"]
    once = clean("<psk>abc</psk>")
    assert clean(*once) == once


@given(st.lists(st.text(alphabet="<>/psk! []CDAT\n", max_size=40), max_size=12))
def test_lines_stay(lines: list[str]) -> None:
    assert len(clean(*lines)) == len(lines)


def test_elements_that_are_never_closed_are_looked_at_once_each() -> None:
    line = "<password>" * 200_000
    assert redact(line + "himitsu", {}).count("himitsu") == 0
