from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from omamori.analyze.questions import ANALYZER
from omamori.knowledge.questions import built_in_questions
from omamori.model.declared import Answer
from omamori.model.derived import Question
from omamori.model.look import EVERYWHERE, Collected

Run = Callable[..., list[Any]]
ALL = {question.id for question in built_in_questions().questions}


def split(found: list[Any]) -> tuple[dict[str, Question], Collected]:
    return {row.question: row for row in found if isinstance(row, Question)}, next(row for row in found if isinstance(row, Collected))


def test_every_question_has_a_row_with_its_answer_or_none(run: Run) -> None:
    answer = Answer(
        question="plan-exists", answer="no", answered_by="Fukui", answered_on=date(2026, 5, 1), remark="r", evidence="cafe:質問!R9"
    )
    other = Answer(question="asked-long-ago", answer="yes")
    rows, look = split(run(ANALYZER, [answer, other], {EVERYWHERE: ["answers"]}))
    assert set(rows) == ALL
    given = rows["plan-exists"]
    assert (given.answer, given.answered_by, given.answered_on, given.remark, given.evidence) == (
        "no",
        "Fukui",
        date(2026, 5, 1),
        "r",
        "cafe:質問!R9",
    )
    assert given.text_ja.endswith("か") and given.todo_en
    assert {row.answer for name, row in rows.items() if name != "plan-exists"} == {None}
    assert (look.asset, look.table_name, look.complete, look.missing) == (EVERYWHERE, "questions", True, "")


def test_without_a_ledger_nothing_was_asked(run: Run) -> None:
    rows, look = split(run(ANALYZER))
    assert set(rows) == ALL and not look.complete and look.reason == "not_collected"


def test_an_unreadable_column_stays_missing(run: Run) -> None:
    def told(missing: str) -> Collected:
        source = Collected(
            asset=EVERYWHERE, table_name="answers", source="ledger.workbook", complete=True, missing=missing, reason="not_understood"
        )
        return split(run(ANALYZER, extra=[source]))[1]

    assert (told("answered_on").complete, told("answered_on").missing) == (True, "answered_on")
    assert not told("answer").complete
