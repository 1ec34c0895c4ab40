"""Notices: what vendors and publishers tell the hospital, on paper, by telephone or as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from omamori.model.schema import col, evidence_column, source_column


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedNotice:
    """A product of a notice that came as a file (CSAF, CVRF, JVN); one row per product and range of versions."""

    notice: str = col("Identifier, such as FG-IR-24-015 or JVNDB-2024-001234.", default="")
    publisher: str | None = col("Who publishes it.")
    title: str | None = col("Title in English.")
    title_ja: str | None = col("Title in Japanese.")
    published: date | None = col("Day it was published.")
    flaw: str | None = col("Flaw it is about.")
    vendor: str | None = col("Maker, as a CPE or the notice names it.")
    product: str | None = col("Product, as a CPE or the notice names it.")
    scheme: str | None = col("How versions compare; NULL: as dotted numbers.")
    since: str | None = col("First version affected.")
    since_out: bool | None = col("Whether `since` itself is not affected.")
    before: str | None = col("Version the range ends at.")
    before_in: bool | None = col("Whether `before` itself is still affected.")
    status: str | None = col("affected, not_affected, no_fix or undetermined; NULL: affected.")
    fixed: str | None = col("Version that repairs it.")
    advice: str | None = col("What it advises, in English.")
    advice_ja: str | None = col("What it advises, in Japanese.")
    url: str | None = col("Page for people.")
    source: str = source_column()
    evidence: str = evidence_column()
