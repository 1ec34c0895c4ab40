from __future__ import annotations

from datetime import date, datetime

from omamori.evaluate.item_facts import STATEMENTS, Declared, Facts
from omamori.model.tables import TABLES

OLD, NEW = datetime(2026, 1, 1), datetime(2026, 5, 1)


def test_a_machines_own_look_speaks_for_it_and_else_the_sites() -> None:
    facts = Facts(date(2026, 5, 2), looks={"hosts": {"srv": NEW}, "answers": {"*": OLD}})
    assert facts.seen("srv", frozenset({"hosts"})) == NEW
    assert facts.seen("srv", frozenset({"hosts", "answers"})) == OLD
    assert facts.seen("pc", frozenset({"hosts"})) is None
    assert facts.seen_anywhere(frozenset({"hosts", "answers", "patches"})) == OLD
    assert facts.seen_anywhere(frozenset({"patches"})) is None


def test_what_nobody_said_is_not_complete_and_no_contract_is_not_known() -> None:
    facts = Facts(date(2026, 5, 2))
    assert facts.contract is None
    assert not Declared().complete


def test_statements_are_what_people_declared_and_nothing_that_was_observed() -> None:
    assert {"answers", "questions", "remote_lines", "item_answers", "vendors"} <= STATEMENTS
    assert not {"hosts", "assets", "patches", "vulnerabilities"} & STATEMENTS
    assert set(TABLES) >= STATEMENTS
