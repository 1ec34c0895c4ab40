"""Which notices a vendor is asked about: those that may concern its machines and wait for a decision, and those it answered before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from omamori.model.declared import VendorAnswer
from omamori.model.patching import NoticeMatch
from omamori.model.text import Text
from omamori.model.vendors import vendors_of
from omamori.report.clean import clean
from omamori.report.discreet import Discreet
from omamori.snapshot.database import Database

_REASONS = 3
"""Reasons quoted for one notice on many machines."""
_NO_MACHINE = Text(
    "お知らせに機器の名前がありません。対象の機器があれば「機器・回線」の欄に残してください",
    "the notice names no machine; please leave in the first column those it is about",
)


@dataclass(frozen=True, slots=True)
class AskedNotice:
    """A notice, the machines and lines of the vendor it may be about, and why. `concerned` and `before` are what it answered last."""

    notice: str
    machines: tuple[str, ...]
    told: date | None
    what: Text
    why: tuple[Text, ...]
    concerned: str | None = None
    before: VendorAnswer | None = None


def asked_notices(
    database: Database, vendor: str, machines: Sequence[str], lines: Sequence[str], answers: Sequence[VendorAnswer], hide: Discreet
) -> Iterator[AskedNotice]:
    """Yield what is asked of `vendor`, equal answers on several machines as one; `answers` are the vendor's own.

    What the hospital has decided is not asked. A notice on paper that another vendor gave is not shown; published ones are.
    """
    if not database.has("notice_matches"):
        return
    known = {clean(row.vendor) for row in database.rows("vendors")}
    titles = _titles(database)
    before: dict[tuple[str, str], dict[str, VendorAnswer]] = defaultdict(dict)
    for row in answers:
        if row.notice:
            before[clean(row.notice), clean(row.asset)][row.question] = row
    mine = {*machines, *lines}
    groups: dict[tuple[str, tuple[object, ...]], AskedNotice] = {}
    paper = {clean(row.notice): row for row in database.rows("vendor_notices")}
    hidden = {name for name, row in paper.items() if row.vendor and vendor not in vendors_of(clean(row.vendor), known)}
    matches = [row for row in database.rows("notice_matches") if clean(row.asset) in mine and clean(row.notice) not in hidden]
    for match in sorted(matches, key=lambda row: (row.notice, row.asset, row.undecided, row.matched or "")):
        notice, asset = clean(match.notice), clean(match.asset)
        said = before.get((notice, asset), {})
        if match.decision is not None and not said:
            continue
        why = hide.text(_why(match))
        _add(groups, AskedNotice(notice, (asset,), match.told, hide.text(titles.get(notice, Text("", ""))), (why,)), said)
    matched = {clean(row.notice) for row in matches}
    for name, notice_row in sorted(paper.items()):
        waits = notice_row.answered is None and notice_row.decision in (None, "checking")
        if name in matched or name in hidden or not waits or not notice_row.vendor or not machines:
            continue
        for machine in machines:
            one = AskedNotice(name, (machine,), notice_row.received, hide.text(titles[name]), (_NO_MACHINE,))
            _add(groups, one, before.get((name, machine), {}))
    yield from sorted(
        groups.values(), key=lambda one: (one.before is not None, -(one.told or date.min).toordinal(), one.notice, one.machines)
    )


def _add(groups: dict[tuple[str, tuple[object, ...]], AskedNotice], one: AskedNotice, said: dict[str, VendorAnswer]) -> None:
    concerned, before = said.get("notice-concerns"), said.get("notice")
    same = (concerned.answer if concerned else None, *_content(before))
    found = groups.get((one.notice, same))
    if found is None:
        found = replace(one, concerned=concerned.answer if concerned else None, before=before)
    machines = tuple(sorted({*found.machines, *one.machines}))
    why = tuple(dict.fromkeys((*found.why, *one.why)))[:_REASONS]
    groups[one.notice, same] = replace(found, machines=machines, why=why)


def _content(row: VendorAnswer | None) -> tuple[object, ...]:
    return (row.answer, row.until, row.compensating, row.paper, row.remark) if row is not None else ()


def _why(match: NoticeMatch) -> Text:
    matched, doubt, doubt_ja = (clean(word or "", 300) for word in (match.matched, match.doubt, match.doubt_ja))
    ja = f"{matched}\n└ 確認: {doubt_ja}" if doubt_ja else matched
    en = f"{matched}\n└ to confirm: {doubt}" if doubt else matched
    return Text(ja, en)


def _titles(database: Database) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for notice, title, title_ja in database.select("select distinct notice, title, title_ja from published_notices order by all"):
        en, ja = clean(title or "", 300), clean(title_ja or "", 300)
        found.setdefault(clean(notice), Text(ja or en, en or ja))
    for row in database.rows("vendor_notices"):
        words = clean(row.subject or "", 300)
        found[clean(row.notice)] = found.get(clean(row.notice)) or Text(words, words)
    return found
