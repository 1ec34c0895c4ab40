"""Microsoft's Security Update Guide as CVRF 1.1, one file a month (https://api.msrc.microsoft.com/cvrf/v3.0/cvrf/2024-Mar).

Microsoft adds to CVRF what only it needs: in a remediation `Supercedence`, `SubType` and `FixedBuild`, and the number of the update
stands in `Description`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from omamori.model.facts import Broken
from omamori.parse.feeds.interface import AsOf, FeedParser, Item
from omamori.parse.feeds.markup import Damage, Node, records
from omamori.parse.feeds.microsoft_guide import Entry, Remedy, facts_of, said_exploited
from omamori.parse.feeds.microsoft_words import BEST_BEFORE, FEED, TITLE, day_of

_WANTED = frozenset({"DocumentTracking", "ProductTree", "Vulnerability"})


def recognise(_name: str, beginning: bytes) -> bool:
    """Return whether it is a CVRF document of Microsoft's."""
    lowered = beginning.lower()
    return b"cvrfdoc" in lowered[:4096] and (b"secure@microsoft.com" in lowered or b"microsoft security response center" in lowered)


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield the facts of a month's document; FeedError for a document type or entities."""
    names: dict[str, str] = {}
    for node in records(stream, _WANTED):
        if isinstance(node, Damage):
            yield Broken(feed=FEED, file=name, place=f"line {node.line}", reason=f"expected XML: {node.said}")
        elif node.name == "ProductTree":
            names.update(_names(node))
        elif node.name == "DocumentTracking":
            day = day_of(node.said("CurrentReleaseDate")) or day_of(node.said("InitialReleaseDate"))
            if day is not None:
                yield AsOf(day)
        else:
            found = list(facts_of(_entry(node), names))
            if found:
                yield from found
            else:
                yield Broken(feed=FEED, file=name, place=f"line {node.line}", reason="expected a CVE or ADV number of the flaw")


def _names(tree: Node) -> dict[str, str]:
    found: dict[str, str] = {}
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node.name == "FullProductName" and node.text:
            found.setdefault(node.attributes.get("ProductID", ""), node.text)
        waiting += node.children
    return found


def _entry(node: Node) -> Entry:
    revisions = sorted(day for one in node.all("RevisionHistory", "Revision") if (day := day_of(one.said("Date"))) is not None)
    entry = Entry(
        flaw=node.said("CVE"),
        title=node.said("Title"),
        component=next((note.text for note in node.all("Notes", "Note") if note.attributes.get("Type") == "Tag"), ""),
        published=revisions[0] if revisions else None,
        modified=revisions[-1] if revisions else None,
        place=f"line {node.line}",
    )
    for threat in node.all("Threats", "Threat"):
        kind, said = threat.attributes.get("Type", ""), threat.said("Description")
        entry.exploited |= kind == "Exploit Status" and said_exploited(said)
        about = {"Severity": entry.severity, "Impact": entry.impact}.get(kind)
        if about is not None and said:
            about.update((product.text, said) for product in threat.all("ProductID"))
    for score in node.all("CVSSScoreSets", "ScoreSet"):
        entry.scored(score.said("BaseScore"), score.said("Vector"))
    for remedy in node.all("Remediations", "Remediation"):
        if remedy.attributes.get("Type") == "Vendor Fix":
            entry.remedies.append(
                Remedy(
                    article=remedy.said("Description"),
                    products=tuple(product.text for product in remedy.all("ProductID")),
                    replaces=remedy.said("Supercedence"),
                    kind=remedy.said("SubType"),
                    build=remedy.said("FixedBuild"),
                    place=f"line {remedy.line}",
                )
            )
    return entry


FEEDS = (
    FeedParser(
        feed=FEED,
        form="cvrf",
        title=TITLE,
        recognise=recognise,
        read=read,
        url="https://api.msrc.microsoft.com/cvrf/v3.0/updates",
        best_before=BEST_BEFORE,
    ),
)
"""The parser of this module."""
