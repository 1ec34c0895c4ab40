"""CISA's catalogue of known exploited vulnerabilities (KEV), as JSON and as CSV; both say the same.

Source: cisa.gov/known-exploited-vulnerabilities-catalog and its schema. `knownRansomwareCampaignUse` is Known or Unknown: known or not
known to be used by ransomware. Catalogues from before 2023 do not have it; then nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from omamori.model.facts import Broken, Exploited
from omamori.model.text import Text
from omamori.parse.feeds.csv_rows import Row, rows
from omamori.parse.feeds.interface import AsOf, FeedError, FeedParser, Item
from omamori.parse.feeds.json_records import Aside, Record, Unread, records
from omamori.parse.feeds.json_values import cve_id, day, member, number, text

FEED = "kev"
_TITLE = Text("悪用が確認された脆弱性の一覧 (CISA KEV)", "Known exploited vulnerabilities (CISA KEV)")
_PAGE = "https://www.cisa.gov/known-exploited-vulnerabilities-catalog"
_FOLDER = "https://www.cisa.gov/sites/default/files/"
_ROW = re.compile(rb'"?CVE-\d{4}-\d{4,19}"?,', re.IGNORECASE)


def is_json(_name: str, beginning: bytes) -> bool:
    """Whether a file is the catalogue as JSON."""
    return b'"vulnerabilities"' in beginning and b'"cveID"' in beginning and b'"euvdID"' not in beginning


def is_csv(_name: str, beginning: bytes) -> bool:
    """Whether a file is the catalogue as CSV."""
    header = beginning.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0]
    return b"cveID" in header and b"dateAdded" in header and not header.lstrip().startswith((b"{", b"["))


def read_json(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield the flaws of the catalogue as JSON, and its day."""
    said, seen = None, 0
    for found in records(stream, ("vulnerabilities",)):
        match found:
            case Record(place, value, _):
                seen += 1
                yield _flaw(value, place, name)
            case Unread():
                seen += 1
                yield found.broken(FEED, name)
            case Aside("dateReleased", value) if (released := day(value)) is not None:
                yield AsOf(released)
            case Aside("count", value):
                said = number(value, 1e9)
    if said is not None and said != seen:
        yield Broken(feed=FEED, file=name, place="end", reason=f"the file says {said:.0f} entries, {seen} were found")


def read_csv(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield the flaws of the catalogue as CSV; its day is that of the newest entry. FeedError without its header."""
    header: list[str] = []
    newest = date.min
    for found in rows(stream, _ROW):
        if isinstance(found, Unread):
            yield found.broken(FEED, name)
        elif not header:
            header = _header(found, name)
        elif len(found.values) != len(header):
            yield Broken(feed=FEED, file=name, place=found.place, reason=f"expected {len(header)} values, found {len(found.values)}")
        else:
            item = _flaw(dict(zip(header, found.values, strict=True)), found.place, name)
            yield item
            newest = max(newest, item.added or newest) if isinstance(item, Exploited) else newest
    if newest > date.min:
        yield AsOf(newest)


def _header(row: Row, name: str) -> list[str]:
    if "cveID" not in row.values or len(set(row.values)) != len(row.values):
        raise FeedError(
            Text(
                f"{name}: 1行目に cveID などの列名がありません。CISAのページから取り直してください。",
                f"{name}: the first line does not name its columns (cveID …). Fetch it again from CISA's page.",
            )
        )
    return row.values


def _flaw(value: Mapping[str, Any], place: str, file: str) -> Exploited | Broken:
    flaw = cve_id(text(member(value, "cveID")))
    if not flaw:
        return Broken(feed=FEED, file=file, place=place, reason="expected a CVE identifier at cveID")
    added = day(value.get("dateAdded"))
    if added is None:
        return Broken(feed=FEED, file=file, place=place, reason=f"{flaw}: expected a day (2024-01-31) at dateAdded")
    return Exploited(
        flaw=flaw,
        feed=FEED,
        name=text(member(value, "vulnerabilityName")) or None,
        ransomware={"known": True, "unknown": False}.get(text(member(value, "knownRansomwareCampaignUse")).lower()),
        added=added,
        action=text(member(value, "requiredAction")) or None,
        place=place,
    )


FEEDS = (
    FeedParser(
        feed=FEED,
        form="json",
        title=_TITLE,
        recognise=is_json,
        read=read_json,
        url=_PAGE,
        downloads=(f"{_FOLDER}feeds/known_exploited_vulnerabilities.json",),
        best_before=14,
    ),
    FeedParser(feed=FEED, form="csv", title=_TITLE, recognise=is_csv, read=read_csv, url=_PAGE, best_before=14),
)
