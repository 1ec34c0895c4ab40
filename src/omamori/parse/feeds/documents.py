"""What CSAF and CVRF say alike: a document with its products and its flaws, and the facts it comes to. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from omamori.model.facts import Advisory, AdvisoryFlaw, Affected
from omamori.parse.feeds.ranges import Range, numbers, readable

STATUSES: Mapping[str, str] = {
    # CSAF 2.0 section 3.2.3.9 and CVRF 1.2 section 6.6; `recommended` says nothing about being affected.
    "known_affected": "affected",
    "first_affected": "affected",
    "last_affected": "affected",
    "known_not_affected": "not_affected",
    "fixed": "fixed",
    "first_fixed": "fixed",
    "under_investigation": "undetermined",
}
"""Status of a product as the two forms word it → affected, not_affected, fixed, undetermined."""
MAX_ROWS = 200_000
"""Rows one document may come to."""


@dataclass(frozen=True, slots=True)
class Item:
    """A product of a document's tree: names of the branches above it, its own name, its CPE, and what it runs on or is part of."""

    vendor: str = ""
    product: str = ""
    version: str = ""
    version_range: bool = False
    full: str = ""
    cpe: str = ""
    purl: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the publisher advises for some products."""

    kind: str
    said: str
    products: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DocumentFlaw:
    """One flaw of a document: products by status, score, advice. `name` is empty where it has no CVE identifier."""

    name: str
    products: tuple[tuple[str, str], ...] = ()
    cvss: float | None = None
    vector: str = ""
    severity: str = ""
    summary: str = ""
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An advisory of a vendor, in whichever form. `affected_said`: its words about affected products, for those who list none."""

    name: str
    publisher: str = ""
    title: str = ""
    summary: str = ""
    advice: str = ""
    published: date | None = None
    modified: date | None = None
    severity: str = ""
    url: str = ""
    affected_said: str = ""
    items: Mapping[str, Item] | None = None
    flaws: tuple[DocumentFlaw, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A product and its versions in the words facts use. `ranges` is None where the version cannot be read; `said` is what stood there."""

    vendor: str
    product: str
    ranges: tuple[Range, ...] | None
    said: str
    part: str | None = None
    scheme: str = "dotted"
    sure: bool = True


Naming = Callable[[str, Item | None], Named | None]
"""From a product's identifier and its place in the tree to its name; None where it names no product."""


def document_facts(document: Document, feed: str, naming: Naming, place: str) -> Iterator[Advisory | AdvisoryFlaw | Affected]:
    """Yield the facts of a document. Its advisory carries the highest base score among its flaws."""
    worst = max(document.flaws, key=lambda flaw: flaw.cvss if flaw.cvss is not None else -1.0, default=DocumentFlaw(""))
    advice = document.advice or "\n".join(dict.fromkeys(one.said for flaw in document.flaws for one in flaw.remedies if one.said))
    yield Advisory(
        advisory=document.name,
        feed=feed,
        title=document.title or None,
        summary=document.summary or worst.summary or None,
        advice=advice or None,
        published=document.published,
        modified=document.modified,
        severity=document.severity or worst.severity or None,
        cvss=worst.cvss,
        vector=worst.vector or None,
        url=document.url or None,
        place=place,
    )
    names = list(dict.fromkeys(flaw.name or document.name for flaw in document.flaws)) or [document.name]
    yield from (AdvisoryFlaw(advisory=document.name, feed=feed, flaw=name) for name in names)
    seen: set[Affected] = set()
    for row in _rows(document, feed, naming, place):
        if row not in seen and len(seen) < MAX_ROWS:
            seen.add(row)
            yield row


def _rows(document: Document, feed: str, naming: Naming, place: str) -> Iterator[Affected]:
    items = document.items or {}
    named = {name: naming(name, items.get(name)) for flaw in document.flaws for _, name in flaw.products}
    for flaw in document.flaws:
        repaired: dict[tuple[str, str], list[str]] = {}
        for status, name in flaw.products:
            product = named[name]
            if status in ("fixed", "not_affected") and product is not None:
                known = repaired.setdefault((product.vendor, product.product), [])
                known += [one.since for one in product.ranges or () if one.since and one.since == one.before]
        refused = frozenset().union(*(remedy.products for remedy in flaw.remedies if remedy.kind in ("none_available", "no_fix_planned")))
        for status, name in flaw.products:
            product = named[name]
            if product is not None:
                said = "no_fix" if status == "affected" and name in refused else "not_affected" if status == "fixed" else status
                fixes = repaired.get((product.vendor, product.product), []) if status == "affected" else []
                yield from _affected(flaw.name or document.name, document.name, feed, product, said, fixes, place)


def _affected(flaw: str, advisory: str, feed: str, named: Named, status: str, fixes: list[str], place: str) -> Iterator[Affected]:
    base = Affected(
        flaw=flaw,
        advisory=advisory,
        feed=feed,
        vendor=named.vendor,
        product=named.product,
        part=named.part,
        scheme=named.scheme,
        place=place,
    )
    if named.ranges is None or not all(readable(named.scheme, end) for one in named.ranges for end in (one.since, one.before) if end):
        # Nobody can compare: it is told with the publisher's words and decides nothing.
        if status != "not_affected":
            yield replace(base, status="undetermined", needs=named.said or None, confidence="low")
        return
    for one in named.ranges:
        yield replace(
            base,
            since=one.since,
            since_out=one.since_out,
            before=one.before,
            before_in=one.before_in,
            fixed=_fix(one, fixes),
            status=status,
            confidence="high" if named.sure else "medium",
        )


def _fix(affected: Range, fixes: list[str]) -> str | None:
    """Return the repaired version right behind a range: of its own branch, else the lowest one."""
    end = affected.before or affected.since
    behind = sorted((numbers(one), one) for one in fixes if end and numbers(one) >= numbers(end))
    same = [one for one in behind if one[0][:2] == numbers(end)[:2]]
    return next((one for _, one in same or behind), None)
