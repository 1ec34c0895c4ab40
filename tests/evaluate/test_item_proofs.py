"""The words of a proof: how many, which ones, and what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.evaluate.item_facts import Facts, Judged
from omamori.evaluate.item_proofs import missing_words, of_check, of_need, of_question, of_vendor
from omamori.knowledge.edition import Item, Need
from omamori.model.derived import Question
from omamori.model.look import REASONS, Verdict
from omamori.model.standard import ItemAnswer
from omamori.model.text import Text

ITEM = Item("1", "①", Text("項目", "item"), "site", "hospital", "high", Text("出典", "source"), checks=("c",))

MACHINES = ("pc-1", "pc-2", "pc-3", "pc-4", "pc-5")


def facts(*verdicts: Verdict, subject: str = "asset", **more: Any) -> Facts:
    return Facts(date(2026, 5, 1), checks={"c": Judged(Text("古い", "old"), subject, frozenset({"hosts"}), verdicts)}, **more)


def verdict(subject: str, says: str, **more: Any) -> Verdict:
    return Verdict(**({"check_id": "c", "subject": subject, "verdict": says, "message_ja": "見出し", "message_en": "message"} | more))


def test_a_few_names_are_told_and_all_are_counted() -> None:
    found = of_check("c", ITEM, facts(*(verdict(f"pc{number}", "fail") for number in range(8)), verdict("ok", "pass")))
    assert found is not None
    assert found.proof.text == Text(
        "古い: 9件のうち8件で見つかりました(pc0、pc1、pc2、pc3、pc4 ほか3件)", "old: found on 8 of 9 (pc0, pc1, pc2, pc3, pc4 and 3 more)"
    )
    assert len(found.proof.subjects) == 8


def test_two_findings_on_one_machine_are_one_machine() -> None:
    found = of_check(
        "c", ITEM, facts(verdict("pc", "fail", finding_key="a"), verdict("pc", "fail", finding_key="b"), verdict("pc", "unknown"))
    )
    assert found is not None and (found.proof.subjects, found.proof.of) == (("pc",), 1)


def test_all_exceptions_are_counted_and_three_are_told_whole() -> None:
    many = (verdict(f"pc{number}", "accepted", message_ja=f"pc{number}(2027-03-31まで受容、院長)") for number in range(5))
    found = of_check("c", ITEM, facts(*many))
    assert found is not None
    assert found.proof.says == "no"
    assert found.proof.text.ja.count("まで受容") == 3
    assert "受容はほか2件" in found.proof.text.ja


@pytest.mark.parametrize(("says", "ja"), [("pass", "見た範囲では見つかりませんでした"), ("fail", "見出し"), ("unknown", "見出し")])
def test_what_concerns_the_whole_hospital_is_told_in_the_words_of_its_finding(says: str, ja: str) -> None:
    found = of_check("c", ITEM, facts(verdict("site", says), subject="site"))
    assert found is not None and found.proof.text.ja == f"古い: {ja}"


def test_each_machine_is_missing_once_for_the_reason_that_helps_most() -> None:
    first = of_check("c", ITEM, facts(verdict("a", "unknown", reason="not_collected"), verdict("b", "unknown", reason="not_collected")))
    second = of_check("c", ITEM, facts(verdict("a", "unknown", reason="needs_administrator")))
    assert first is not None and second is not None
    assert [text.en for text in missing_words([first, second])] == ["needs administrator rights: a", "not collected yet: b"]


@given(st.lists(st.tuples(st.sampled_from(MACHINES), st.sampled_from([value.code for value in REASONS])), max_size=12))
def test_nothing_that_is_unknown_goes_untold(unknown: list[tuple[str, str]]) -> None:
    spoken = of_check("c", ITEM, facts(*(verdict(name, "unknown", reason=reason) for name, reason in unknown)))
    told = " ".join(text.en for text in missing_words([spoken])) if spoken is not None else ""
    assert {name for name, _ in unknown} == {name for name in MACHINES if name in told}


def test_the_site_itself_is_called_the_whole_hospital() -> None:
    found = of_check("c", ITEM, facts(verdict("site", "unknown", reason="to_confirm"), subject="line"))
    assert found is not None
    assert missing_words([found])[0].en == "a person has to confirm: the whole hospital"


def test_who_answered_a_question_and_when_is_told() -> None:
    asked = Question(question="q", text_ja="問い", text_en="asked", answer="yes", answered_by="係長\x1b[2J", answered_on=date(2026, 4, 2))
    found = of_question("q", Facts(date(2026, 5, 1), questions={"q": asked}))
    assert found.proof.text.en.startswith("question “asked”: yes (係長") and found.proof.text.en.endswith("2026-04-02)")
    assert "\x1b" not in found.proof.text.ja


def test_a_cell_of_the_ledger_is_called_by_its_heading() -> None:
    need = of_need(Need("contacts", "phone"), Facts(date(2026, 5, 1)))
    assert (need.proof.says, need.proof.name) == ("unknown", "contacts.phone")
    assert need.missing == Text("台帳の「連絡先」シートを記入してください", "fill in the sheet “Contacts” of the ledger")


def test_a_vendor_is_named_without_control_characters() -> None:
    found = of_vendor("A\x1b社", ItemAnswer(answer="no", answered_on=date(2026, 4, 2)))
    assert found is not None and not found.evidence
    assert "\x1b" not in found.proof.text.ja and "いいえ 2026-04-02" in found.proof.text.ja
    empty = of_vendor("A社", None)
    assert empty is not None and empty.proof.says == "unknown"
