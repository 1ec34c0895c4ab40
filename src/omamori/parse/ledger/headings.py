"""Finds, in a sheet, which table it is and which column stands where: by hidden keys, else by headings in either language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from omamori.model.schema import Column, Table
from omamori.model.text import Text
from omamori.model.workbook import KEY_PREFIX, ROW_MARK, STATE, STATES, sheet_columns
from omamori.parse.ledger.cells import BadCell, choice, clean, folded
from omamori.parse.ledger.xlsx import Cell, Sheet

SEARCHED_ROWS = 40
"""A table begins within this many rows."""
LEAST_HEADINGS = 2
"""A sheet without keys needs at least so many known headings in one row."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table stands in a sheet: its columns by column number, and the number of its first row of data."""

    table: Table
    columns: Mapping[int, Column]
    mark: int | None
    first_row: int
    state: str | None
    remarks: tuple[tuple[int, Text], ...] = ()


def find_layout(sheet: Sheet, tables: Iterable[Table]) -> Layout | None:
    """Return where a table of `tables` stands in the sheet; None when it holds none."""
    tables = tuple(tables)
    top = {row: cells for row, cells in sheet.rows.items() if row <= SEARCHED_ROWS}
    for row, cells in top.items():
        keyed = _by_keys(row, cells, tables)
        if keyed is not None:
            table, columns, mark, remarks = keyed
            return Layout(table, columns, mark, row + 2, _state(top, row), remarks)
    named = [table for table in tables if folded(sheet.name) in (folded(table.title.ja), folded(table.title.en), table.name)]
    best = max(
        (
            (len(found[0]), -row, found, table)
            for table in named or tables
            for row, cells in top.items()
            if (found := _by_headings(cells, table))[0]
        ),
        key=lambda entry: (entry[0], entry[1]),
        default=None,
    )
    if best is None or best[0] < LEAST_HEADINGS:
        return None
    _, row, (columns, mark, doubled), table = best
    return Layout(table, columns, mark, 1 - row, _state(top, -row), tuple((-row, words) for words in doubled))


_Keyed = tuple[Table, Mapping[int, Column], int | None, tuple[tuple[int, Text], ...]]


def _by_keys(row: int, cells: Mapping[int, Cell], tables: tuple[Table, ...]) -> _Keyed | None:
    for mark, cell in cells.items():
        if not cell.text.startswith(KEY_PREFIX):
            continue
        table = next((table for table in tables if table.name == cell.text.removeprefix(KEY_PREFIX)), None)
        if table is None:
            return None
        known = {column.name: column for column in sheet_columns(table)}
        columns: dict[int, Column] = {}
        remarks = []
        for number, key in cells.items():
            name = clean(key.text)
            if name in known and known[name] not in columns.values():
                columns[number] = known[name]
            elif number != mark and name and not name.startswith("_"):
                remarks.append((row, _unknown_key(name)))
        return table, columns, mark, tuple(remarks)
    return None


def _unknown_key(name: str) -> Text:
    return Text(
        f"見えない行にある列名「{name[:40]}」は使われません。列の複製は消してください",
        f"the hidden column key {name[:40]!r} is not used; delete a doubled column",
    )


def _by_headings(cells: Mapping[int, Cell], table: Table) -> tuple[dict[int, Column], int | None, list[Text]]:
    wanted: dict[str, Column] = {}
    for column in sheet_columns(table):
        if column.heading is not None:
            wanted |= {folded(column.heading.ja): column, folded(column.heading.en): column, column.name: column}
    columns: dict[int, Column] = {}
    doubled = []
    mark = None
    for number, cell in cells.items():
        heading = folded(cell.text)
        if heading in wanted and wanted[heading] in columns.values():
            doubled.append(
                Text(
                    f"見出し「{clean(cell.text)}」が二つあります。左の列を使いました",
                    f"the heading {clean(cell.text)!r} stands twice; the left one counts",
                )
            )
        elif heading in wanted:
            columns[number] = wanted[heading]
        elif heading in (folded(ROW_MARK.ja), folded(ROW_MARK.en)):
            mark = number
    return columns, mark, doubled


def _state(top: Mapping[int, Mapping[int, Cell]], below: int) -> str | None:
    """Read the state a person gave the sheet: the first cell right of its label, above the table."""
    labels = (folded(STATE.ja), folded(STATE.en))
    for row, cells in top.items():
        if row >= below:
            break
        for number, cell in cells.items():
            if folded(cell.text) in labels:
                for other in sorted(place for place in cells if place > number):
                    try:
                        return choice(STATES, cells[other].text)
                    except BadCell:
                        continue
    return None
