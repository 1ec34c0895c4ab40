"""Build the report from a snapshot's tables and verdicts: pure, deterministic, in no language and no format."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from omamori.analyze.changes.kinds import NetworkChanges
from omamori.knowledge.editions import Choice
from omamori.map.changed import changes_of
from omamori.map.read import read_hospital
from omamori.model.look import Verdict
from omamori.model.standard import ItemDecision
from omamori.model.text import Text
from omamori.report.aging import aging, with_stage
from omamori.report.backups import read_backups
from omamori.report.changes import compare
from omamori.report.checklist import build_checklist
from omamori.report.clean import clean, clean_verdict
from omamori.report.coverage import unseen
from omamori.report.machines import read_machines
from omamori.report.moments import plain_utc
from omamori.report.network_news import network_news
from omamori.report.over_time import Trend
from omamori.report.people import People, read_people
from omamori.report.rank import first_things, severity_order
from omamori.report.recent import NOTHING_BEFORE, Since, read_recent
from omamori.report.repairs import read_repairs
from omamori.report.scanned import read_scans
from omamori.report.shape import (
    Changes,
    CheckInfo,
    EvidenceLine,
    Finding,
    Machine,
    Numbers,
    Report,
    SiteInfo,
    Topic,
)
from omamori.report.stages import stages
from omamori.report.traffic import read_traffic
from omamori.report.vendor_lists import read_vendors
from omamori.report.visits import count_candidates, read_alike, read_visits
from omamori.report.ways import read_ways
from omamori.report.words import SEVERITIES
from omamori.snapshot.database import Database

__all__ = ["CheckInfo", "EvidenceLine", "Report", "build_report"]

ReadEvidence = Callable[[Collection[str]], Mapping[str, EvidenceLine]]
NO_TREND = Trend()
_SHOWN_ORDER = {"fail": 0, "unknown": 1, "accepted": 2}


def build_report(
    database: Database,
    verdicts: Sequence[Verdict],
    checks: Sequence[CheckInfo],
    topics: Mapping[str, Text],
    *,
    read_evidence: ReadEvidence,
    moment: datetime,
    version: str,
    previous: Sequence[Verdict] | None = None,
    previous_moment: datetime | None = None,
    notes: Sequence[Text] = (),
    added: Since = NOTHING_BEFORE,
    checklists: Sequence[tuple[Choice, Sequence[ItemDecision]]] = (),
    trend: Trend = NO_TREND,
    network: NetworkChanges | None = None,
) -> Report:
    """Return the report of a snapshot.

    `database`: its tables, `verdicts`: what the checks said (of one that `checks` does not name, under its id), `topics`: their words in order.
    What `read_evidence` cannot read is left out. `previous`: the verdicts of an earlier snapshot; `added`: what its machines had not; `notes`:
    problems on the way; `checklists`: what was decided of standards; `trend`: the checks so far. Strings of machines lose control characters.
    """
    moment, read_lines = plain_utc(moment), _clean_lines(read_evidence)
    judged = tuple(sorted((clean_verdict(verdict) for verdict in verdicts), key=_verdict_order))
    known = _known(checks, judged)
    alike, recent = read_alike(database, judged), read_recent(database, moment, added, previous_moment and plain_utc(previous_moment))
    machines = read_machines(database, judged, known, alike, recent)
    by_name, people, steps = {machine.name: machine for machine in machines}, read_people(database), stages()
    findings = tuple(with_stage(one, steps) for one in _findings(judged, known, by_name, people, read_lines, moment))
    findings, changes = _changed(findings, judged, previous, previous_moment)
    return Report(
        version=version,
        moment=moment,
        site=_site(database),
        numbers=_numbers(judged, machines, known),
        first=first_things(findings, known, by_name),
        changes=changes,
        unseen=unseen(findings, machines),
        topics=_topics(judged, known, topics),
        machines=machines,
        findings=findings,
        vendors=read_vendors(machines, findings, people, database, moment),
        checks={check: known[check] for check in sorted({verdict.check_id for verdict in judged})},
        verdicts=judged,
        notes=tuple(Text(clean(note.ja), clean(note.en)) for note in notes),
        visits=read_visits(database, read_lines),
        candidates=count_candidates(database),
        alike=alike,
        checklists=tuple(build_checklist(choice, decisions, read_lines) for choice, decisions in checklists),
        aging=aging(findings, database.rows("past_findings"), known, moment, steps),
        trend=trend,
        network=network_news(network, read_lines),
        scans=read_scans(database),
        ways=read_ways(database, read_lines),
        traffic=read_traffic(database),
        backups=read_backups(database, moment, read_lines),
        repairs=read_repairs(database, read_lines),
        hospital=read_hospital(database, moment, changes_of(network)),
    )


def _clean_lines(read_evidence: ReadEvidence) -> ReadEvidence:
    """Return a reader whose lines hold no control characters."""
    return lambda references: {name: _clean_line(line) for name, line in read_evidence(references).items()}


def _changed(
    findings: tuple[Finding, ...], judged: Sequence[Verdict], previous: Sequence[Verdict] | None, moment: datetime | None
) -> tuple[tuple[Finding, ...], Changes | None]:
    """Return the findings with whether they are new, and what changed since `moment`; None where there is nothing earlier."""
    if previous is None:
        return findings, None
    changes = compare(findings, judged, [clean_verdict(verdict) for verdict in previous], moment and plain_utc(moment))
    new = set(changes.new)
    told = (dataclasses.replace(f, state="new" if f.number in new else "open") if f.verdict == "fail" else f for f in findings)
    return tuple(told), changes


def _verdict_order(verdict: Verdict) -> tuple[int, int, tuple[str, ...]]:
    """A total order: what is equal in it is the same line for the reader."""
    shown = _SHOWN_ORDER.get(verdict.verdict, 3)
    words = (verdict.message_en, verdict.message_ja, verdict.evidence, verdict.reason or "", str(verdict.since or ""))
    return shown, severity_order(verdict.severity), (verdict.check_id, verdict.subject, verdict.finding_key, *words)


def _nameless(verdict: Verdict) -> CheckInfo:
    """A verdict of a check nobody described is still told, under the check's id."""
    same = Text(verdict.check_id, verdict.check_id)
    kind = "site" if verdict.subject == "site" else "asset"
    return CheckInfo(
        verdict.check_id, verdict.check_id.partition(".")[0], same, verdict.severity, Text("", ""), Text("", ""), "low", subject=kind
    )


