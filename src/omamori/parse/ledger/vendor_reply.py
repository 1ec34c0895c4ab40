"""The inquiry to a vendor (照会書), brought back with its answers → rows of `vendor_answers`.

One row of the sheet answers for many machines; each becomes a row of its own. A name that was not asked about gives no
row and is told: the vendor added or renamed a machine, and only the hospital's ledger says whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from omamori.model.look import EVERYWHERE, Look, Parsed
from omamori.model.tables import TABLES
from omamori.model.text import Text
from omamori.model.vendor_sheet import (
    ANSWERED_BY,
    ANSWERED_ON,
    FORMAT,
    KEY_SHEET,
    SHEETS,
    TO,
)
from omamori.parse.interface import Context, EvidenceError, Parser
from omamori.parse.ledger.cells import BadCell, clean, day, folded
from omamori.parse.ledger.headings import find_layout
from omamori.parse.ledger.recognise import is_reply
from omamori.parse.ledger.redact import redact_workbook
from omamori.parse.ledger.rows import SheetRows, read_rows
from omamori.parse.ledger.vendor_reply_rows import answers_of
from omamori.parse.ledger.vendor_reply_state import Reply, either, strangers_of
from omamori.parse.ledger.xlsx import Cell, Sheet, read_workbook

_HONORIFIC = re.compile(r"(?:\s*(?:御中|様|殿))$|^To\s+", re.IGNORECASE)
_LABELLED_ROWS = 80


_COLUMNS = frozenset(column.name for column in TABLES["vendor_answers"].columns)
_STANDS_FOR = {"machines": "asset", "subject": "asset", "theirs": "answer", "concerns": "answer", "needed": "answer", "purpose": "remark"}
"""Column of a sheet → the column of the table it is read into, where the names differ."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What one sheet gave, and whether the sheet is damaged."""

    read: SheetRows
    broken: bool


def parse_reply(data: bytes, context: Context) -> Parsed:
    """Read a vendor's reply; EvidenceError when it is none, when its vendor is named nowhere, or its form is newer than this program."""
    del context
    reply = Reply()
    read: dict[str, _Part] = {}
    for sheet in read_workbook(data):
        if sheet.name == KEY_SHEET:
            _read_keys(sheet, reply)
            continue
        layout = find_layout(sheet, SHEETS)
        if layout is not None and layout.table.name not in read:
            read[layout.table.name] = _Part(read_rows(sheet, layout), bool(sheet.broken))
        elif layout is None:
            _read_letter(sheet, reply)
        else:
            reply.tell(
                f"{clean(sheet.name)}!R1",
                Text("同じ内容のシートが二つあります。一つ目を使いました", "a second sheet of this kind; the first counts"),
            )
    if not read:
        raise EvidenceError(
            Text(
                "照会書のシートがありません。`omamori vendor export` が書いたファイルを取り込んでください",
                "no sheet of an inquiry; bring back the file `omamori vendor export` wrote",
            )
        )
    if not reply.vendor:
        raise EvidenceError(
            Text(
                "どの業者の回答か書かれていません。1枚目の「宛先」に業者名を書いてください",
                "it does not say whose answer it is: write the vendor's name at `To` on the first sheet",
            )
        )
    rows = tuple(answers_of({name: part.read.rows for name, part in read.items()}, reply))
    told = [problem for part in read.values() for problem in part.read.problems]
    return Parsed(
        rows=rows,
        looks=(_look(read, reply),),
        problems=(*told, *reply.problems, *strangers_of(reply)),
        speaker=reply.vendor,
        said_on=max((row.answered_on for row in rows if row.answered_on), default=None),
    )


def _look(read: Mapping[str, _Part], reply: Reply) -> Look:
    """A sheet with rows left empty was read: what was not answered has no row. A row or sheet that could not be read was not."""
    lost = [
        name for name, part in read.items() if part.broken or (not part.read.look.complete and part.read.look.reason == "not_understood")
    ]
    missing = sorted({_STANDS_FOR.get(column, column) for part in read.values() for column in part.read.look.missing} & _COLUMNS)
    titles = "、".join(
        table.title.ja for table in SHEETS if table.name in lost or (read.get(table.name) and read[table.name].read.look.missing)
    )
    needs = (
        f"{reply.vendor}: 「{titles}」の読めなかった欄を直してください / repair the cells that were not read" if lost or missing else None
    )
    reason = "not_understood" if lost or missing else None
    return Look("vendor_answers", not lost, tuple(missing), reason, needs, EVERYWHERE)


def _read_keys(sheet: Sheet, reply: Reply) -> None:
    names: list[str] = []
    for cells in sheet.rows.values():
        key, value = (clean(cells[place].text) if place in cells else "" for place in (1, 2))
        if key == "format" and value.isdigit() and int(value) > FORMAT:
            raise EvidenceError(
                Text("新しい版の照会書です。この道具を更新してください", "this inquiry was written by a newer version; update the program")
            )
        if key == "vendor" and value:
            reply.vendor = value
        elif key == "asset" and value:
            names.append(value)
        elif key == "line" and value:
            reply.lines[folded(value)] = value
    if names or reply.lines:
        reply.asked = {folded(name): name for name in names}
        reply.machines = names


def _read_letter(sheet: Sheet, reply: Reply) -> None:
    """Take who answered and when from the cells right of their labels; the addressee where the hidden sheet is gone."""
    for row, cells in sheet.rows.items():
        if row > _LABELLED_ROWS:
            return
        for place, cell in cells.items():
            value = next((cells[other] for other in sorted(cells) if other > place and cells[other].text.strip()), None)
            if value is None or value.text == cell.text:
                continue
            label = folded(cell.text)
            if label in either(ANSWERED_BY):
                reply.answered_by = clean(value.text) or None
            elif label in either(ANSWERED_ON):
                reply.answered_on = _day(value, reply, f"{clean(sheet.name)}!R{row}")
            elif label in either(TO) and not reply.vendor:
                reply.vendor = _HONORIFIC.sub("", clean(value.text)).strip()


def _day(cell: Cell, reply: Reply, evidence: str) -> date | None:
    try:
        return day(cell)
    except BadCell as error:
        reply.tell(evidence, error.expected)
        return None


PARSERS = (
    Parser(
        kind="vendor.reply",
        tables=("vendor_answers",),
        parse=parse_reply,
        redact=redact_workbook,
        recognise=is_reply,
        notes="The inquiry of `omamori vendor export`, answered. Evidence place: sheet!R and row.",
    ),
)
