"""The form of an answer sheet: what a person reads, fills in and prints. Hidden keys let it be read back (`model.answer_sheet`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from omamori.model.answer_sheet import (
    ABOUT,
    ADDED,
    FORMAT,
    KEYS,
    ROUNDS,
    SHOWN,
    STANDARD,
    VENDOR,
    round_words,
    row_key,
)
from omamori.model.standard import DECISIONS, ITEM_ANSWERS, ItemAnswer
from omamori.model.text import Language, Text
from omamori.report.checklist import ANSWER_WORDS, DECISION_WORDS
from omamori.report.clean import clean
from omamori.report.excel_sheet import MAX_CELL
from omamori.report.moments import shown
from omamori.report.row_heights import height
from omamori.report.standard_sheet_columns import SheetColumn, form_columns, form_styles
from omamori.report.standard_sheet_shape import AnswerSheet, SheetItem, added_items, sheet_items
from omamori.report.standard_sheet_words import (
    FIRST_LOOK,
    LOW,
    OUTPUT,
    confidence_line,
    how_to_fill,
    number_of,
    summary,
    validity,
)

_ADDED_BY_HAND = Text("手で足した項目(版にはありません。判定もしません)", "Added by hand: not in the edition, and not judged")
_EMPTY_ROWS = 3
"""Rows for items a person wants to add."""
_KEY_COLUMN = 0


class _Form:
    """Writes one form; the next free row moves down."""

    def __init__(self, book: Workbook, name: str, sheet: AnswerSheet, proofs: str, language: Language) -> None:
        self.sheet, self.language, self.proofs = sheet, language, proofs
        self.page: Worksheet = book.add_worksheet(name)
        self.forms = form_styles(book)
        self.columns = form_columns(sheet)
        self.row = 0
        self.written: list[tuple[str, float]] = []

    @property
    def last(self) -> int:
        return len(self.columns)

    def across(self, words: str, form: Format) -> None:
        """Write one line over the whole width, as high as its words need."""
        text = clean(words, MAX_CELL, keep_lines=True)
        self.page.merge_range(self.row, 1, self.row, self.last, "", form)
        self.page.write_string(self.row, 1, text, form)
        larger = 1.4 if form is self.forms.title else 1.0
        self.page.set_row(self.row, height([(text, sum(column.width for column in self.columns) / larger)]) * larger)
        self.row += 1

    def head(self, zone: tzinfo) -> None:
        """Write what the sheet is, where its words come from, and what has to be looked at first."""
        sheet, language, forms = self.sheet, self.language, self.forms
        output = OUTPUT[sheet.edition.output].say(language)
        if sheet.said is not None:
            self.across(f"{output}: {sheet.said.say(language)}", forms.said)
            self.across(sheet.edition.title.say(language), forms.title)
        else:
            self.across(f"{output}: {sheet.edition.title.say(language)}", forms.title)
        self.across(f"{STANDARD.say(language)}: {sheet.edition.name}", forms.lead)
        if sheet.edition.role == "vendor":
            self._vendor()
        held = Text(f"当てはまる期間: {validity(sheet.edition).ja}", f"holds for: {validity(sheet.edition).en}").say(language)
        seen = Text("根拠の時点", "evidence as of").say(language)
        self.across(f"{held} / {seen}: {shown(sheet.moment, zone)} / {confidence_line(sheet.edition).say(language)}", forms.lead)
        self.across(f"{Text('出典', 'Source').say(language)}: {sheet.edition.source.say(language)}", forms.lead)
        self.across(sheet.edition.note.say(language), forms.lead)
        self.across(how_to_fill(sheet.edition).say(language), forms.said)
        self._first_look()

    def _vendor(self) -> None:
        self.page.write_string(self.row, 1, VENDOR.say(self.language), self.forms.heading)
        self.page.write_string(self.row, 2, clean(self.sheet.vendor, 200), self.forms.fill)
        self.row += 1

    def _first_look(self) -> None:
        """Name the items to look at first, contradictions before all others; the next sheet says why."""
        by_decision: dict[str, list[str]] = {}
        for one in sheet_items(self.sheet):
            if one.decision is not None:
                by_decision.setdefault(one.decision.decision, []).append(number_of(one.part, one.item))
        parts = [
            f"{value.label.say(self.language)}: {Text('、', ', ').say(self.language).join(by_decision[value.code])}"
            for value in DECISIONS[:3]
            if value.code in by_decision
        ]
        if parts:
            self.across(f"{FIRST_LOOK.say(self.language)}  " + " / ".join(parts), self.forms.said)

    def keys(self) -> None:
        """Write the hidden rows by which the form is read back."""
        about = {
            "format": str(FORMAT),
            "standard": self.sheet.edition.name,
            "role": self.sheet.edition.role,
            "vendor": clean(self.sheet.vendor, 200),
        }
        for place, words in enumerate((ABOUT, *(f"{name}={value}" for name, value in about.items()))):
            self.page.write_string(self.row, place, words)
        self.page.set_row(self.row, None, None, {"hidden": True})
        self.page.write_string(self.row + 1, _KEY_COLUMN, KEYS)
        for place, column in enumerate(self.columns, 1):
            self.page.write_string(self.row + 1, place, column.key)
            self.page.set_column(place, place, column.width)
        self.page.set_row(self.row + 1, None, None, {"hidden": True})
        self.page.set_column(_KEY_COLUMN, _KEY_COLUMN, 2, None, {"hidden": True})
        self.row += 2

    def headings(self) -> None:
        """Write two rows of headings: the rounds, and what each has."""
        top, forms = self.row, self.forms
        for offset in (0, 1):
            self.page.write_string(top + offset, _KEY_COLUMN, SHOWN)
        for place, column in enumerate(self.columns, 1):
            if not column.round:
                self.page.merge_range(top, place, top + 1, place, column.heading.say(self.language), forms.heading)
            else:
                words = column.heading.say(self.language).replace("・", "・\n")  # not in the middle of a word
                self.page.write_string(top + 1, place, words, forms.heading)
        for number in ROUNDS:
            own = [place for place, column in enumerate(self.columns, 1) if column.round == number]
            self.page.merge_range(top, own[0], top, own[-1], round_words(number).say(self.language), forms.heading)
        self.page.set_row(top + 1, 36)
        self.page.freeze_panes(top + 2, 3)
        self.page.repeat_rows(top, top + 1)
        self.row += 2

    def part(self, title: str) -> None:
        """Write the heading of a part."""
        self.page.write_string(self.row, _KEY_COLUMN, SHOWN)
        self.page.merge_range(self.row, 1, self.row, self.last, "", self.forms.part)
        self.page.write_string(self.row, 1, clean(title, 300), self.forms.part)
        self.row += 1

    def item(self, one: SheetItem) -> None:
        """Write an item, what the evidence says, and what was answered before."""
        number = number_of(one.part, one.item)
        self.page.write_string(self.row, _KEY_COLUMN, row_key(self.sheet.edition.name, one.item.id, number))
        decision, forms, language = one.decision, self.forms, self.language
        cells: dict[str, tuple[str, Format]] = {
            "_number": (number, forms.middle),
            "_decision": (DECISION_WORDS[decision.decision].say(language), forms.decision[decision.decision])
            if decision
            else ("", forms.shown),
            "_draft": (ANSWER_WORDS[decision.draft].say(language) if decision and decision.draft else "", forms.middle),
            "_summary": (summary(decision, self.sheet.titles, language), forms.shown),
            "_evidence": ("", forms.middle),
        }
        for place, column in enumerate(self.columns, 1):
            if column.key in cells:
                self.words(place, *cells[column.key])
            elif column.key == "_text":
                self._item_text(place, one)
            if column.key == "_evidence" and one.evidence_number:
                self._link(place, one)
        self.answers(decision.answers if decision else ())
        self.close_row()

    def close_row(self) -> None:
        """Make the row as high as its words need, and go to the next."""
        self.page.set_row(self.row, height(self.written, least=2))
        self.written = []
        self.row += 1

    def _item_text(self, place: int, one: SheetItem) -> None:
        text = clean(one.item.text.say(self.language), MAX_CELL)
        if one.item.confidence == "low":
            self.written.append((f"{text}\n{LOW.say(self.language)}", self.columns[place - 1].width))
            self.page.write_rich_string(self.row, place, text, self.forms.small, f"\n{LOW.say(self.language)}", self.forms.shown)
        else:
            self.words(place, text, self.forms.shown)
        if one.item.note is not None:
            self.page.write_comment(self.row, place, clean(one.item.note.say(self.language), 1000), {"author": "Omamori", "x_scale": 2})

    def _link(self, place: int, one: SheetItem) -> None:
        target = f"internal:'{self.proofs}'!A{one.first_row}"
        self.page.write_url(self.row, place, target, self.forms.link, one.evidence_number)

    def added(self, item: str, answers: Sequence[ItemAnswer]) -> None:
        """Write an item a person added, or an empty row for one."""
        if item:
            self.page.write_string(self.row, _KEY_COLUMN, row_key(self.sheet.edition.name, item, ""))
        for place, column in enumerate(self.columns, 1):
            if not column.name:
                words = item.removeprefix(ADDED) if column.key == "_text" else ""
                self.words(place, words, self.forms.fill if column.key in ("_number", "_text") else self.forms.shown)
        self.answers(answers)
        self.close_row()

    def answers(self, answers: Sequence[ItemAnswer]) -> None:
        """Write what a named person answered in each round; the newest remark and target date."""
        by_round = {answer.round: answer for answer in answers}
        for place, column in enumerate(self.columns, 1):
            if not column.name:
                continue
            said = (
                [by_round[column.round]]
                if column.round in by_round
                else []
                if column.round
                else sorted(answers, key=lambda one: -one.round)
            )
            value = next((found for answer in said if (found := getattr(answer, column.name)) is not None), None)
            self._value(place, column, value)

    def _value(self, place: int, column: SheetColumn, value: str | date | None) -> None:
        day = column.name in ("answered_on", "target_date")
        if isinstance(value, date):
            self.page.write_datetime(self.row, place, datetime(value.year, value.month, value.day), self.forms.day)
        elif value is None:
            self.page.write_blank(self.row, place, None, self.forms.day if day else self.forms.fill)
        else:
            self.words(place, ANSWER_WORDS[value].say(self.language) if column.name == "answer" else value, self.forms.fill)

    def words(self, place: int, text: str, form: Format) -> None:
        """Write words, never a formula or a link."""
        self.written.append((text, self.columns[place - 1].width))
        if text:
            self.page.write_string(self.row, place, clean(text, MAX_CELL, keep_lines=True), form)
        else:
            self.page.write_blank(self.row, place, None, form)


def write_form(book: Workbook, name: str, sheet: AnswerSheet, proofs: str, language: Language, zone: tzinfo = UTC) -> None:
    """Add the form. In: its name in the workbook, what it shows, the name of the sheet of evidence, the zone of the moments shown."""
    form = _Form(book, name, sheet, proofs, language)
    form.head(zone)
    form.keys()
    form.headings()
    first, part = form.row, None
    for one in sheet_items(sheet):
        if one.part is not part:
            part = one.part
            form.part(f"{part.number} {part.title.say(language)}".strip())
        form.item(one)
    form.part(_ADDED_BY_HAND.say(language))
    for item, answers in added_items(sheet).items():
        form.added(item, answers)
    for _ in range(_EMPTY_ROWS):
        form.added("", ())
    choices = [value.label.say(language) for value in ITEM_ANSWERS]
    for place, column in enumerate(form.columns, 1):
        if column.name == "answer":
            form.page.data_validation(first, place, form.row - 1, place, {"validate": "list", "source": choices, "error_type": "warning"})
    _for_paper(form, language)


def _for_paper(form: _Form, language: Language) -> None:
    """A4 landscape, one page wide, narrow margins, the headings on every page, the edition and the page at the foot."""
    page = form.page
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.5)
    page.fit_to_pages(1, 0)
    page.print_area(0, 1, form.row - 1, form.last)
    edition = form.sheet.edition
    foot = f"{OUTPUT[edition.output].say(language)} {clean(edition.name, 60)} {clean(form.sheet.vendor, 60)}".replace("&", "&&")
    page.set_footer(f"&L&8{foot}&R&8&P / &N")
