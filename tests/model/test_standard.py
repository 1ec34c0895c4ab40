from __future__ import annotations

from dataclasses import fields

from omamori.model.standard import DECISIONS, ITEM_ANSWERS, ItemAnswer, ItemDecision


def test_decisions_are_listed_gravest_first_with_words_in_both_languages() -> None:
    assert [value.code for value in DECISIONS] == ["differs", "against", "open", "answered", "agrees", "not_needed"]
    for value in (*DECISIONS, *ITEM_ANSWERS):
        assert value.label.ja and value.label.en and value.label.ja != value.label.en


def test_an_answer_of_the_hospital_is_the_first_round_of_its_own_sheet() -> None:
    answer = ItemAnswer(standard="checklist/r7-hospital", item="2-1", answer="yes")
    assert (answer.vendor, answer.round) == ("", 1)
    assert {field.name for field in fields(ItemAnswer)} >= {"standard", "item", "vendor", "round", "answer", "answered_on", "target_date"}


def test_a_decision_without_proof_suggests_nothing() -> None:
    decision = ItemDecision("checklist/r7-hospital", "2-1", "open")
    assert (decision.draft, decision.proofs, decision.answers, decision.seen) == ("", (), (), None)


def test_no_decision_is_worded_as_a_verdict_of_the_whole() -> None:
    for value in DECISIONS:
        assert not any(word in value.label.ja for word in ("準拠", "合格", "安全", "算定"))
        assert not any(word in value.label.en for word in ("compliant", "passed", "safe"))
