"""report.json: the report for programs. Its form is docs/report.schema.json; a test holds the two together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from omamori.model.look import Verdict
from omamori.report.backups import backups_json
from omamori.report.checklist import checklist_json
from omamori.report.network_news import network_json
from omamori.report.repairs_json import repairs_json
from omamori.report.shape import SCHEMA_VERSION, EvidenceLine, FirstThing, Machine, Report, Visit, plain
from omamori.report.traffic import traffic_json
from omamori.report.ways import ways_json

_ASSET = (
    "name",
    "hostname",
    "role",
    "platform",
    "os",
    "purpose",
    "zone",
    "vendor",
    "hands_off",
    "medical",
    "important",
    "exposed",
    "declared",
    "observed",
    "last_seen",
)
_ALIKE = ("id", "basis", "label", "role", "looked", "waiting", "builds", "programs", "differing")
_VISIT = ("role", "os", "address", "mac", "zone", "location", "vendor", "hands_off", "stands_for")


def render_json(report: Report) -> str:
    """Return `report.json`: UTF-8 text, one record a line, the same report gives the same bytes, moments in UTC."""
    return "".join(json_parts(report))


def json_parts(report: Report) -> Iterator[str]:
    """Yield the same piece by piece: of a large site nobody has to hold it whole."""
    before = "{\n"
    for key, value in _sections(report):
        yield f"{before} {_packed(key)}: "
        yield from _records(value)
        before = ",\n"
    yield "\n}\n"


def _records(value: Any) -> Iterator[str]:
    """Yield a list, or an object of objects, with each of its records on a line; all else on one line."""
    if isinstance(value, list | Iterator):
        yield from _enclosed("[", (_packed(one) for one in value), "]")
    elif isinstance(value, dict) and all(isinstance(one, dict) for one in value.values()):
        yield from _enclosed("{", (f"{_packed(key)}: {_packed(one)}" for key, one in value.items()), "}")
    else:
        yield _packed(value)


def _enclosed(opening: str, records: Iterable[str], closing: str) -> Iterator[str]:
    yield opening
    before = "\n  "
    for record in records:
        yield before + record
        before = ",\n  "
    yield closing if before == "\n  " else f"\n {closing}"


def _packed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def document(report: Report) -> dict[str, Any]:
    """Return what `report.json` holds: every verdict, passes too, and the evidence lines they point to."""
    return {key: list(value) if isinstance(value, Iterator) else value for key, value in _sections(report)}


def _sections(report: Report) -> Iterator[tuple[str, Any]]:
    """Yield the parts of the document in order; the long lists one record at a time."""
    yield "schema_version", SCHEMA_VERSION
    yield "omamori_version", report.version
    yield "site", plain(report.site)
    yield "moment", plain(report.moment)
    yield "compared_with", plain(report.changes.since) if report.changes else None
    yield "blocks_on", plain(report.blocks_on)
    yield "numbers", _numbers(report)
    yield "assets", [{name: plain(getattr(machine, name)) for name in _ASSET} for machine in report.machines]
    yield "coverage", (line for machine in report.machines for line in _coverage(machine))
    yield "topics", [{"id": topic.id, "title": plain(topic.title)} for topic in report.topics]
    yield "checks", [_check(report, check) for check in report.checks]
    yield "verdicts", (_verdict(verdict) for verdict in report.verdicts)
    yield "evidence", _evidence(report)
    yield "first", [_first(thing) for thing in report.first]
    yield "visits", [_visit(visit) for visit in report.visits]
    yield "candidates", report.candidates
    yield "alike", [{name: plain(getattr(group, name)) for name in _ALIKE} for group in report.alike]
    yield "checklists", [checklist_json(one, plain) for one in report.checklists]
    yield "changes", _changes(report)
    yield "network_changes", network_json(report.network)
    yield "attack_paths", ways_json(report.ways)
    yield "traffic", traffic_json(report.traffic)
    yield "backups", backups_json(report.backups)
    yield "repairs", repairs_json(report.repairs)
    yield "aging", _aging(report)
    yield "trend", plain(report.trend.points)
    yield "notes", plain(report.notes)


def _numbers(report: Report) -> dict[str, int]:
    n = report.numbers
    return {
        "machines": n.machines,
        "observed": n.observed,
        "fail": n.found,
        "unknown": n.unknown,
        "unknown_of_machines_not_looked_at": n.untouched,
        "accepted": n.accepted,
        "pass": n.not_found,
    }


def _coverage(machine: Machine) -> list[dict[str, Any]]:
    return [
        {
            "asset": machine.name,
            "group": cell.group,
            "state": cell.state,
            "reason": cell.reason,
            "needs": cell.needs or None,
            "seen": plain(cell.seen),
            "tables_not_whole": list(cell.tables),
        }
        for cell in machine.coverage
    ]


def _check(report: Report, check: str) -> dict[str, Any]:
    info = report.checks[check]
    return {
        "id": info.id,
        "topic": info.topic,
        "subject": info.subject,
        "severity": info.severity,
        "title": plain(info.title),
        "why": plain(info.why),
        "fix": {"cost": info.fix_cost, **plain(info.fix), "run": info.fix_run or None, "plan": info.fix_plan or None},
        "ask": plain(info.ask),
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "check": verdict.check_id,
        "subject": verdict.subject,
        "key": verdict.finding_key,
        "verdict": verdict.verdict,
        "severity": verdict.severity,
        "reason": verdict.reason,
        "message": {"ja": verdict.message_ja, "en": verdict.message_en},
        "evidence": verdict.evidence or None,
        "since": plain(verdict.since),
        "accepted_since": plain(verdict.accepted_since),
        "unseen_runs": verdict.unseen_runs,
        "came_back": plain(verdict.came_back),
    }


def _evidence(report: Report) -> dict[str, Any]:
    lines: dict[str, EvidenceLine] = {f.evidence.reference: f.evidence for f in report.findings if f.evidence}
    lines |= {why.evidence.reference: why.evidence for visit in report.visits for why in visit.why if why.evidence}
    proofs = (proof for one in report.checklists for item in one.items for proof in item.proofs)
    lines |= {proof.evidence.reference: proof.evidence for proof in proofs if proof.evidence}
    news = (shown for line in (report.network.lines if report.network else ()) for shown in (line.before, line.after))
    lines |= {shown.reference: shown for shown in news if shown}
    steps = (step for entry in report.ways.entries for path in entry.paths for step in path.steps)
    lines |= {step.evidence.reference: step.evidence for step in steps if step.evidence}
    register = (entry.register.evidence for entry in report.ways.entries)
    copies = (copy.evidence for copy in report.backups.copies)
    chains = (one.evidence for one in report.repairs.missing)
    lines |= {line.reference: line for line in (*register, *copies, *chains) if line}
    return {
        reference: {key: value for key, value in plain(line).items() if key != "reference"} for reference, line in sorted(lines.items())
    }


def _first(thing: FirstThing) -> dict[str, Any]:
    return {
        "rank": thing.rank,
        "check": thing.check,
        "severity": thing.severity,
        "cost": thing.cost,
        "score": thing.score,
        "own": list(thing.own),
        "ask": list(thing.ask),
    }


def _visit(visit: Visit) -> dict[str, Any]:
    why = [
        {"reason": one.reason, "text": plain(one.text), "evidence": one.evidence.reference if one.evidence else None} for one in visit.why
    ]
    return {"place": visit.place, "asset": visit.name, **{name: plain(getattr(visit, name)) for name in _VISIT}, "why": why}


def _aging(report: Report) -> dict[str, Any]:
    """What stays open, by finding: `staged` ones are open, `hidden` ones were and cannot be told now."""
    told = report.aging

    def named(number: int) -> dict[str, Any]:
        finding = report.findings[number]
        return {"check": finding.check, "subject": finding.subject, "key": finding.key}

    return {
        "staged": [
            {"stage": one.stage, **named(number), "days": report.findings[number].age_days, "advice": plain(one.advice)}
            for one in told.staged
            for number in one.findings
        ],
        "ending": [
            {**named(one.finding), "days": one.days, "days_left": one.days_left, "advice": plain(one.advice)} for one in told.ending
        ],
        "hidden": plain(told.hidden),
    }


def _changes(report: Report) -> dict[str, Any] | None:
    if report.changes is None:
        return None

    def names(numbers: tuple[int, ...]) -> list[dict[str, str]]:
        found = (report.findings[number] for number in numbers)
        return [{"check": f.check, "subject": f.subject, "key": f.key} for f in found]

    past = [{"check": item.check, "subject": item.subject, "key": item.key, "now": item.now} for item in report.changes.past]
    return {"new": names(report.changes.new), "still": names(report.changes.still), "past": past}
