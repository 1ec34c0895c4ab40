"""Systems and the order in which they come back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from omamori.model.declared import LedgerAsset
from omamori.model.text import Text
from omamori.report.paper.blocks import Gap, Grid, Para
from omamori.report.paper.declared import Declared
from omamori.report.paper.systems import MOST, by_decision, hours_words, recovery_grid, systems_of, systems_paper


def test_login_comes_before_records_before_images_and_a_client_is_no_system(declared: Declared) -> None:
    assert [system.purpose for system in systems_of(declared)] == ["認証", "電子カルテ", "画像管理"]


def test_the_order_is_a_suggestion_with_room_for_the_decision(declared: Declared) -> None:
    rows = recovery_grid(systems_of(declared)).rows
    assert [row[0] for row in rows] == ["1", "2", "3"] and all(isinstance(row[1], Gap) and isinstance(row[6], Gap) for row in rows)
    assert rows[1][5] == "毎晩→NAS1(7世代)" and isinstance(rows[2][5], Gap)


def test_what_the_ledger_decides_comes_first_with_its_hours(ready: Declared) -> None:
    ordered = by_decision(systems_of(ready))
    assert [(one.purpose, one.decided, one.hours, one.loss, one.instead) for one in ordered] == [
        ("画像管理", 1, 72, 24, "紙で"),
        ("電子カルテ", 2, 24, 24, "紙で"),
        ("認証", 3, 8, 24, "紙で"),
    ]
    rows = recovery_grid(ordered).rows
    assert [(row[0], row[1]) for row in rows] == [("3", "1"), ("2", "2"), ("1", "3")], "the suggestion stands beside the decision"
    assert rows[0][6] == Text("3日", "3 days") and rows[1][6] == Text("24時間", "24 hours")


@pytest.mark.parametrize(
    ("hours", "words"),
    [(None, None), (0, "at once"), (1, "1 hour"), (24, "24 hours"), (48, "48 hours"), (72, "3 days"), (73, "73 hours"), (-5, "at once")],
)
def test_hours_in_words(hours: int | None, words: str | None) -> None:
    said = hours_words(hours)
    assert (said.en if said else None) == words


def test_a_long_list_is_cut_with_its_number(read: Callable[..., Declared]) -> None:
    many = read(*(LedgerAsset(asset=f"sv{number:04}", role="server") for number in range(MOST + 7)))
    blocks = systems_paper(many, ()).blocks
    assert len(next(block for block in blocks if isinstance(block, Grid)).rows) == MOST
    assert any("7" in part.ja for block in blocks if isinstance(block, Para) and block.quiet for part in block.parts)  # type: ignore[union-attr]
