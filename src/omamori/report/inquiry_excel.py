"""Writes the inquiry to a vendor as Excel: a letter, and four sheets to answer in. `parse.ledger.vendor_reply` reads it back."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from omamori.model.declared import YES_NO
from omamori.model.schema import Table
from omamori.model.text import Language, Text
from omamori.model.vendor_sheet import (
    ALL_MACHINES,
    ANSWERED_BY,
    ANSWERED_ON,
    FORMAT,
    KEY_SHEET,
    LETTER,
    SHEETS,
    THE_VENDOR,
    TO,
    FindingReply,
    FlowReply,
    MachineReply,
    NoticeReply,
    QuestionReply,
    sheet_named,
)
from omamori.model.workbook import sheet_columns
from omamori.report import inquiry_words as said
from omamori.report import words
from omamori.report.clean import clean
from omamori.report.inquiry import Inquiry
from omamori.report.ledger_columns import FIRST_ROW, WORKBOOK_OPTIONS, ChoiceLists, Forms, Shown, sheet_forms, write_table_sheet
from omamori.report.ledger_pack import pack
from omamori.report.moments import shown

FREE_ROWS = 30
"""Empty rows below, for what the vendor adds."""
_CELL = 2_000


def render_inquiry(inquiry: Inquiry, language: Language = "ja", zone: tzinfo = UTC) -> bytes:
    """Return the workbook. What comes from a machine or the vendor is words in every cell, never a formula or a link."""
    stream = io.BytesIO()
    book = Workbook(stream, dict(WORKBOOK_OPTIONS))
    book.set_properties({"title": said.TITLE.say(language), "author": "Omamori", "created": datetime(2026, 1, 1, tzinfo=UTC)})
    forms = sheet_forms(book)
    lists = ChoiceLists(book, language, KEY_SHEET)
    _write_letter(book, inquiry, language, forms, zone)
    _write_machines(book, inquiry, language, forms, lists, zone)
    _write_findings(book, inquiry, language, forms, lists)
    _write_notices(book, inquiry, language, forms, lists)
    _write_flows(book, inquiry, language, forms, lists)
    _write_questions(book, inquiry, language, forms, lists)
    lists.close(
        [
            ["format", str(FORMAT)],
            ["vendor", inquiry.vendor],
            ["language", language],
            *(["sheet", table.title.say(language), table.name] for table in SHEETS),
            *(["asset", machine.name] for machine in inquiry.machines),
            *(["line", line] for line in inquiry.lines),
        ]
    )
    book.close()
    return pack(stream.getvalue())


def _write_letter(book: Workbook, inquiry: Inquiry, language: Language, forms: Forms, zone: tzinfo) -> None:
    sheet = book.add_worksheet(LETTER.say(language))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 92)
    wrapped = book.add_format({"font_name": "Yu Gothic", "font_size": 10.5, "valign": "top", "text_wrap": True})
    day = book.add_format(
        {"font_name": "Yu Gothic", "font_size": 10.5, "bg_color": "#FFF6D6", "border": 1, "num_format": "yyyy-mm-dd", "align": "left"}
    )
    entry = forms.choice
    sheet.write_string(0, 0, said.TITLE.say(language), forms.title)
    rows: list[tuple[Text, str, Any]] = [
        (TO, said.filled(said.HONORIFIC, language, name=inquiry.vendor), forms.shown),
        (said.SENDER, inquiry.site, forms.shown if inquiry.site else entry),
        (said.SENDER_DESK, "", entry),
        (said.SENT_ON, "", day),
        (said.REPLY_BY, "", day),
        (said.LOOKED_ON, shown(inquiry.moment, zone), forms.shown),
    ]
    place = 2
    for label, value, form in rows:
        place = _labelled(sheet, place, label.say(language), value, forms, form)
    place = _sentences(sheet, place + 1, "", said.LETTER, language, forms, wrapped)
    place = _sentences(sheet, place, said.POINTS_TITLE.say(language), said.POINTS, language, forms, wrapped)
    place = _sentences(sheet, place, said.HOW_TITLE.say(language), said.HOW_TO_ANSWER, language, forms, wrapped)
    counts = said.filled(
        said.COUNTS,
        language,
        machines=len(inquiry.machines),
        lines=len(inquiry.lines),
        findings=len(inquiry.findings),
        notices=len(inquiry.notices),
        flows=len(inquiry.flows),
        questions=len(inquiry.questions),
    )
    tail = [counts]
    if inquiry.unseen:
        tail.append(said.filled(said.UNSEEN, language, count=inquiry.unseen))
    if inquiry.answered_on:
        tail.append(said.filled(said.EARLIER, language, day=inquiry.answered_on.isoformat()))
    tail.append(said.WITHIN.say(language))
    for sentence in tail:
        place = _sentence(sheet, place, sentence, wrapped)
    place = _labelled(sheet, place + 1, ANSWERED_BY.say(language), "", forms, entry)
    _labelled(sheet, place, ANSWERED_ON.say(language), "", forms, day)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _labelled(sheet: Worksheet, place: int, label: str, value: str, forms: Forms, form: Any) -> int:
    sheet.write_string(place, 0, label, forms.label)
    if value:
        sheet.write_string(place, 1, clean(value), form)
    else:
        sheet.write_blank(place, 1, None, form)
    return place + 1


def _sentences(sheet: Worksheet, place: int, title: str, sentences: Sequence[Text], language: Language, forms: Forms, wrapped: Any) -> int:
    if title:
        sheet.set_row(place, 26)
        sheet.write_string(place, 0, title, forms.title)
        place += 1
    mark = "・" if title and language == "ja" else "- " if title else ""
    for sentence in sentences:
        place = _sentence(sheet, place, mark + sentence.say(language), wrapped)
    return place + 1


def _sentence(sheet: Worksheet, place: int, words_: str, wrapped: Any) -> int:
    # A merged cell does not grow with its words: its height is set by their width.
    sheet.set_row(place, 4 + _LINE * _lines(words_, 118))
    sheet.merge_range(place, 0, place, 1, "", wrapped)
    sheet.write_string(place, 0, words_, wrapped)
    return place + 1


def _write_machines(book: Workbook, inquiry: Inquiry, language: Language, forms: Forms, lists: ChoiceLists, zone: tzinfo) -> None:
    rows = [
        MachineReply(asset=one.name, theirs=one.theirs, remark=one.remark or None, evidence=str(n))
        for n, one in enumerate(inquiry.machines)
    ]
    asked = inquiry.machines
    columns: Mapping[str, Callable[[int], str]] = {
        "hostname": lambda n: asked[n].hostname,
        "address": lambda n: asked[n].address,
        "purpose": lambda n: asked[n].purpose,
        "place": lambda n: asked[n].place,
        "os": lambda n: asked[n].os,
        "last_seen": lambda n: shown(asked[n].last_seen, zone)[:10],
    }
    widths = {"hostname": 18, "address": 18, "purpose": 18, "place": 18, "os": 26, "last_seen": 14}
    _sheet(book, "vendor_machines", language, rows, forms, lists, columns, widths)


def _write_findings(book: Workbook, inquiry: Inquiry, language: Language, forms: Forms, lists: ChoiceLists) -> None:
    asked, rows = inquiry.findings, []
    for n, one in enumerate(asked):
        b = one.before
        rows.append(
            FindingReply(
                machines=_machines(inquiry, one.machines, language),
                answer=b.answer if b else None,
                until=b.until if b else None,
                reason=b.reason if b else None,
                compensating=b.compensating if b else None,
                paper=b.paper if b else None,
                answered_by=b.answered_by if b else None,
                answered_on=b.answered_on if b else None,
                remark=b.remark if b else None,
                check_id=one.check,
                evidence=str(n),
            )
        )
    columns: Mapping[str, Callable[[int], str]] = {
        "number": lambda n: str(n + 1),
        "severity": lambda n: words.SEVERITY[asked[n].severity].say(language),
        "what": lambda n: asked[n].title.say(language),
        "ask": lambda n: asked[n].ask.say(language),
        "evidence": lambda n: _evidence(asked[n].evidence, asked[n].more, language),
        "seen": lambda n: str(asked[n].seen or ""),
    }
    widths = {"number": 6, "severity": 9, "what": 30, "ask": 44, "evidence": 52, "seen": 12}
    _sheet(book, "vendor_findings", language, rows, forms, lists, columns, widths)


def _write_notices(book: Workbook, inquiry: Inquiry, language: Language, forms: Forms, lists: ChoiceLists) -> None:
    asked, rows = inquiry.notices, []
    for n, one in enumerate(asked):
        held = {name: getattr(one.before, name) for name in ("answer", "until", "compensating", "paper", "remark")} if one.before else {}
        names = _machines(inquiry, one.machines, language)
        rows.append(NoticeReply(machines=names, concerns=one.concerned, notice=one.notice, evidence=str(n), **held))
    columns: Mapping[str, Callable[[int], str]] = {
        "told": lambda n: str(asked[n].told or ""),
        "notice": lambda n: asked[n].what.say(language),
        "why": lambda n: _evidence(asked[n].why, 0, language),
    }
    _sheet(book, "vendor_notice_replies", language, rows, forms, lists, columns, {"told": 12, "notice": 36, "why": 52})


def _write_flows(book: Workbook, inquiry: Inquiry, language: Language, forms: Forms, lists: ChoiceLists) -> None:
    asked = inquiry.flows
    rows = [
        FlowReply(
            machines=_machines(inquiry, one.machines, language),
            direction=one.direction,
            peer=one.peer or None,
            port=one.port,
            protocol=one.protocol or None,
            needed=one.before.answer if one.before else None,
            purpose=one.before.remark if one.before else None,
            evidence=str(n),
        )
        for n, one in enumerate(asked)
    ]
    _sheet(book, "vendor_flows", language, rows, forms, lists, {"observed": lambda n: asked[n].seen.say(language)}, {"observed": 30})


def _write_questions(book: Workbook, inquiry: Inquiry, language: Language, forms: Forms, lists: ChoiceLists) -> None:
    asked = inquiry.questions
    rows = [
        QuestionReply(
            subject=one.line or THE_VENDOR.say(language),
            answer=_answer(one.before.answer, language) if one.before and one.before.answer else None,
            until=one.before.until if one.before else None,
            remark=one.before.remark if one.before else None,
            question=one.question,
            evidence=str(n),
        )
        for n, one in enumerate(asked)
    ]
    columns: Mapping[str, Callable[[int], str]] = {
        "question": lambda n: asked[n].text.say(language),
        "said": lambda n: asked[n].said.say(language),
    }
    _sheet(book, "vendor_questions", language, rows, forms, lists, columns, {"question": 58, "said": 22})


def _sheet(
    book: Workbook,
    name: str,
    language: Language,
    rows: Sequence[Any],
    forms: Forms,
    lists: ChoiceLists,
    columns: Mapping[str, Callable[[int], str]],
    widths: Mapping[str, int],
) -> None:
    """Add one sheet; what is only shown finds its words by the number of the row."""
    table = sheet_named(name)
    # Only as much as fits a cell people read; line breaks stay.
    extra = [Shown(said.SHOWN[key].say(language), widths[key], _by_number(say)) for key, say in columns.items()]
    sheet = write_table_sheet(
        book, table, language, rows, forms=forms, lists=lists, example=False, state=False, shown=extra, free_rows=FREE_ROWS
    )
    _colour(book, sheet, table.name, len(extra), len(rows))
    _stretch(sheet, table, rows, extra, forms)
    sheet.set_paper(8)  # A3: a row is read as a whole


def _by_number(say: Callable[[int], str]) -> Callable[[Any], str]:
    return lambda row: clean(say(int(row.evidence)), _CELL, keep_lines=True)


def _stretch(sheet: Worksheet, table: Table, rows: Sequence[Any], extra: Sequence[Shown], forms: Forms) -> None:
    """Give the columns their widths, and each row the height its words need: not every program does so by itself."""
    columns = sheet_columns(table)
    widths = {column.name: _WIDTHS.get(column.name, 13) for column in columns}
    for number, column in enumerate(columns):
        place = 1 if number == 0 else 1 + number + len(extra)
        form = {"date": forms.day, "bigint": forms.number}.get(column.type, forms.text)
        sheet.set_column(place, place, widths[column.name], form)
    for number, row in enumerate(rows):
        told = [(str(getattr(row, column.name) or ""), widths[column.name]) for column in columns]
        told += [(shown_.words(row), shown_.width) for shown_ in extra]
        sheet.set_row(FIRST_ROW + number, min(4 + _LINE * max(_lines(words_, width) for words_, width in told), _TALLEST))


def _lines(words_: str, width: int) -> int:
    """How many lines words take in a column of `width` letters; one letter of Japanese is as wide as two others."""
    return sum(1 + sum(2 if ord(letter) > 0x2E80 else 1 for letter in line) // max(width, 1) for line in words_.split("\n"))


_LINE, _TALLEST = 14, 400
"""Height of a line, and of the tallest row, in points."""
_WIDTHS = {
    "asset": 24, "machines": 24, "subject": 24, "answer": 18, "theirs": 14, "reason": 26, "compensating": 26, "remark": 24, "purpose": 24,
    "peer": 20, "answered_by": 18, "check_id": 18, "question": 18, "needed": 10, "port": 9, "protocol": 9, "direction": 14,
}  # fmt: skip


_ANSWER_COLUMNS = frozenset(
    {
        "theirs",
        "concerns",
        "answer",
        "until",
        "reason",
        "compensating",
        "paper",
        "answered_by",
        "answered_on",
        "peer",
        "needed",
        "purpose",
        "remark",
    }
)


def _colour(book: Workbook, sheet: Worksheet, name: str, extra: int, rows: int) -> None:
    """Colour the cells to answer in, by a rule of the sheet so that it stays when rows are copied."""
    form = book.add_format({"bg_color": "#FFF9E3"})
    last = FIRST_ROW + max(rows + FREE_ROWS - 1, 0)
    for number, column in enumerate(sheet_columns(sheet_named(name))):
        if column.name in _ANSWER_COLUMNS:
            place = 1 if number == 0 else 1 + number + extra
            sheet.conditional_format(FIRST_ROW, place, last, place, {"type": "formula", "criteria": "=TRUE", "format": form})


def _machines(inquiry: Inquiry, names: Sequence[str], language: Language) -> str:
    if len(names) > 1 and set(names) == {machine.name for machine in inquiry.machines}:
        return ALL_MACHINES.say(language)
    # A comma between lines: readers of cells may join lines by a space.
    return "、\n".join(names)


def _evidence(lines: Sequence[Text], more: int, language: Language) -> str:
    told = [line.say(language) for line in lines]
    if more:
        told.append(said.filled(said.MORE, language, count=more))
    return "\n".join(told)


def _answer(code: str, language: Language) -> str:
    return next((value.label.say(language) for value in YES_NO if value.code == code), code)
