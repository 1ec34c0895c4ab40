"""ENISA's list of exploited vulnerabilities (EUVD, a JSON list with the identifiers of CVE and EUVD).

The list writes a hyphen for what it does not say, and days as 17/01/25.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from omamori.model.facts import Broken, Exploited
from omamori.model.text import Text
from omamori.parse.feeds.interface import AsOf, FeedParser, Item
from omamori.parse.feeds.json_records import Record, Unread, records
from omamori.parse.feeds.json_values import cve_id, day, member, text

FEED = "kev-enisa"


def recognise(_name: str, beginning: bytes) -> bool:
    """Whether a file is this list."""
    return b'"euvdID"' in beginning and b'"cveID"' in beginning


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield the flaws of the list; its day is that of the newest entry."""
    newest = date.min
    for found in records(stream, ()):
        if isinstance(found, Record):
            item = _flaw(found.value, found.place, name)
            yield item
            newest = max(newest, item.added or newest) if isinstance(item, Exploited) else newest
        elif isinstance(found, Unread):
            yield found.broken(FEED, name)
    if newest > date.min:
        yield AsOf(newest)


def _flaw(value: Any, place: str, file: str) -> Exploited | Broken:
    flaw = cve_id(text(member(value, "cveID")))
    if not flaw:
        return Broken(feed=FEED, file=file, place=place, reason="expected a CVE identifier at cveID")
    name, kind = (text(member(value, one)).strip("-") for one in ("vulnerabilityName", "exploitationType"))
    return Exploited(
        flaw=flaw,
        feed=FEED,
        name=name or None,
        ransomware=True if "ransom" in kind.lower() else None,
        added=_reported(text(member(value, "dateReported"))),
        place=place,
    )


def _reported(written: str) -> date | None:
    try:
        return datetime.strptime(written, "%d/%m/%y").date()
    except ValueError:
        return day(written)


FEEDS = (
    FeedParser(
        feed=FEED,
        form="json",
        title=Text("悪用が確認された脆弱性の一覧 (欧州ENISA)", "Exploited vulnerabilities (ENISA, EU)"),
        recognise=recognise,
        read=read,
        url="https://euvd.enisa.europa.eu/",
    ),
)
