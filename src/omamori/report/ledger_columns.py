"""Writes one sheet of a declared table into a workbook; the ledger and the list of things to do share it.

    book = xlsxwriter.Workbook(stream, WORKBOOK_OPTIONS)
    forms = sheet_forms(book)
    lists = ChoiceLists(book, language)            # optional: drop-downs; call lists.close() after the last sheet
    write_table_sheet(book, TABLES["actions"], "ja", rows, forms=forms, lists=lists, example=False, state=False)

Rows are the model's dataclasses. The sheet carries the hidden keys of `omamori.model.workbook`, so that
`parse.ledger` reads it back whatever happens to its headings. Words are never written as formulas or links.
Give the finished bytes to `ledger_pack.pack`, so that an import knows the file by its beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from omamori.model.schema import Column, Table
from omamori.model.tables import TABLES
from omamori.model.text import Language, Value
from omamori.model.workbook import EXAMPLE, KEY_PREFIX, KEY_SHEET, REFERENCES, ROW_MARK, STATE, STATES, sheet_columns
from omamori.report.ledger_words import FILL_ROW, describe_sheet

WORKBOOK_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""How a workbook is opened: what stands in a cell is words, never a formula or a link."""

FREE_ROWS = 500
"""Empty rows that get drop-downs and formats below the last row."""
MOST_NAMES = 5_000
"""Rows of another sheet that are searched for names to offer."""
MAX_CELL = 32_000
BANNER, STATE_ROW, KEY_ROW, HEADING_ROW, FIRST_ROW = range(5)
"""Rows of a sheet, counted from 0 as XlsxWriter does."""


@dataclass(frozen=True, slots=True)
class Forms:
    """The cell formats of a workbook."""

    title: Format
    lead: Format
    label: Format
    heading: Format
    example: Format
    text: Format
    day: Format
    number: Format
    shown: Format
    choice: Format


def sheet_forms(book: Workbook) -> Forms:
    """Make the cell formats; call once per workbook."""
    base = {"font_name": "Yu Gothic", "font_size": 10, "valign": "top"}
    line = {"border": 1, "border_color": "#BFC7CE"}

    def form(**more: Any) -> Format:
        return book.add_format({**base, **more})

    return Forms(
        title=form(bold=True, font_size=14),
        lead=form(font_color="#51606B"),
        label=form(bold=True, align="right"),
        heading=form(bold=True, bg_color="#DCE9F2", text_wrap=True, **line),
        example=form(italic=True, font_color="#7A858C", bg_color="#F4F4F0", text_wrap=True, num_format="@", **line),
        text=form(text_wrap=True, num_format="@", **line),
        day=form(num_format="yyyy-mm-dd", **line),
        number=form(num_format="0", **line),
        shown=form(text_wrap=True, bg_color="#F7F9FA", **line),
        choice=form(bold=True, bg_color="#FFF6D6", **line),
    )


class ChoiceLists:
    """The lists behind the drop-downs, on the hidden key sheet (a list typed into a cell could not hold commas)."""

    def __init__(self, book: Workbook, language: Language, sheet: str = KEY_SHEET) -> None:
        """In: the workbook, to which the hidden sheet is added by `close`, and the name of that sheet."""
        self._book, self._language, self._sheet = book, language, sheet
        self._columns: dict[tuple[Value, ...], int] = {}

    def source(self, allowed: tuple[Value, ...]) -> str:
        """Return the formula of the cells that hold the labels of a value list."""
        column = self._columns.setdefault(allowed, len(self._columns) + FIRST_LIST)
        letter = _letters(column)
        return f"='{self._sheet}'!${letter}$2:${letter}${len(allowed) + 1}"

    def close(self, head: Sequence[Sequence[str]]) -> None:
        """Write the hidden sheet: `head` in its first columns, then the lists."""
        sheet = self._book.add_worksheet(self._sheet)
        for row, words in enumerate(head):
            for column, word in enumerate(words):
                sheet.write_string(row, column, word)
        for allowed, column in self._columns.items():
            for row, value in enumerate(allowed, 1):
                sheet.write_string(row, column, value.label.say(self._language))
        sheet.very_hidden()


