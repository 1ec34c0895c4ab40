"""Microsoft's Security Update Guide as JSON: CSAF 2.0 and VEX, one file a flaw, and the pages of its API (deployments, affected products).

CSAF: https://msrc.microsoft.com/csaf/advisories — the details of a `vendor_fix` are `BUILD:KIND:URL`, and where it is an update of
Windows the URL ends in its number. API: https://api.msrc.microsoft.com/sug/v2.0/en-US/deployment and …/affectedProduct.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from omamori.model.facts import Broken, WindowsFix, WindowsReplaced
from omamori.parse.feeds.interface import AsOf, FeedParser, Item
from omamori.parse.feeds.json_document import document
from omamori.parse.feeds.json_values import listed, mapping, member, text
from omamori.parse.feeds.microsoft_guide import Entry, Remedy, facts_of, said_exploited
from omamori.parse.feeds.microsoft_words import BEST_BEFORE, FEED, TITLE, build_of, day_of, flaw_name, replaced_numbers, update_number

_ARTICLE = re.compile(r"(?:/help/|/kb/|[?&]q=)(?:KB)?(\d{5,8})(?:$|[/?#&])", re.IGNORECASE)
_DETAILS = re.compile(r"^([^:]{0,60}):([^:]{0,80}):")


def is_csaf(_name: str, beginning: bytes) -> bool:
    """Return whether it is a CSAF document of Microsoft's."""
    return b'"csaf_version"' in beginning and (b"secure@microsoft.com" in beginning or b"Microsoft Security Response Center" in beginning)


def is_api(_name: str, beginning: bytes) -> bool:
    """Return whether it is a page of the guide's API."""
    return b"@odata.context" in beginning[:2048] and re.search(rb"#(?:deployment|affectedProduct)\b", beginning[:2048]) is not None


def read_csaf(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield the facts of one document; FeedError when it is no JSON."""
    said = document(stream)
    about = mapping(said, "document", "tracking")
    day = day_of(text(member(about, "current_release_date")))
    names = _products(said)
    for number, flaw in enumerate(listed(said.get("vulnerabilities"))):
        place = f"vulnerabilities[{number}]"
        if flaw_name(text(member(flaw, "cve"))) is None:
            yield Broken(feed=FEED, file=name, place=place, reason="expected a CVE number in `cve`")
            continue
        entry = Entry(
            flaw=text(member(flaw, "cve")),
            title=text(mapping(said, "document").get("title")),
            published=day_of(text(member(about, "initial_release_date"))),
            modified=day,
            place=place,
        )
        _fill(entry, flaw)
        yield from facts_of(entry, names)
    if day is not None:
        yield AsOf(day)


def _products(said: object) -> dict[str, str]:
    """Return number of a product → its name without a version."""
    names: dict[str, str] = {}
    waiting = [(branch, "") for branch in listed(mapping(said, "product_tree").get("branches"))]
    while waiting:
        branch, above = waiting.pop()
        if text(member(branch, "category")) == "product_name":
            above = text(member(branch, "name"))
        product = mapping(branch, "product")
        if text(member(product, "product_id")):
            names.setdefault(text(member(product, "product_id")), above or text(member(product, "name")))
        waiting += [(one, above) for one in listed(member(branch, "branches"))]
    return names


def _fill(entry: Entry, flaw: Any) -> None:
    for threat in listed(member(flaw, "threats")):
        said = text(member(threat, "details"))
        entry.exploited |= text(member(threat, "category")) == "exploit_status" and said_exploited(said)
        if text(member(threat, "category")) == "impact" and said:
            # `Elevation of Privilege` or, of the severity, a word of the scale.
            about = entry.severity if said.lower() in ("critical", "important", "moderate", "low") else entry.impact
            about.update((product, said) for product in listed(member(threat, "product_ids")) if isinstance(product, str))
    for score in listed(member(flaw, "scores")):
        cvss = mapping(score, "cvss_v3")
        value = cvss.get("baseScore") if isinstance(cvss, dict) else None
        entry.scored(value if isinstance(value, (int, float, str)) else None, text(member(cvss, "vectorString")))
    for number, remedy in enumerate(listed(member(flaw, "remediations"))):
        if text(member(remedy, "category")) != "vendor_fix":
            continue
        details = _DETAILS.match(text(member(remedy, "details")))
        link = _ARTICLE.search(text(member(remedy, "details"))[:500]) or _ARTICLE.search(text(member(remedy, "url"))[:500])
        entry.remedies.append(
            Remedy(
                article=link[1] if link else "",
                products=tuple(product for product in listed(member(remedy, "product_ids")) if isinstance(product, str)),
                kind=details[2].strip() if details else "",
                build=details[1].strip() if details else "",
                place=f"{entry.place}.remediations[{number}]",
            )
        )


def read_api(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield the facts of one page of the API; FeedError when it is no JSON."""
    newest = None
    for number, row in enumerate(listed(document(stream).get("value"))):
        place = f"value[{number}]"
        product, day = " ".join(text(member(row, "product")).split()), day_of(text(member(row, "releaseDate")))
        if not product:
            yield Broken(feed=FEED, file=name, place=place, reason="expected a `product`")
            continue
        newest = max((one for one in (newest, day) if one is not None), default=None)
        # Of an affected product the updates stand in a list of their own; a deployment is one update.
        for article in listed(member(row, "kbArticles")) or [row]:
            update = update_number(text(member(article, "articleName")))
            yield WindowsFix(
                flaw=flaw_name(text(member(row, "cveNumber"))),
                feed=FEED,
                update=update,
                product=product,
                posted=day,
                severity=text(member(row, "severity")) or None,
                impact=text(member(row, "impact")) or None,
                kind=(text(member(article, "downloadName")) if update else text(member(article, "articleName"))) or None,
                build=build_of(text(member(article, "fixedBuildNumber"))),
                place=place,
            )
            for replaced in replaced_numbers(text(member(article, "supercedence"))) if update else ():
                if replaced != update:
                    yield WindowsReplaced(update=update or "", replaces=replaced, feed=FEED, product=product, place=place)
    if newest is not None:
        yield AsOf(newest)


FEEDS = (
    FeedParser(
        feed=FEED,
        form="csaf",
        title=TITLE,
        recognise=is_csaf,
        read=read_csaf,
        url="https://msrc.microsoft.com/csaf/advisories",
        best_before=BEST_BEFORE,
    ),
    FeedParser(
        feed=FEED,
        form="api",
        title=TITLE,
        recognise=is_api,
        read=read_api,
        url="https://api.msrc.microsoft.com/sug/v2.0/en-US/deployment",
        best_before=BEST_BEFORE,
    ),
)
"""The parsers of this module."""
