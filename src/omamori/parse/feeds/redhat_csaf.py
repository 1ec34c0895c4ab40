"""Red Hat's CSAF: advisories (what an erratum repairs) and VEX (what one flaw does to every product); security.access.redhat.com/data/csaf.

Products are named `REPOSITORY:PACKAGE-EPOCH:VERSION-RELEASE.ARCHITECTURE`, with the module stream behind it where there is one; only sources
(`.src`) of main releases are taken. VEX names what has no repair as `red_hat_enterprise_linux_9:PACKAGE`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from omamori.model.facts import Advisory, AdvisoryFlaw, Affected
from omamori.model.text import Text
from omamori.parse.feeds.csaf import csaf_document, looks_like_csaf
from omamori.parse.feeds.documents import Document, DocumentFlaw
from omamori.parse.feeds.interface import FeedParser, Item
from omamori.parse.feeds.json_document import document

FEED = "redhat"
_MAIN = re.compile(r"^Red Hat Enterprise Linux(?: [A-Za-z]+)* \(v\. ?(\d+)\)$")
_EXTENDED = re.compile(r"\b(?:EUS|AUS|TUS|E4S|ELS|NFV|SAP|Extended|Telecommunications)\b")
_SOURCE = re.compile(
    r"^[^:]+:(?P<name>[\w.+-]+)-(?P<version>(?:\d+:)?[\w.+~^]+-[\w.+~^]+)\.src(?:(?:\.rpm-|::)(?P<stream>[\w.+-]+:[\w.+-]+)|(?:\.rpm)?)$"
)
_WHOLE = re.compile(r"^red_hat_enterprise_linux_(\d+):(?P<name>[\w.+-]+)$")
_STATES = {"affected": "no_fix", "not_affected": "not_affected", "undetermined": "undetermined"}
_NOTES = {"no_fix_planned": "will not fix", "none_available": "no fix available"}
_TEXT = 1000


def recognise(name: str, beginning: bytes) -> bool:
    """Return whether a file is a CSAF document of Red Hat."""
    return looks_like_csaf(beginning) and b"redhat.com" in beginning


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield what one document says; FeedError when it is no CSAF document."""
    said = csaf_document(document(stream))
    yield Advisory(
        advisory=said.name,
        feed=FEED,
        title=said.title[:_TEXT] or None,
        summary=said.summary[:_TEXT] or None,
        published=said.published,
        modified=said.modified,
        severity=said.severity or None,
        url=said.url or None,
        place=said.name,
    )
    for flaw in said.flaws:
        if not flaw.name:
            continue
        if flaw.name != said.name:
            yield AdvisoryFlaw(advisory=said.name, feed=FEED, flaw=flaw.name)
        yield Advisory(
            advisory=flaw.name,
            feed=FEED,
            title=flaw.summary[:_TEXT] or None,
            cvss=flaw.cvss,
            vector=flaw.vector or None,
            severity=flaw.severity or None,
            place=f"{said.name} {flaw.name}",
        )
        yield from _affected(said, flaw)


def _affected(said: Document, flaw: DocumentFlaw) -> Iterator[Affected]:
    seen: set[tuple[str, ...]] = set()
    why = {product: _NOTES.get(remedy.kind) for remedy in flaw.remedies for product in remedy.products}
    for status, product in flaw.products:
        given = _repaired(said, product) if status == "fixed" else _stated(status, product, why.get(product))
        shown = tuple(str(value) for value in given.values()) if given else ()
        if given is None or shown in seen:
            continue
        seen.add(shown)
        yield Affected(
            flaw=flaw.name, advisory=said.name, feed=FEED, kind="package", vendor="redhat", scheme="rpm",
            place=f"{said.name} {flaw.name} {product}"[:300], **given,
        )  # fmt: skip


def _repaired(said: Document, product: str) -> dict[str, Any] | None:
    """Return the range a repaired source package closes; None for other architectures and releases."""
    found = _SOURCE.match(product)
    item = (said.items or {}).get(product)
    release = _MAIN.match(item.part_of) if item is not None else None
    if found is None or release is None or _EXTENDED.search(release[0]):
        return None
    version = found["version"].removeprefix("0:")
    return {
        "product": found["name"],
        "release": f"rhel {release[1]}",
        "before": version,
        "fixed": version,
        "needs": f"module {found['stream']}" if found["stream"] else None,
        "undecided_if": None if found["stream"] else ".module",
    }


def _stated(status: str, product: str, note: str | None) -> dict[str, Any] | None:
    found = _WHOLE.match(product)
    if found is None or status not in _STATES:
        return None
    state = _STATES[status]
    return {
        "product": found["name"],
        "release": f"rhel {found[1]}",
        "status": state,
        "note": note if state == "no_fix" else None,
        "undecided_if": ".module",
    }


FEEDS = (
    FeedParser(
        feed=FEED,
        form="csaf",
        title=Text("Red Hat（CSAF、VEX）", "Red Hat (CSAF, VEX)"),
        recognise=recognise,
        read=read,
        url="https://security.access.redhat.com/data/csaf/v2/",
        best_before=31,
    ),
)
"""The feeds of this module."""
