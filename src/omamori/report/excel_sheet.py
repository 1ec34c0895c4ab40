"""One plain sheet of a workbook: headings that stay, a filter, widths, words that are never formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from omamori.model.text import Language, Text
from omamori.report.clean import clean

MAX_ROWS = 100_000
"""Rows written to one sheet; what is cut is told in its last line."""
MAX_CELL = 8_000
_FORBIDDEN = str.maketrans("[]:*?/\\", "()：・？／＼")
_LONGEST_NAME = 31
_CUT = Text("…ほかにもあります。全部は report.json と根拠をご覧ください。", "… and more: see report.json and the evidence.")


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its heading and its width in characters."""

    title: Text
    width: int = 16


@dataclass(frozen=True, slots=True)
class Styles:
    """The cell formats of the report's sheets."""

    title: Format
    lead: Format
    heading: Format
    text: Format
    number: Format
    day: Format


def styles(book: Workbook) -> Styles:
    """Make the cell formats; call once per workbook."""
    base = {"font_name": "Yu Gothic", "font_size": 10, "valign": "top"}
    line = {"border": 1, "border_color": "#D8CFB8"}
    return Styles(
        title=book.add_format({**base, "bold": True, "font_size": 15, "font_color": "#2B3568"}),
        lead=book.add_format({**base, "font_color": "#5B5F78", "text_wrap": True}),
        heading=book.add_format({**base, **line, "bold": True, "bg_color": "#2B3568", "font_color": "#FFFFFF", "text_wrap": True}),
        text=book.add_format({**base, **line, "text_wrap": True, "num_format": "@"}),
        number=book.add_format({**base, **line, "num_format": "0"}),
        day=book.add_format({**base, **line, "num_format": "yyyy-mm-dd"}),
    )


class SheetNames:
    """Names for sheets that Excel takes: no forbidden character, not too long, each only once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        """In: names that are used already."""
        self._taken = {name.lower() for name in (*taken, "History")}

    def name(self, wanted: str) -> str:
        """Return `wanted`, made fit; a number is added where another sheet has it."""
        fit = clean(wanted, 60).translate(_FORBIDDEN).strip("' ")[:_LONGEST_NAME].strip("' ") or "-"
        name, number = fit, 1
        while name.lower() in self._taken:
            number += 1
            tail = f" ({number})"
            name = fit[: _LONGEST_NAME - len(tail)].rstrip() + tail
        self._taken.add(name.lower())
        return name


def write_sheet(
    book: Workbook, name: str, heads: Sequence[Head], rows: Iterable[Sequence[Any]], language: Language, forms: Styles
) -> Worksheet:
    """Add a sheet and return it. A `Text` is said in `language`; a string stays a string, whatever it begins with."""
    sheet = book.add_worksheet(name)
    for column, head in enumerate(heads):
        sheet.set_column(column, column, head.width)
        sheet.write_string(0, column, head.title.say(language), forms.heading)
    last = 0
    for last, row in enumerate(rows, 1):
        if last > MAX_ROWS:
            sheet.write_string(last, 0, _CUT.say(language), forms.lead)
            break
        for column, value in enumerate(row):
            write_cell(sheet, last, column, value, language, forms)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(heads) - 1)
    for_paper(sheet)
    return sheet


def write_cell(sheet: Worksheet, row: int, column: int, value: Any, language: Language, forms: Styles) -> None:
    """Write one value as what it is: a day as a day, a number as a number, all else as words."""
    if isinstance(value, Text):
        value = value.say(language)
    if isinstance(value, str) and value:
        sheet.write_string(row, column, clean(value, MAX_CELL, keep_lines=True), forms.text)
    elif value is None or value == "":
        sheet.write_blank(row, column, None, forms.text)
    elif isinstance(value, (datetime, date)):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), forms.day)
    elif isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(row, column, value, forms.number)
    else:
        sheet.write_string(row, column, clean(str(value), MAX_CELL, keep_lines=True), forms.text)


def for_paper(sheet: Worksheet) -> None:
    """Set A4 landscape, one page wide, with the headings on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
