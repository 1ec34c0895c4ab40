"""The items of a standard in the report: what the evidence says to each, in the order of the official sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from omamori.knowledge.editions import Choice, Item, Part
from omamori.model.standard import DECISIONS, ITEM_ANSWERS, ItemAnswer, ItemDecision, Proof
from omamori.model.text import Text
from omamori.report.clean import clean
from omamori.report.evidence_line import EvidenceLine

DECISION_WORDS: Mapping[str, Text] = {value.code: value.label for value in DECISIONS}
ANSWER_WORDS: Mapping[str, Text] = {value.code: value.label for value in ITEM_ANSWERS}
SAYS: tuple[tuple[str, Text], ...] = (
    ("no", Text("「いいえ」を示すもの", "What says no")),
    ("unknown", Text("まだ分からないもの", "What cannot be told yet")),
    ("yes", Text("「はい」を示すもの", "What says yes")),
)
"""What a proof can say, in the order in which it is read."""

ReadLines = Callable[[Collection[str]], Mapping[str, EvidenceLine]]


@dataclass(frozen=True, slots=True)
class ChecklistProof:
    """A proof without the names behind its text: `found` of `of` subjects decide; the findings of check `name` are those."""

    kind: str
    name: str
    says: str
    text: Text
    found: int
    of: int
    evidence: EvidenceLine | None
    seen: datetime | None


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One item: the official words, the decision, and everything that stands behind it. `part` is the heading it stands under."""

    id: str
    mark: str
    part: Text
    text: Text
    target: str
    decision: str
    draft: str
    proofs: tuple[ChecklistProof, ...]
    missing: tuple[Text, ...]
    answers: tuple[ItemAnswer, ...]
    problems: tuple[Text, ...]
    note: Text | None
    seen: datetime | None

    def saying(self, says: str) -> tuple[ChecklistProof, ...]:
        """Return the proofs that say yes, no or unknown."""
        return tuple(proof for proof in self.proofs if proof.says == says)


@dataclass(frozen=True, slots=True)
class Checklist:
    """An edition over a snapshot. `said` is what has to be told first where the edition is not that of the day."""

    name: str
    title: Text
    source: Text
    note: Text
    output: str
    said: Text | None
    items: tuple[ChecklistItem, ...]

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many items have each decision, the gravest first; those that no item has are left out."""
        count = Counter(item.decision for item in self.items)
        return tuple((code, count[code]) for code in DECISION_WORDS if count[code])

    @property
    def differing(self) -> tuple[ChecklistItem, ...]:
        """The items answered yes against the evidence: read first."""
        return tuple(item for item in self.items if item.decision == "differs")


def build_checklist(choice: Choice, decisions: Sequence[ItemDecision], read_lines: ReadLines) -> Checklist:
    """Return an edition with its decisions as the report shows it. Words from machines and people lose their control characters."""
    edition = choice.edition
    lines = read_lines({proof.evidence for one in decisions for proof in one.proofs if proof.evidence})
    by_item = {one.item: one for one in decisions}
    items = (
        _item(part, item, decision, lines)
        for part in edition.parts
        for item in part.items
        if (decision := by_item.get(item.id)) is not None
    )
    return Checklist(edition.name, edition.title, edition.source, edition.note, edition.output, choice.said, tuple(items))


def _item(part: Part, item: Item, decision: ItemDecision, lines: Mapping[str, EvidenceLine]) -> ChecklistItem:
    return ChecklistItem(
        id=item.id,
        mark=item.mark,
        part=part.title,
        text=item.text,
        target=item.target,
        decision=decision.decision,
        draft=decision.draft,
        proofs=tuple(_proof(proof, lines) for proof in decision.proofs),
        missing=_cleaned(decision.missing),
        answers=tuple(_answer(one) for one in decision.answers),
        problems=_cleaned(decision.problems),
        note=item.note,
        seen=decision.seen,
    )


def _proof(proof: Proof, lines: Mapping[str, EvidenceLine]) -> ChecklistProof:
    found = len(proof.subjects)
    return ChecklistProof(
        proof.kind, clean(proof.name), proof.says, _plain(proof.text), found, proof.of, lines.get(proof.evidence), proof.seen
    )


def _answer(one: ItemAnswer) -> ItemAnswer:
    return replace(one, vendor=clean(one.vendor), answered_by=clean(one.answered_by or "") or None, remark=clean(one.remark or "") or None)


def _cleaned(texts: Sequence[Text]) -> tuple[Text, ...]:
    return tuple(_plain(text) for text in texts)


def _plain(text: Text) -> Text:
    return Text(clean(text.ja, 1000), clean(text.en, 1000))


def checklist_json(checklist: Checklist, plain: Callable[[Any], Any]) -> dict[str, Any]:
    """Return an edition for programs; `plain` turns a value into what JSON can hold."""
    return {
        "name": checklist.name,
        "title": plain(checklist.title),
        "source": plain(checklist.source),
        "output": checklist.output,
        "said": plain(checklist.said),
        "counts": dict.fromkeys(DECISION_WORDS, 0) | dict(checklist.counts),
        "items": [_item_json(item, plain) for item in checklist.items],
    }


def _item_json(item: ChecklistItem, plain: Callable[[Any], Any]) -> dict[str, Any]:
    names = ("id", "mark", "part", "text", "target", "decision")
    return {
        **{name: plain(getattr(item, name)) for name in names},
        "draft": item.draft or None,
        "seen": plain(item.seen),
        "proofs": [
            {
                **{name: plain(getattr(proof, name)) for name in ("kind", "name", "says", "text", "found", "of", "seen")},
                "evidence": proof.evidence.reference if proof.evidence else None,
            }
            for proof in item.proofs
        ],
        "missing": plain(item.missing),
        "problems": plain(item.problems),
        "answers": [
            {
                name: plain(getattr(one, name)) or None
                for name in ("vendor", "round", "answer", "answered_on", "answered_by", "target_date", "remark", "evidence")
            }
            for one in item.answers
        ],
    }
