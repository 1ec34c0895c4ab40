from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest
from xlsxwriter.workbook import Workbook

from omamori.model.declared import Action
from omamori.model.tables import TABLES
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.ledger.actions import parse_actions
from omamori.parse.ledger.recognise import is_actions, is_ledger
from omamori.parse.registry import RECOGNISE_BYTES
from omamori.report.ledger_columns import WORKBOOK_OPTIONS, ChoiceLists, Shown, sheet_forms, write_table_sheet
from omamori.report.ledger_pack import pack

Book = Callable[[Mapping[str, Sequence[Sequence[Any]]]], bytes]
KNOWN = {"check_id": "lines.always_open", "subject": "PACS保守VPN", "finding_key": "PACS保守VPN"}


def written(rows: list[Action], language: Any = "ja") -> bytes:
    stream = io.BytesIO()
    made = Workbook(stream, dict(WORKBOOK_OPTIONS))
    made.add_worksheet("まとめ").write_string(0, 0, "チェックID")
    lists = ChoiceLists(made, language)
    told = [Shown("見つかったこと", 40, lambda row: f"{row.subject} について")]
    write_table_sheet(made, TABLES["actions"], language, rows, forms=sheet_forms(made), lists=lists, example=False, state=False, shown=told)
    lists.close([])
    made.close()
    return pack(stream.getvalue())


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_people_entered_comes_back(language: Any, context: Context) -> None:
    rows = [
        Action(**KNOWN, owner="福井", due=date(2026, 7, 1), asked="○○システム", answer="来週対応", done=date(2026, 6, 20)),
        Action(check_id="plans.drill_old", subject="site", finding_key="site", owner="院長"),
    ]
    data = written(rows, language)
    assert is_actions(data[:RECOGNISE_BYTES], "anything") and not is_ledger(data[:RECOGNISE_BYTES], "ledger.xlsx")
    parsed = parse_actions(data, context)
    assert [(row.check_id, row.owner, row.due, row.asked, row.answer, row.done) for row in parsed.rows] == [
        (row.check_id, row.owner, row.due, row.asked, row.answer, row.done) for row in rows
    ]
    assert parsed.rows[0].evidence.endswith("!R5")
    assert [(look.table, look.complete) for look in parsed.looks] == [("actions", True)]


def test_rows_nobody_touched_say_nothing(context: Context) -> None:
    parsed = parse_actions(written([Action(**KNOWN), Action(**(KNOWN | {"subject": "b"}), answer="済")]), context)
    assert [row.subject for row in parsed.rows] == ["b"]


def test_a_bad_date_costs_its_cell_only(context: Context) -> None:
    made = openpyxl.load_workbook(io.BytesIO(written([Action(**KNOWN, owner="福井")])))
    sheet = made["やること"]
    places = {cell.value: cell.column for cell in sheet[3]}
    sheet.cell(5, places["due"]).value = "そのうち"
    sheet.cell(5, places["done"]).value = "R8.6.20"
    out = io.BytesIO()
    made.save(out)
    parsed = parse_actions(out.getvalue(), context)
    assert (parsed.rows[0].owner, parsed.rows[0].due, parsed.rows[0].done) == ("福井", None, date(2026, 6, 20))
    assert parsed.looks[0].missing == ("due",) and "そのうち" in parsed.problems[0].expected_ja


def test_a_report_without_the_list_says_which_file_to_bring(book: Book, context: Context) -> None:
    with pytest.raises(EvidenceError, match=r"report\.xlsx"):
        parse_actions(book({"まとめ": [["チェックID", "対象"], ["a", "b"]]}), context)
