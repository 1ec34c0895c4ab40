"""Palo Alto Networks' advisories as it serves them (security.paloaltonetworks.com/json/CVE-…): CVE records of JSON 5 (cveproject.github.io). Pure.

A range ends before `lessThan`; `changes` name earlier maintenance releases that got the repair as a hot fix (10.2.8-h3 while the branch is
repaired in 10.2.9-h1): those are not affected up to the next maintenance release. A version with a hot fix inside the range stays undecided
beside them, as everywhere in this project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from omamori.model.facts import Advisory, AdvisoryFlaw, Affected
from omamori.model.text import Text
from omamori.parse.feeds.cvss import scored
from omamori.parse.feeds.interface import AsOf, FeedError, FeedParser, Item
from omamori.parse.feeds.json_document import document
from omamori.parse.feeds.json_values import CVE, day, mapping, objects, score, text, words
from omamori.parse.feeds.product_names import slug
from omamori.parse.feeds.ranges import readable

_PRODUCTS: Mapping[str, tuple[str, str | None]] = {
    "pan-os": ("pan-os", "o"),
    "globalprotect app": ("globalprotect", None),
    "cortex xdr agent": ("cortex_xdr_agent", None),
    "cortex xsoar": ("cortex_xsoar", None),
    "expedition": ("expedition", None),
}
_FROM_THE_FIRST = ("", "0", "all", "unspecified", "n/a", "none")
_HOT_FIX = re.compile(r"^(\d{1,4}\.\d{1,4})\.(\d{1,4})-h\d{1,4}$")
_MOST = 5_000


def read_record(stream: BinaryIO, _name: str) -> Iterator[Item]:
    """Yield the facts of one record; FeedError when the file is none."""
    value = document(stream)
    head, container = mapping(value, "cveMetadata"), mapping(value, "containers", "cna")
    flaw = text(head.get("cveId"), 60).upper()
    advisory = flaw if CVE.match(flaw) else text(head.get("cveId"), 60)
    if not advisory:
        raise FeedError(
            Text(
                "CVEの番号（cveMetadata.cveId）がありません。ファイルを確かめてください",
                "it lacks cveMetadata.cveId: check which file this is",
            )
        )
    changed = day(head.get("dateUpdated")) or day(container.get("datePublic")) or day(head.get("datePublished"))
    if changed is not None:
        yield AsOf(changed)
    yield _advisory(advisory, head, container, changed=changed)
    yield AdvisoryFlaw(advisory=advisory, feed="paloalto", flaw=advisory)
    rows = (row for number, one in enumerate(objects(container.get("affected"))[:_MOST]) for row in _product(advisory, one, number))
    yield from dict.fromkeys(rows)


def _advisory(name: str, head: Mapping[str, Any], container: Mapping[str, Any], *, changed: Any) -> Advisory:
    metrics = [
        mapping(one, form)
        for form in ("cvssV4_0", "cvssV3_1", "cvssV3_0")
        for one in objects(container.get("metrics"))
        if mapping(one, form)
    ]
    best = max(metrics[:20], key=lambda one: score(one.get("baseScore")) or -1.0, default={})
    judged = scored(text(best.get("vectorString"), 400), best.get("baseScore"), text(best.get("baseSeverity"), 40))
    return Advisory(
        advisory=name,
        feed="paloalto",
        title=text(container.get("title")) or None,
        summary=_english(container.get("descriptions")),
        advice=_english(container.get("solutions")),
        published=day(head.get("datePublished")) or day(container.get("datePublic")),
        modified=changed,
        withdrawn=head.get("state") == "REJECTED",
        severity=judged.severity,
        cvss=judged.score,
        vector=judged.vector,
        url=f"https://security.paloaltonetworks.com/{name}",
        place=name,
    )


def _english(values: object) -> str | None:
    said = [text(one.get("value")) for one in objects(values) if text(one.get("lang"), 20).lower().startswith("en")]
    return "\n".join(one for one in said if one) or None


def _product(flaw: str, item: Mapping[str, Any], number: int) -> Iterator[Affected]:
    product = text(item.get("product"), 200)
    if not product:
        return
    name, part = _PRODUCTS.get(product.lower(), (slug(product), None))
    base = Affected(
        flaw=flaw,
        advisory=flaw,
        feed="paloalto",
        vendor="paloaltonetworks",
        product=name,
        part=part,
        needs="; ".join(words(item.get("platforms")))[:300] or None,
        confidence="high" if product.lower() in _PRODUCTS else "medium",
        place=f"{flaw} affected[{number}]",
    )
    for one in objects(item.get("versions"))[:_MOST]:
        yield from _version(base, one, product)


def _version(base: Affected, one: Mapping[str, Any], product: str) -> Iterator[Affected]:
    status = {"affected": "affected", "unaffected": "not_affected"}.get(text(one.get("status"), 40), "undetermined")
    first = text(one.get("version"), 100).removesuffix(".*")
    before, last = text(one.get("lessThan"), 100), text(one.get("lessThanOrEqual"), 100)
    end = before or last
    if first.lower() in _FROM_THE_FIRST:
        first = ""
    elif not end:
        end = last = first  # one version
    end = "" if end == "*" else end.removesuffix(".*")
    if not all(readable("dotted", version) for version in (first, end) if version):
        if status == "affected":
            yield replace(base, status="undetermined", needs=f"{product} {first} – {end}".strip(" –"), confidence="low")
        return
    hot = base.product == "pan-os" and status == "affected"
    fixed = end if status == "affected" and before and end else None
    yield replace(
        base, since=first, before=end, before_in=bool(last and end), fixed=fixed, status=status, undecided_if="-h" if hot else None
    )
    for change in objects(one.get("changes"))[:_MOST] if status == "affected" else ():
        found = _HOT_FIX.match(text(change.get("at"), 60))
        if found and change.get("status") == "unaffected" and found[0] != end:
            yield replace(base, since=found[0], before=f"{found[1]}.{int(found[2]) + 1}", status="not_affected")


FEEDS = (
    FeedParser(
        feed="paloalto",
        form="cve",
        title=Text("Palo Alto Networksの勧告", "Palo Alto Networks advisories"),
        recognise=lambda _name, beginning: b'"CVE_RECORD"' in beginning and b'"palo_alto"' in beginning,
        read=read_record,
        url="https://security.paloaltonetworks.com/",
    ),
)
"""Palo Alto Networks serves one record per advisory."""
