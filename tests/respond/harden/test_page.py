"""The page: everything of the plan, nothing of it alive."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from tests.respond.harden.small import NOW, facts, rows

from omamori.respond.harden.page import render_page
from omamori.respond.harden.parts import Plan
from omamori.respond.harden.plan import make_plan
from omamori.respond.harden.registry import KINDS

TITLES = {kind.name: kind.title for kind in KINDS}
EVIL = "<script>alert(1)</script>\x1b[31m"


def test_it_holds_cards_questions_and_the_record_in_both_languages() -> None:
    with facts(rows()) as known:
        plan = make_plan(known, "s", ["all"])
    ja, en = render_page(plan, TITLES, (), "ja", UTC), render_page(plan, TITLES, (), "en", UTC)
    assert "ExampleAV: ふるまい監視を入れる" in ja and "認めた人" in ja and "業者に聞くこと" in ja
    assert "ExampleAV: switch on behaviour monitoring" in en and "Signed off by" in en and "pc-1, pc-2" in en


def test_what_a_machine_said_is_text() -> None:
    with facts(rows()) as known:
        plan = make_plan(known, "s", ["all"])
    wicked = replace(plan, group=EVIL, measures=tuple(replace(one, evidence=(EVIL,)) for one in plan.measures))
    page = render_page(wicked, TITLES, (), "en", UTC)
    assert "<script" not in page and "\x1b" not in page and "&lt;script&gt;" in page


def test_an_empty_plan_says_so() -> None:
    assert "Nothing could be planned here" in render_page(Plan("s", NOW, "all", unseen=("a",)), TITLES, (), "en", UTC)
