"""What was decided about a notice: in the hospital's sheet of notices, else by the vendor's answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from omamori.analyze.notices.naming import tokens
from omamori.model.declared import VendorNotice
from omamori.snapshot.database import Database

_FLAW = re.compile(
    r"\b(?:CVE-\d{4}-\d{4,7}|JVN(?:DB-\d{4}-\d{6}|(?:VU)?#?\d{8})|[A-Z]{2,6}(?:-[A-Z]{2,4})?-\d{2,4}-\d{2,7})\b", re.IGNORECASE
)
_PARTS = re.compile(r"[,、;\n]+|\s/\s")
_FINAL = frozenset({"hospital", "vendor", "done", "refused"})
_MOST = 200


def flaws_in(text: str | None) -> tuple[str, ...]:
    """Return the identifiers of flaws a person wrote, in capitals, each once."""
    return tuple(dict.fromkeys(found.upper() for found in _FLAW.findall((text or "")[:20_000])))[:_MOST]


def parts_of(text: str | None) -> tuple[str, ...]:
    """Return the machines, lines and products a person named, separated by commas."""
    return tuple(dict.fromkeys(part.strip() for part in _PARTS.split((text or "")[:20_000]) if part.strip()))[:_MOST]


@dataclass(frozen=True)
class Decisions:
    """The rows of the sheet of notices, and what vendors answered, by the notice and subject they are about."""

    sheet: Mapping[str, tuple[VendorNotice, ...]]
    answers: Mapping[tuple[str, str], str]
    named: Mapping[str, frozenset[str]]

    @classmethod
    def read(cls, database: Database, names: Mapping[str, str]) -> Decisions:
        """Read them; `names`: folded name of a machine or line → its subject."""
        sheet: dict[str, list[VendorNotice]] = defaultdict(list)
        named: dict[str, frozenset[str]] = {}
        for row in database.rows("vendor_notices"):
            named[row.notice] = frozenset(names[key] for part in parts_of(row.concerns) if (key := " ".join(tokens(part))) in names)
            for identifier in {_folded(row.notice), *(_folded(flaw) for flaw in flaws_in(row.flaws))}:
                sheet[identifier].append(row)
        answers: dict[tuple[str, str], str] = {}
        query = (
            "select notice, asset, question, answer from vendor_answers where notice is not null and answer is not null "
            # The word that no machine is concerned comes last and counts.
            "order by notice, asset, question <> 'notice', answered_on, answer"
        )
        for notice, asset, question, answer in database.select(query):
            if question == "notice" and answer in _FINAL:
                answers[_folded(notice), asset] = answer
            elif question == "notice-concerns" and answer == "no":
                answers[_folded(notice), asset] = "not-concerned"
        return cls({key: tuple(rows) for key, rows in sheet.items()}, answers, named)

    def of(self, subject: str, notice: str, flaw: str | None) -> str | None:
        """Return the decision about a notice (or its flaw) for one machine or line; None while there is none."""
        for row in self._rows(notice, flaw):
            if row.decision and row.decision != "checking" and subject in (self.named[row.notice] or {subject}):
                return row.decision
        return self.answers.get((_folded(notice), subject))

    def concerned(self, row: VendorNotice) -> Collection[str]:
        """Return the machines and lines a row of the sheet names."""
        return self.named[row.notice]

    def _rows(self, notice: str, flaw: str | None) -> Iterator[VendorNotice]:
        for identifier in dict.fromkeys((_folded(notice), _folded(flaw))):
            if identifier:
                yield from self.sheet.get(identifier, ())


def _folded(text: str | None) -> str:
    return " ".join(tokens(text))
