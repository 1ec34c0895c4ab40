"""JVN iPedia (jvndb.jvn.jp), the Japanese database of vulnerabilities: detailed entries and lists. Streaming, pure.

Forms: VULDEF 3 (`jvndb_detail_YYYY.rdf`, MyJVN getVulnDetailInfo: jvndb.jvn.jp/schema/vuldef_3.2.xsd) with products, versions in Japanese
words and advice; JVNRSS 2 and 3 (`jvndb_YYYY.rdf`, `jvndb_new.rdf`, `jvndb.rdf`, MyJVN getVulnOverviewList: jvnrss_2.0.xsd) with title,
summary and flaws. JVNRSS names products without versions, so it says of nothing that it is affected: it brings the Japanese text.

A version in words that cannot be read surely stays with its words and decides nothing. Where an entry has several flaws, nothing says which
version has which, so its rows are of medium confidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import BinaryIO

from omamori.model.facts import Advisory, AdvisoryFlaw, Affected, Broken
from omamori.model.text import Text
from omamori.parse.feeds.cpe import CpeError, read_cpe
from omamori.parse.feeds.interface import AsOf, FeedError, FeedParser, Item
from omamori.parse.feeds.json_values import day, flaws, score, text
from omamori.parse.feeds.markup import Damage, Node, records
from omamori.parse.feeds.ranges import Range, ranges, readable

_NAME = re.compile(r"^JVNDB-(\d{4})-\d{6}$")
_TITLE = Text("JVN iPedia", "JVN iPedia")
_YEARS = range(1998, 2027)
"""Years there are files of; a file holds the entries of its year."""
_MAX_VERSIONS = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of JVN iPedia: what its advisory, its flaws and its affected products are."""

    advisory: Advisory
    flaws: tuple[AdvisoryFlaw, ...]
    affected: tuple[Affected, ...] = ()


def detail_entry(node: Node) -> Entry:
    """Return what a Vulinfo element says; ValueError names what it lacks."""
    data = node.child("VulinfoData") or Node("VulinfoData", {}, node.line)
    name = _identifier(node.said("VulinfoID"))
    related = data.all("Related", "RelatedItem")
    names = flaws([one.said("VulinfoID") for one in related if one.attributes.get("type") == "advisory"])
    cvss, vector, severity = _best((one.attributes.get("version", ""), one.said("Base"), one.said("Vector"), one.said("Severity"))
                                   for one in data.all("Impact", "Cvss"))  # fmt: skip
    advisory = Advisory(
        advisory=name,
        feed="jvn",
        title_ja=text(data.said("Title")) or None,
        summary_ja=_paragraphs([data.said("VulinfoDescription", "Overview")]),
        advice_ja=_paragraphs([one.said("Description") for one in data.all("Solution", "SolutionItem")]),
        published=day(data.said("DateFirstPublished")),
        modified=day(data.said("DateLastUpdated")),
        severity=severity,
        cvss=cvss,
        vector=vector,
        url=_page(name),
        place=f"line {node.line}",
    )
    rows = [
        row
        for flaw in names or [name]
        for item in data.all("Affected", "AffectedItem")
        for row in _affected(item, flaw, name, sure=len(names) <= 1, place=f"line {item.line}")
    ]
    return Entry(advisory, _flaws(name, names), tuple(dict.fromkeys(rows)))


def list_entry(node: Node) -> Entry:
    """Return what an item of JVNRSS says; ValueError names what it lacks."""
    name = _identifier(node.said("identifier"))
    names = flaws([one.attributes.get("id", "") for one in node.all("references") if one.attributes.get("source") in ("CVE", "NVD")])
    cvss, vector, severity = _best(
        (
            one.attributes.get("version", ""),
            one.attributes.get("score", ""),
            one.attributes.get("vector", ""),
            one.attributes.get("severity", ""),
        )
        for one in node.all("cvss")
    )
    advisory = Advisory(
        advisory=name,
        feed="jvn",
        title_ja=text(node.said("title")) or None,
        summary_ja=_paragraphs([node.said("description")]),
        published=day(node.said("issued")),
        modified=day(node.said("modified")),
        severity=severity,
        cvss=cvss,
        vector=vector,
        url=_page(name),
        place=f"line {node.line}",
    )
    return Entry(advisory, _flaws(name, names))


def _identifier(said: str) -> str:
    if not _NAME.match(said):
        raise ValueError(f"expected an identifier such as JVNDB-2024-001234, found {said[:60]!r}")
    return said


def _page(name: str) -> str:
    return f"https://jvndb.jvn.jp/ja/contents/{name[6:10]}/{name}.html"


