"""The answer sheet of a standard (`omamori checklist`), filled in by the hospital or a vendor → rows of `item_answers`.

Evidence of a row is its place, `sheet!R` and the row number. Only what a person entered is taken; the draft and the evidence
that the sheet shows are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from omamori.model.answer_sheet import SHOWN, STANDARD
from omamori.model.look import EVERYWHERE, Look, Parsed, Problem
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser, Redacted
from omamori.parse.ledger.cells import clean, folded
from omamori.parse.ledger.recognise import holds_answers, is_workbook, unpacked_text
from omamori.parse.ledger.redact import redact_workbook
from omamori.parse.ledger.xlsx import Sheet, read_workbook
from omamori.parse.standard.layout import SEARCHED_ROWS, Form, find_form
from omamori.parse.standard.rows import Answers, read_answers

MAX_SHEETS = 50
"""Sheets that are read of one workbook."""
FAMILIES = ("checklist", "guideline", "fee", "bcp", "disclosure")
"""Families of standards: what the name of an edition begins with."""
NO_NAME = "?"
"""Vendor of a vendor's sheet that names none: never to be taken for the hospital's own answer."""


def parse_sheet(data: bytes, context: Context) -> Parsed:
    """Read the answers in a workbook; EvidenceError when no sheet of it has any.

    A file is one speaker's word on one edition: the first sheet with answers decides whose. A sheet of another is told and left.
    """
    del context
    read: list[tuple[Sheet, Answers]] = []
    problems: list[Problem] = []
    first: Form | None = None
    for sheet in read_workbook(data)[:MAX_SHEETS]:
        form = find_form(sheet)
        if form is None:
            problems += _unused(sheet)
            continue
        if form.role == "vendor" and not form.vendor:
            problems.append(_no_vendor(sheet))
            form = replace(form, vendor=NO_NAME)
        first = first or form
        if _speaker(form) != _speaker(first):
            problems.append(_of_another(sheet, form))
            continue
        problems += _about(sheet, form)
        read.append((sheet, read_answers(sheet, form)))
    if first is None:
        raise EvidenceError(
            Text(
                "回答を書くシートがありません。`omamori checklist` が書いた Excel を取り込んでください",
                "no sheet with answers in this workbook; bring back the Excel file that `omamori checklist` wrote",
            )
        )
    rows = tuple(row for _, answers in read for row in answers.rows)
    problems += [problem for _, answers in read for problem in answers.problems]
    return Parsed(rows=rows, looks=(_look(read),), problems=tuple(problems), speaker=_speaker(first))


def _speaker(form: Form) -> str:
    return f"{form.standard}|{form.vendor}"


def _no_vendor(sheet: Sheet) -> Problem:
    return _problem(sheet, "no vendor is named; write the name beside `Vendor`", "事業者名がありません。「事業者名」の右に書いてください")


def _of_another(sheet: Sheet, form: Form) -> Problem:
    whose = f"{form.standard} {form.vendor}".strip()
    return _problem(
        sheet,
        f"answers to {whose}, beside those of another sheet: not used; save it as a file of its own and import that",
        f"別の版または別の事業者({whose})の回答のため使いませんでした。別のファイルに保存して取り込んでください",
    )


def _problem(sheet: Sheet, en: str, ja: str) -> Problem:
    name = clean(sheet.name)
    return Problem(1, f"sheet {name}: {en}", f"シート「{name}」: {ja}")


def _about(sheet: Sheet, form: Form) -> Iterator[Problem]:
    if sheet.broken:
        yield _problem(
            sheet,
            f"damaged here ({sheet.broken}); open it in Excel or LibreOffice and save it again",
            "途中で壊れています。Excel か LibreOffice で開いて保存し直してください",
        )
    if form.newer:
        yield _problem(
            sheet,
            "written by a newer Omamori; what this one knows was read",
            "新しい版の Omamori が書いたシートです。読める列だけ読みました",
        )
    if form.keys is None:
        yield _problem(
            sheet,
            "its hidden keys are gone, so rows were read by the numbers they show; compare the answers in the next sheet",
            "見えないキーがないため、見えている番号で読みました。次に書き出したシートで回答を確かめてください",
        )
    if form.written_for and folded(form.vendor) != folded(form.written_for):
        yield _problem(
            sheet,
            f"written for {form.written_for!r}, but names {form.vendor!r}; taken as the answer of the latter",
            f"「{form.written_for}」あてのシートですが、事業者名は「{form.vendor}」です。「{form.vendor}」の回答として取り込みました",
        )


def _look(read: list[tuple[Sheet, Answers]]) -> Look:
    """An item left empty is a row without an answer; the look is complete all the same: the sheet was read to its end."""
    missing = tuple(sorted({name for _, answers in read for name in answers.bad}))
    needs = "取り込みで読めなかった行を直してください / repair the rows that were not read"
    if any(sheet.broken for sheet, _ in read):
        return Look("item_answers", complete=False, missing=missing, reason="not_understood", needs=needs, asset=EVERYWHERE)
    if any(answers.lost for _, answers in read):
        # Not `not_understood`: an older sheet would count instead, and a bad row would lose the good ones.
        return Look("item_answers", complete=False, missing=missing, reason="to_confirm", needs=needs, asset=EVERYWHERE)
    return Look("item_answers", missing=missing, reason="not_understood" if missing else None, asset=EVERYWHERE)


def redact_sheet(data: bytes) -> Redacted:
    """Return the workbook as it may be stored. Raises EvidenceError when it cannot be read.

    The item `起動パスワード` of a standard is no heading: below it stand other items, not passwords.
    """
    return redact_workbook(data, _heading_rows)


def _heading_rows(sheet: Sheet) -> int:
    form = find_form(sheet)
    if form is not None:
        return form.first_row + (1 if form.keys is not None else -1)
    return 1 if _only_shown(sheet) else SEARCHED_ROWS


def _only_shown(sheet: Sheet) -> bool:
    """Return whether a sheet carries the mark of those that only show evidence."""
    return any(clean(cell.text) == SHOWN for row, cells in sheet.rows.items() if row <= SEARCHED_ROWS for cell in cells.values())


def _unused(sheet: Sheet) -> list[Problem]:
    """Tell of a visible sheet that is not ours; those that only show evidence carry a mark."""
    if sheet.hidden or _only_shown(sheet) or len(sheet.rows) < 2:
        return []
    return [_problem(sheet, "no headings of answers, so it was not used", "回答の見出しがないため使いませんでした")]


def is_answer_sheet(head: bytes, file_name: str) -> bool:
    """Return whether the file is an answer sheet: by its hidden key, else by the edition it names. Its name does not matter."""
    del file_name
    if not is_workbook(head):
        return False
    text = unpacked_text(head)
    if holds_answers(text):
        return True
    return any(f">{label}: {family}/" in text for label in (STANDARD.ja, STANDARD.en) for family in FAMILIES)


PARSERS = (
    Parser(
        kind="standard.sheet",
        tables=("item_answers",),
        parse=parse_sheet,
        redact=redact_sheet,
        recognise=is_answer_sheet,
        notes="The sheet of `omamori checklist`, filled in. Evidence place: sheet!R and row.",
    ),
)
