from __future__ import annotations

from collections.abc import Sequence

import pytest

from omamori.model.look import EVERYWHERE
from omamori.model.tables import TABLES
from omamori.model.workbook import KEY_PREFIX
from omamori.parse.ledger.headings import find_layout
from omamori.parse.ledger.rows import SheetRows, place, read_rows
from omamori.parse.ledger.xlsx import Cell, Sheet


def read(table: str, columns: Sequence[str], *rows: Sequence[str], state: str = "", broken: str = "") -> SheetRows:
    lines = [["このシートの記入", state], [KEY_PREFIX + table, *columns], ["行"], *rows]
    cells = {number: {at: Cell(word) for at, word in enumerate(line, 1) if word} for number, line in enumerate(lines, 1)}
    sheet = Sheet("シート", False, {number: found for number, found in cells.items() if found}, broken)
    layout = find_layout(sheet, (TABLES[table],))
    assert layout is not None
    return read_rows(sheet, layout)


ZONE = ("zone", "kind", "networks", "internet")


def test_rows_know_their_place() -> None:
    found = read("zones", ZONE, ["", "E", "電子カルテLAN", "10.1.0.0/16", "いいえ"], [], ["", "D"])
    assert [(row.zone, row.kind, row.internet, row.evidence) for row in found.rows] == [
        ("E", "ehr", "no", "シート!R4"),
        ("D", None, None, "シート!R6"),
    ]
    assert found.look.complete and found.look.asset == EVERYWHERE and not found.look.missing and not found.problems


def test_a_bad_cell_costs_its_column_only() -> None:
    found = read("zones", ZONE, ["", "E", "電子カルテLAN", "10.1.0", "no"], ["", "D", "dmz", "10.9.0.0/24", "no"])
    assert [(row.zone, row.networks) for row in found.rows] == [("E", None), ("D", "10.9.0.0/24")]
    assert found.look.complete and found.look.missing == ("networks",) and found.look.reason == "not_understood"
    problem = found.problems[0]
    assert (
        problem.line == 4
        and "IPアドレス範囲" in problem.expected_ja
        and "シート" in problem.expected_ja
        and "10.1.0.0/16" in problem.expected
    )


def test_a_row_without_its_name_is_told_and_the_look_is_incomplete() -> None:
    found = read("zones", ZONE, ["", "", "dmz"], ["", "D"])
    assert [row.zone for row in found.rows] == ["D"]
    assert (found.look.complete, found.look.reason) == (False, "not_understood") and found.look.needs
    assert "空欄" in found.problems[0].expected_ja


def test_a_row_that_holds_nothing_readable_is_not_lost_in_silence() -> None:
    found = read("zones", ZONE, ["", "", "something else"])
    assert not found.rows and not found.look.complete and found.problems


@pytest.mark.parametrize(
    ("rows", "state", "complete", "reason"),
    [
        ([], "", False, "not_collected"),
        ([["例", "電子カルテLAN", "電子カルテLAN"]], "", False, "not_collected"),
        ([], "該当なし", True, None),
        ([], "記入済み", True, None),
        ([["", "E"]], "", True, None),
        ([["", "E"]], "記入中", False, "to_confirm"),
        ([], "記入中", False, "not_collected"),
    ],
)
def test_when_a_sheet_counts_as_looked_at(rows: list[list[str]], state: str, complete: bool, reason: str | None) -> None:
    look = read("zones", ZONE, *rows, state=state).look
    assert (look.complete, look.reason) == (complete, reason)
    assert complete or look.needs


def test_a_deleted_column_is_missing() -> None:
    look = read("zones", ("zone", "kind"), ["", "E"]).look
    assert look.complete and look.missing == ("internet", "networks") and look.reason == "not_collected"


def test_a_damaged_sheet_is_an_incomplete_look_whatever_was_ticked() -> None:
    look = read("zones", ZONE, ["", "E"], state="記入済み", broken="cut").look
    assert (look.complete, look.reason) == (False, "not_understood")


def test_a_real_row_left_marked_as_example_is_told() -> None:
    found = read("zones", ZONE, ["例", "手術部LAN", "その他"])
    assert not found.rows and "「例」" in found.problems[0].expected_ja


def test_what_else_a_row_needs() -> None:
    flows = read("designed_flows", ("asset", "peer", "direction"), ["", "ehr", "", "in"], ["", "ehr", "clients"])
    assert [(row.peer, row.direction) for row in flows.rows] == [("clients", "in")] and flows.problems[0].line == 4
    risks = read("exceptions", ("check_id", "subject"), ["", "backup.x", "病院全体"], ["", "backup.y"])
    assert [row.subject for row in risks.rows] == ["site"] and not risks.look.complete


def test_an_untouched_question_is_no_answer() -> None:
    columns = ("question", "_shown1", "answer", "answered_by")
    found = read("answers", columns, ["", "a", "Words?", "", ""], ["", "b", "Words?", "○"], ["", "c", "Words?", "", "Fukui"])
    assert [(row.question, row.answer, row.answered_by) for row in found.rows] == [("b", "yes", None), ("c", None, "Fukui")]


def test_place_is_one_line_without_control_characters() -> None:
    assert place(Sheet("a\x1b\n機器", False, {}), 5) == "a 機器!R5"
