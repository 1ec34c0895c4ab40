"""Fills `questions`: every question no machine can answer, with the hospital's answer where there is one.

A question without an answer has a row too, so that a check can call it unknown instead of passing it over.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.knowledge.questions import built_in_questions
from omamori.model.derived import Question
from omamori.model.look import EVERYWHERE
from omamori.snapshot.database import Database

_USED = ("question", "answer")
_TOUCHED = (("answered_by",), ("answered_on",), ("remark",))


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield one `Question` for every question of the product and the look they amount to."""
    del moment
    answers = {row.question: row for row in database.rows("answers")}
    for question in built_in_questions().questions:
        given = answers.get(question.id)
        yield Question(
            question=question.id,
            topic=question.topic,
            text_ja=question.text.ja,
            text_en=question.text.en,
            todo_ja=question.todo.ja,
            todo_en=question.todo.en,
            answer=given.answer if given else None,
            answered_by=given.answered_by if given else None,
            answered_on=given.answered_on if given else None,
            remark=given.remark if given else None,
            source=ANALYZER.name,
            evidence=given.evidence if given else "",
        )
    view = Coverage.read(database).view("answers", EVERYWHERE)
    inputs = [Input(view, _USED), *(Input(view, columns, columns) for columns in _TOUCHED)]
    yield derived_look(EVERYWHERE, "questions", ANALYZER.name, inputs)


ANALYZER = Analyzer(name="analyze.questions", reads=("answers",), fills=("questions",), run=run)
