"""The other sheets of an answer sheet: what has to be looked at first, and the evidence, one row for each proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo
from typing import Any

from xlsxwriter.workbook import Workbook

from omamori.model.answer_sheet import ITEM, NUMBER, SHOWN
from omamori.model.standard import DECISIONS, ItemDecision, Proof
from omamori.model.text import Language, Text
from omamori.report.checklist import ANSWER_WORDS, DECISION_WORDS
from omamori.report.clean import clean
from omamori.report.excel_sheet import MAX_ROWS, Head, Styles, write_sheet
from omamori.report.moments import shown
from omamori.report.row_heights import height
from omamori.report.standard_sheet_shape import AnswerSheet, SheetItem, sheet_items
from omamori.report.standard_sheet_words import KIND, MISSING, NEXT, SAYS, counted, listed, number_of, summary

_NAMES = 40
"""Machines named in one cell; a row of Excel has room for little more."""
_FIRST_HEADS = (
    Head(NUMBER, 8),
    Head(ITEM, 40),
    Head(Text("実測の結論", "What the evidence says"), 16),
    Head(Text("記入", "Answered"), 22),
    Head(Text("根拠の要約", "The evidence in short"), 48),
    Head(Text("次にすること", "What to do next"), 40),
)
_PROOF_HEADS = (
    Head(Text("根拠番号", "Proof"), 9),
    Head(NUMBER, 7),
    Head(Text("種類", "Kind"), 18),
    Head(Text("示すこと", "It says"), 8),
    Head(Text("内容", "What"), 38),
    Head(Text("機器など", "Machines"), 28),
    Head(Text("数", "How many"), 10),
    Head(Text("根拠の日", "Seen on"), 12),
    Head(Text("どこにあるか", "Where it is"), 28),
    Head(Text("その行", "The line"), 36),
)
_NOTHING = Text("見た範囲では、先に見る項目はありません。", "In what was looked at, no item has to be looked at first.")


def write_first_look(book: Workbook, name: str, sheet: AnswerSheet, language: Language, forms: Styles) -> None:
    """Add the sheet of items to look at first: contradictions, then what the evidence speaks against, then what is open."""
    order = {value.code: place for place, value in enumerate(DECISIONS[:3])}
    items = [(one, one.decision) for one in sheet_items(sheet) if one.decision is not None and one.decision.decision in order]
    items.sort(key=lambda pair: order[pair[1].decision])
    rows: list[Sequence[Any]] = [_first_row(one, decision, sheet, language) for one, decision in items]
    _write(book, name, _FIRST_HEADS, rows or [("", _NOTHING)], language, forms)


def _first_row(one: SheetItem, decision: ItemDecision, sheet: AnswerSheet, language: Language) -> Sequence[Any]:
    answers = [
        f"{ANSWER_WORDS[a.answer].say(language)} {a.answered_on or ''} {a.answered_by or ''}".strip() for a in decision.answers if a.answer
    ]
    missing = [f"{MISSING.say(language)}: {text.say(language)}" for text in decision.missing]
    todo = "\n".join([NEXT[decision.decision].say(language), *missing])
    text = one.item.text.say(language)
    return (
        number_of(one.part, one.item),
        text,
        DECISION_WORDS[decision.decision],
        "\n".join(answers),
        summary(decision, sheet.titles, language),
        todo,
    )


def write_proofs(book: Workbook, name: str, sheet: AnswerSheet, language: Language, forms: Styles, zone: tzinfo = UTC) -> None:
    """Add the sheet of evidence: one row for each proof, in the order of the items."""
    _write(book, name, _PROOF_HEADS, list(_proof_rows(sheet, language, zone)), language, forms)


def _proof_rows(sheet: AnswerSheet, language: Language, zone: tzinfo) -> Iterator[Sequence[Any]]:
    for one in sheet_items(sheet):
        for place, proof in enumerate(one.proofs, 1):
            yield _proof_row(one, f"{one.evidence_number}-{place}", proof, sheet, language, zone)


def _proof_row(one: SheetItem, number: str, proof: Proof, sheet: AnswerSheet, language: Language, zone: tzinfo) -> Sequence[Any]:
    line = sheet.lines.get(proof.evidence)
    where = " › ".join(str(part) for part in (line.origin, line.kind, line.command, line.line) if part) if line else ""
    kind = KIND.get(proof.kind)
    return (
        number,
        number_of(one.part, one.item),
        f"{kind.say(language) if kind else proof.kind}\n{proof.name}",
        SAYS.get(proof.says, SAYS["unknown"]),
        proof.text,
        listed([clean(name, 80) for name in proof.subjects if name != "site"], _NAMES, language),
        counted(proof, language),
        shown(proof.seen, zone)[:10],
        "\n".join(part for part in (where, proof.evidence) if part),
        line.text[:400] if line else "",
    )


def _write(book: Workbook, name: str, heads: Sequence[Head], rows: Sequence[Sequence[Any]], language: Language, forms: Styles) -> None:
    """Add a sheet whose rows are high enough, and say, out of sight, that nothing on it is read back."""
    page = write_sheet(book, name, heads, rows, language, forms)
    for number, row in enumerate(rows[:MAX_ROWS], 1):
        words = ((value.say(language) if isinstance(value, Text) else str(value)) for value in row)
        page.set_row(number, height(zip(words, (head.width for head in heads), strict=False)))
    page.write_string(0, len(heads), SHOWN)
    page.set_column(len(heads), len(heads), 2, None, {"hidden": True})
    page.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.5)
