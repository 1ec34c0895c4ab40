"""What an edition of a standard is: parts, items, and what decides each item. The files are described in `edition_reader`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from omamori.model.text import Text

FAMILIES = ("checklist", "guideline", "fee", "bcp", "disclosure")
ROLES = ("hospital", "vendor")
TARGETS = ("site", "server", "client", "server_and_client", "network")
CONFIDENCES = ("high", "medium", "low")
OUTPUTS = ("draft", "material")


class EditionError(Exception):
    """A file of an edition is not in the form described here; says where and what was expected."""


@dataclass(frozen=True, slots=True)
class Need:
    """Rows of the ledger an item asks for: at least one row of `table`, with `column` filled where it is given."""

    table: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an edition, and what decides it.

    `mark` is what is printed before it (①). `target` is the class of machines it speaks of: site, server, client,
    server_and_client or network. `answered_by`: hospital or vendor. `checks`, `questions` and `needs` decide together; `undecided` says why
    nothing here can. `without_vendor`: True where the item need not be answered when no vendor has a contract.
    `paper` names the paper it asks for (`contacts`, `bcp`, `rules` …), empty for none. `confidence` is that of the wording: high, medium or low.
    `same_as` is the item of the other role's sheet that asks the same in other words, so that the two sheets can be compared.
    `partly`: True where what can be seen is only a part of what the item asks, as `note` says: evidence can speak against it,
    and beside a person's yes, but suggests no yes by itself.
    """

    id: str
    mark: str
    text: Text
    target: str
    answered_by: str
    confidence: str
    source: Text
    checks: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    undecided: Text | None = None
    without_vendor: bool = False
    paper: str = ""
    note: Text | None = None
    same_as: str = ""
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of an edition and its items, in the order of the official sheet."""

    number: str
    title: Text
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition for one role. `valid_from` and `valid_until` are the first and last day it holds for (None: open).

    `output` is what a filled one may be called: `draft` (下書き) or, for a fee, `material` (確認材料).
    """

    name: str
    family: str
    edition: str
    role: str
    title: Text
    source: Text
    note: Text
    output: str
    valid_from: date | None
    valid_until: date | None
    parts: tuple[Part, ...]

    def items(self) -> Iterator[Item]:
        """Yield every item in order."""
        for part in self.parts:
            yield from part.items

    def holds_on(self, day: date) -> bool:
        """Return True when `day` lies within its first and last day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_until is None or day <= self.valid_until)
