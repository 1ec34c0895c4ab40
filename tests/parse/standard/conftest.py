"""What the tests of answer sheets share: sheets written by the product, and what people do to them with another program."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from omamori.knowledge.editions import load_edition
from omamori.model.answer_sheet import KEYS, split_key
from omamori.model.standard import ItemAnswer, ItemDecision
from omamori.model.text import Language
from omamori.parse.interface import Context
from omamori.report.standard_sheet import answer_sheet_bytes
from omamori.report.standard_sheet_shape import AnswerSheet

Writer = Callable[..., bytes]


@pytest.fixture
def context() -> Context:
    """What an import knows of a sheet."""
    moment = datetime(2025, 12, 1)
    return Context("standard.sheet", seen=moment, received=moment, file_name="チェックリスト (記入済み).xlsx")


@pytest.fixture(scope="session")
def written() -> Writer:
    """Write a sheet with the answers given before; without evidence."""

    def write(
        answers: Sequence[ItemAnswer] = (), *, standard: str = "checklist/r7-hospital", vendor: str = "", language: Language = "ja"
    ) -> bytes:
        edition = load_edition(standard)
        decisions = [
            ItemDecision(standard, item.id, "open", answers=tuple(one for one in answers if one.item == item.id))
            for item in edition.items()
        ]
        added = tuple(one for one in answers if one.item.startswith("+"))
        sheet = AnswerSheet(edition, tuple(decisions), datetime(2025, 12, 1), vendor=vendor, added=added)
        return answer_sheet_bytes(sheet, language)

    return write


class Filled:
    """A sheet opened as a person opens it: cells are found by item and column, as they stand there."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.page: Worksheet = self.book.worksheets[0]
        top = next(row for row in self.page.iter_rows() if any(cell.value == KEYS for cell in row))
        self.columns = {str(cell.value): int(cell.column) for cell in top if cell.value}
        keys = {row[0].row: split_key(str(row[0].value or "")) for row in self.page.iter_rows()}
        self.rows = {key[1]: row for row, key in keys.items() if key}

    def set(self, item: str, **values: Any) -> None:
        """Type into the cells of an item."""
        for name, value in values.items():
            self.page.cell(self.rows[item], self.columns[name]).value = value

    def unmerge(self) -> None:
        """Undo merged cells: this program moves cells, but leaves merged areas where they were."""
        for merged in list(self.page.merged_cells.ranges):
            self.page.unmerge_cells(str(merged))

    def saved(self) -> bytes:
        """Return the bytes after saving."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()