def _findings(
    judged: Sequence[Verdict],
    checks: Mapping[str, CheckInfo],
    machines: Mapping[str, Machine],
    people: People,
    read_lines: ReadEvidence,
    moment: datetime,
) -> tuple[Finding, ...]:
    told = [verdict for verdict in judged if verdict.verdict in _SHOWN_ORDER]
    read = read_lines({verdict.evidence for verdict in told if verdict.evidence})
    findings: list[Finding] = []
    for verdict in told:
        check = checks[verdict.check_id]
        vendor, ask_vendor = _whose(check, verdict.subject, machines, people)
        key = (verdict.check_id, verdict.subject, verdict.finding_key)
        findings.append(
            Finding(
                number=len(findings),
                check=verdict.check_id,
                subject=verdict.subject,
                subject_kind=check.subject,
                key=verdict.finding_key,
                verdict=verdict.verdict,
                severity=verdict.severity,
                reason=verdict.reason,
                message=Text(verdict.message_ja, verdict.message_en),
                evidence=read.get(verdict.evidence),
                since=verdict.since,
                age_days=max(0, (moment - verdict.since).days) if verdict.since else None,
                state="",
                ask_vendor=ask_vendor,
                vendor=vendor,
                plan=people.plan(key),
                acceptance=people.acceptance(key) if verdict.verdict == "accepted" else None,
                unseen_runs=verdict.unseen_runs,
                came_back=verdict.came_back,
                accepted_days=max(0, (moment - verdict.accepted_since).days) if verdict.accepted_since else None,
            )
        )
    return tuple(findings)


def _whose(check: CheckInfo, subject: str, machines: Mapping[str, Machine], people: People) -> tuple[str, bool]:
    """Return the vendor a subject belongs to, and whether it has to be asked instead of changing something."""
    if check.subject == "asset":
        machine = machines.get(subject)
        return (machine.vendor, machine.hands_off) if machine else ("", False)
    if check.subject == "line":
        vendor = people.line_vendors.get(subject, "")
        return vendor, bool(vendor and check.ask)
    if check.subject == "vendor" and subject != "site":  # a list of vendors nobody has seen is a matter of the site
        return subject, check.ask is not None
    return "", False


def _clean_line(line: EvidenceLine) -> EvidenceLine:
    return dataclasses.replace(
        line, origin=clean(line.origin, 200), command=clean(line.command, 200), text=clean(line.text, 400), kind=clean(line.kind, 100)
    )


def _site(database: Database) -> SiteInfo:
    for row in database.rows("site"):
        return SiteInfo(clean(row.name or "", 200), row.beds, clean(row.officer or "", 200), clean(row.prepared_by or "", 200))
    return SiteInfo()


def _severities(verdicts: Sequence[Verdict]) -> tuple[int, int, int, int]:
    count = Counter(verdict.severity for verdict in verdicts if verdict.verdict == "fail")
    critical, high, medium, low = (count[severity] for severity in SEVERITIES)
    return critical, high, medium, low


def _known(checks: Sequence[CheckInfo], judged: Sequence[Verdict]) -> dict[str, CheckInfo]:
    """Return what is known of every check that judged; of one nobody names, what its verdict says."""
    named = {check.id: check for check in checks}
    return named | {verdict.check_id: _nameless(verdict) for verdict in reversed(judged) if verdict.check_id not in named}


def _numbers(judged: Sequence[Verdict], machines: Sequence[Machine], checks: Mapping[str, CheckInfo]) -> Numbers:
    never = {machine.name for machine in machines if not machine.observed}
    count = Counter(verdict.verdict for verdict in judged)
    cells = Counter(cell.state for machine in machines for cell in machine.coverage)
    return Numbers(
        machines=len(machines),
        observed=sum(machine.observed for machine in machines),
        found=count["fail"],
        unknown=count["unknown"],
        accepted=count["accepted"],
        not_found=count["pass"],
        by_severity=_severities(judged),
        cells=(cells["whole"], cells["part"], cells["none"]),
        checks=len({verdict.check_id for verdict in judged}),
        untouched=sum(
            verdict.verdict == "unknown" and verdict.subject in never and checks[verdict.check_id].subject == "asset" for verdict in judged
        ),
    )


def _topics(judged: Sequence[Verdict], checks: Mapping[str, CheckInfo], titles: Mapping[str, Text]) -> tuple[Topic, ...]:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in judged:
        groups[checks[verdict.check_id].topic].append(verdict)
    order = [topic for topic in titles if topic in groups] + sorted(set(groups) - set(titles))
    topics = []
    for topic in order:
        count = Counter(verdict.verdict for verdict in groups[topic])
        title = titles.get(topic, Text(topic, topic))
        topics.append(Topic(topic, title, _severities(groups[topic]), count["unknown"], count["accepted"], count["pass"]))
    return tuple(topics)
