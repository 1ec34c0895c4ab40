"""What an answer sheet is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from omamori.knowledge.edition import Edition, Item, Part
from omamori.model.answer_sheet import ADDED
from omamori.model.standard import ItemAnswer, ItemDecision, Proof
from omamori.model.text import Text
from omamori.report.evidence_line import EvidenceLine


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """An edition, what the evidence says to its items, and whose sheet it is.

    `said`: what to say in the first line where the edition is not that of the day. `vendor`: who is asked, empty on the hospital's own
    sheet. `added`: answers to items that a person added by hand. `titles`: check → its title. `lines`: evidence reference → the line it
    points to.
    """

    edition: Edition
    decisions: tuple[ItemDecision, ...]
    moment: datetime
    said: Text | None = None
    vendor: str = ""
    added: tuple[ItemAnswer, ...] = ()
    titles: Mapping[str, Text] = field(default_factory=dict)
    lines: Mapping[str, EvidenceLine] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One item of the form: its part, its decision (None: nobody decided), and its evidence number, empty where it has no proof.

    `first_row` is the row of the sheet of evidence, counted from 1, in which its first proof stands.
    """

    part: Part
    item: Item
    decision: ItemDecision | None
    evidence_number: str
    first_row: int

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """The proofs of the item, in the order of their numbers."""
        return self.decision.proofs if self.decision else ()


def sheet_items(sheet: AnswerSheet) -> Iterator[SheetItem]:
    """Yield the items in the order of the official sheet. One evidence number per item, counted through the sheet: `01`, `02` …"""
    decided = {decision.item: decision for decision in sheet.decisions}
    number, row = 0, 2
    for part in sheet.edition.parts:
        for item in part.items:
            decision = decided.get(item.id)
            number += 1
            proofs = len(decision.proofs) if decision else 0
            yield SheetItem(part, item, decision, f"{number:02d}" if proofs else "", row)
            row += proofs


def added_items(sheet: AnswerSheet) -> dict[str, tuple[ItemAnswer, ...]]:
    """Return what a person added by hand: item → its answers."""
    found: dict[str, list[ItemAnswer]] = {}
    for answer in sheet.added:
        if answer.item.startswith(ADDED):
            found.setdefault(answer.item, []).append(answer)
    return {item: tuple(answers) for item, answers in found.items()}
