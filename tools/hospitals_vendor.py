"""The replies of a golden hospital's vendors: inquiries that confirm what its ledger says, filled from its description."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import yaml

from hospitals_kit import SOURCE
from omamori.model.declared import VendorAnswer
from omamori.model.text import Text
from omamori.model.vendor_sheet import ANSWERED_BY, ANSWERED_ON, LETTER
from omamori.parse.ledger.redact import write_plain
from omamori.parse.ledger.xlsx import Cell, Sheet, read_workbook
from omamori.report.inquiry import AskedMachine, AskedQuestion, Inquiry
from omamori.report.inquiry_excel import render_inquiry
from omamori.report.inquiry_words import LINE_QUESTIONS, VENDOR_QUESTIONS

_NOTHING = Text("", "")


def replies(hospital: str, started: datetime) -> dict[str, bytes]:
    """Return the replies of a hospital's vendors by file name; nothing where its description names none."""
    said = yaml.safe_load((SOURCE / f"{hospital}_ledger.yaml").read_text(encoding="utf-8"))
    return {f"kaitou-{number}.xlsx": _reply(entry, said, started) for number, entry in enumerate(said.get("replies", ()), 1)}


def _reply(entry: dict[str, Any], said: dict[str, Any], started: datetime) -> bytes:
    vendor = str(entry["vendor"])
    machines = [row for row in said["ledger_assets"] if row.get("vendor") == vendor]
    lines = [row for row in said["remote_lines"] if row.get("vendor") == vendor]
    (own,) = (row for row in said["vendors"] if row["vendor"] == vendor)
    questions = [
        _asked(str(row["line"]), name, text, row.get(column) if column else None)
        for row in lines
        for name, (text, column) in LINE_QUESTIONS.items()
    ]
    questions += [_asked("", name, text, own.get(column)) for name, (text, column) in VENDOR_QUESTIONS.items()]
    inquiry = Inquiry(
        vendor=vendor,
        site=said["site"][0]["name"],
        moment=started,
        machines=tuple(AskedMachine(str(row["asset"]), "", "", "", "", "", None, theirs="yes") for row in machines),
        lines=tuple(str(row["line"]) for row in lines),
        findings=(),
        flows=(),
        questions=tuple(questions),
        unseen=0,
    )
    return _signed(render_inquiry(inquiry, "ja"), str(entry["answered_by"]), str(entry["answered_on"]))


def _asked(line: str, question: str, text: Text, value: Any) -> AskedQuestion:
    answer = "yes" if value is True or value is None else "no" if value is False else str(value)
    before = VendorAnswer(question=question, answer=answer) if value is not None or question == "line-exists" else None
    return AskedQuestion(line, question, text, _NOTHING, before)


def _signed(data: bytes, answered_by: str, answered_on: str) -> bytes:
    """Write who answered and when on the letter; the workbook comes out in the plain form in which evidence is kept."""
    values = {ANSWERED_BY.ja: answered_by, ANSWERED_ON.ja: answered_on}
    sheets = []
    for sheet in read_workbook(data):
        rows = {row: dict(cells) for row, cells in sheet.rows.items()}
        if sheet.name == LETTER.ja:
            for cells in rows.values():
                if 1 in cells and cells[1].text in values:
                    cells[2] = Cell(values[cells[1].text])
        sheets.append(Sheet(sheet.name, sheet.hidden, rows))
    return write_plain(tuple(sheets))
