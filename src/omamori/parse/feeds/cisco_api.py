"""The JSON of Cisco's openVuln API (developer.cisco.com/docs/psirt): all advisories in one list. Streaming, pure.

It names every affected release in words (`Cisco IOS XE Software 17.3.1`) and gives the flaws beside it: where an advisory has several,
nothing says which release has which, so its rows are of medium confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, BinaryIO

from omamori.model.facts import Broken
from omamori.parse.feeds.cisco import TITLE, name_in_words
from omamori.parse.feeds.documents import MAX_ROWS, Document, DocumentFlaw, Named, Naming, document_facts
from omamori.parse.feeds.interface import AsOf, FeedParser, Item
from omamori.parse.feeds.json_records import Record, Unread, records
from omamori.parse.feeds.json_values import day, flaws, score, text, words


def read_api(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield the facts of the API's list of advisories (`advisories`), one advisory after the other."""
    newest: date | None = None
    for found in records(stream, ("advisories",)):
        if isinstance(found, Unread):
            yield found.broken("cisco", name)
        elif isinstance(found, Record):
            if not isinstance(found.value, dict) or not text(found.value.get("advisoryId")):
                yield Broken(feed="cisco", file=name, place=found.place, reason="expected an advisory with advisoryId")
                continue
            advisory, known = api_document(found.value)
            day_of = advisory.modified or advisory.published
            newest = max((one for one in (newest, day_of) if one is not None), default=None)
            yield from document_facts(advisory, "cisco", _names(known), found.place)
    if newest is not None:
        yield AsOf(newest)


def api_document(value: Mapping[str, Any]) -> tuple[Document, Mapping[str, Named]]:
    """Return what one advisory of the API says, and its products by the words it names them with."""
    names = flaws(words(value.get("cves")))
    known: dict[str, Named] = {}
    for said in words(value.get("productNames"))[:MAX_ROWS]:
        named = name_in_words(text(said, 400))
        if named is not None:
            known[said] = replace(named, sure=named.sure and len(names) <= 1)
    products = tuple(("affected", said) for said in known)
    base = score(value.get("cvssBaseScore"))
    document = Document(
        name=text(value.get("advisoryId"), 400),
        publisher="Cisco",
        title=text(value.get("advisoryTitle")),
        summary=plain(text(value.get("summary"))),
        published=day(value.get("firstPublished")),
        modified=day(value.get("lastUpdated")),
        severity=text(value.get("sir"), 60),
        url=text(value.get("publicationUrl"), 2000),
        flaws=tuple(DocumentFlaw(flaw, products, cvss=base) for flaw in names or [""]),
    )
    return document, known


def plain(markup: str) -> str:
    """Return HTML as text: no markup is kept, nothing is followed."""
    bare = re.sub(r"<[^<>]{0,2000}>", " ", markup)
    for entity, letter in (("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        bare = bare.replace(entity, letter)
    return " ".join(bare.split())


def _names(known: Mapping[str, Named]) -> Naming:
    return lambda said, _item: known.get(said)


FEEDS = (
    FeedParser(
        feed="cisco",
        form="openvuln",
        title=TITLE,
        recognise=lambda _name, beginning: b'"advisoryId"' in beginning and b'"advisories"' in beginning,
        read=read_api,
        url="https://developer.cisco.com/docs/psirt/",
    ),
)
"""Cisco asks for a free key before it serves the list: fetched by hand."""
