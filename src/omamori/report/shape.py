"""The report as data: frozen, without a language and without a format. Every writer reads only this."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from omamori.map.hospital import Hospital
from omamori.model.look import Verdict
from omamori.model.text import Text
from omamori.report.backups import Backups
from omamori.report.checklist import Checklist
from omamori.report.controls import Acceptance as Acceptance
from omamori.report.evidence_line import EvidenceLine as EvidenceLine
from omamori.report.moments import iso
from omamori.report.network_news import NetworkNews
from omamori.report.over_time import Aging, Trend
from omamori.report.repairs import Repairs
from omamori.report.scanned import Scanned
from omamori.report.shape_vendor import VendorList
from omamori.report.traffic import Traffic
from omamori.report.ways import Ways

SCHEMA_VERSION = 1
"""Version of `report.json`; raised when a field changes its meaning or goes away."""

Cell = str | Text


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """What the report needs to know of a check.

    `ask` is what to ask the vendor where the machine is not ours to change; `fix_plan` the command that plans the fix, where there is one.
    """

    id: str
    topic: str
    title: Text
    severity: str
    why: Text
    fix: Text
    fix_cost: str
    fix_run: str = ""
    ask: Text | None = None
    subject: str = "asset"
    fix_plan: str = ""


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """The hospital, as its ledger names it."""

    name: str = ""
    beds: int | None = None
    officer: str = ""
    prepared_by: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What people wrote about a finding in the やること sheet."""

    owner: str = ""
    due: date | None = None
    asked: str = ""
    answer: str = ""
    done: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One verdict a person has to know: found (fail), not seen (unknown) or accepted.

    `ask_vendor` tells that the subject is not the hospital's to change: the writer shows the check's `ask`
    and never its command. `state` is new or open where an earlier snapshot is compared, else empty. `stage` tells whom it
    has to be brought to by its age (`stages.yaml`), empty for nobody yet. `unseen_runs`: at so many checks since `since` it could
    not be told; `came_back`: when it had been gone before. `accepted_days`: how long it has been accepted.
    """

    number: int
    check: str
    subject: str
    subject_kind: str
    key: str
    verdict: str
    severity: str
    reason: str | None
    message: Text
    evidence: EvidenceLine | None
    since: datetime | None
    age_days: int | None
    state: str
    ask_vendor: bool
    vendor: str
    plan: Plan | None = None
    acceptance: Acceptance | None = None
    stage: str = ""
    unseen_runs: int = 0
    came_back: datetime | None = None
    accepted_days: int | None = None


@dataclass(frozen=True, slots=True)
class FirstThing:
    """One of the things to do first: the same fix wherever it is needed. `own` and `ask` are subjects."""

    rank: int
    check: str
    severity: str
    cost: str
    score: float
    own: tuple[str, ...]
    ask: tuple[str, ...]
    vendors: tuple[str, ...]
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FactTable:
    """An answer about one machine: a few rows, how many there are in all, and why it is not whole if it is not."""

    id: str
    columns: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    complete: bool
    reason: str | None = None
    needs: str = ""
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """How far one group of tables of one machine was looked at: whole, part or none, with the reason."""

    group: str
    state: str
    reason: str | None
    needs: str
    seen: datetime | None
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine, its counts, what was looked at on it and the answers about it."""

    name: str
    hostname: str
    role: str
    platform: str
    os: str
    purpose: str
    zone: str
    vendor: str
    hands_off: bool
    medical: bool
    important: bool
    exposed: bool
    declared: bool
    observed: bool
    last_seen: datetime | None
    found: int
    unknown: int
    accepted: int
    not_found: int
    worst: str
    coverage: tuple[CoverageCell, ...]
    facts: tuple[FactTable, ...]
    alike: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and its counts; `found` is by severity in the order critical, high, medium, low."""

    id: str
    title: Text
    found: tuple[int, int, int, int]
    unknown: int
    accepted: int
    not_found: int


@dataclass(frozen=True, slots=True)
class Unseen:
    """What could not be seen for one reason, and what to do about it. `verdicts` and `cells` are counts."""

    reason: str
    label: Text
    advice: Text
    verdicts: int
    cells: int
    machines: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitWhy:
    """One reason to visit a machine, in words, and the line of evidence that says so."""

    reason: str
    text: Text
    evidence: EvidenceLine | None


@dataclass(frozen=True, slots=True)
class Visit:
    """A machine nobody looked at yet: where it is, and why a visit tells much. `stands_for`: others of its kind that wait too."""

    place: int
    name: str
    role: str
    os: str
    address: str
    mac: str
    zone: str
    location: str
    vendor: str
    hands_off: bool
    stands_for: int
    why: tuple[VisitWhy, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Machines that look alike: those looked at by name, and how many of the others are known. `differing`: checks that differ."""

    id: str
    basis: str
    label: str
    role: str
    looked: tuple[str, ...]
    waiting: int
    waiting_names: tuple[str, ...]
    builds: int
    programs: int
    differing: int


@dataclass(frozen=True, slots=True)
class Past:
    """A finding of the earlier snapshot that is not found now. `now`: gone, unknown, accepted or not_judged."""

    check: str
    subject: str
    key: str
    severity: str
    message: Text
    now: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the earlier snapshot; `new` and `still` are numbers of findings."""

    since: datetime | None
    new: tuple[int, ...]
    still: tuple[int, ...]
    past: tuple[Past, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The counts page one begins with. `untouched`: those of `unknown` that are about machines nobody looked at."""

    machines: int
    observed: int
    found: int
    unknown: int
    accepted: int
    not_found: int
    by_severity: tuple[int, int, int, int]
    cells: tuple[int, int, int]
    checks: int
    untouched: int = 0

    @property
    def unclear(self) -> int:
        """What could not be seen although somebody looked."""
        return self.unknown - self.untouched


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report says. `verdicts` are all of them, passes too; `findings` those to read; `hospital` what the picture draws.

    `blocks_on`: a line for every cut of the emergency block that is on, by the record.
    """

    version: str
    moment: datetime
    site: SiteInfo
    numbers: Numbers
    first: tuple[FirstThing, ...]
    changes: Changes | None
    unseen: tuple[Unseen, ...]
    topics: tuple[Topic, ...]
    machines: tuple[Machine, ...]
    findings: tuple[Finding, ...]
    vendors: tuple[VendorList, ...]
    checks: Mapping[str, CheckInfo]
    verdicts: tuple[Verdict, ...] = field(repr=False)
    notes: tuple[Text, ...] = ()
    blocks_on: tuple[Text, ...] = ()
    visits: tuple[Visit, ...] = ()
    candidates: int = 0
    alike: tuple[Alike, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    aging: Aging = field(default_factory=Aging)
    trend: Trend = field(default_factory=Trend)
    network: NetworkNews | None = None
    scans: tuple[Scanned, ...] = ()
    ways: Ways = field(default_factory=Ways)
    traffic: Traffic = field(default_factory=Traffic)
    backups: Backups = field(default_factory=Backups)
    repairs: Repairs = field(default_factory=Repairs)
    hospital: Hospital = field(default_factory=Hospital, repr=False)


def plain(value: Any) -> Any:
    """Return `value` as what JSON can hold: dataclasses become objects, moments ISO 8601, `Text` both languages."""
    if value is None or value.__class__ in _AS_THEY_ARE:
        return value
    if isinstance(value, (tuple, list)):
        return [plain(inner) for inner in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _fields(value.__class__)}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


_AS_THEY_ARE = frozenset({str, int, float, bool})


@cache
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(item.name for item in dataclasses.fields(kind))
