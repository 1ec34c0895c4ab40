from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from omamori.model.tables import TABLES
from omamori.model.workbook import KEY_PREFIX, sheet_columns, sheet_tables
from omamori.parse.ledger.headings import find_layout
from omamori.parse.ledger.xlsx import Cell, Sheet


def sheet(*rows: Sequence[str], name: str = "S") -> Sheet:
    return Sheet(
        name, False, {number: {place: Cell(word) for place, word in enumerate(row, 1) if word} for number, row in enumerate(rows, 1)}
    )


@pytest.mark.parametrize("table", sheet_tables(), ids=lambda table: table.name)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_table_is_known_by_its_headings_alone(table: object, language: str) -> None:
    from omamori.model.schema import Table

    assert isinstance(table, Table)
    words = [column.heading.ja if language == "ja" else column.heading.en for column in sheet_columns(table) if column.heading]
    found = find_layout(sheet(["about this list"], [], words), sheet_tables())
    assert found is not None and found.table is table and found.first_row == 4
    assert list(found.columns.values()) == list(sheet_columns(table))


def test_keys_win_over_renamed_and_reordered_headings() -> None:
    found = find_layout(
        sheet(
            ["title"],
            [KEY_PREFIX + "zones", "networks", "", "zone"],
            ["行", "どこからどこまで", "ours", "名前"],
            ["", "10.1.0.0/16", "x", "E"],
        ),
        sheet_tables(),
    )
    assert found is not None and found.table.name == "zones" and found.mark == 1 and found.first_row == 4
    assert {place: column.name for place, column in found.columns.items()} == {2: "networks", 4: "zone"}


def test_half_width_spaces_and_line_breaks_in_headings_do_not_matter() -> None:
    found = find_layout(sheet(["機器 名", "ＩＰ\nアドレス", "OS"]), sheet_tables())
    assert found is not None and [column.name for column in found.columns.values()] == ["asset", "address", "os"]


def test_the_name_of_the_sheet_decides_between_tables_with_the_same_headings() -> None:
    rows = ([], ["種類", "目的"])
    assert getattr(find_layout(sheet(*rows, name="外部接続"), sheet_tables()), "table", None) is TABLES["remote_lines"]


@pytest.mark.parametrize(
    ("typed", "state"), [("該当なし", "none"), ("filled in", "filled"), ("記入中", "filling"), ("?", None), ("", None)]
)
def test_the_state_stands_right_of_its_label(typed: str, state: str | None) -> None:
    found = find_layout(sheet(["このシートの記入", "", typed, "← help"], ["ゾーン名", "種類"], ["E"]), sheet_tables())
    assert found is not None and found.state == state


def test_a_doubled_heading_is_told_and_the_left_one_counts() -> None:
    found = find_layout(sheet(["ゾーン名", "種類", "ゾーン名"]), sheet_tables())
    assert found is not None and list(found.columns) == [1, 2]
    assert "二つ" in found.remarks[0][1].ja
    keyed = find_layout(sheet([KEY_PREFIX + "zones", "zone", "zone", "new_column", "_shown1"]), sheet_tables())
    assert keyed is not None and len(list(itertools.chain(keyed.remarks))) == 2


@pytest.mark.parametrize("rows", [[], [["hello"]], [["ゾーン名"]], [[KEY_PREFIX + "elsewhere", "zone"]]])
def test_a_sheet_of_something_else_has_no_layout(rows: list[list[str]]) -> None:
    assert find_layout(sheet(*rows), sheet_tables()) is None
