"""What somebody asks of a hospital, item by item: what people answered, and what the evidence says to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from omamori.model.schema import col, evidence_column, source_column
from omamori.model.text import Text, Value, values

ITEM_ANSWERS: tuple[Value, ...] = values(
    ("yes", "はい", "yes"),
    ("no", "いいえ", "no"),
    ("not_applicable", "対象外", "not applicable"),
)

DECISIONS: tuple[Value, ...] = values(
    ("differs", "記入と実測が異なります", "the answer and what was observed differ"),
    ("against", "根拠は「いいえ」を示しています", "the evidence says no"),
    ("open", "まだ答えられません", "cannot be answered yet"),
    ("answered", "記入のみ(根拠なし)", "answered, without evidence"),
    ("agrees", "根拠は「はい」を示しています", "the evidence says yes"),
    ("not_needed", "記入は不要です", "need not be answered"),
)
"""What the evidence says to an item, in the order in which people have to look at it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemAnswer:
    """A named person's answer to one item of a standard, as written on a sheet that was brought back."""

    standard: str = col("Name of the standard, such as `checklist/r7-hospital`.", default="")
    item: str = col("Identifier of the item in that standard.", default="")
    vendor: str = col("Vendor who answered; empty for the hospital's own sheet.", default="")
    round: int = col("Which round of the fiscal year it is, from 1.", default=1)
    answer: str | None = col("The answer.", values=ITEM_ANSWERS)
    answered_on: date | None = col("Day on which it was confirmed.")
    target_date: date | None = col("Day by which it is to be reached, where the answer is no.")
    answered_by: str | None = col("Who answered.")
    remark: str | None = col("Remark, or the paper that shows it.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that speaks for or against an item.

    `kind`: `check` (its verdicts), `question` (an answer of the workbook), `ledger` (rows of a declared table) or
    `vendor` (what the vendor's sheet says). `name` is the check, question, table or vendor. `says`: yes, no or unknown.
    `subjects` are those that say no (or, without one, that are unknown); `of` counts all that were judged. `evidence` is a reference
    `hash:line`, empty where there is none; `seen` the moment of the oldest look it rests on.
    """

    kind: str
    name: str
    says: str
    text: Text
    subjects: tuple[str, ...] = ()
    of: int = 0
    evidence: str = ""
    seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class ItemDecision:
    """What the evidence says to one item. `draft` is the answer it suggests (yes, no or empty); a person gives the answer.

    `decision` is a code of `DECISIONS`; `missing` says what would make it answerable. `answers` are those of every round,
    the newest last; `problems` what is wrong with them (a date outside the fiscal year …).
    """

    standard: str
    item: str
    decision: str
    draft: str = ""
    proofs: tuple[Proof, ...] = ()
    missing: tuple[Text, ...] = ()
    answers: tuple[ItemAnswer, ...] = ()
    problems: tuple[Text, ...] = ()
    seen: datetime | None = field(default=None)
