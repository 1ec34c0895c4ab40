from __future__ import annotations

import dataclasses

from omamori.model import declared
from omamori.model.tables import TABLES


def test_every_declared_table_is_taken_from_one_place() -> None:
    rows = {name: table.row for name, table in TABLES.items() if table.group == "declared"}
    assert {row.__name__ for row in rows.values()} == {
        name for name, item in vars(declared).items() if dataclasses.is_dataclass(item) and isinstance(item, type)
    }
    assert all(getattr(declared, row.__name__) is row for row in rows.values())


def test_an_empty_row_says_nothing() -> None:
    """A column nobody filled in is no value: never a yes, a no, a number or a day."""
    for table in (table for table in TABLES.values() if table.group == "declared"):
        row = table.row()
        for column in table.columns:
            value = getattr(row, column.name)
            # A sheet without a number of its round is the first one.
            assert value is None if column.nullable else value in ("", "in", *([1] if column.name == "round" else [])), (
                table.name,
                column.name,
            )


def test_yes_and_no_columns_also_know_not_known() -> None:
    for table in (table for table in TABLES.values() if table.group == "declared"):
        for column in table.columns:
            codes = [value.code for value in column.values]
            if table.name == "item_answers":
                assert "unknown" not in codes, "the official sheet has no such answer: an empty cell is none"
            elif table.name == "vendor_answers":
                assert column.name != "answer" or codes[-3:] == ["yes", "no", "unknown"], "a decision about a finding, or yes and no"
            elif "yes" in codes:
                assert codes == ["yes", "no", "unknown"], (table.name, column.name)
