"""Decides the items of a standard: what the evidence says to each, what speaks for it, and what is missing. Pure.

A proof says yes, no or unknown. The decision, from the gravest down: answered yes and a proof says no: `differs`. A proof says no:
`against`. There is evidence, and all of it says yes and nothing is unknown: `agrees` (an item that is seen only partly needs a person's yes
as well). Somebody answered, without evidence: `answered`. Else `open`, with what is missing. What people said is never evidence, and unknown is never a yes
(docs/decisions/0022-how-an-item-is-decided.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from omamori.evaluate.item_answers import answer_problems, in_rounds, newest
from omamori.evaluate.item_facts import Facts
from omamori.evaluate.item_proofs import Spoken, missing_words, of_check, of_need, of_question, of_vendor
from omamori.evaluate.wording import clean
from omamori.knowledge.editions import Edition, Item, Need
from omamori.model.standard import DECISIONS, ItemAnswer, ItemDecision
from omamori.model.text import Text

_ORDER = [value.code for value in DECISIONS]
_BY_HAND = Text("人が確かめて記入してください", "a person has to look and answer")
_NOBODY = Text("この項目が問う機器がまだ見えていません", "no machine this item asks about was seen yet")


def decide(edition: Edition, facts: Facts, *, beside: Edition | None = None, vendor: str = "") -> tuple[ItemDecision, ...]:
    """Return the decision of every item of an edition, in its order.

    In: `beside` is the other role's edition of the same year, whose sheets are compared where they ask the same
    in the same words. `vendor` limits an edition of vendors to one vendor's machines and answers; without it every vendor is
    decided for, and each item tells them all, the gravest decision first.
    """
    room = _Room(edition, facts, beside)
    if edition.role != "vendor":
        return tuple(room.decide(item, "") for item in edition.items())
    if vendor:
        return tuple(room.decide(item, vendor) for item in edition.items())
    each = ((item, [_named(name, room.decide(item, name)) for name in room.vendors()]) for item in edition.items())
    return tuple(_joined([*decisions, *room.of_others(item)]) for item, decisions in each)


class _Room:
    """What the items of one edition share: its answers by item and speaker, and those of the other role's sheets."""

    def __init__(self, edition: Edition, facts: Facts, beside: Edition | None) -> None:
        self.edition, self.facts = edition, facts
        self.mine = _by_item(answer for answer in facts.answers if answer.standard == edition.name)
        same = _same_items(edition, beside) if beside is not None else {}
        others = _by_item(answer for answer in facts.answers if beside is not None and answer.standard == beside.name)
        speakers = {name for by_speaker in others.values() for name in by_speaker}
        # Who sent a sheet was asked every item of it: one that is not there was not read, or taken out.
        self.others = {
            item.id: {name: others.get(asked, {}).get(name, []) for name in sorted(speakers)}
            for item in edition.items()
            if (asked := same.get(item.id)) is not None
        }

    def vendors(self) -> tuple[str, ...]:
        """Return every vendor of the ledger: of its list, of its machines and lines; and those who answered."""
        named = {*self.facts.vendor_of.values(), *self.facts.line_vendor.values()}
        answered = {vendor for by_speaker in self.mine.values() for vendor in by_speaker}
        return tuple(dict.fromkeys([*self.facts.vendors, *sorted(name for name in named | answered if name)]))

    def of_others(self, item: Item) -> Iterator[ItemDecision]:
        """Yield what is to be said of vendors nobody named: that there are none, or that the list of vendors is not whole."""
        listed = of_need(_VENDORS, self.facts)
        if self.facts.contract is False:
            yield ItemDecision(self.edition.name, item.id, "not_needed")
        elif listed.missing is not None or not self.vendors():
            yield ItemDecision(self.edition.name, item.id, "open", missing=(listed.missing,) if listed.missing is not None else ())

    def decide(self, item: Item, vendor: str) -> ItemDecision:
        """Return the decision of one item, for one vendor's sheet or (empty) the hospital's."""
        answers = in_rounds(self.mine.get(item.id, {}).get(vendor, ()))
        spoken = list(self._spoken(item, vendor))
        last = newest(answers)
        decision = self._decision(item, spoken, last)
        drafts = {"agrees": "yes", "against": "no", "differs": "no"}
        moments = [one.proof.seen for one in spoken if one.evidence and one.proof.seen is not None]
        return ItemDecision(
            standard=self.edition.name,
            item=item.id,
            decision=decision,
            # A fee is claimed by people: what was looked at is material for them, never an answer.
            draft=drafts.get(decision, "") if self.edition.output == "draft" else "",
            proofs=tuple(one.proof for one in spoken),
            missing=self._missing(item, spoken, decision),
            answers=answers,
            problems=(
                *self._against_the_answer(item, spoken, last),
                *answer_problems(answers, self.edition, self.facts.today),
                *self._sheets_differ(item, last),
            ),
            seen=min(moments, default=None),
        )

    def _spoken(self, item: Item, vendor: str) -> Iterator[Spoken]:
        checked = (of_check(name, item, self.facts, vendor) for name in item.checks)
        yield from (one for one in checked if one is not None)
        if not vendor:
            # The ledger and its questions are the hospital's word: they say nothing about a vendor's sheet.
            if item.without_vendor and self.facts.contract is False:
                return
            needs = item.needs
            if item.without_vendor and self.facts.contract is None and _VENDORS not in needs:
                needs = (*needs, _VENDORS)  # Whether it has to be answered at all is not known either.
            yield from (of_need(need, self.facts) for need in needs)
            yield from (of_question(name, self.facts) for name in item.questions)
        for name, given in self.others.get(item.id, {}).items():
            said = of_vendor(name, newest(given)) if name else None
            if said is not None:
                yield said

    def _decision(self, item: Item, spoken: Sequence[Spoken], last: ItemAnswer | None) -> str:
        said = {one.proof.says for one in spoken}
        if "no" in said:
            return "differs" if last is not None and last.answer == "yes" else "against"
        if item.without_vendor and self.facts.contract is False:
            return "not_needed"
        if said == {"yes"} and any(one.evidence for one in spoken):
            if not item.partly or (last is not None and last.answer == "yes"):
                return "agrees"
            # The rest is not seen: a person has to say yes first.
            return "open" if last is None else "answered"
        if last is not None or said == {"yes"}:
            return "answered"
        return "open"

    def _missing(self, item: Item, spoken: Sequence[Spoken], decision: str) -> tuple[Text, ...]:
        if decision not in ("open", "answered"):
            return ()
        found = missing_words(spoken)
        if not found and item.partly and item.note is not None:
            return (item.note,)
        if found or any(one.evidence for one in spoken):
            return found
        # Nothing was looked at: either nothing here can look, or there was nothing to look at.
        return (_NOBODY if item.checks else item.undecided or _BY_HAND,)

    def _against_the_answer(self, item: Item, spoken: Sequence[Spoken], last: ItemAnswer | None) -> Iterator[Text]:
        says = {one.proof.says for one in spoken}
        if last is None:
            return
        if last.answer == "no" and says == {"yes"} and not item.partly and any(one.evidence for one in spoken):
            yield Text(
                "「いいえ」と記入されていますが、見た範囲の根拠は「はい」を示しています。見えていない理由がなければ、次の回で書き直せます",
                "the answer is no, but what was looked at says yes; unless there is a reason that cannot be seen here, the next round may say so",
            )
        if last.answer == "not_applicable" and any(one.evidence and one.proof.of for one in spoken):
            yield Text(
                "「対象外」と記入されていますが、この項目に当たる機器または記録があります",
                "the answer is “not applicable”, but there are machines or records this item speaks of",
            )

    def _sheets_differ(self, item: Item, last: ItemAnswer | None) -> Iterator[Text]:
        """Yield where the hospital's sheet and a vendor's say the opposite of each other."""
        if last is None or last.answer not in ("yes", "no"):
            return
        ours = _WORD[last.answer]
        for name, given in self.others.get(item.id, {}).items():
            other = newest(given)
            if other is None or other.answer not in ("yes", "no") or other.answer == last.answer:
                continue
            theirs = _WORD[other.answer]
            if name:
                vendor = clean(name)
                yield Text(
                    f"病院のシートは「{ours.ja}」、業者「{vendor}」のシートは「{theirs.ja}」です",
                    f"the hospital's sheet says {ours.en}, the sheet of the vendor {vendor} says {theirs.en}",
                )
            else:
                yield Text(
                    f"この業者のシートは「{ours.ja}」、病院のシートは「{theirs.ja}」です",
                    f"this vendor's sheet says {ours.en}, the hospital's sheet says {theirs.en}",
                )


