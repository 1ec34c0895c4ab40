"""Red Hat's OVAL of errata (class `patch`): which installed package is earlier than the one that repairs a flaw.

Its criteria are trees of AND and OR over sentences: `Red Hat Enterprise Linux 8 is installed`, `Module php:7.4 is enabled`, `php-cli is
earlier than 0:7.4.19-1`. Packages are named as installed, not by their source, hence `target` binary. The form is old: where Red Hat's CSAF
or JSON is in the pack as well, its word on the source decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from omamori.model.facts import Advisory, AdvisoryFlaw, Affected, Broken
from omamori.model.text import Text
from omamori.parse.feeds.interface import FeedParser, Item
from omamori.parse.feeds.json_values import CVE, day
from omamori.parse.feeds.markup import Damage, Node, records

FEED = "redhat"
_RELEASE = re.compile(r"^Red Hat Enterprise Linux (\d+) is installed$")
_MODULE = re.compile(r"^Module ([\w.+-]+:[\w.+-]+) is enabled$")
_EARLIER = re.compile(r"^([\w.+-]+) is earlier than ((?:\d+:)?[\w.+~^]+-[\w.+~^]+)$")
_TEXT = 1000


def recognise(name: str, beginning: bytes) -> bool:
    """Return whether a file is OVAL of Red Hat."""
    return b"<oval_definitions" in beginning and b"com.redhat" in beginning


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield what every erratum says; a damaged one costs only itself. FeedError for a document type or entities."""
    for found in records(stream, frozenset({"definition"})):
        if isinstance(found, Damage):
            yield Broken(feed=FEED, file=name, place=f"line {found.line}", reason=f"not well-formed: {found.said}")
        elif found.attributes.get("class") == "patch":
            yield from _definition(found, name)


def _definition(node: Node, file: str) -> Iterator[Item]:
    references = [(one.attributes.get("source", ""), one.attributes.get("ref_id", "")) for one in node.all("metadata", "reference")]
    advisory = next((name for source, name in references if source in ("RHSA", "RHBA", "RHEA")), "")
    place = f"line {node.line}"
    if not advisory:
        yield Broken(feed=FEED, file=file, place=place, reason="expected a definition with a reference to its erratum")
        return
    flaws = list(dict.fromkeys(name for source, name in references if source == "CVE" and CVE.match(name)))
    issued = node.child("metadata", "advisory", "issued")
    yield Advisory(
        advisory=advisory,
        feed=FEED,
        title=node.said("metadata", "title").removeprefix(f"{advisory}:").strip()[:_TEXT] or None,
        summary=node.said("metadata", "description")[:_TEXT] or None,
        published=day(issued.attributes.get("date")) if issued is not None else None,
        severity=node.said("metadata", "advisory", "severity")[:40] or None,
        place=place,
    )
    yield from (AdvisoryFlaw(advisory=advisory, feed=FEED, flaw=flaw) for flaw in flaws)
    earlier = dict.fromkeys(found for criteria in node.all("criteria") for found in _earlier(criteria, "", ""))
    for release, module, package, version in earlier:
        for flaw in flaws:
            yield Affected(
                flaw=flaw, advisory=advisory, feed=FEED, kind="package", vendor="redhat", product=package, release=release, scheme="rpm",
                before=version, fixed=version, target="binary", place=place,
                needs=f"module {module}" if module else None, undecided_if=None if module else ".module",
            )  # fmt: skip


def _earlier(criteria: Node, release: str, module: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield (release, module, package, version) below a node, with what is demanded beside it and above."""
    said = [one.attributes.get("comment", "") for one in criteria.all("criterion")]
    if criteria.attributes.get("operator", "AND") == "AND":
        release = next((f"rhel {found[1]}" for text in said if (found := _RELEASE.match(text))), release)
        module = next((found[1] for text in said if (found := _MODULE.match(text))), module)
    for text in said:
        if release and (found := _EARLIER.match(text)):
            yield release, module, found[1], found[2].removeprefix("0:")
    for below in criteria.all("criteria"):
        yield from _earlier(below, release, module)


FEEDS = (
    FeedParser(
        feed=FEED,
        form="oval",
        title=Text("Red Hat（OVAL）", "Red Hat (OVAL)"),
        recognise=recognise,
        read=read,
        url="https://www.redhat.com/security/data/oval/",
        best_before=31,
    ),
)
"""The feeds of this module."""
