"""What is known when the items of a standard are decided: the facts of one snapshot, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from omamori.model.derived import Question
from omamori.model.look import EVERYWHERE, Verdict
from omamori.model.standard import ItemAnswer
from omamori.model.tables import TABLES
from omamori.model.text import Text

STATEMENTS = frozenset({"questions", *(name for name, table in TABLES.items() if table.group == "declared")})
"""Tables that hold what the hospital believes: a check that reads nothing else shows a statement, not what is."""


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Judged:
    """A check of the snapshot: its title, whom it judges (asset, site, zone, line, vendor), the tables it reads, what it found.

    `ran` is False where the snapshot was judged without it: then no verdict does not mean that it concerns nobody.
    """

    title: Text
    subject: str
    tables: frozenset[str] = frozenset()
    verdicts: tuple[Verdict, ...] = ()
    ran: bool = True


@dataclass(frozen=True, slots=True)
class Declared:
    """A declared table: its rows, in how many each column is filled, and whether somebody looked at all of it.

    `shown` is the evidence of the first row, `filled_at` that of the first row in which a column is filled.
    """

    rows: int = 0
    filled: Mapping[str, int] = field(default_factory=_nothing)
    shown: str = ""
    filled_at: Mapping[str, str] = field(default_factory=_nothing)
    complete: bool = False
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """What one snapshot knows. `today` is its day where the hospital is.

    `checks` by id; `roles`: asset → what it is; `vendor_of`: asset → who looks after it, empty where surely nobody does; `line_vendor`:
    outside line → who uses it (None in all three: nobody knows). `questions` by id; `declared` by table. `answers` are all sheets that count. `vendors` are those of the ledger;
    `contract`: whether any vendor works here, None where nobody knows. `looks`: table → asset (or `*`) → moment of its oldest look.
    """

    today: date
    checks: Mapping[str, Judged] = field(default_factory=_nothing)
    roles: Mapping[str, str | None] = field(default_factory=_nothing)
    vendor_of: Mapping[str, str | None] = field(default_factory=_nothing)
    line_vendor: Mapping[str, str | None] = field(default_factory=_nothing)
    questions: Mapping[str, Question] = field(default_factory=_nothing)
    declared: Mapping[str, Declared] = field(default_factory=_nothing)
    answers: tuple[ItemAnswer, ...] = ()
    vendors: tuple[str, ...] = ()
    contract: bool | None = None
    looks: Mapping[str, Mapping[str, datetime]] = field(default_factory=_nothing)

    def seen(self, subject: str, tables: frozenset[str]) -> datetime | None:
        """Return the oldest look at any of `tables` that speaks for an asset; None when nothing is dated."""
        found = (by_asset.get(subject) or by_asset.get(EVERYWHERE) for name in tables if (by_asset := self.looks.get(name)))
        return min((moment for moment in found if moment is not None), default=None)

    def seen_anywhere(self, tables: frozenset[str]) -> datetime | None:
        """Return the oldest look at any of `tables`, whosoever's."""
        return min((moment for name in tables for moment in self.looks.get(name, {}).values()), default=None)
