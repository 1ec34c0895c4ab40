"""The findings of the full report, grouped so that a person can read them: one entry for a check, wherever it was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from omamori.model.text import Language, Text
from omamori.report.labels import LABELS
from omamori.report.moments import shown
from omamori.report.paper.parts import cut, names
from omamori.report.rank import severity_order
from omamori.report.shape import CheckInfo, EvidenceLine, Finding, Report
from omamori.report.words import COST, SEVERITIES, SEVERITY

SUBJECTS = 10
"""So many subjects of a check are named; the Excel names all."""
LINES = 3
"""So many lines of evidence of a check are shown."""
GROUPS = 80
"""So many groups of machines are shown."""
_GRAVE = SEVERITIES[:2]


def by_topic(report: Report, language: Language, zone: tzinfo) -> list[dict[str, Any]]:
    """Return the topics with what was found, each with its checks: gravest first, then those found most often."""
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.verdict == "fail":
            groups[finding.check].append(finding)
    topics: dict[str, list[str]] = defaultdict(list)
    for check in groups:
        topics[report.checks[check].topic].append(check)
    told = []
    for topic in report.topics:
        checks = sorted(topics[topic.id], key=lambda one: (severity_order(worst(groups[one])), -len(groups[one]), one))
        if checks:
            entries = [_entry(report.checks[check], groups[check], language, zone) for check in checks]
            told.append(
                {
                    "title": topic.title.say(language),
                    "long": [entry for entry in entries if entry["severity"] != "low"],
                    "short": [entry for entry in entries if entry["severity"] == "low"],
                }
            )
    return told


def worst(findings: Sequence[Finding]) -> str:
    """Return the gravest severity among findings."""
    return min((finding.severity for finding in findings), key=severity_order)


def _entry(check: CheckInfo, findings: Sequence[Finding], language: Language, zone: tzinfo) -> dict[str, Any]:
    severity = worst(findings)
    subjects = sorted({finding.subject for finding in findings})
    count = Text(
        f"{len(findings)} 件 / 対象 {len(subjects)}",
        f"{len(findings)} found / {len(subjects)} subject{'s' if len(subjects) != 1 else ''}",
    )
    own = any(not finding.ask_vendor for finding in findings)
    ask = check.ask is not None and any(finding.ask_vendor for finding in findings)
    return {
        "severity": severity,
        "label": SEVERITY[severity].say(language),
        "title": check.title.say(language),
        "id": check.id,
        "count": count.say(language),
        "why": check.why.say(language),
        "fix": check.fix.say(language) if own else "",
        "cost": COST.get(check.fix_cost, COST["medium"]).say(language),
        "ask": check.ask.say(language) if ask and check.ask else "",
        "where": names(subjects, SUBJECTS, language),
        "lines": [_line(finding, language, zone) for finding in _samples(findings)],
        "more": len(findings) - len(_samples(findings)),
    }


def _samples(findings: Sequence[Finding]) -> list[Finding]:
    """Return a few findings, of different subjects where there are several."""
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.subject, finding)
    return list(first.values())[:LINES]


def _line(finding: Finding, language: Language, zone: tzinfo) -> dict[str, str]:
    return {"message": cut(finding.message.say(language), 240), **proof(finding.evidence, language, zone)}


def proof(line: EvidenceLine | None, language: Language, zone: tzinfo) -> dict[str, str]:
    """Return where a line of evidence stands (number of the evidence, line, command, moment) and what it says."""
    if line is None:
        return {"place": LABELS["no_evidence"].say(language), "text": ""}
    reference = line.reference.partition(":")[0]
    place = [reference.removeprefix("sha256-")[:12], cut(line.origin, 60), cut(line.command, 60)]
    if line.line is not None:
        place.append(f"{line.line} {LABELS['line'].say(language)}" if language == "ja" else f"{LABELS['line'].say(language)} {line.line}")
    place.append(shown(line.seen, zone))
    return {"place": " · ".join(part for part in place if part), "text": cut(line.text, 160)}


def by_machine(report: Report, language: Language) -> dict[str, Any]:
    """Return the machines with grave findings; those with the same ones stand together."""
    checks: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for finding in report.findings:
        if finding.verdict == "fail" and finding.subject_kind == "asset" and finding.severity in _GRAVE:
            checks[finding.subject].add((finding.severity, finding.check))
    groups: dict[frozenset[tuple[str, str]], list[str]] = defaultdict(list)
    for machine in report.machines:
        if machine.name in checks:
            groups[frozenset(checks[machine.name])].append(machine.name)
    ordered = sorted(groups.items(), key=lambda item: (*(-_count(item[0], one) for one in _GRAVE), item[1]))
    return {
        "groups": [_group(held, machines, report.checks, language) for held, machines in ordered[:GROUPS]],
        "more": sum(len(machines) for _, machines in ordered[GROUPS:]),
    }


def _count(held: frozenset[tuple[str, str]], severity: str) -> int:
    return sum(one == severity for one, _ in held)


def _group(
    held: frozenset[tuple[str, str]], machines: Sequence[str], checks: Mapping[str, CheckInfo], language: Language
) -> dict[str, Any]:
    return {
        "machines": names(machines, SUBJECTS, language),
        "count": str(len(machines)),
        "found": [
            {
                "severity": severity,
                "label": SEVERITY[severity].say(language),
                "titles": [checks[check].title.say(language) for one, check in sorted(held) if one == severity],
            }
            for severity in _GRAVE
            if _count(held, severity)
        ],
    }
