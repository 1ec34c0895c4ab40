"""The skeleton of the rules: one clause for every item of the hospital's sheet, in its order, in the official words."""

from __future__ import annotations

from datetime import date

from omamori.knowledge.editions import edition_for
from omamori.report.paper.blocks import Heading, spoken
from omamori.report.paper.declared import Declared
from omamori.report.paper.rules import ITSELF, rules_paper

CHOICE = edition_for("checklist", "hospital", date(2026, 1, 15))


def test_every_item_has_its_clause(declared: Declared) -> None:
    clauses = [block.text.ja for block in rules_paper(declared, (), CHOICE).blocks if isinstance(block, Heading) and block.level == 2]  # type: ignore[union-attr]
    items = [item for item in CHOICE.edition.items() if item.paper != ITSELF]
    assert len(items) >= 17 and [clause.rpartition("(")[0] for clause in clauses] == [item.text.ja for item in items]


def test_what_the_workbook_says_stands_below_its_item(declared: Declared) -> None:
    told = str(spoken(rules_paper(declared, (), CHOICE).blocks, "ja"))
    assert "任命しましたか" in told and "いいえ" in told


def test_a_day_without_an_edition_is_said_on_the_paper(declared: Declared) -> None:
    late = edition_for("checklist", "hospital", date(2031, 1, 15))
    assert late.said is not None
    assert late.said.ja in str(spoken(rules_paper(declared, (), late).blocks, "ja"))
