"""The list of things to do (やること) of a report workbook, brought back → rows of `actions`."""

from __future__ import annotations

from omamori.model.look import Parsed
from omamori.model.tables import TABLES
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser
from omamori.parse.ledger.headings import Layout, find_layout
from omamori.parse.ledger.recognise import is_actions
from omamori.parse.ledger.redact import redact_workbook
from omamori.parse.ledger.rows import read_rows
from omamori.parse.ledger.xlsx import Sheet, read_workbook

_TABLE = TABLES["actions"]


def parse_actions(data: bytes, context: Context) -> Parsed:
    """Read the list of things to do; EvidenceError when the workbook has none.

    Rows in which nobody entered anything (who, by when, asked, answered, done) say nothing and are not taken.
    """
    del context
    found = [(sheet, layout) for sheet in read_workbook(data) if (layout := _layout(sheet)) is not None]
    if not found:
        raise EvidenceError(
            Text(
                "「やること」シートがありません。`omamori check` が書いた report.xlsx を取り込んでください",
                "no list of things to do in this workbook; bring back the report.xlsx that `omamori check` wrote",
            )
        )
    sheet, layout = found[0]
    read = read_rows(sheet, layout)
    rows = tuple(row for row in read.rows if row.owner or row.due or row.asked or row.answer or row.done)
    return Parsed(rows=rows, looks=(read.look,), problems=read.problems)


def _layout(sheet: Sheet) -> Layout | None:
    """Only a sheet with all columns that name a finding is the list; other sheets of a report share some headings."""
    layout = find_layout(sheet, (_TABLE,))
    if layout is None:
        return None
    present = {column.name for column in layout.columns.values()}
    return layout if {"check_id", "subject", "finding_key"} <= present and len(present) > 4 else None


PARSERS = (
    Parser(
        kind="report.actions",
        tables=("actions",),
        parse=parse_actions,
        redact=redact_workbook,
        recognise=is_actions,
        notes="The sheet やること of report.xlsx. Evidence place: sheet!R and row.",
    ),
)
