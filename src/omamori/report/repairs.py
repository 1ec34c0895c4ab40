"""The order of work as the report tells it: what each update closes on how many machines, and machine by machine what to do in order.

Everything is put together in the database: hundreds of thousands of flaws never pass through here row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from omamori.analyze.mending.grouping import REPAIR
from omamori.model.text import Text
from omamori.report.clean import clean
from omamori.report.repairs_known import Judging, read_judging
from omamori.report.repairs_windows import MissingUpdate, ReadEvidence, read_missing
from omamori.report.repairs_words import CANNOT, REACHED, TIER
from omamori.snapshot.database import Database

FLAWS_TOLD = 8
"""Flaws of one update that are told one by one."""
_NAME, _LONG = 160, 400


@dataclass(frozen=True, slots=True)
class ToldFlaw:
    """One flaw an update closes: what it is in both languages, and why it is this one. `machines`: how many have it."""

    flaw: str
    title: Text
    cvss: float | None
    likelihood: float | None
    exploited: bool
    ransomware: bool
    undecided: bool
    machines: int
    matched: str
    doubt: Text
    fact: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Work:
    """One update, and what it closes over all machines. `own` are machines of the hospital, `ask` those whose vendor has to be asked.

    `closes`: findings, machine by machine, `exploited_findings` those of flaws known to be exploited; `kinds`, `exploited` and `ransomware`:
    different flaws. `shut` are machines on which it cannot be done.
    """

    repair: str
    place: int
    tier: int
    label: Text
    product: str
    target: str
    closes: int
    undecided: int
    exploited: int
    exploited_findings: int
    undecided_exploited: int
    ransomware: int
    kinds: int
    reached: str
    reached_from: str
    likelihood: float | None
    cvss: float | None
    because: Text
    own: tuple[str, ...]
    ask: tuple[str, ...]
    shut: int
    cannot: str
    flaws: tuple[ToldFlaw, ...] = ()

    @property
    def short(self) -> str:
        """A short name without words of a language: the update's number, or product and version."""
        return self.target if self.repair.startswith("update:") else f"{self.product} {self.target}".strip() or self.repair

    @property
    def machines(self) -> int:
        """On how many machines and lines it is needed."""
        return len(self.own) + len(self.ask)

    @property
    def names(self) -> tuple[str, ...]:
        """The machines, own ones first."""
        return (*self.own, *self.ask)

    @property
    def tier_label(self) -> Text:
        """When it should be done, in words."""
        return TIER.get(self.tier, TIER[4])

    @property
    def reached_label(self) -> Text:
        """How an entry point reaches it, in words."""
        return REACHED.get(self.reached, REACHED[""])

    @property
    def cannot_label(self) -> Text | None:
        """Why nothing can be done anywhere, in words; None where it can be done somewhere."""
        return CANNOT.get(self.cannot)


@dataclass(frozen=True, slots=True)
class Task:
    """One update on one machine or line, as `repairs` has it."""

    asset: str
    kind: str
    repair: str
    place: int
    tier: int
    label: Text
    target: str
    closes: int
    undecided: int
    exploited: int
    undecided_exploited: int
    ransomware: int
    reached: str
    reached_from: str
    likelihood: float | None
    cvss: float | None
    because: Text
    cannot: str
    ask: bool

    @property
    def tier_label(self) -> Text:
        """When it should be done, in words."""
        return TIER.get(self.tier, TIER[4])


