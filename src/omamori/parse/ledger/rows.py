"""One sheet with a known layout → rows of its table, its look, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from omamori.model.look import EVERYWHERE, Look, Problem
from omamori.model.schema import Column
from omamori.model.text import Text
from omamori.model.workbook import EXAMPLE, name_column, sheet_columns
from omamori.parse.ledger.cells import BadCell, choice, clean, folded, value_of
from omamori.parse.ledger.headings import Layout
from omamori.parse.ledger.xlsx import Cell, Sheet

MAX_PROBLEMS = 200
_ALSO_REQUIRED = {"designed_flows": ("peer",), "exceptions": ("subject",), "actions": ("subject",)}
_HOSPITAL = frozenset(["site", "病院", "病院全体", "サイト", "hospital", "thehospital"])
"""What people write for a finding about the hospital as a whole."""


@dataclass(frozen=True, slots=True)
class SheetRows:
    """What a sheet gave."""

    rows: tuple[Any, ...]
    look: Look
    problems: tuple[Problem, ...]


def read_rows(sheet: Sheet, layout: Layout) -> SheetRows:
    """Read the rows below the headings.

    A cell that cannot be read costs its own value: the row stays and the look's `missing` names the
    column. A row without its name is not taken and makes the look incomplete.
    """
    reader = _Reader(sheet, layout)
    for number, cells in sheet.rows.items():
        if number >= layout.first_row:
            reader.read(number, cells)
    return SheetRows(tuple(reader.rows), _look(reader), tuple(reader.problems[:MAX_PROBLEMS]))


def place(sheet: Sheet, row: int) -> str:
    """Return the place of a row as evidence shows it: `機器!R5`."""
    return f"{clean(sheet.name)}!R{row}"


class _Reader:
    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        self.sheet, self.layout = sheet, layout
        self.rows: list[Any] = []
        self.bad: set[str] = set()
        self.lost = 0
        self.problems: list[Problem] = []
        for row, words in layout.remarks:
            self.tell(row, None, words)

    def tell(self, row: int, column: Column | None, words: Text) -> None:
        heading = column.heading if column is not None else None
        en = f' "{heading.en}"' if heading else ""
        ja = f"「{heading.ja}」" if heading else ""
        name = clean(self.sheet.name)
        self.problems.append(Problem(row, f"sheet {name}{en}: {words.en}", f"シート「{name}」{ja}: {words.ja}"))

    def read(self, number: int, cells: Mapping[int, Cell]) -> None:
        mark = cells.get(self.layout.mark) if self.layout.mark is not None else None
        if mark is not None and folded(mark.text) in (folded(EXAMPLE.ja), folded(EXAMPLE.en)):
            self._tell_changed_example(number, cells)
            return
        filled = {place: cell for place, cell in cells.items() if place in self.layout.columns and (cell.text.strip() or cell.formula)}
        values: dict[str, Any] = {}
        for place_, cell in filled.items():
            column = self.layout.columns[place_]
            try:
                values[column.name] = value_of(column, cell)
            except BadCell as error:
                self.bad.add(column.name)
                values[column.name] = None
                self.tell(number, column, error.expected)
        if any(value is not None for value in values.values()):
            self._take(number, values)
        elif values and any(self.layout.columns[place_].name in self.bad for place_ in filled):
            self.lost += 1

    def _take(self, number: int, values: dict[str, Any]) -> None:
        table = self.layout.table
        if table.name in ("exceptions", "actions") and folded(values.get("subject") or "") in _HOSPITAL:
            values["subject"] = "site"
        needed = (name_column(table).name, *_ALSO_REQUIRED.get(table.name, ()))
        if table.name == "answers" and not any(values.get(name) for name in ("answer", "answered_by", "answered_on", "remark")):
            return
        for name in needed:
            if not values.get(name):
                self.lost += 1
                empty = Text("空欄です。この行は取り込めません。名前を入れてください", "empty, so the row cannot be taken; enter a name")
                self.tell(number, table.column(name), empty)
                return
        given = {name: value for name, value in values.items() if value is not None}
        self.rows.append(table.row(**given, evidence=place(self.sheet, number)))

    def _tell_changed_example(self, number: int, cells: Mapping[int, Cell]) -> None:
        for place_, column in self.layout.columns.items():
            typed = clean(cells[place_].text) if place_ in cells else ""
            if typed and not _is_example(column, typed):
                words = Text(
                    "「例」の行は取り込みません。実際の内容なら、行の先頭の「例」を消してください",
                    "a row marked `example` is not taken; if it is real, delete the mark at its beginning",
                )
                self.tell(number, column, words)
                return


def _is_example(column: Column, typed: str) -> bool:
    shown = {folded(column.example), folded(column.example_en)}
    if column.values:
        try:
            return choice(column.values, typed) == column.example
        except BadCell:
            return False
    return folded(typed) in shown or column.type == "date"


def _look(reader: _Reader) -> Look:
    table, state, name = reader.layout.table, reader.layout.state, clean(reader.sheet.name)
    present = {column.name for column in reader.layout.columns.values()}
    absent = [column.name for column in sheet_columns(table) if column.name not in present]
    missing = tuple(sorted({*absent, *reader.bad}))
    if reader.sheet.broken or reader.lost:
        needs = f"シート「{name}」の読めなかった行を直してください / repair the rows of sheet {name} that were not read"
        return Look(table.name, complete=False, missing=missing, reason="not_understood", needs=needs, asset=EVERYWHERE)
    if not reader.rows and state not in ("filled", "none"):
        needs = (
            f"台帳のシート「{name}」を書くか「該当なし」を選んでください / fill in sheet {name} of the ledger, or choose `nothing to enter`"
        )
        return Look(table.name, complete=False, missing=missing, reason="not_collected", needs=needs, asset=EVERYWHERE)
    if state == "filling":
        needs = f"台帳のシート「{name}」を書き終えてください / finish sheet {name} of the ledger"
        return Look(table.name, complete=False, missing=missing, reason="to_confirm", needs=needs, asset=EVERYWHERE)
    reason = "not_understood" if reader.bad else "not_collected" if missing else None
    return Look(table.name, missing=missing, reason=reason, asset=EVERYWHERE)