def _flaws(name: str, names: list[str]) -> tuple[AdvisoryFlaw, ...]:
    return tuple(AdvisoryFlaw(advisory=name, feed="jvn", flaw=flaw) for flaw in names or [name])


def _best(scores: Iterator[tuple[str, str, str, str]]) -> tuple[float | None, str | None, str | None]:
    """Return score, vector and severity of the newest CVSS version among (version, score, vector, severity)."""
    found = max(((version, score(base), vector, word) for version, base, vector, word in scores if score(base) is not None), default=None)
    if found is None:
        return None, None, None
    return found[1], text(found[2], 400) or None, text(found[3], 60) or None


def _paragraphs(said: list[str]) -> str | None:
    return "\n".join(kept for one in said if (kept := text(one.replace("\r\n", "\n")))) or None


def _affected(item: Node, flaw: str, name: str, *, sure: bool, place: str) -> Iterator[Affected]:
    try:
        cpe = read_cpe(item.said("Cpe"))
    except CpeError:
        return  # without a name that others use too, nothing can be compared
    product = f"{item.said('Name')} {item.said('ProductName')}".strip()
    for said in [one.text for one in item.all("VersionNumber")[:_MAX_VERSIONS]] or [""]:
        found = version_ranges(said)
        base = Affected(
            flaw=flaw,
            advisory=name,
            feed="jvn",
            vendor=cpe.vendor,
            product=cpe.product,
            part=cpe.part,
            scheme="fortios" if cpe.product == "fortios" else "dotted",
            place=place,
        )
        for one in found or ():
            yield replace(base, since=one.since, before=one.before, before_in=one.before_in, confidence="high" if sure else "medium")
        if found is None:
            yield replace(base, status="undetermined", needs=text(f"{product} {said}", 1000) or None, confidence="low")


def version_ranges(said: str) -> tuple[Range, ...] | None:
    """Return what JVN's words about versions say; None where they cannot be read surely, or name nothing."""
    found = ranges(said)
    if found is None or not all(readable("dotted", end) for one in found for end in (one.since, one.before) if end):
        return None
    return found


def _read(wanted: str, entry: Callable[[Node], Entry]) -> Callable[[BinaryIO, str], Iterator[Item]]:
    def read(stream: BinaryIO, name: str) -> Iterator[Item]:
        newest: date | None = None
        seen, damaged = False, ""
        for node in records(stream, frozenset({wanted, "Status", "channel"})):
            if isinstance(node, Damage):
                damaged = damaged or f" (line {node.line}: {node.said})"
                yield Broken(feed="jvn", file=name, place=f"line {node.line}", reason=node.said)
            elif node.name == wanted:
                seen = True
                try:
                    found = entry(node)
                except ValueError as error:
                    yield Broken(feed="jvn", file=name, place=f"line {node.line}", reason=str(error))
                    continue
                newest = max((one for one in (newest, found.advisory.modified) if one is not None), default=None)
                yield found.advisory
                yield from found.flaws
                yield from found.affected
            elif node.attributes.get("retCd", "0") not in ("", "0"):
                raise FeedError(_refused(node))
            elif node.name == "channel":
                newest = max((one for one in (newest, day(node.said("modified")), day(node.said("date"))) if one is not None), default=None)
        if not seen and newest is None:
            raise FeedError(
                Text(
                    f"読めるJVN iPediaの項目が1件もありません{damaged}。ファイルを確かめてください",
                    f"no entry of JVN iPedia in it can be read{damaged}: check which file this is",
                )
            )
        if newest is not None:
            yield AsOf(newest)

    return read


def _refused(node: Node) -> Text:
    said = text(node.attributes.get("errMsg"), 200) or text(node.attributes.get("errCd"), 60)
    return Text(f"MyJVNの答えがエラーです（{said}）。もう一度入手してください", f"MyJVN answered with an error ({said}): fetch it again")


FEEDS = (
    FeedParser(
        feed="jvn",
        form="detail",
        title=_TITLE,
        recognise=lambda _name, beginning: b"<VULDEF-Document" in beginning,
        read=_read("Vulinfo", detail_entry),
        url="https://jvndb.jvn.jp/ja/feed/",
        downloads=tuple(f"https://jvndb.jvn.jp/ja/feed/detail/jvndb_detail_{year}.rdf" for year in _YEARS),
    ),
    FeedParser(
        feed="jvn",
        form="list",
        title=_TITLE,
        recognise=lambda _name, beginning: b"<rdf:RDF" in beginning and b"jvndb.jvn.jp" in beginning,
        read=_read("item", list_entry),
        url="https://jvndb.jvn.jp/ja/feed/",
    ),
)
"""The details hold everything of the lists, so only they are fetched; a list (`rss/years/jvndb_YYYY.rdf`) is of use where only it is there."""
