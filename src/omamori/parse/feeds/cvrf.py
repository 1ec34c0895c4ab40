"""Reads CVRF 1.1 and 1.2 (docs.oasis-open.org/csaf/csaf-cvrf/v1.2): one reader for every publisher of it. Pure and tolerant.

The document comes as a stream of its parts, so that a damaged flaw does not lose the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from omamori.model.text import Text
from omamori.parse.feeds.cvss import Score, highest, scored
from omamori.parse.feeds.documents import STATUSES, Document, DocumentFlaw, Item, Remedy
from omamori.parse.feeds.interface import FeedError
from omamori.parse.feeds.json_values import CVE, day, text
from omamori.parse.feeds.markup import Damage, Node, records

PARTS = frozenset(
    (
        "DocumentTitle",
        "DocumentPublisher",
        "DocumentTracking",
        "DocumentNotes",
        "DocumentReferences",
        "AggregateSeverity",
        "ProductTree",
        "Vulnerability",
    )
)
"""Elements right below the root that are read."""
_LONGEST_NAME = 400
_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]{0,40}:)?cvrfdoc[\s>]")
_REMEDIES = {"None Available": "none_available", "Will Not Fix": "no_fix_planned", "Vendor Fix": "vendor_fix", "Workaround": "workaround"}


def looks_like_cvrf(beginning: bytes) -> bool:
    """Return whether a file begins like a CVRF document."""
    return _ROOT.search(beginning[:4096]) is not None


@dataclass(slots=True)
class Cvrf:
    """A CVRF document as it was read: its parts, and the places that are damaged."""

    parts: list[Node] = field(default_factory=list)
    damaged: list[Damage] = field(default_factory=list)

    def first(self, name: str) -> Node | None:
        """Return the first part of a name."""
        return next((node for node in self.parts if node.name == name), None)


def read_cvrf(stream: BinaryIO) -> Cvrf:
    """Return the parts of a document; FeedError as `markup.records` raises it."""
    found = Cvrf()
    for one in records(stream, PARTS):
        if isinstance(one, Damage):
            found.damaged.append(one)
        else:
            found.parts.append(one)
    return found


def cvrf_document(read: Cvrf) -> Document:
    """Return what the parts say; FeedError when the document lacks an identifier."""
    tracking = read.first("DocumentTracking")
    name = text(tracking.said("Identification", "ID"), _LONGEST_NAME) if tracking is not None else ""
    if tracking is None or not name:
        raise FeedError(
            Text("CVRFの文書番号（DocumentTracking/Identification/ID）がありません。ファイルを確かめてください",
                 "it lacks DocumentTracking/Identification/ID: check which file this is")
        )  # fmt: skip
    title, publisher, notes = read.first("DocumentTitle"), read.first("DocumentPublisher"), read.first("DocumentNotes")
    weight = read.first("AggregateSeverity")
    tree = read.first("ProductTree")
    return Document(
        name=name,
        publisher=_publisher(publisher),
        title=text(title.text) if title is not None else "",
        summary=_titled(notes, "Summary"),
        advice=_titled(notes, "Solutions") or _titled(notes, "Fixed Software"),
        published=day(tracking.said("InitialReleaseDate")),
        modified=day(tracking.said("CurrentReleaseDate")),
        severity=text(weight.text, _LONGEST_NAME) if weight is not None else "",
        url=_page(read),
        affected_said=_titled(notes, "Affected Products"),
        items=dict(_items(tree)) if tree is not None else {},
        flaws=tuple(flaw for node in read.parts if node.name == "Vulnerability" for flaw in cvrf_flaws(node)),
    )


def cvrf_flaws(node: Node) -> Iterator[DocumentFlaw]:
    """Yield what a Vulnerability element says, once for every CVE it names (Fortinet: several in one)."""
    names = [name for one in node.all("CVE") if CVE.match(name := one.text.upper())]
    best = highest(_score(one) for form in ("ScoreSetV3", "ScoreSetV2", "ScoreSet") for one in node.all("CVSSScoreSets", form))
    flaw = DocumentFlaw(
        name="",
        products=tuple(
            (STATUSES[word], text(one.text, _LONGEST_NAME))
            for status in node.all("ProductStatuses", "Status")
            if (word := status.attributes.get("Type", "").lower().replace(" ", "_")) in STATUSES
            for one in status.all("ProductID")
        ),
        cvss=best.score,
        vector=best.vector or "",
        severity=best.severity or "",
        summary=_titled(node.child("Notes"), "Summary"),
        remedies=tuple(
            Remedy(
                _REMEDIES.get(one.attributes.get("Type", ""), ""),
                text(one.said("Description")),
                frozenset(p.text for p in one.all("ProductID")),
            )
            for one in node.all("Remediations", "Remediation")
        ),
    )
    yield from (replace(flaw, name=name) for name in dict.fromkeys(names or [""]))


def _publisher(node: Node | None) -> str:
    # CVRF names the publisher only in free words; Fortinet and Cisco give a page or an address.
    said = f"{node.said('IssuingAuthority')} {node.said('ContactDetails')}" if node is not None else ""
    return next((name for name in ("Fortinet", "Cisco", "Microsoft") if name.lower() in said.lower()), "")


def _titled(notes: Node | None, title: str) -> str:
    for note in notes.all("Note") if notes is not None else ():
        if note.attributes.get("Title") == title and note.text not in ("", "None"):
            return text(note.text)
    return ""


def _page(read: Cvrf) -> str:
    places = [node for part in read.parts if part.name == "DocumentReferences" for node in part.all("Reference")]
    places += [node for part in read.parts if part.name == "Vulnerability" for node in part.all("References", "Reference")]
    return next((url for node in places if re.match(r"https?://[^\s<>]+$", url := text(node.said("URL"), 2000))), "")


def _items(tree: Node) -> Iterator[tuple[str, Item]]:
    # Depth is bounded by `markup`.
    yield from _branches(tree, Item())
    known = dict(_branches(tree, Item()))
    for one in tree.all("Relationship"):
        inner, outer = known.get(one.attributes.get("ProductReference", "")), known.get(one.attributes.get("RelatesToProductReference", ""))
        for product in one.all("FullProductName"):
            name = text(product.attributes.get("ProductID"), _LONGEST_NAME)
            full = text(product.text, _LONGEST_NAME)
            yield name, replace(inner or Item(), full=full, part_of=outer.full if outer is not None else "")


def _branches(node: Node, above: Item) -> Iterator[tuple[str, Item]]:
    for product in node.all("FullProductName"):
        name = text(product.attributes.get("ProductID"), _LONGEST_NAME)
        if name:
            yield name, replace(above, full=text(product.text, _LONGEST_NAME), cpe=text(product.attributes.get("CPE"), 500))
    for one in node.all("Branch"):
        kind, said = one.attributes.get("Type", ""), text(one.attributes.get("Name"), _LONGEST_NAME)
        here = above
        if kind == "Vendor":
            here = replace(above, vendor=said)
        elif kind in ("Product Name", "Product Family"):
            here = replace(above, product=said)
        elif kind in ("Product Version", "Service Pack", "Patch Level"):
            # Cisco's service packs are whole versions below their train; others add to the version.
            here = replace(above, version=said if said[:1].isdigit() else f"{above.version} {said}".strip())
        yield from _branches(one, here)


def _score(node: Node) -> Score:
    vector = text(node.said("VectorV3") or node.said("Vector") or node.said("VectorV2"), 400)
    return scored(vector, node.said("BaseScoreV3") or node.said("BaseScore") or node.said("BaseScoreV2"))