@dataclass(frozen=True, slots=True)
class MachineTasks:
    """What to do on one machine, in order."""

    asset: str
    important: bool
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Repairs:
    """The section of the order of work; `missing` tells the chains of Windows, `judging` what it was judged with and what could not be told."""

    works: tuple[Work, ...] = ()
    machines: tuple[MachineTasks, ...] = ()
    missing: tuple[MissingUpdate, ...] = ()
    judging: Judging = field(default_factory=Judging)

    @property
    def doable(self) -> tuple[Work, ...]:
        """The work somebody can do, in its order."""
        return tuple(work for work in self.works if not work.cannot)

    @property
    def first(self) -> tuple[Work, ...]:
        """What is to be done first: never what is only to be confirmed, never what cannot be done."""
        return tuple(work for work in self.doable if work.tier <= 2 and work.closes)

    @property
    def closes(self) -> int:
        """Findings all of it closes, machine by machine."""
        return sum(work.closes for work in self.works)

    @property
    def undecided(self) -> int:
        """Findings to be confirmed."""
        return sum(work.undecided for work in self.works)

    @property
    def urgent(self) -> int:
        """How many updates are to be done first."""
        return sum(work.tier == 1 for work in self.doable)


def read_repairs(database: Database, read_evidence: ReadEvidence | None = None) -> Repairs:
    """Return the order of work of a snapshot; `read_evidence` None: without the lines. A file of an earlier version has none."""
    if not database.has("repairs"):
        return Repairs()
    flaws = _flaws(database)
    works = tuple(_work(row, flaws.get(str(row[0]), ())) for row in database.select(_WORKS))
    return Repairs(works, _machines(database), read_missing(database, read_evidence), read_judging(database))


_WORKS = """
with doing as (select repair, bool_and(cannot is not null) as all_shut from repairs group by repair)
select r.repair, min(place) filter (cannot is null or all_shut), min(tier) filter (cannot is null or all_shut),
  coalesce(arg_min(label, place) filter (not ask and (cannot is null or all_shut)), arg_min(label, place)),
  coalesce(arg_min(label_ja, place) filter (not ask and (cannot is null or all_shut)), arg_min(label_ja, place)),
  coalesce(min(product), ''), coalesce(arg_min(target, place), ''), sum(flaws)::bigint, sum(undecided)::bigint, max(exploited), sum(exploited)::bigint,
  max(undecided_exploited), max(ransomware), coalesce(min(reached), ''), coalesce(arg_min(reached_from, place) filter (reached = 'entry'), ''),
  max(likelihood), max(cvss), arg_min(because, place), arg_min(because_ja, place),
  coalesce(list(asset order by place) filter (not ask), []), coalesce(list(asset order by place) filter (ask), []),
  count(*) filter (cannot is not null), case when any_value(all_shut) then coalesce(arg_min(cannot, place), '') else '' end, max(flaws + undecided)
from repairs r join doing d on d.repair = r.repair group by r.repair order by 2"""
_FLAWS = f"""
with found as (
  select {REPAIR} as repair, v.flaw, max(v.title) as title, max(v.title_ja) as title_ja, max(v.name) as name, max(v.cvss) as cvss,
    max(v.likelihood) as likelihood, bool_or(coalesce(v.exploited, false)) as exploited, bool_or(coalesce(v.ransomware, false)) as ransomware,
    bool_and(v.undecided) as undecided, count(distinct v.asset) as machines, min(v.matched) as matched, min(v.doubt) as doubt,
    min(v.doubt_ja) as doubt_ja, min(v.fact) as fact, min(v.published) as published
  from vulnerabilities v group by all)
select *, count(*) over works as kinds, count(*) filter (exploited and not undecided) over works as exploited_kinds,
  count(*) filter (ransomware and not undecided) over works as ransomware_kinds
from found window works as (partition by repair)
qualify row_number() over (partition by repair order by undecided, exploited desc, ransomware desc, likelihood desc nulls last,
  cvss desc nulls last, flaw) <= {FLAWS_TOLD}
order by repair, undecided, exploited desc, ransomware desc, likelihood desc nulls last, cvss desc nulls last, flaw"""  # noqa: S608 - our own words


