"""The prepared cuts on the page for the day: every stage has its place, and what is not ready is marked."""

from __future__ import annotations

from omamori.model.text import Text
from omamori.report.paper.blocks import Gap, Grid
from omamori.report.paper.day_prepared import MOST, prepared_cuts
from omamori.report.paper.declared import PreparedCut


def a_cut(stage: int, name: str, *, ready: bool = True, decides: str = "deputy") -> PreparedCut:
    return PreparedCut(stage, name, Text("機器", "device"), decides, 2, ready)


def test_no_stage_is_crowded_out_and_the_rest_is_counted() -> None:
    many = [a_cut(2, f"2-{number}") for number in range(30)] + [a_cut(1, "1-x"), a_cut(4, "4-x", ready=False, decides="")]
    blocks = prepared_cuts(many)
    grid = next(one for one in blocks if isinstance(one, Grid))
    assert len(grid.rows) == MOST and [row[0] for row in grid.rows] == ["1", *["2"] * (MOST - 2), "4"] and len(blocks) == 3
    assert [row[1] for row in grid.rows[1:3]] == ["2-0", "2-1"]
    last = grid.rows[-1]
    assert isinstance(last[2], Text) and "not ready" in last[2].en and isinstance(last[3], Gap) and last[4] == "2"


def test_without_a_block_nothing_is_added() -> None:
    assert prepared_cuts(()) == ()