FIRST_LIST = 6
"""Column of the hidden sheet in which the first list stands."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A column that is only shown, such as the text of a question: heading, width and words per row."""

    heading: str
    width: int
    words: Callable[[Any], str]


def write_table_sheet(
    book: Workbook,
    table: Table,
    language: Language,
    rows: Sequence[Any],
    *,
    forms: Forms,
    lists: ChoiceLists | None = None,
    example: bool = True,
    state: bool = True,
    stated: str | None = None,
    shown: Sequence[Shown] = (),
    free_rows: int = FREE_ROWS,
) -> Worksheet:
    """Add the sheet of a declared table and return it.

    In: the workbook, the table, the language of headings and labels, its rows (dataclasses of the
    table), whether an example row and the state cell are wanted, the code of `STATES` already chosen,
    columns that are only shown (they come after the first column), empty rows to prepare.
    """
    sheet = book.add_worksheet(table.title.say(language))
    columns = sheet_columns(table)
    places = _places(columns, len(shown))
    sheet.write_string(BANNER, 0, table.title.say(language), forms.title)
    sheet.write_string(BANNER, 3, describe_sheet(table.name, language), forms.lead)
    if state:
        _write_state(sheet, language, forms, lists, stated)
    _write_headings(sheet, table, language, forms, places, shown)
    first = FIRST_ROW
    if example and any(column.example for column in columns):
        _write_example(sheet, language, forms, places, first, len(shown))
        first += 1
    for number, row in enumerate(rows, first):
        sheet.write_string(number, 0, "", forms.text)
        for offset, extra in enumerate(shown):
            sheet.write_string(number, 2 + offset, _words(extra.words(row)), forms.shown)
        for column, place in places:
            _write(sheet, number, place, column, getattr(row, column.name), language, forms)
    last = first + len(rows) + free_rows - 1
    _prepare(sheet, table, language, forms, places, lists, first, max(last, first))
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.autofilter(HEADING_ROW, 0, max(last, first), len(columns) + len(shown))
    _for_paper(sheet)
    return sheet


def _places(columns: Sequence[Column], shown: int) -> list[tuple[Column, int]]:
    """Column → its place: the name stands first, then what is only shown, then the rest."""
    return [(column, 1 if number == 0 else 1 + number + shown) for number, column in enumerate(columns)]


def _write_state(sheet: Worksheet, language: Language, forms: Forms, lists: ChoiceLists | None, stated: str | None) -> None:
    sheet.write_string(STATE_ROW, 1, STATE.say(language), forms.label)
    sheet.write_string(STATE_ROW, 2, next((state.label.say(language) for state in STATES if state.code == stated), ""), forms.choice)
    sheet.write_string(STATE_ROW, 3, FILL_ROW.say(language), forms.lead)
    if lists is not None:
        sheet.data_validation(STATE_ROW, 2, STATE_ROW, 2, {"validate": "list", "source": lists.source(STATES), "error_type": "warning"})


