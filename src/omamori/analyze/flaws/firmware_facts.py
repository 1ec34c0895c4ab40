"""Flaws of a device's firmware by the records of a pack's feeds: the maker's own before NVD's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from omamori.analyze.flaws.application_names import plain
from omamori.analyze.flaws.details import flaw_details
from omamori.analyze.flaws.doubts import WORDS
from omamori.analyze.flaws.firmware_versions import cpe_products, inside
from omamori.analyze.flaws.matching import rank_of, stage_columns
from omamori.analyze.flaws.row import SOURCE
from omamori.knowledge.facts import Product
from omamori.model.facts import Affected
from omamori.model.patching import Vulnerability
from omamori.snapshot.database import Database

_SERIES = frozenset({"checkpoint-gaia"})
"""Products whose hot fixes do not show in the version."""
_ROW = "flaw, advisory, feed, kind, vendor, product, since, since_out, before, before_in, fixed, status, needs, target, confidence, place"


@dataclass(frozen=True, slots=True)
class Shown:
    """A device's firmware: the pack's product, the version and the model as it or the ledger writes them."""

    product: Product
    version: str | None
    model: str | None


@dataclass(frozen=True)
class FirmwareFacts:
    """The records about firmware, read when first asked for; the pack's facts have to be attached."""

    database: Database
    _held: dict[tuple[str, str], list[Affected]] = field(default_factory=dict)

    def of(self, shown: Shown) -> list[Affected]:
        """Return every record about a device's firmware, whatever the version."""
        return [row for name in cpe_products(shown.product.cpe, shown.model) for row in self._records(*name)]

    def _records(self, vendor: str, product: str) -> list[Affected]:
        if (vendor, product) not in self._held:
            query = f"select {_ROW} from facts.affected where kind = 'cpe' and vendor = $v and product = $p and release = '' order by all"  # noqa: S608
            rows = self.database.select(query, {"v": vendor, "p": product})
            self._held[vendor, product] = [Affected(**dict(zip(_ROW.split(", "), row, strict=True))) for row in rows]
        return self._held[vendor, product]

    def find(self, subject: str, kind: str, shown: Shown, evidence: str, decided: frozenset[str]) -> Iterator[Vulnerability]:
        """Yield the flaws of a device (kind: asset or line); `decided` are flaws that were judged by other facts already."""
        matches = {flaw: best for flaw, best in _judged(shown, self.of(shown)).items() if flaw not in decided}
        details = self._details(sorted(matches))
        for flaw, (row, doubt) in matches.items():
            told = details.get(flaw, {})
            if not told.get("withdrawn"):
                yield _vulnerability(subject, kind, shown, row, doubt, told, evidence)

    def _details(self, flaws: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        connection = self.database.connection
        names = ("flaw", "name", "title", "title_ja", "cvss", "likelihood", "published", "exploited", "ransomware", "withdrawn")
        stage_columns(connection, "asked_flaws", (("flaw", "varchar"),), [list(flaws)])
        try:
            with flaw_details(connection, "select flaw from temp.asked_flaws"):
                rows = self.database.select(f"select {', '.join(names)} from temp.flaw_details")  # noqa: S608 - names of ours
        finally:
            connection.execute("drop table if exists temp.asked_flaws")
        return {str(row[0]): dict(zip(names, row, strict=True)) for row in rows}


def _judged(shown: Shown, rows: Sequence[Affected]) -> dict[str, tuple[Affected, str]]:
    """Flaw → the record that decides, and the code of its doubt (empty: certain)."""
    by_flaw: dict[str, list[Affected]] = defaultdict(list)
    for row in rows:
        by_flaw[row.flaw].append(row)
    found = {}
    for flaw, said in sorted(by_flaw.items()):
        # A maker whose words nobody can compare leaves the word to the next; where nobody can be compared, it is his.
        first = min(rank_of(row.feed) for row in [row for row in said if row.confidence != "low"] or said)
        placed = [(row, *_said(shown, row)) for row in said if rank_of(row.feed) == first]
        if any(row.status == "not_affected" and holds and not doubt for row, holds, doubt in placed):
            continue
        open_ = [(bool(doubt), row, doubt) for row, holds, doubt in placed if holds is not False and row.status != "not_affected"]
        if open_:
            _, row, doubt = min(open_, key=lambda one: one[0])
            found[flaw] = (row, doubt)
    return found


def _said(shown: Shown, row: Affected) -> tuple[bool | None, str]:
    holds, doubt = inside(shown.product.product, row, shown.version)
    if holds is False:
        return False, ""
    if not doubt and not _fits(row.needs, shown.model):
        doubt = "needs"
    if not doubt and row.status == "undetermined":
        doubt = "undetermined"
    if not doubt and row.confidence != "high":
        doubt = "unconfirmed"
    if not doubt and shown.product.product in _SERIES:
        doubt = "series"
    return holds, doubt


def _fits(needs: str | None, model: str | None) -> bool:
    """Whether the hardware a record names is this model, as far as their names tell."""
    if not needs:
        return True
    words = [word for word in re.findall(r"[a-z]*\d+[a-z0-9]*", (model or "").lower()[:100]) if len(word) > 2]
    return bool(words) and all(any(word in plain(group) for word in words) for group in needs.split(" & "))


def _vulnerability(
    subject: str, kind: str, shown: Shown, row: Affected, doubt: str, told: Mapping[str, Any], evidence: str
) -> Vulnerability:
    fixed = row.fixed or (row.before if row.before and not row.before_in else None)
    said = f"{row.feed} {row.place}" if row.place else row.feed
    word = WORDS.get(doubt)
    return Vulnerability(
        asset=subject,
        subject_kind=kind,
        flaw=row.flaw,
        product=shown.product.product,
        version=shown.version,
        fixed=fixed,
        exploited=told.get("exploited"),
        ransomware=told.get("ransomware"),
        undecided=bool(doubt),
        name=told.get("name"),
        kind="device",
        title=told.get("title"),
        title_ja=told.get("title_ja"),
        cvss=told.get("cvss"),
        likelihood=told.get("likelihood"),
        published=told.get("published"),
        state="no_fix" if row.status == "no_fix" else "affected",
        repair=f"firmware:{shown.product.product}",
        matched=f"{shown.product.label} {shown.version or '?'} → {row.vendor}:{row.product}{_range(row)} ({said})",
        confidence="low" if doubt else "high",
        doubt=word.en if word else None,
        doubt_ja=word.ja if word else None,
        fact=said,
        source=SOURCE,
        evidence=evidence,
    )


def _range(row: Affected) -> str:
    if not row.since and not row.before:
        return ", all versions"
    if row.since == row.before:
        return f" = {row.before}"
    parts = [f"{'>' if row.since_out else '>='} {row.since}"] if row.since else []
    parts += [f"{'<=' if row.before_in else '<'} {row.before}"] if row.before else []
    return " " + " and ".join(parts)
