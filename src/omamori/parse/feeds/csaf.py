"""Reads CSAF 2.0 (docs.oasis-open.org/csaf/csaf/v2.0): one reader for every publisher of it. Pure and tolerant.

The form is followed where publishers keep to it, and where they do not (Fortinet: product identifiers that stand in no tree, a list inside
the list of flaws) the words are taken as they stand. A part of another type than expected counts as not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from omamori.model.text import Text
from omamori.parse.feeds.cvss import NO_SCORE, Score, highest, scored
from omamori.parse.feeds.documents import STATUSES, Document, DocumentFlaw, Item, Remedy
from omamori.parse.feeds.interface import FeedError
from omamori.parse.feeds.json_values import CVE, day, mapping, objects, text, words

_DEEPEST = 40
_LONGEST_NAME = 400
MAX_ITEMS = 200_000
"""Products of one document that are taken in."""


def looks_like_csaf(beginning: bytes) -> bool:
    """Return whether a file begins like a CSAF document."""
    return beginning.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"csaf_version"' in beginning and b'"document"' in beginning


def published_by(domain: str) -> Callable[[str, bytes], bool]:
    """Return what recognises a CSAF document by its publisher's domain (document.publisher.namespace)."""
    place = re.compile(rb'"namespace"\s*:\s*"https?://(?:[a-z0-9-]{1,63}\.){0,5}' + re.escape(domain.encode()) + rb'[/"]')
    return lambda _name, beginning: looks_like_csaf(beginning) and place.search(beginning) is not None


def csaf_document(value: Mapping[str, Any]) -> Document:
    """Return the document a CSAF file's object holds; FeedError when it lacks an identifier."""
    head = mapping(value, "document")
    tracking = mapping(head, "tracking")
    name = text(tracking.get("id"), _LONGEST_NAME)
    if not name:
        raise FeedError(
            Text(
                "CSAFの文書番号（document.tracking.id）がありません。ファイルを確かめてください",
                "it lacks document.tracking.id: check which file this is",
            )
        )
    return Document(
        name=name,
        publisher=text(mapping(head, "publisher").get("name"), _LONGEST_NAME),
        title=text(head.get("title")),
        summary=_note(head, "summary") or _note(head, "description"),
        published=day(tracking.get("initial_release_date")),
        modified=day(tracking.get("current_release_date")),
        severity=text(mapping(head, "aggregate_severity").get("text"), _LONGEST_NAME),
        url=_page(head),
        items=_items(mapping(value, "product_tree")),
        flaws=tuple(_flaw(one) for one in objects(value.get("vulnerabilities"))),
    )


def _note(holder: Mapping[str, Any], kind: str) -> str:
    return next((said for note in objects(holder.get("notes")) if note.get("category") == kind and (said := text(note.get("text")))), "")


def _page(head: Mapping[str, Any]) -> str:
    pages = [
        url
        for one in objects(head.get("references"))
        if one.get("category") == "self" and (url := text(one.get("url"), 2000)).startswith(("https://", "http://"))
    ]
    # Publishers name the file itself as well as the page for people.
    return next((url for url in pages if not url.endswith(".json")), pages[0] if pages else "")


def _items(tree: Mapping[str, Any]) -> Mapping[str, Item]:
    found: dict[str, Item] = {}
    for name, item in (*_branches(tree, Item(), 0), *_full_names(tree)):
        if len(found) < MAX_ITEMS:
            found.setdefault(name, item)
    for one in objects(tree.get("relationships")):
        product = mapping(one, "full_product_name")
        name = text(product.get("product_id"), _LONGEST_NAME)
        inner = found.get(text(one.get("product_reference"), _LONGEST_NAME))
        outer = found.get(text(one.get("relates_to_product_reference"), _LONGEST_NAME))
        if name and len(found) < MAX_ITEMS:
            found.setdefault(
                name,
                replace(inner or Item(), full=text(product.get("name"), _LONGEST_NAME), part_of=outer.full if outer is not None else ""),
            )
    return found


def _branches(holder: Mapping[str, Any], above: Item, depth: int) -> Iterator[tuple[str, Item]]:
    if depth > _DEEPEST:
        return
    for one in objects(holder.get("branches")):
        kind, said = one.get("category"), text(one.get("name"), _LONGEST_NAME)
        here = above
        if kind == "vendor":
            here = replace(above, vendor=said)
        elif kind in ("product_version", "product_version_range"):
            here = replace(above, version=said, version_range=kind == "product_version_range")
        elif kind in ("service_pack", "patch_level"):
            # Cisco's service packs are whole versions below their train; others add to the version.
            here = replace(above, version=said if said[:1].isdigit() else f"{above.version} {said}".strip())
        elif kind in ("product_name", "product", "product_family"):
            here = replace(above, product=said)
        product = mapping(one, "product")
        if product:
            yield from _product(product, here)
        yield from _branches(one, here, depth + 1)


def _full_names(tree: Mapping[str, Any]) -> Iterator[tuple[str, Item]]:
    for one in objects(tree.get("full_product_names")):
        yield from _product(one, Item())


def _product(product: Mapping[str, Any], above: Item) -> Iterator[tuple[str, Item]]:
    name = text(product.get("product_id"), _LONGEST_NAME)
    helper = mapping(product, "product_identification_helper")
    if name:
        yield (
            name,
            replace(
                above, full=text(product.get("name"), _LONGEST_NAME), cpe=text(helper.get("cpe"), 500), purl=text(helper.get("purl"), 2000)
            ),
        )


def _flaw(value: Mapping[str, Any]) -> DocumentFlaw:
    name = text(value.get("cve"), 60).upper()
    statuses = mapping(value, "product_status")
    best = highest(_score(one) for one in objects(value.get("scores")))
    return DocumentFlaw(
        name=name if CVE.match(name) else "",
        products=tuple(
            (status, text(product, _LONGEST_NAME)) for word, status in STATUSES.items() for product in words(statuses.get(word))[:MAX_ITEMS]
        ),
        cvss=best.score,
        vector=best.vector or "",
        severity=best.severity or "",
        summary=_note(value, "summary") or _note(value, "description"),
        remedies=tuple(
            Remedy(text(one.get("category"), 60), text(one.get("details")), frozenset(words(one.get("product_ids"))))
            for one in objects(value.get("remediations"))
        ),
    )


def _score(value: Mapping[str, Any]) -> Score:
    for form in ("cvss_v4", "cvss_v3", "cvss_v2"):
        given = mapping(value, form)
        if given:
            return scored(text(given.get("vectorString"), 400), given.get("baseScore"), text(given.get("baseSeverity"), 40).upper())
    return NO_SCORE
