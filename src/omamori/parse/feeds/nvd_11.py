"""The NVD's old data feeds, JSON schema 1.1 (`nvdcve-1.1-2021.json`): published until the end of 2023, still met as copies.

Source: the schema nvd_cve_feed_json_1.1 of the National Institute of Standards and Technology. Every entry becomes an advisory, its flaw,
and the affected ranges of its configurations (`nvd_ranges`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from omamori.model.facts import Broken
from omamori.model.text import Text
from omamori.parse.feeds.interface import AsOf, FeedParser, Item
from omamori.parse.feeds.json_records import Aside, Record, Unread, records
from omamori.parse.feeds.json_values import cve_id, day, mapping, number, objects, text
from omamori.parse.feeds.nvd_cvss import of_11
from omamori.parse.feeds.nvd_entry import FEED, advisory, english, missing
from omamori.parse.feeds.nvd_ranges import Entry, node, rows


def recognise(_name: str, beginning: bytes) -> bool:
    """Whether a file is a feed of this schema."""
    return b'"CVE_data_format"' in beginning and b'"CVE_Items"' in beginning


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield the facts of every entry, and the day the file is of."""
    said, seen = None, 0
    for found in records(stream, ("CVE_Items",)):
        match found:
            case Record(place, value, _):
                seen += 1
                yield from _entry(value, place, name)
            case Unread():
                seen += 1
                yield found.broken(FEED, name)
            case Aside("CVE_data_timestamp", value) if (as_of := day(value)) is not None:
                yield AsOf(as_of)
            case Aside("CVE_data_numberOfCVEs", value):
                said = number(value, 1e9)
    yield from missing(name, said, seen)


def _entry(value: Any, place: str, file: str) -> Iterator[Item]:
    flaw = cve_id(text(mapping(value, "cve", "CVE_data_meta").get("ID")))
    if not flaw:
        yield Broken(feed=FEED, file=file, place=place, reason="expected a CVE identifier at cve.CVE_data_meta.ID")
        return
    entry = Entry(flaw, FEED, file, place, "cpe23Uri")
    summary = english(mapping(value, "cve", "description"), "description_data")
    yield from advisory(entry, summary, of_11(mapping(value, "impact")), (value.get("publishedDate"), value.get("lastModifiedDate")), "")
    for one in objects(mapping(value, "configurations").get("nodes")):
        yield from rows(node(one, "children", "cpe_match"), entry)


FEEDS = (
    FeedParser(
        feed=FEED,
        form="1.1",
        title=Text("NVD (米国の脆弱性データベース、旧形式1.1)", "NVD (US database of vulnerabilities, old form 1.1)"),
        recognise=recognise,
        read=read,
        url="https://nvd.nist.gov/vuln/data-feeds",
    ),
)