def _write_headings(
    sheet: Worksheet, table: Table, language: Language, forms: Forms, places: list[tuple[Column, int]], shown: Sequence[Shown]
) -> None:
    sheet.write_string(KEY_ROW, 0, KEY_PREFIX + table.name)
    sheet.set_row(KEY_ROW, None, None, {"hidden": True})
    sheet.set_row(HEADING_ROW, 32)
    sheet.write_string(HEADING_ROW, 0, ROW_MARK.say(language), forms.heading)
    sheet.set_column(0, 0, 5)
    for offset, extra in enumerate(shown):
        sheet.write_string(KEY_ROW, 2 + offset, f"_shown{offset + 1}")
        sheet.write_string(HEADING_ROW, 2 + offset, extra.heading, forms.heading)
        sheet.set_column(2 + offset, 2 + offset, extra.width)
    for column, place in places:
        heading = column.heading.say(language) if column.heading else column.name
        sheet.write_string(KEY_ROW, place, column.name)
        sheet.write_string(HEADING_ROW, place, heading, forms.heading)
        note = column.note.say(language) if column.note else ""
        sheet.write_comment(HEADING_ROW, place, note or column.doc, {"author": "Omamori", "x_scale": 1.4, "y_scale": 0.7})
        sheet.set_column(place, place, _width(column, heading))


def _width(column: Column, heading: str) -> int:
    wide = sum(2 if ord(letter) > 0x2E80 else 1 for letter in max(heading, column.example, key=len))
    return min(max(12, wide + 3), 34)


def _write_example(sheet: Worksheet, language: Language, forms: Forms, places: list[tuple[Column, int]], row: int, shown: int) -> None:
    sheet.write_string(row, 0, EXAMPLE.say(language), forms.example)
    for offset in range(shown):
        sheet.write_string(row, 2 + offset, "", forms.example)
    for column, place in places:
        words = column.example_in(language)
        label = next((value.label.say(language) for value in column.values if value.code == words), words)
        sheet.write_string(row, place, label, forms.example)


def _write(sheet: Worksheet, row: int, place: int, column: Column, value: Any, language: Language, forms: Forms) -> None:
    if value is None:
        sheet.write_blank(row, place, None, _form(column, forms))
    elif isinstance(value, (date, datetime)):
        sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), forms.day)
    elif isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(row, place, value, forms.number)
    else:
        label = next((allowed.label.say(language) for allowed in column.values if allowed.code == value), str(value))
        sheet.write_string(row, place, _words(label), forms.text)


def _form(column: Column, forms: Forms) -> Format:
    return {"date": forms.day, "bigint": forms.number}.get(column.type, forms.text)


def _words(text: str) -> str:
    """Words as Excel takes them: no control characters, not too long."""
    return "".join(letter if letter >= " " or letter in "\n\t" else " " for letter in text)[:MAX_CELL]


def _prepare(
    sheet: Worksheet,
    table: Table,
    language: Language,
    forms: Forms,
    places: list[tuple[Column, int]],
    lists: ChoiceLists | None,
    first: int,
    last: int,
) -> None:
    """Give the columns their formats and drop-downs, also below the last row."""
    named = {column: other for own, column, other in REFERENCES if own == table.name}
    for column, place in places:
        heading = column.heading.say(language) if column.heading else column.name
        # The format of the column makes typed versions and telephone numbers stay words.
        sheet.set_column(place, place, _width(column, heading), _form(column, forms))
        if lists is None:
            continue
        if column.values:
            sheet.data_validation(
                first, place, last, place, {"validate": "list", "source": lists.source(column.values), "error_type": "warning"}
            )
        elif column.name in named:
            # Names of another sheet are offered, others stay allowed: the order of filling in is free.
            source = reference(named[column.name], language)
            sheet.data_validation(first, place, last, place, {"validate": "list", "source": source, "show_error": False})


def reference(table_name: str, language: Language) -> str:
    """Return the formula of the cells that hold the names of another sheet."""
    title = TABLES[table_name].title.say(language).replace("'", "''")
    first, last = FIRST_ROW + 2, FIRST_ROW + MOST_NAMES
    # Only as long as there are names: a plain range would offer hundreds of empty lines.
    return f"=OFFSET('{title}'!$B${first},0,0,MAX(1,COUNTA('{title}'!$B${first}:$B${last})),1)"


def _for_paper(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW)


def _letters(column: int) -> str:
    return chr(ord("A") + column) if column < 26 else _letters(column // 26 - 1) + chr(ord("A") + column % 26)
