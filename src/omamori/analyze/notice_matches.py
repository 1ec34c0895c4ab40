"""Fills `notice_matches`: which of our machines and lines a notice is about, whether it came as a file or on paper.

A notice that came as a file names products and ranges of versions; one on paper names machines, lines, products or flaws in a person's words.
Where only a product's name fits, or the version is not known, the row is undecided and says what has to be confirmed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.lines import LineEnds
from omamori.analyze.notices.decided import Decisions, flaws_in, parts_of
from omamori.analyze.notices.naming import Fit, tokens
from omamori.analyze.notices.ranges import Said, affected
from omamori.analyze.notices.standing import Standing, Thing, machine_names
from omamori.analyze.notices.wording import doubt_of, how_matched
from omamori.model.declared import VendorNotice
from omamori.model.look import EVERYWHERE
from omamori.model.notices import PublishedNotice
from omamori.model.patching import NoticeMatch
from omamori.model.text import Text
from omamori.snapshot.database import Database

MOST_ROWS = 100_000
"""Rows of all notices together; what is more is left out, and the looks say so."""
_OF_MACHINES = {
    "hosts": ("platform", "os_id", "os_version", "os_build"),
    "software": ("name", "version"),
    "device_facts": ("system", "version"),
    "components": ("name", "version"),
}
_SAME_FLAW = Text(
    "同じ番号の弱点がここの {product} にあります。お知らせの製品({named})がここにあるか確かめてください",
    "the same flaw was found here in {product}; confirm whether what the notice names ({named}) stands here",
)


@dataclass(frozen=True)
class _Room:
    """What every notice is laid beside."""

    database: Database
    standing: Standing
    decisions: Decisions
    names: Mapping[str, tuple[str, Any, str]]


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield the machines and lines of every notice, and how completely that could be told."""
    coverage = Coverage.read(database)
    ends = LineEnds.read(database, coverage, moment.pack)
    names = machine_names(database)
    decisions = Decisions.read(database, {name: one[0] for name, one in names.items()})
    room = _Room(database, Standing(database, moment.pack, ends), decisions, names)
    count = 0
    for row in _rows(room):
        if count == MOST_ROWS:
            count += 1
            break
        count += 1
        yield row
    cut = count > MOST_ROWS
    yield from _looks(database, coverage, ends, names, cut=cut)


def _looks(database: Database, coverage: Coverage, ends: LineEnds, names: Collection[str], *, cut: bool) -> Iterator[Any]:
    """Checks on notices speak for the site: what the lines rest on counts for every machine."""
    of_lines: dict[Input, None] = {Input(coverage.view("remote_lines", EVERYWHERE), ("line", "device", "product", "firmware")): None}
    lines = [str(line) for (line,) in database.select("select line from remote_lines order by line")]
    flaws, products = _asked(database, names)
    for line in lines:
        of_lines |= dict.fromkeys((*(ends.of(line)[1] if products else ()), *(_flaws(line, coverage) if flaws else ())))
    tables = _OF_MACHINES if products else {"hosts": _OF_MACHINES["hosts"]}
    for (asset,) in database.select("select asset from assets order by asset"):
        own = [Input(view, columns) for table, columns in tables.items() if (view := coverage.view(table, asset)).looked]
        own = own or ([Input(coverage.view("software", asset))] if products else [])
        yield _look(asset, coverage, [*own, *(_flaws(asset, coverage) if flaws else ()), *of_lines], cut=cut)
    for subject in (*lines, EVERYWHERE):
        yield _look(subject, coverage, list(of_lines), cut=cut)


def _asked(database: Database, names: Collection[str]) -> tuple[bool, bool]:
    """Whether any notice names a flaw, and whether any names a product: what was not asked for need not have been looked at."""
    paper = list(database.rows("vendor_notices"))
    query = "select count(flaw) > 0, count(product) > 0 from published_notices"
    flaws, products = database.select(query)[0]
    parts = {" ".join(tokens(part)) for row in paper for part in parts_of(row.concerns)}
    return bool(flaws) or any(flaws_in(row.flaws) for row in paper), bool(products) or not parts <= set(names)


