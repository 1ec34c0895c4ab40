"""Writes the answer sheet of a standard: the items in their official order, what the evidence says, and room for a person's answers.

The first sheet is the form, then what has to be looked at first, then the evidence, a row for each proof. What comes back is read
by `omamori.parse.standard`. The column of answers holds only what a named person answered before; a draft never stands in it.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime, tzinfo

from xlsxwriter.workbook import Workbook

from omamori.model.text import Language
from omamori.report.excel_sheet import SheetNames, styles
from omamori.report.ledger_columns import WORKBOOK_OPTIONS
from omamori.report.ledger_pack import pack
from omamori.report.standard_sheet_form import write_form
from omamori.report.standard_sheet_proofs import write_first_look, write_proofs
from omamori.report.standard_sheet_shape import AnswerSheet
from omamori.report.standard_sheet_words import FIRST_LOOK, FORM_NAME, OTHER_FORM, PROOFS


def answer_sheet_bytes(sheet: AnswerSheet, language: Language, zone: tzinfo = UTC) -> bytes:
    """Return the workbook as bytes; the same content gives the same bytes. `zone` is that of the moments shown."""
    stream = io.BytesIO()
    book = Workbook(stream, dict(WORKBOOK_OPTIONS))
    book.set_properties({"title": sheet.edition.title.say(language), "author": "Omamori", "created": datetime(2026, 1, 1, tzinfo=UTC)})
    names = SheetNames()
    form = names.name(FORM_NAME.get(sheet.edition.family, OTHER_FORM).say(language))
    first, proofs = (names.name(words.say(language)) for words in (FIRST_LOOK, PROOFS))
    forms = styles(book)
    write_form(book, form, sheet, proofs, language, zone)
    write_first_look(book, first, sheet, language, forms)
    write_proofs(book, proofs, sheet, language, forms, zone)
    book.close()
    return pack(stream.getvalue())
