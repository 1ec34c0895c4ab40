"""Who is in a group, and what becomes of measures for machines that others run."""

from __future__ import annotations

import pytest
from tests.respond.harden.small import facts, rows

from omamori.respond.harden.plan import NoSuchGroup, group_of, make_plan

EVERYBODY = {"pc-1", "pc-2", "ct-pc", "dark", "unseen"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["all"], EVERYBODY),
        (["zone:WARD"], {"pc-2"}),
        (["vendor:Imaging Ltd", "pc-1"], {"ct-pc", "pc-1"}),
        (["domain:hospital.local"], EVERYBODY),
        (["pcs"], EVERYBODY),
    ],
)
def test_a_group_is_named_by_words(words: list[str], expected: set[str]) -> None:
    with facts(rows()) as known:
        assert {machine.asset for machine in group_of(known, words)} == expected


@pytest.mark.parametrize("word", ["servers", "zone:", "zone:nowhere", "nobody", "colour:red"])
def test_a_word_that_names_nobody_is_told(word: str) -> None:
    with facts(rows()) as known, pytest.raises(NoSuchGroup, match=word):
        group_of(known, ["pc-1", word])


def test_medical_and_vendors_machines_are_asked_about_and_never_changed() -> None:
    with facts(rows()) as known:
        plan = make_plan(known, "s", ["all"])
    assert {one.machine.asset for one in plan.measures} == {"pc-1", "pc-2"}
    (question,) = plan.questions
    assert question.machine.asset == "ct-pc" and question.promises[0].subject == "ct-pc" and question.ask.ja and question.ask.en
    assert plan.unseen == ("unseen",) and "unseen" not in {machine.asset for machine in plan.machines}
    assert {one.machine.asset for one in plan.left if one.kind == "own-antivirus"} == {"dark"}


def test_less_evidence_makes_the_plan_smaller() -> None:
    given = rows()
    with facts(given) as known:
        whole = {(one.kind, one.machine.asset, one.what) for one in make_plan(known, "s", ["all"]).measures}
    for gone in given:
        with facts([row for row in given if row is not gone]) as known:
            rest = {(one.kind, one.machine.asset, one.what) for one in make_plan(known, "s", ["all"]).measures}
        assert rest <= whole
