"""A side is called by its entry."""

from __future__ import annotations

from omamori.model.ways_in import Entry
from omamori.respond.bastion.parts import Side


def test_a_side_has_the_name_of_its_entry() -> None:
    assert Side("fw", "wan", Entry(entry="outer"), (), line=False, door=True).name == "outer"
