"""Turns one notice that came as a file (CSAF, CVRF, JVN details) into rows about its products. Pure.

Products get the names a CPE has where the vendor's way of naming is known (Fortinet, Cisco) or the file gives a CPE; else they keep the
publisher's own words. A version nobody can read stays undetermined.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from omamori.model.facts import Advisory, Affected
from omamori.model.notices import PublishedNotice
from omamori.model.text import Text
from omamori.parse.feeds import cisco, fortinet
from omamori.parse.feeds.csaf import csaf_document, looks_like_csaf
from omamori.parse.feeds.cvrf import cvrf_document, looks_like_cvrf, read_cvrf
from omamori.parse.feeds.documents import Naming, document_facts
from omamori.parse.feeds.interface import FeedError
from omamori.parse.feeds.json_document import document
from omamori.parse.feeds.jvn import Entry, detail_entry
from omamori.parse.feeds.markup import Damage, records
from omamori.parse.feeds.product_names import generic_name

_JVN = "JVN iPedia"


def notice_kind(data: bytes) -> str | None:
    """Return csaf, cvrf or jvn, as the beginning of a file shows it; None when it is none of them."""
    beginning = data[: 1 << 16]
    if looks_like_csaf(beginning):
        return "csaf"
    if looks_like_cvrf(beginning):
        return "cvrf"
    return "jvn" if b"<VULDEF-Document" in beginning else None


def notice_rows(data: bytes, name: str) -> tuple[PublishedNotice, ...]:
    """Return one row per product and range of versions a notice speaks about, `source` and `evidence` empty.

    In: the file's bytes (UTF-8 or as its XML declares) and its name, for messages. A notice that names no product, or only products nobody
    can compare, comes to at least one row, with its title and flaw. Raises FeedError when the file is no notice or holds none.
    """
    kind = notice_kind(data)
    if kind is None:
        raise FeedError(
            Text(f"{name}: CSAF、CVRF、JVNの詳細のどれでもありません。公表元の機械可読な形式のファイルを使ってください",
                 f"{name}: neither CSAF nor CVRF nor JVN details: use the publisher's machine-readable file")
        )  # fmt: skip
    rows = tuple(_of_jvn(data) if kind == "jvn" else _of_document(kind, data))
    if not rows:
        raise FeedError(
            Text(f"{name}: 読める勧告がありません。もう一度入手してください", f"{name}: no advisory in it can be read: fetch it again")
        )
    return rows


def _of_document(kind: str, data: bytes) -> Iterator[PublishedNotice]:
    stream = io.BytesIO(data)
    found = csaf_document(document(stream)) if kind == "csaf" else cvrf_document(read_cvrf(stream))
    if kind == "cvrf" and found.publisher == "Fortinet":
        found = fortinet.with_note(found)
    facts = list(document_facts(found, "notice", _naming(found.publisher, kind), found.name))
    advisory = next(one for one in facts if isinstance(one, Advisory))
    affected = [one for one in facts if isinstance(one, Affected)]
    yield from _rows(advisory, affected, found.publisher, [flaw.name or found.name for flaw in found.flaws])


def _naming(publisher: str, kind: str) -> Naming:
    lowered = publisher.lower()
    if "fortinet" in lowered:
        return fortinet.csaf_name if kind == "csaf" else fortinet.cvrf_name
    return cisco.csaf_name if lowered.startswith("cisco") else generic_name


def _of_jvn(data: bytes) -> Iterator[PublishedNotice]:
    for node in records(io.BytesIO(data), frozenset({"Vulinfo"})):
        if isinstance(node, Damage):
            continue  # what is whole counts; where nothing is, it is told
        try:
            entry: Entry = detail_entry(node)
        except ValueError:
            continue
        yield from _rows(entry.advisory, list(entry.affected), _JVN, [one.flaw for one in entry.flaws])


def _rows(advisory: Advisory, affected: list[Affected], publisher: str, flaws: list[str]) -> Iterator[PublishedNotice]:
    told = PublishedNotice(
        notice=advisory.advisory,
        publisher=publisher or None,
        title=advisory.title,
        title_ja=advisory.title_ja,
        published=advisory.published,
        advice=advisory.advice,
        advice_ja=advisory.advice_ja,
        url=advisory.url,
    )
    for row in affected:
        yield replace(
            told,
            flaw=row.flaw,
            vendor=row.vendor or None,
            product=row.product or None,
            scheme=row.scheme,
            since=row.since or None,
            since_out=row.since_out,
            before=row.before or None,
            before_in=row.before_in,
            status=row.status,
            fixed=row.fixed,
        )
    spoken = {row.flaw for row in affected}
    yield from (replace(told, flaw=one, status="undetermined") for one in dict.fromkeys(flaws or [advisory.advisory]) if one not in spoken)
