from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from omamori.model.schema import asset_column, col, create_statement, describe
from omamori.model.text import Text

TITLE = Text("表", "Table")


@dataclass(frozen=True, kw_only=True, slots=True)
class Good:
    """A table."""

    asset: str = asset_column()
    number: int | None = col("A number.")
    seen: datetime | None = col("A moment.")
    day: date | None = col("A day.", heading=("日", "Day"), note=("いつか", "When"), example="2026-01-31")
    sure: bool = col("Whether it is.", default=False)
    share: float | None = col("A share.")


def test_types_and_nullability_come_from_the_dataclass() -> None:
    table = describe("good", Good, group="host", title=TITLE)
    assert (
        create_statement(table) == "create table good (asset varchar, number bigint, seen timestamp, day date, sure boolean, share double)"
    )
    assert [column.name for column in table.columns if not column.nullable] == ["asset", "sure"]
    assert table.column("day").heading == Text("日", "Day")
    assert table.per_asset
    with pytest.raises(KeyError, match="good has no column nothing"):
        table.column("nothing")


def test_a_column_needs_a_sentence_and_a_known_type() -> None:
    @dataclass(frozen=True)
    class NoStop:
        """A table."""

        x: str = col("No full stop", default="")

    @dataclass(frozen=True)
    class Strange:
        """A table."""

        x: list[Any] | None = col("A list.")

    with pytest.raises(TypeError, match=r"t\.x: a column needs a sentence"):
        describe("t", NoStop, group="host", title=TITLE)
    with pytest.raises(TypeError, match=r"t\.x: type .* has no SQL type"):
        describe("t", Strange, group="host", title=TITLE)
