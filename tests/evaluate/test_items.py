"""Every rule by which an item is decided, over small editions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from omamori.evaluate.item_facts import Declared, Facts, Judged
from omamori.evaluate.items import decide
from omamori.knowledge.editions import Edition, Item, Need, Part
from omamori.model.derived import Question
from omamori.model.look import Verdict
from omamori.model.standard import ItemAnswer, ItemDecision
from omamori.model.text import Text

TODAY = date(2025, 10, 1)
HOSPITAL, VENDOR = "checklist/x-hospital", "checklist/x-vendor"


def item(name: str = "1", *, words: str = "項目", target: str = "site", **more: Any) -> Item:
    return Item(name, "①", Text(words, words), target, "hospital", "high", Text("出典", "source"), **more)


def edition(*items: Item, role: str = "hospital", output: str = "draft", **more: Any) -> Edition:
    words = Text("x", "x")
    dates = {"valid_from": date(2025, 4, 1), "valid_until": date(2026, 3, 31)} | more
    return Edition(f"checklist/x-{role}", "checklist", "x", role, words, words, words, output, parts=(Part("1", words, items),), **dates)


def verdict(subject: str, says: str, **more: Any) -> Verdict:
    values = {"check_id": "c", "message_ja": f"{subject}で発見", "message_en": f"found on {subject}", "evidence": f"{subject}:1"} | more
    return Verdict(subject=subject, verdict=says, **values)


def judged(*verdicts: Verdict, subject: str = "asset", tables: tuple[str, ...] = ("hosts",)) -> Judged:
    return Judged(Text("古い", "old"), subject, frozenset(tables), verdicts)


def question(answer: str | None) -> Question:
    return Question(
        question="q", text_ja="質問文", text_en="asked", answer=answer, answered_by="係長", evidence="b:質問!R5" if answer else ""
    )


def said(answer: str | None, *, standard: str = HOSPITAL, vendor: str = "", name: str = "1", **more: Any) -> ItemAnswer:
    values = {"answered_on": date(2025, 6, 1), "answered_by": "山田", "evidence": "s:R3"} | more
    return ItemAnswer(standard=standard, item=name, vendor=vendor, answer=answer, **values)


ROLES = {"srv": "server", "srv2": "server", "pc": "client", "fw": "network", "odd": None}


def facts(**more: Any) -> Facts:
    return Facts(**({"today": TODAY, "roles": ROLES, "contract": True} | more))


def one(asked: Item, **more: Any) -> ItemDecision:
    (found,) = decide(edition(asked), facts(**more))
    return found


CHECKED = item(checks=("c",))


def test_all_pass_agrees_and_a_draft_says_yes() -> None:
    found = one(CHECKED, checks={"c": judged(verdict("srv", "pass"), verdict("pc", "pass"))})
    assert (found.decision, found.draft, found.missing) == ("agrees", "yes", ())
    assert [(proof.kind, proof.name, proof.says, proof.of, proof.evidence) for proof in found.proofs] == [("check", "c", "yes", 2, "srv:1")]


def test_one_fail_is_against_and_with_a_yes_on_the_sheet_it_differs() -> None:
    checks = {"c": judged(verdict("srv", "fail"), verdict("pc", "pass"), verdict("srv2", "unknown", reason="too_old"))}
    found = one(CHECKED, checks=checks)
    assert (found.decision, found.draft, found.proofs[0].subjects, found.proofs[0].of) == ("against", "no", ("srv",), 3)
    assert one(CHECKED, checks=checks, answers=(said("yes"),)).decision == "differs"
    assert one(CHECKED, checks=checks, answers=(said("no", target_date=date(2026, 3, 1)),)).decision == "against"


def test_what_is_accepted_speaks_against_and_tells_until_when() -> None:
    accepted = verdict(
        "srv", "accepted", message_ja="古い(2027-03-31まで受容、院長)", message_en="old (accepted until 2027-03-31, director)"
    )
    found = one(CHECKED, checks={"c": judged(accepted, verdict("pc", "pass"))})
    assert found.decision == "against"
    assert "2027-03-31まで受容、院長" in found.proofs[0].text.ja
    assert "accepted until 2027-03-31, director" in found.proofs[0].text.en


def test_unknown_is_open_and_says_what_is_missing_where() -> None:
    found = one(CHECKED, checks={"c": judged(verdict("srv", "unknown", reason="needs_administrator"), verdict("pc", "pass"))})
    assert (found.decision, found.draft) == ("open", "")
    assert [text.ja for text in found.missing] == ["管理者の権限で集めると分かります: srv"]
    answered = one(CHECKED, checks={"c": judged(verdict("srv", "unknown", reason="too_old"))}, answers=(said("yes"),))
    assert answered.decision == "answered"
    assert answered.missing


@pytest.mark.parametrize(
    ("target", "counted"),
    [("site", 3), ("server", 1), ("client", 1), ("server_and_client", 2), ("network", 1)],
)
def test_only_machines_of_the_class_an_item_asks_about_count(target: str, counted: int) -> None:
    checks = {"c": judged(*(verdict(name, "pass") for name in ("srv", "pc", "fw")))}
    found = one(item(checks=("c",), target=target), checks=checks)
    assert (found.decision, found.proofs[0].of) == ("agrees", counted)


def test_no_machine_of_the_class_never_agrees() -> None:
    found = one(item(checks=("c",), target="network"), checks={"c": judged(verdict("srv", "fail"))})
    assert (found.decision, found.proofs) == ("open", ())
    assert found.missing
    assert one(CHECKED, checks={"c": judged()}).decision == "open"


def test_a_machine_of_unknown_class_makes_unknown_what_fails_and_helps_nobody() -> None:
    asked = item(checks=("c",), target="server")
    assert one(asked, checks={"c": judged(verdict("odd", "pass"))}).decision == "open"
    assert one(asked, checks={"c": judged(verdict("odd", "pass"), verdict("srv", "pass"))}).decision == "agrees"
    found = one(asked, checks={"c": judged(verdict("odd", "fail"), verdict("srv", "pass"))})
    assert (found.decision, found.proofs[0].subjects) == ("open", ("odd",))


def test_a_check_that_concerns_nobody_is_silent_and_one_that_did_not_run_is_unknown() -> None:
    asked = item(checks=("c", "d"))
    good = judged(verdict("srv", "pass"))
    assert one(asked, checks={"c": good, "d": judged(subject="line")}).decision == "agrees"
    assert one(asked, checks={"c": good}).decision == "open"
    found = one(asked, checks={"c": good, "d": replace(judged(), ran=False)})
    assert (found.decision, [proof.says for proof in found.proofs]) == ("open", ["yes", "unknown"])


def test_lines_vendors_and_the_site_count_whatever_the_class() -> None:
    asked = item(checks=("c",), target="network")
    assert one(asked, checks={"c": judged(verdict("PACS保守", "fail"), subject="line")}).decision == "against"
    found = one(asked, checks={"c": judged(verdict("site", "fail"), subject="site")})
    assert (found.decision, found.proofs[0].text.ja) == ("against", "古い: siteで発見")


def test_what_people_said_is_a_statement_and_not_evidence() -> None:
    asked = item(questions=("q",))
    assert one(asked, questions={"q": question("yes")}).decision == "answered"
    assert one(asked, questions={"q": question("yes")}).draft == ""
    assert one(asked, questions={"q": question("no")}).decision == "against"
    assert one(asked, questions={"q": question("no")}, answers=(said("yes"),)).decision == "differs"
    found = one(asked, questions={"q": question(None)})
    assert (found.decision, "質問文" in found.missing[0].ja) == ("open", True)
    assert one(asked, questions={}).decision == "open"


def test_an_open_question_keeps_an_item_from_agreeing() -> None:
    asked = item(checks=("c",), questions=("q",))
    checks = {"c": judged(verdict("srv", "pass"))}
    assert one(asked, checks=checks, questions={"q": question("yes")}).decision == "agrees"
    assert one(asked, checks=checks, questions={"q": question(None)}).decision == "open"
    assert one(asked, checks=checks, questions={"q": question("unknown")}).decision == "open"


@pytest.mark.parametrize(
    ("declared", "decision"),
    [
        (Declared(rows=2, filled={"phone": 1}, complete=True), "agrees"),
        (Declared(rows=2, filled={"phone": 0}, complete=True), "open"),
        (Declared(rows=0, complete=True), "against"),
        (Declared(rows=2, filled={"phone": 2}, complete=False), "open"),
        (None, "open"),
    ],
)
def test_rows_of_the_ledger_show_the_paper_itself(declared: Declared | None, decision: str) -> None:
    found = one(item(needs=(Need("contacts", "phone"),)), declared={"contacts": declared} if declared else {})
    assert (found.decision, [proof.kind for proof in found.proofs]) == (decision, ["ledger"])
    assert bool(found.missing) == (decision == "open")


def test_an_item_nothing_here_can_decide_says_so() -> None:
    why = Text("画面で確かめます", "look at the application")
    assert one(item(undecided=why)).missing == (why,)
    assert one(item(undecided=why), answers=(said("yes"),)).decision == "answered"
    assert one(item()).missing


def test_an_item_seen_only_partly_says_no_by_itself_and_yes_only_beside_a_person() -> None:
    note = Text("画面の中は見えません", "what is inside is not seen")
    asked = item(checks=("c",), partly=True, note=note)
    passed = {"c": judged(verdict("srv", "pass"))}
    found = one(asked, checks=passed)
    assert (found.decision, found.draft, found.missing) == ("open", "", (note,))
    assert one(asked, checks=passed, answers=(said("yes"),)).decision == "agrees"
    no = one(asked, checks=passed, answers=(said("no", target_date=date(2026, 3, 1)),))
    assert (no.decision, no.draft, no.missing, no.problems) == ("answered", "", (note,), ())
    assert one(asked, checks={"c": judged(verdict("srv", "fail"))}).decision == "against"
    assert one(asked, checks={"c": judged(verdict("srv", "fail"))}, answers=(said("yes"),)).decision == "differs"
    unseen = one(asked, checks={"c": judged(verdict("srv", "unknown", reason="too_old"))}, answers=(said("yes"),))
    assert unseen.decision == "answered"
    assert note not in unseen.missing


def test_without_a_vendor_an_item_about_vendors_is_not_needed() -> None:
    asked = item(questions=("q",), needs=(Need("vendors"),), without_vendor=True)
    none = {"vendors": Declared(complete=True)}
    assert one(asked, contract=False, declared=none, questions={"q": question("no")}).decision == "not_needed"
    assert one(asked, contract=None).decision == "open"
    seen = item(checks=("c",), without_vendor=True)
    assert one(seen, contract=False, checks={"c": judged(verdict("srv", "fail"))}).decision == "against", "seen, whatever the ledger says"
    assert one(seen, contract=None, checks={"c": judged(verdict("srv", "pass"))}).decision == "open"


def test_no_beside_evidence_that_says_yes_is_told_without_blame() -> None:
    answer = said("no", target_date=date(2026, 3, 1))
    found = one(CHECKED, checks={"c": judged(verdict("srv", "pass"))}, answers=(answer,))
    assert (found.decision, len(found.problems)) == ("agrees", 1)
    assert "はい" in found.problems[0].ja
    elsewhere = one(CHECKED, checks={"c": judged(verdict("srv", "pass"))}, answers=(said("not_applicable"),))
    assert len(elsewhere.problems) == 1


def test_the_newest_round_is_the_answer_and_all_rounds_are_shown() -> None:
    rounds = (
        said("yes", round=2, answered_on=date(2025, 9, 1)),
        said("no", target_date=date(2025, 12, 1)),
        said(None, round=3, answered_on=None),
    )
    found = one(CHECKED, checks={"c": judged(verdict("srv", "fail"))}, answers=rounds)
    assert (found.decision, [answer.round for answer in found.answers], found.problems) == ("differs", [1, 2, 3], ())


def test_for_a_fee_there_is_no_draft_and_no_word_of_claiming() -> None:
    (found,) = decide(edition(CHECKED, output="material"), facts(checks={"c": judged(verdict("srv", "pass"))}))
    assert (found.decision, found.draft) == ("agrees", "")


def test_a_decision_is_as_old_as_the_oldest_look_it_rests_on() -> None:
    looks = {
        "hosts": {"srv": datetime(2025, 9, 1), "pc": datetime(2025, 5, 1)},
        "patches": {"*": datetime(2025, 8, 1)},
        "contacts": {"*": datetime(2025, 4, 2)},
    }
    asked = item(checks=("c",), target="server")
    checks = {"c": judged(verdict("srv", "pass"), verdict("pc", "pass"), tables=("hosts", "patches"))}
    assert one(asked, checks=checks, looks=looks).seen == datetime(2025, 8, 1), "the client is not asked about"
    both = replace(asked, needs=(Need("contacts"),))
    assert one(both, checks=checks, looks=looks, declared={"contacts": Declared(1, complete=True)}).seen == datetime(2025, 4, 2)
    assert one(CHECKED, checks={"c": judged(verdict("site", "pass"), subject="site")}, looks=looks).seen == datetime(2025, 5, 1)


def vendors(**more: Any) -> tuple[Edition, Edition, Facts]:
    checks = {"c": judged(verdict("srv", "fail"), verdict("srv2", "pass"))}
    known = facts(checks=checks, vendors=("A社", "B社"), vendor_of={"srv": "A社", "srv2": "B社"}, **more)
    ours = edition(item("h1", words="同じ 言葉", checks=("c",)), item("h2"))
    theirs = edition(item("v9", words="同じ言葉", checks=("c",)), item("v2", words="別"), role="vendor")
    return ours, theirs, known


def test_a_vendor_is_judged_by_its_own_machines_and_answers() -> None:
    answers = tuple(said("yes", standard=VENDOR, vendor=name, name="v9") for name in ("A社", "B社"))
    _, theirs, known = vendors(answers=answers)
    assert decide(theirs, known, vendor="A社")[0].decision == "differs"
    assert decide(theirs, known, vendor="B社")[0].decision == "agrees"
    known = replace(known, declared={"vendors": Declared(2, complete=True)})
    together = decide(theirs, known)[0]
    assert (together.decision, [answer.vendor for answer in together.answers]) == ("differs", ["A社", "B社"])
    assert [proof.text.ja[:4] for proof in together.proofs] == ["A社: ", "B社: "]


def test_a_machine_that_may_be_a_vendors_makes_its_item_unknown_and_helps_nobody() -> None:
    _, theirs, known = vendors()
    checks = {"c": judged(verdict("srv", "fail"), verdict("srv2", "pass"))}
    unknown = replace(known, checks=checks, vendor_of={"srv": None, "srv2": "A社"})
    assert decide(theirs, unknown, vendor="A社")[0].decision == "open"
    assert decide(theirs, replace(unknown, vendor_of={"srv": "", "srv2": "A社"}), vendor="A社")[0].decision == "agrees"
    nobody = replace(unknown, vendor_of={"srv": "", "srv2": None})
    assert decide(theirs, nobody, vendor="A社")[0].decision == "open"


def test_lines_are_their_users_and_what_concerns_the_whole_site_is_no_vendors() -> None:
    _, theirs, known = vendors()
    line = judged(verdict("VPN", "fail"), verdict("給食", "fail"), subject="line")
    of_a = replace(known, checks={"c": line}, line_vendor={"VPN": "A社", "給食": "B社"})
    assert decide(theirs, of_a, vendor="A社")[0].proofs[0].subjects == ("VPN",)
    whole = replace(known, checks={"c": judged(verdict("site", "fail"), subject="site")})
    assert decide(theirs, whole, vendor="A社")[0].decision == "open"
    own = replace(known, checks={"c": judged(verdict("A社", "fail"), verdict("B社", "pass"), subject="vendor")})
    assert [decide(theirs, own, vendor=name)[0].decision for name in ("A社", "B社")] == ["against", "agrees"]


def test_while_the_list_of_vendors_is_not_whole_no_item_of_theirs_agrees() -> None:
    _, theirs, known = vendors()
    known = replace(known, checks={"c": judged(verdict("srv", "pass"), verdict("srv2", "pass"))})
    whole = {"vendors": Declared(2, complete=True)}
    assert decide(theirs, replace(known, declared=whole))[0].decision == "agrees"
    assert decide(theirs, known)[0].decision == "open"
    nobody = replace(known, vendors=(), vendor_of={}, contract=None)
    assert decide(theirs, nobody)[0].decision == "open"
    none = replace(nobody, contract=False, declared={"vendors": Declared(0, complete=True)})
    assert decide(theirs, none)[0].decision == "not_needed"
    named_on_a_machine = replace(known, vendors=(), vendor_of={"srv": "C社", "srv2": "C社"}, declared=whole)
    assert decide(theirs, named_on_a_machine)[0].proofs[0].of == 2


def test_sheets_that_contradict_each_other_name_both_sides_on_both() -> None:
    answers = (
        said("yes", name="h1"),
        said("no", standard=VENDOR, vendor="B社", name="v9", target_date=date(2026, 1, 1)),
        said("yes", standard=VENDOR, vendor="A社", name="v9"),
    )
    ours, theirs, known = vendors(answers=answers)
    known = replace(known, checks={"c": judged(verdict("srv", "pass"), verdict("srv2", "pass"))})
    hospital = decide(ours, known, beside=theirs)[0]
    assert hospital.decision == "differs"
    assert [(proof.kind, proof.name, proof.says) for proof in hospital.proofs[1:]] == [("vendor", "A社", "yes"), ("vendor", "B社", "no")]
    assert [text.ja for text in hospital.problems] == ["病院のシートは「はい」、業者「B社」のシートは「いいえ」です"]
    vendors_own = decide(theirs, known, beside=ours, vendor="B社")[0]
    assert vendors_own.problems[-1].ja == "この業者のシートは「いいえ」、病院のシートは「はい」です"
    assert decide(theirs, known, beside=ours, vendor="A社")[0].problems == ()
    assert decide(ours, known, beside=theirs)[1].proofs == (), "the other item asks something else"


def test_items_in_other_words_are_compared_where_the_edition_says_so() -> None:
    known = facts(answers=(said("yes", name="h1"), said("no", standard=VENDOR, vendor="A社", name="v1")), vendors=("A社",))
    other_words = edition(item("v1", words="提出した"), role="vendor")
    assert decide(edition(item("h1", words="提出してもらう")), known, beside=other_words)[0].proofs == ()
    ours = edition(item("h1", words="提出してもらう", same_as="v1"))
    assert [proof.says for proof in decide(ours, known, beside=other_words)[0].proofs] == ["no"]
    assert decide(other_words, known, beside=ours, vendor="A社")[0].problems[-1].en == (
        "this vendor's sheet says no, the hospital's sheet says yes"
    )
    elsewhere = edition(item("v1", words="同じ", target="server"), role="vendor")
    assert decide(edition(item("h1", words="同じ", target="client")), known, beside=elsewhere)[0].proofs == (), "of other machines"


def test_a_check_of_the_ledger_alone_is_evidence_only_where_the_edition_asks_for_that_part_of_it() -> None:
    checks = {"c": judged(verdict("PACS保守", "pass"), subject="line", tables=("remote_lines",))}
    assert one(CHECKED, checks=checks).decision == "answered"
    assert (
        one(
            item(checks=("c",), needs=(Need("remote_lines"),)), checks=checks, declared={"remote_lines": Declared(1, complete=True)}
        ).decision
        == "agrees"
    )
    seen = judged(verdict("PACS保守", "pass"), subject="line", tables=("remote_lines", "vulnerabilities"))
    assert one(CHECKED, checks={"c": seen}).decision == "agrees"


def test_an_item_a_vendor_left_empty_is_unknown() -> None:
    ours, theirs, known = vendors(answers=(said(None, standard=VENDOR, vendor="A社", name="v9", answered_on=None),))
    known = replace(known, checks={"c": judged(verdict("srv", "pass"))})
    found = decide(ours, known, beside=theirs)[0]
    assert (found.decision, "A社" in found.missing[0].ja) == ("open", True)


def test_a_vendors_not_applicable_is_no_word_for_or_against() -> None:
    ours, theirs, known = vendors(answers=(said("not_applicable", standard=VENDOR, vendor="A社", name="v9"),))
    known = replace(known, checks={"c": judged(verdict("srv", "pass"))})
    assert decide(ours, known, beside=theirs)[0].decision == "agrees"


def test_every_item_is_decided_in_the_editions_order() -> None:
    found = decide(edition(item("b"), item("a"), item("c")), facts())
    assert [one.item for one in found] == ["b", "a", "c"]
    assert {one.standard for one in found} == {HOSPITAL}
