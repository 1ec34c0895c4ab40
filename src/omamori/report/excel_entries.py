"""The sheet of ways in: the hospital's register beside what evidence shows, one row each."""

from __future__ import annotations

from typing import Any

from xlsxwriter.workbook import Workbook

from omamori.model.tables import TABLES
from omamori.model.text import Language, Text
from omamori.model.ways_in import ENTRY_KINDS, Entry
from omamori.report.excel_sheet import MAX_ROWS, Head, SheetNames, Styles, write_sheet
from omamori.report.facts import YES
from omamori.snapshot.database import Database

_KIND = {value.code: value.label for value in ENTRY_KINDS}
HEADS = (
    Head(Text("入口", "Way in"), 30),
    Head(Text("種類", "Kind"), 18),
    Head(Text("申告", "Declared"), 9),
    Head(Text("確認で見えた", "Seen"), 12),
    Head(Text("相手", "Who"), 20),
    Head(Text("入り方", "How"), 14),
    Head(Text("終わりにある機器", "Ends on"), 22),
    Head(Text("つながる先", "Leads into"), 18),
    Head(Text("申告したつながる先", "Declared to lead into"), 20),
    Head(Text("開ける接続元", "Opened from"), 24),
    Head(Text("入ってくるアドレス", "Addresses that come in"), 24),
    Head(Text("二要素", "Second factor"), 10),
    Head(Text("いつも開いている", "Open all the time"), 12),
    Head(Text("版", "Firmware"), 16),
    Head(Text("守っているもの", "Guarded by"), 22),
    Head(Text("最後の利用", "Last used"), 16),
    Head(Text("根拠", "Evidence"), 34),
)
_ANYWHERE = Text("限定なし", "anywhere")


def write_entries(book: Workbook, database: Database, names: SheetNames, language: Language, forms: Styles) -> None:
    """Add the sheet of ways in where there are any."""
    rows = sorted(database.rows("entries"), key=lambda row: (row.kind, row.entry))[: MAX_ROWS + 1]
    if rows:
        title = TABLES["entries"].title.say(language)
        write_sheet(book, names.name(title), HEADS, [_row(row) for row in rows], language, forms)


def _row(row: Entry) -> list[Any]:
    # Only a door that was seen says who may open it: of others an empty cell is no "anywhere".
    opened = row.opened_from or (_ANYWHERE if row.observed and row.method not in (None, "interface", "route", "network") else None)
    return [
        row.entry,
        _KIND.get(row.kind, row.kind),
        _yes(row.declared),
        _yes(row.observed),
        row.vendor,
        row.method,
        row.device or row.machine,
        row.zone,
        row.declared_zone,
        opened,
        row.sources,
        _yes(row.two_factor),
        _yes(row.always_open),
        row.firmware or row.declared_firmware,
        row.guard,
        row.last_used,
        row.evidence,
    ]


def _yes(value: bool | None) -> Text | None:
    return None if value is None else YES[value]
