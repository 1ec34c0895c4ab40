"""Microsoft's Security Update Guide as JSON: CSAF 2.0 and VEX, one file a flaw, and the pages of its API (deployments, affected products).

CSAF: https://msrc.microsoft.com/csaf/advisories — the details of a `vendor_fix` are `BUILD:KIND:URL`, and where it is an update of
Windows the URL ends in its number. API: https://api.msrc.microsoft.com/sug/v2.0/en-US/deployment and …/affectedProduct.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from omamori.model.facts import Broken, WindowsFix, WindowsReplaced
from omamori.model.text import Text
from omamori.parse.feeds.interface import AsOf, FeedError, FeedParser, Item
from omamori.parse.feeds.microsoft_guide import Entry, Remedy, facts_of, said_exploited
from omamori.parse.feeds.microsoft_words import BEST_BEFORE, FEED, TITLE, build_of, day_of, flaw_name, replaced_numbers, update_number

_LARGEST = 64 << 20
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
    document = _load(stream)
    about = _part(document, "document", "tracking")
    day = day_of(_text(about, "current_release_date"))
    names = _products(document)
    for number, flaw in enumerate(_list(document, "vulnerabilities")):
        place = f"vulnerabilities[{number}]"
        if flaw_name(_text(flaw, "cve")) is None:
            yield Broken(feed=FEED, file=name, place=place, reason="expected a CVE number in `cve`")
            continue
        entry = Entry(
            flaw=_text(flaw, "cve"),
            title=_text(_part(document, "document"), "title"),
            published=day_of(_text(about, "initial_release_date")),
            modified=day,
            place=place,
        )
        _fill(entry, flaw)
        yield from facts_of(entry, names)
    if day is not None:
        yield AsOf(day)


def _products(document: Any) -> dict[str, str]:
    """Return number of a product → its name without a version."""
    names: dict[str, str] = {}
    waiting = [(branch, "") for branch in _list(_part(document, "product_tree"), "branches")]
    while waiting:
        branch, above = waiting.pop()
        if _text(branch, "category") == "product_name":
            above = _text(branch, "name")
        product = _part(branch, "product")
        if _text(product, "product_id"):
            names.setdefault(_text(product, "product_id"), above or _text(product, "name"))
        waiting += [(one, above) for one in _list(branch, "branches")]
    return names


def _fill(entry: Entry, flaw: Any) -> None:
    for threat in _list(flaw, "threats"):
        said = _text(threat, "details")
        entry.exploited |= _text(threat, "category") == "exploit_status" and said_exploited(said)
        if _text(threat, "category") == "impact" and said:
            # `Elevation of Privilege` or, of the severity, a word of the scale.
            about = entry.severity if said.lower() in ("critical", "important", "moderate", "low") else entry.impact
            about.update((product, said) for product in _list(threat, "product_ids") if isinstance(product, str))
    for score in _list(flaw, "scores"):
        cvss = _part(score, "cvss_v3")
        value = cvss.get("baseScore") if isinstance(cvss, dict) else None
        entry.scored(value if isinstance(value, (int, float, str)) else None, _text(cvss, "vectorString"))
    for number, remedy in enumerate(_list(flaw, "remediations")):
        if _text(remedy, "category") != "vendor_fix":
            continue
        details = _DETAILS.match(_text(remedy, "details"))
        link = _ARTICLE.search(_text(remedy, "details")[:500]) or _ARTICLE.search(_text(remedy, "url")[:500])
        entry.remedies.append(
            Remedy(
                article=link[1] if link else "",
                products=tuple(product for product in _list(remedy, "product_ids") if isinstance(product, str)),
                kind=details[2].strip() if details else "",
                build=details[1].strip() if details else "",
                place=f"{entry.place}.remediations[{number}]",
            )
        )


def read_api(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield the facts of one page of the API; FeedError when it is no JSON."""
    newest = None
    for number, row in enumerate(_list(_load(stream), "value")):
        place = f"value[{number}]"
        product, day = " ".join(_text(row, "product").split()), day_of(_text(row, "releaseDate"))
        if not product:
            yield Broken(feed=FEED, file=name, place=place, reason="expected a `product`")
            continue
        newest = max((one for one in (newest, day) if one is not None), default=None)
        # Of an affected product the updates stand in a list of their own; a deployment is one update.
        for article in _list(row, "kbArticles") or [row]:
            update = update_number(_text(article, "articleName"))
            yield WindowsFix(
                flaw=flaw_name(_text(row, "cveNumber")),
                feed=FEED,
                update=update,
                product=product,
                posted=day,
                severity=_text(row, "severity") or None,
                impact=_text(row, "impact") or None,
                kind=(_text(article, "downloadName") if update else _text(article, "articleName")) or None,
                build=build_of(_text(article, "fixedBuildNumber")),
                place=place,
            )
            for replaced in replaced_numbers(_text(article, "supercedence")) if update else ():
                if replaced != update:
                    yield WindowsReplaced(update=update or "", replaces=replaced, feed=FEED, product=product, place=place)
    if newest is not None:
        yield AsOf(newest)


def _load(stream: BinaryIO) -> Any:
    data = stream.read(_LARGEST + 1)
    try:
        if len(data) > _LARGEST:
            raise ValueError(f"more than {_LARGEST >> 20} MB")
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        said = str(error)[:200]
        raise FeedError(
            Text(f"JSONとして読めません({said})。もう一度取得してください", f"it cannot be read as JSON ({said}): fetch it again")
        ) from error


def _part(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _list(value: Any, name: str) -> list[Any]:
    found = _part(value, name)
    return found if isinstance(found, list) else []


def _text(value: Any, name: str) -> str:
    found = _part(value, name)
    return found.strip() if isinstance(found, str) else ""


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