_VENDORS = Need("vendors")
_WORD = {"yes": Text("はい", "yes"), "no": Text("いいえ", "no")}


def _by_item(answers: Iterable[ItemAnswer]) -> Mapping[str, Mapping[str, list[ItemAnswer]]]:
    found: dict[str, dict[str, list[ItemAnswer]]] = {}
    for answer in answers:
        found.setdefault(answer.item, {}).setdefault(answer.vendor, []).append(answer)
    return found


def _same_items(edition: Edition, beside: Edition) -> Mapping[str, str]:
    """Return item → item of the other sheet that asks the same: as either file says, else in the same words of the same machines."""
    theirs = {_words(item): item.id for item in beside.items()}
    found = {item.id: theirs[_words(item)] for item in edition.items() if _words(item) in theirs}
    found |= {item.same_as: item.id for item in beside.items() if item.same_as}
    return found | {item.id: item.same_as for item in edition.items() if item.same_as}


def _words(item: Item) -> tuple[str, str]:
    return "".join(item.text.ja.split()), item.target


def _named(vendor: str, decision: ItemDecision) -> ItemDecision:
    """Return a vendor's decision with its name before every proof, so that several can stand together."""
    name = clean(vendor)
    proofs = (replace(one, text=Text(f"{name}: {one.text.ja}", f"{name}: {one.text.en}")) for one in decision.proofs)
    return replace(decision, proofs=tuple(proofs))


def _joined(decisions: Sequence[ItemDecision]) -> ItemDecision:
    """Return the decisions of one item for several vendors as one: the gravest decides, and everything is told."""
    gravest = min(decisions, key=lambda one: _ORDER.index(one.decision))
    moments = [one.seen for one in decisions if one.seen is not None]
    return ItemDecision(
        standard=gravest.standard,
        item=gravest.item,
        decision=gravest.decision,
        draft=gravest.draft,
        proofs=tuple(proof for one in decisions for proof in one.proofs),
        missing=tuple(dict.fromkeys(text for one in decisions for text in one.missing)),
        answers=tuple(answer for one in decisions for answer in one.answers),
        problems=tuple(dict.fromkeys(text for one in decisions for text in one.problems)),
        seen=min(moments, default=None),
    )
