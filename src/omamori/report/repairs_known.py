"""What the order of work was judged with, how old that is, and what could not be judged and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from omamori.model.text import Text
from omamori.report.clean import clean
from omamori.report.words import OTHER_REASON, REASON
from omamori.snapshot.database import Database

DOUBTS = 40
"""Doubts that are told one by one."""
_NAME, _LONG = 160, 400


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A source of the pack. `age`: days since its newest entry, None where it has no date; `old`: whether it counts as old."""

    feed: str
    title: Text
    as_of: date | None
    age: int | None
    best_before: int | None
    records: int
    broken: int

    @property
    def old(self) -> bool:
        """Whether it is older than it should be; one without a date is not called new."""
        return self.best_before is not None and (self.age is None or self.age > self.best_before)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that has to be confirmed: how many findings on how many machines wait for it."""

    text: Text
    findings: int
    machines: int


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Machines (and lines) whose flaws could not be judged whole, for one reason; or of which the pack lacks one thing: `label` says what."""

    reason: str
    label: Text
    machines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judging:
    """Sources, oldest first; doubts, the most frequent first; and machines that could not be judged whole."""

    sources: tuple[KnownSource, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()


_DOUBTS = f"""
select doubt, doubt_ja, count(*) as findings, count(distinct asset) as machines from (
  select asset, coalesce(doubt, '') as doubt, coalesce(doubt_ja, '') as doubt_ja from vulnerabilities where undecided
  union all select asset, coalesce(doubt, ''), coalesce(doubt_ja, '') from missing_patches where undecided)
group by doubt, doubt_ja order by findings desc, doubt, doubt_ja limit {DOUBTS}"""  # noqa: S608 - our own words
_UNJUDGED = """
select coalesce(reason, ''), list(distinct asset order by asset) from collected
where table_name in ('vulnerabilities', 'missing_patches') and asset <> '*' and (not complete or missing <> '')
group by 1 order by count(distinct asset) desc, 1"""
_UNCOVERED = """
select coalesce(why, ''), coalesce(lacks, ''), coalesce(lacks_ja, ''), list(distinct asset order by asset) from knowledge_covers where not covered
group by 1, 2, 3 order by count(distinct asset) desc, 1, 2, 3"""
_UNNAMED = Text("この版が当たるかどうか、確かには言えない", "it cannot be told for certain that this version is affected")


def read_judging(database: Database) -> Judging:
    """Return what the snapshot was judged with and what could not be told. A file of an earlier version has no sources."""
    sources = []
    for row in database.rows("knowledge_sources") if database.has("knowledge_sources") else ():
        ja, en = clean(row.title_ja or row.title or row.feed, _NAME), clean(row.title or row.title_ja or row.feed, _NAME)
        sources.append(KnownSource(clean(row.feed, _NAME), Text(ja, en), row.as_of, row.age_days, row.best_before, row.records, row.broken))
    doubts = []
    for doubt, doubt_ja, findings, machines in database.select(_DOUBTS):
        text = Text(clean(doubt_ja or doubt, _LONG), clean(doubt or doubt_ja, _LONG)) if doubt or doubt_ja else _UNNAMED
        doubts.append(Doubt(text, findings, machines))
    unjudged = [
        Unjudged(reason, REASON.get(reason, OTHER_REASON), tuple(clean(name, _NAME) for name in names))
        for reason, names in database.select(_UNJUDGED)
    ]
    for reason, lacks, lacks_ja, names in database.select(_UNCOVERED) if database.has("knowledge_covers") else ():
        text = (
            Text(clean(lacks_ja or lacks, _LONG), clean(lacks or lacks_ja, _LONG))
            if lacks or lacks_ja
            else REASON.get(reason, OTHER_REASON)
        )
        unjudged.append(Unjudged(reason, text, tuple(clean(name, _NAME) for name in names)))
    sources.sort(key=lambda one: (not one.old, one.as_of or date.min, one.feed))
    return Judging(tuple(sources), tuple(doubts), tuple(unjudged))