def _flaws(subject: str, coverage: Coverage) -> list[Input]:
    """A flaw that was found names the machine by itself."""
    view = coverage.view("vulnerabilities", subject)
    return [Input(view, ("flaw",))] if view.looked else []


def _look(subject: str, coverage: Coverage, views: Sequence[Input], *, cut: bool) -> Any:
    """Notices that came as a file, and answers of vendors, count where there are any: nobody has to have some."""
    site = [coverage.view(table, EVERYWHERE) for table in ("published_notices", "vendor_answers")]
    inputs = [Input(coverage.view("vendor_notices", EVERYWHERE)), Input(coverage.view("ledger_assets", EVERYWHERE)), *views]
    inputs += [Input(view, (), touches) for view, touches in zip(site, ((), ("decision",)), strict=True) if view.looked]
    return derived_look(subject, "notice_matches", ANALYZER.name, inputs, undecided=cut)


def _rows(room: _Room) -> Iterator[NoticeMatch]:
    best: dict[tuple[str, str, str, str], NoticeMatch] = {}
    for row in (*_published(room), *_on_paper(room)):
        key = (row.asset, row.notice, row.product or "", row.flaw or "")
        if key not in best or (best[key].undecided and not row.undecided):
            best[key] = row
        if len(best) > MOST_ROWS:
            break
    yield from (best[key] for key in sorted(best))


def _published(room: _Room) -> Iterator[NoticeMatch]:
    by_product: dict[tuple[str | None, str | None], dict[tuple[str, str | None], list[PublishedNotice]]] = defaultdict(
        lambda: defaultdict(list)
    )
    by_flaw: dict[str, PublishedNotice] = {}
    for row in room.database.rows("published_notices"):
        by_product[row.vendor, row.product][row.notice, row.flaw].append(row)
        if row.flaw and row.status != "not_affected":
            by_flaw.setdefault(row.flaw.upper(), row)
    told: set[tuple[str, str]] = set()
    for (vendor, product), notices in sorted(by_product.items(), key=lambda item: (item[0][0] or "", item[0][1] or "")):
        if not product:
            continue
        things = sorted(room.standing.about(vendor, product), key=lambda one: (one[0].asset, one[0].ours.name, one[1], one[0].evidence))
        for (_, _), rows in sorted(notices.items(), key=lambda item: (item[0][0], item[0][1] or "")):
            judged: dict[tuple[str | None, str], tuple[Said, tuple[PublishedNotice, ...]]] = {}
            for thing, how in things:
                told.add((thing.asset, rows[0].notice))
                place = (thing.version, thing.device)
                # Many machines have one version.
                said, deciding = judged[place] if place in judged else judged.setdefault(place, affected(rows, *place))
                found = _of_thing(thing, how, said, deciding, room.decisions)
                if found is not None:
                    yield found
    yield from _by_flaw(room, by_flaw, told)


def _of_thing(thing: Thing, how: Fit, said: Said, rows: Sequence[PublishedNotice], decisions: Decisions) -> NoticeMatch | None:
    if said == "no":
        return None
    row = rows[0]
    doubt = doubt_of(said, how, thing, row.product or "")
    return NoticeMatch(
        asset=thing.asset,
        subject_kind=thing.kind,
        notice=row.notice,
        flaw=row.flaw,
        product=row.product,
        version=thing.version,
        matched=how_matched(said, how, thing, rows),
        vendor=row.publisher or row.vendor,
        told=row.published,
        decision=decisions.of(thing.asset, row.notice, row.flaw),
        undecided=doubt is not None,
        doubt=doubt.en if doubt else None,
        doubt_ja=doubt.ja if doubt else None,
        source=ANALYZER.name,
        evidence=row.evidence,
    )