def _flaws(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in database.select(_FLAWS):
        found.setdefault(str(row[0]), []).append(row)
    return found


def told_flaw(row: Sequence[Any]) -> ToldFlaw:
    """Return a flaw of a row of the SELECT of flaws, fit to be shown. Where only one language has a title, that one is shown in both."""
    (
        _,
        flaw,
        title,
        title_ja,
        name,
        cvss,
        likelihood,
        exploited,
        ransomware,
        undecided,
        machines,
        matched,
        doubt,
        doubt_ja,
        fact,
        published,
    ) = row[:16]
    english, japanese = title or name or title_ja or "", title_ja or name or title or ""
    return ToldFlaw(
        flaw=clean(flaw, _NAME),
        title=Text(clean(japanese, _LONG), clean(english, _LONG)),
        cvss=cvss,
        likelihood=likelihood,
        exploited=exploited,
        ransomware=ransomware,
        undecided=undecided,
        machines=machines,
        matched=clean(matched or "", _LONG),
        doubt=Text(clean(doubt_ja or doubt or "", _LONG), clean(doubt or doubt_ja or "", _LONG)),
        fact=clean(fact or "", _LONG),
        published=published,
    )


def _work(row: tuple[Any, ...], flaws: Sequence[tuple[Any, ...]]) -> Work:
    repair, place, tier, label, label_ja, product, target, closes, undecided, exploited, found, *rest = row
    unsure, ransomware, reached, whence, likelihood, cvss, because, because_ja, own, ask, shut, cannot, most = rest
    return Work(
        repair=clean(repair, _NAME),
        place=place,
        tier=tier,
        label=_both(label_ja, label),
        product=clean(product, _NAME),
        target=clean(target, _NAME),
        closes=closes,
        undecided=undecided,
        exploited=max(exploited, flaws[0][17] if flaws else 0),
        exploited_findings=found,
        undecided_exploited=unsure,
        ransomware=max(ransomware, flaws[0][18] if flaws else 0),
        kinds=max(most, flaws[0][16] if flaws else 0),
        reached=reached,
        reached_from=clean(whence, _NAME),
        likelihood=likelihood,
        cvss=cvss,
        because=_both(because_ja, because),
        own=tuple(clean(name, _NAME) for name in own),
        ask=tuple(clean(name, _NAME) for name in ask),
        shut=shut,
        cannot=cannot,
        flaws=tuple(told_flaw(flaw) for flaw in flaws),
    )


def _machines(database: Database) -> tuple[MachineTasks, ...]:
    important = {str(name) for (name,) in database.select("select asset from assets where important")}
    found: dict[str, list[Task]] = {}
    names = {}
    query = """select asset, subject_kind, repair, place, tier, coalesce(label_ja, ''), coalesce(label, ''), coalesce(target, ''), flaws, undecided,
      exploited, undecided_exploited, ransomware, coalesce(reached, ''), coalesce(reached_from, ''), likelihood, cvss, coalesce(because_ja, ''),
      coalesce(because, ''), coalesce(cannot, ''), ask from repairs order by place"""
    for row in database.select(query):
        asset, kind, repair, place, tier, label_ja, label, target, *numbers = row
        closes, undecided, exploited, unsure, ransomware, reached, whence, likelihood, cvss, because_ja, because, cannot, ask = numbers
        names[asset] = clean(asset, _NAME)
        found.setdefault(asset, []).append(
            Task(
                names[asset],
                kind,
                clean(repair, _NAME),
                place,
                tier,
                _both(label_ja, label),
                clean(target, _NAME),
                closes,
                undecided,
                exploited,
                unsure,
                ransomware,
                reached,
                clean(whence, _NAME),
                likelihood,
                cvss,
                _both(because_ja, because),
                cannot,
                ask,
            )
        )
    return tuple(MachineTasks(names[asset], asset in important, tuple(tasks)) for asset, tasks in found.items())


def _both(ja: str | None, en: str | None) -> Text:
    return Text(clean(ja or en or "", _LONG), clean(en or ja or "", _LONG))
