from __future__ import annotations

from omamori.model.declared import VENDOR_DECISIONS, VENDOR_QUESTIONS
from omamori.model.tables import TABLES
from omamori.model.vendor_sheet import SHEETS, YES_NO_QUESTIONS, sheet_named
from omamori.model.workbook import SHEETS as LEDGER_SHEETS


def test_no_sheet_of_the_inquiry_can_be_taken_for_one_of_the_ledger() -> None:
    titles = {title for name in LEDGER_SHEETS for title in (TABLES[name].title.ja, TABLES[name].title.en)}
    own = {title for table in SHEETS for title in (table.title.ja, table.title.en)}
    # `Machines` stands in both: the hidden keys and the other sheets tell them apart.
    assert own & titles <= {"Machines"}
    assert not {table.name for table in SHEETS} & set(TABLES)


def test_every_answer_of_a_sheet_has_its_words() -> None:
    assert sheet_named("vendor_findings").column("answer").values == VENDOR_DECISIONS
    assert set(YES_NO_QUESTIONS) < {value.code for value in VENDOR_QUESTIONS}
    assert {value.code for value in VENDOR_DECISIONS} <= {value.code for value in TABLES["vendor_answers"].column("answer").values}