def _by_flaw(room: _Room, by_flaw: Mapping[str, PublishedNotice], told: set[tuple[str, str]]) -> Iterator[NoticeMatch]:
    """A flaw that was found on a machine by another name of its product: the notice may be about it."""
    for asset, kind, flaw, product, version in _flawed(room.database, by_flaw):
        row = by_flaw[flaw.upper()]
        if (asset, row.notice) in told:
            continue
        named = row.product or row.notice
        yield NoticeMatch(
            asset=asset,
            subject_kind=kind,
            notice=row.notice,
            flaw=row.flaw,
            product=row.product,
            version=version,
            matched=f"{flaw}: {product} {version or ''}".strip(),
            vendor=row.publisher or row.vendor,
            told=row.published,
            decision=room.decisions.of(asset, row.notice, row.flaw),
            undecided=True,
            doubt=_SAME_FLAW.en.format(product=product, named=named),
            doubt_ja=_SAME_FLAW.ja.format(product=product, named=named),
            source=ANALYZER.name,
            evidence=row.evidence,
        )


def _flawed(database: Database, flaws: Iterable[str]) -> list[tuple[str, str, str, str, str | None]]:
    wanted = sorted(flaws)
    if not wanted:
        return []
    query = "select distinct asset, subject_kind, flaw, product, version from vulnerabilities where list_contains($flaws, upper(flaw)) order by all"
    return [(str(row[0]), str(row[1]), str(row[2]), str(row[3]), row[4]) for row in database.select(query, {"flaws": wanted})]


def _on_paper(room: _Room) -> Iterator[NoticeMatch]:
    wanted = {flaw for row in room.database.rows("vendor_notices") for flaw in flaws_in(row.flaws)}
    found: dict[str, list[tuple[str, str, str, str | None]]] = defaultdict(list)
    for asset, kind, flaw, product, version in _flawed(room.database, wanted):
        found[flaw.upper()].append((asset, kind, product, version))
    for row in room.database.rows("vendor_notices"):
        if row.decision == "not-concerned" and not row.concerns:
            continue
        flaws = flaws_in(row.flaws)
        for part in parts_of(row.concerns):
            named = room.names.get(" ".join(tokens(part)))
            if named is not None:
                yield _paper_row(row, room, named[0], named[1], flaws, None, None, Text(f"「{part}」と名指し", f"named: {part}"), None)
                continue
            for thing, how in room.standing.about(None, part):
                yield _paper_row(
                    row,
                    room,
                    thing.asset,
                    thing.kind,
                    flaws,
                    part,
                    thing.version,
                    _product_words(part, thing),
                    doubt_of("range", how, thing, part),
                )
        for flaw in flaws:
            for asset, kind, product, version in found.get(flaw, ()):
                said = Text(f"{flaw}: {product} {version or ''}".strip(), f"{flaw}: {product} {version or ''}".strip())
                yield _paper_row(row, room, asset, kind, (flaw,), None, version, said, None)


def _product_words(part: str, thing: Thing) -> Text:
    words = f"{part} = {thing.ours.name} {thing.version or ''}".strip()
    return Text(words, words)


def _paper_row(
    row: VendorNotice, room: _Room, subject: str, kind: str, flaws: Sequence[str], product: str | None, version: str | None, said: Text, doubt: Text | None
) -> NoticeMatch:  # fmt: skip
    return NoticeMatch(
        asset=subject,
        subject_kind=kind,
        notice=row.notice,
        flaw=flaws[0] if len(flaws) == 1 else None,
        product=product,
        version=version,
        matched=said.en,
        vendor=row.vendor,
        told=row.received,
        decision=room.decisions.of(subject, row.notice, None),
        undecided=doubt is not None,
        doubt=doubt.en if doubt else None,
        doubt_ja=doubt.ja if doubt else None,
        source=ANALYZER.name,
        evidence=row.evidence,
    )


ANALYZER = Analyzer(
    name="analyze.notice_matches",
    reads=(
        "assets", "hosts", "software", "components", "device_facts", "ledger_assets", "remote_lines", "entries", "published_notices",
        "vendor_notices", "vendor_answers", "vulnerabilities", "collected",
    ),
    fills=("notice_matches",),
    run=run,
)  # fmt: skip
"""The analyzer of this module."""
