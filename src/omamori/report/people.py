"""What people said: who does what by when, which risks are accepted, whom to ask at a vendor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from omamori.report.clean import clean
from omamori.report.controls import read_controls
from omamori.report.shape import Acceptance, Plan
from omamori.snapshot.database import Database

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class People:
    """Plans and acceptances by (check, subject, key); vendors by name; the vendor of each outside line."""

    plans: Mapping[Key, Plan]
    acceptances: Mapping[Key, Acceptance]
    vendors: Mapping[str, tuple[str, str]]
    line_vendors: Mapping[str, str]

    def plan(self, key: Key) -> Plan | None:
        """Return what was planned for a finding; None when nothing was written."""
        return self.plans.get(key)

    def acceptance(self, key: Key) -> Acceptance | None:
        """Return who accepted a finding: for its own key, else for its whole subject."""
        return self.acceptances.get(key) or self.acceptances.get((key[0], key[1], ""))


def read_people(database: Database) -> People:
    """Read the declared tables that speak about findings."""
    plans = {}
    for row in database.rows("actions"):
        plan = Plan(_word(row.owner), row.due, _word(row.asked), _word(row.answer), row.done)
        if plan != Plan():
            plans[_key(row)] = plan
    controls = read_controls(database)
    acceptances = {
        _key(row): Acceptance(
            owner=_word(row.owner),
            reason=_word(row.reason),
            compensating=_word(row.compensating),
            until=row.expires.isoformat() if row.expires else "",
            paper=_word(row.paper),
            letter=" ".join(part for part in (_word(row.letter), row.letter_on.isoformat() if row.letter_on else "") if part),
            control=controls.get(_key(row)),
        )
        # As the engine chooses: the longest, and of two that end on one day the hospital's own.
        for row in sorted(database.rows("exceptions"), key=lambda row: (row.expires or date.min, row.source == "ledger.workbook"))
    }
    vendors = {clean(row.vendor): (_word(row.contact), _word(row.phone)) for row in database.rows("vendors")}
    lines = {clean(row.line): clean(row.vendor) for row in database.rows("remote_lines") if row.vendor}
    return People(plans, acceptances, vendors, lines)


def _key(row: object) -> Key:
    check, subject, key = (clean(getattr(row, name) or "") for name in ("check_id", "subject", "finding_key"))
    return (check, subject, key)


def _word(value: str | None) -> str:
    return clean(value, 500) if value else ""
