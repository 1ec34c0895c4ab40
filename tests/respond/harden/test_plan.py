"""Who is in a group, and what becomes of measures for machines that others run."""

from __future__ import annotations

import pytest
from tests.respond.harden.small import BEHAVIOUR, behaviour_off, facts, look, pc, product, rows

from omamori.model.declared import VendorAnswer
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


def test_a_vendor_s_machine_is_changed_once_he_said_so_of_each_finding() -> None:
    given = [*pc("pc-9", vendor="Records Ltd、Network Ltd"), product("pc-9", behaviour=False, real_time=True, tamper_protected=True)]
    given += [behaviour_off("pc-9"), look("pc-9")]

    def answer(vendor: str, word: str = "hospital", check: str = BEHAVIOUR) -> VendorAnswer:
        return VendorAnswer(vendor=vendor, asset="pc-9", question="finding", check_id=check, answer=word)

    both = [answer("Records Ltd"), answer("Network Ltd")]
    for answers, changed in (
        ([], False),
        (both[:1], False),
        ([*both, answer("Network Ltd", "refused")], False),
        ([both[0], answer("Network Ltd", check="protection.stopped")], False),
        ([both[0], answer("Others Ltd")], False),
        (both, True),
    ):
        with facts([*given, *answers]) as known:
            plan = make_plan(known, "s", ["pc-9"])
        assert (bool(plan.measures), bool(plan.questions)) == (changed, not changed), answers


def test_a_cell_that_says_there_is_no_vendor_names_none() -> None:
    own = [*pc("pc-9", vendor="なし"), product("pc-9", behaviour=False, real_time=True, tamper_protected=True)]
    with facts([*own, behaviour_off("pc-9"), look("pc-9")]) as known:
        assert make_plan(known, "s", ["pc-9"]).measures


def test_a_machine_the_ledger_does_not_name_gets_no_files() -> None:
    for declared in (False, None):
        guest = [*pc("guest", declared=declared), product("guest", behaviour=False, real_time=True, tamper_protected=True)]
        with facts([*guest, behaviour_off("guest"), look("guest")]) as known:
            plan = make_plan(known, "s", ["all"])
        assert not plan.measures and plan.questions[0].ask.en.startswith("Whose is it?")
