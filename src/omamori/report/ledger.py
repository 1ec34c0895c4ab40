"""Writes the ledger workbook: what a hospital believes about its machines, lines, backups and people.

`omamori ledger new` writes it empty, `omamori ledger export` with what the newest snapshot holds and the
peers that were observed, to be ticked.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from omamori.knowledge.questions import Question, built_in_questions
from omamori.model.declared import Answer, DesignedFlow
from omamori.model.derived import Peer
from omamori.model.tables import TABLES
from omamori.model.text import Language
from omamori.model.workbook import FORMAT, SHEETS
from omamori.report.ledger_columns import WORKBOOK_OPTIONS, ChoiceLists, Forms, Shown, sheet_forms, write_table_sheet
from omamori.report.ledger_pack import pack
from omamori.report.ledger_words import (
    FIRST_TEN_MINUTES,
    GUIDE_TITLE,
    HEADLINE,
    LATER,
    PRIVACY,
    QUESTION_HEADINGS,
    RULES,
    STARTING_POINT,
)

_NO_ROWS: Mapping[str, Sequence[Any]] = MappingProxyType({})
_NO_STATES: Mapping[str, str] = MappingProxyType({})


def write_ledger(
    path: Path,
    language: Language,
    *,
    rows: Mapping[str, Sequence[Any]] = _NO_ROWS,
    peers: Sequence[Peer] = (),
    states: Mapping[str, str] = _NO_STATES,
) -> None:
    """Write the workbook to `path`, replacing it.

    In: table name → rows of the model to fill in (of `omamori.model.workbook.SHEETS`; others are not
    looked at), observed peers, which become rows of designed flows to tick, and the state of a sheet where it
    is known already (table name → code of `STATES`). Raises OSError when the file cannot be written (it may be
    open in Excel).
    """
    path.write_bytes(ledger_bytes(language, rows=rows, peers=peers, states=states))


def ledger_bytes(
    language: Language,
    *,
    rows: Mapping[str, Sequence[Any]] = _NO_ROWS,
    peers: Sequence[Peer] = (),
    states: Mapping[str, str] = _NO_STATES,
) -> bytes:
    """Return the workbook as bytes; the same content gives the same bytes."""
    stream = io.BytesIO()
    book = Workbook(stream, dict(WORKBOOK_OPTIONS))
    book.set_properties({"title": HEADLINE.say(language), "author": "Omamori", "created": datetime(2026, 1, 1, tzinfo=UTC)})
    forms = sheet_forms(book)
    lists = ChoiceLists(book, language)
    _write_guide(book, language, forms)
    for name in SHEETS:
        if name == "answers":
            _write_questions(book, language, rows.get(name, ()), forms, lists, states.get(name))
            continue
        filled = list(rows.get(name, ()))
        if name == "designed_flows":
            filled += peers_to_tick(peers, filled)
        write_table_sheet(book, TABLES[name], language, filled, forms=forms, lists=lists, stated=states.get(name))
    lists.close([["format", str(FORMAT)], ["language", language], *[["sheet", TABLES[name].title.say(language), name] for name in SHEETS]])
    book.close()
    return pack(stream.getvalue())


def peers_to_tick(peers: Sequence[Peer], known: Sequence[DesignedFlow] = ()) -> list[DesignedFlow]:
    """Return observed peers as designed flows nobody has decided on yet (`needed` empty), without those already listed."""
    listed = {(flow.asset, flow.peer, flow.direction, flow.port, flow.protocol) for flow in known}
    found: dict[tuple[str, str, str, int | None, str | None], DesignedFlow] = {}
    for peer in peers:
        other = peer.peer_asset or peer.peer
        key = (peer.asset, other, peer.direction or "in", peer.port, peer.protocol)
        by_address = (peer.asset, peer.peer, *key[2:])
        if peer.designed or key in listed or by_address in listed or key in found:
            continue
        seen = f"{peer.process or '?'} ×{peer.times or 1}"
        found[key] = DesignedFlow(
            asset=peer.asset, peer=other, direction=key[2], port=peer.port, protocol=peer.protocol, purpose=seen, evidence=peer.evidence
        )
    return [found[key] for key in sorted(found, key=lambda key: tuple(str(part) for part in key))]


def _write_questions(
    book: Workbook, language: Language, answers: Sequence[Answer], forms: Forms, lists: ChoiceLists, stated: str | None
) -> Worksheet:
    asked = built_in_questions()
    given = {answer.question: answer for answer in answers}
    questions = asked.by_id()
    filled = [given.get(question.id, Answer(question=question.id)) for question in asked.questions]
    filled += [answer for identifier, answer in given.items() if identifier not in questions]

    def shown(part: str, width: int) -> Shown:
        def words(row: Answer) -> str:
            question = questions.get(row.question)
            return _part(question, part, language) if question else ""

        return Shown(QUESTION_HEADINGS[part].say(language), width, words)

    columns = [shown("text", 60), shown("why", 46), shown("who", 24)]
    return write_table_sheet(
        book, TABLES["answers"], language, filled, forms=forms, lists=lists, example=False, stated=stated, shown=columns, free_rows=0
    )


def _part(question: Question, part: str, language: Language) -> str:
    return {"text": question.text, "why": question.why, "who": question.who}[part].say(language)


def _write_guide(book: Workbook, language: Language, forms: Forms) -> None:
    sheet = book.add_worksheet(GUIDE_TITLE.say(language))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 2, 90)
    wrapped = book.add_format({"font_name": "Yu Gothic", "font_size": 11, "text_wrap": True, "valign": "top"})
    warned = book.add_format(
        {"font_name": "Yu Gothic", "font_size": 11, "text_wrap": True, "valign": "top", "bg_color": "#FFF6D6", "border": 1}
    )
    link = book.add_format({"font_name": "Yu Gothic", "font_size": 11, "font_color": "#0B5CAD", "underline": 1, "valign": "top"})
    sheet.write_string(0, 1, HEADLINE.say(language), forms.title)
    sheet.merge_range(1, 1, 1, 2, PRIVACY.say(language), warned)
    sheet.set_row(1, 34)
    sheet.write_string(3, 1, "最初の10分" if language == "ja" else "The first ten minutes", forms.title)
    row = 4
    for number, (table, words) in enumerate(FIRST_TEN_MINUTES, 1):
        title = TABLES[table].title.say(language)
        sheet.write_number(row, 0, number, wrapped)
        sheet.write_url(row, 1, f"internal:'{title}'!B4", link, title)
        sheet.write_string(row, 2, words.say(language), wrapped)
        row += 1
    sheet.merge_range(row, 1, row, 2, LATER.say(language), wrapped)
    sheet.set_row(row, 34)
    row += 2
    sheet.write_string(row, 1, "書き方" if language == "ja" else "How to fill it in", forms.title)
    for words in (*RULES, STARTING_POINT):
        row += 1
        sheet.write_string(row, 1, "・" if language == "ja" else "-", forms.label)
        sheet.write_string(row, 2, words.say(language), wrapped)
