"""What the tests of the workbook readers share: workbooks made by another program than ours."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from omamori.parse.interface import Context

Book = Callable[[Mapping[str, Sequence[Sequence[Any]]]], bytes]


@pytest.fixture
def book() -> Book:
    """Write sheets (name → rows of cells) with openpyxl and return the bytes."""

    def write(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
        made = openpyxl.Workbook()
        made.remove(made.worksheets[0])
        for name, rows in sheets.items():
            sheet = made.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()

    return write


@pytest.fixture
def context() -> Context:
    """What an import knows of a workbook."""
    moment = datetime(2026, 6, 1)
    return Context("ledger.workbook", seen=moment, received=moment, file_name="daicho.xlsx")
