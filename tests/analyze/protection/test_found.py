"""Several findings about one control, as one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.coverage import NEVER, Input
from omamori.analyze.protection.found import Found, together
from omamori.model.text import Text

STATES = ["contradicted", "unreadable", "declared", "seen"]


@given(st.lists(st.sampled_from(STATES), min_size=1, max_size=6))
def test_the_worst_counts_and_every_one_is_told(states):
    found = together([Found(state, Text(f"ja{at}", f"en{at}"), f"e{at}", (Input(NEVER, (str(at),)),)) for at, state in enumerate(states)])
    assert found.state == min(states, key=STATES.index)
    assert sorted(found.said.en.split("; ")) == sorted(f"en{at}" for at in range(len(states)))
    assert states[int(found.evidence[1:])] == found.state
    assert len(found.rests) == len(states)
    assert (found.state == "seen") == (set(states) == {"seen"})
