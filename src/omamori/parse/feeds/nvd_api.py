"""The NVD's vulnerabilities as JSON 2.0: pages of its API and the yearly feeds of the same form (`nvdcve-2.0-2024.json`).

Source: nvd.nist.gov/developers/vulnerabilities and the schema cve_api_json_2.0 of the National Institute of Standards and Technology.
Every entry becomes an advisory, its flaw, and the affected ranges of its configurations (`nvd_ranges`); several configurations are
alternatives.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from omamori.model.facts import Broken
from omamori.model.text import Text
from omamori.parse.feeds.interface import AsOf, FeedParser, Item
from omamori.parse.feeds.json_records import Aside, Record, Unread, records
from omamori.parse.feeds.json_values import cve_id, day, mapping, member, number, objects, text
from omamori.parse.feeds.nvd_cvss import of_api
from omamori.parse.feeds.nvd_entry import FEED, advisory, english, missing
from omamori.parse.feeds.nvd_ranges import Entry, node, rows


def recognise(_name: str, beginning: bytes) -> bool:
    """Whether a file is a page or a feed of this form."""
    return b'"vulnerabilities"' in beginning and (
        b'"NVD_CVE"' in beginning or (b'"cve"' in beginning and b'"sourceIdentifier"' in beginning)
    )


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield the facts of every entry, and the day the file is of."""
    said, seen = None, 0
    for found in records(stream, ("vulnerabilities",)):
        match found:
            case Record(place, value, _):
                seen += 1
                yield from _entry(mapping(value, "cve"), place, name)
            case Unread():
                seen += 1
                yield found.broken(FEED, name)
            case Aside("timestamp", value) if (as_of := day(value)) is not None:
                yield AsOf(as_of)
            case Aside("resultsPerPage", value):
                said = number(value, 1e9)
    yield from missing(name, said, seen)


def _entry(cve: dict[str, Any], place: str, file: str) -> Iterator[Item]:
    flaw = cve_id(text(member(cve, "id")))
    if not flaw:
        yield Broken(feed=FEED, file=file, place=place, reason="expected a CVE identifier at cve.id")
        return
    entry = Entry(flaw, FEED, file, place, "criteria")
    days = (cve.get("published"), cve.get("lastModified"))
    yield from advisory(entry, english(cve, "descriptions"), of_api(mapping(cve, "metrics")), days, text(member(cve, "vulnStatus")))
    for configuration in objects(member(cve, "configurations")):
        # The nodes of a configuration have no nodes below them; read alike, they would be followed all the same.
        yield from rows(node(configuration, "nodes", "cpeMatch"), entry)


FEEDS = (
    FeedParser(
        feed=FEED,
        form="2.0",
        title=Text("NVD (米国の脆弱性データベース)", "NVD (US database of vulnerabilities)"),
        recognise=recognise,
        read=read,
        url="https://nvd.nist.gov/vuln/data-feeds",
        downloads=("https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-{year}.json.gz",),
        since_year=2002,
    ),
)
