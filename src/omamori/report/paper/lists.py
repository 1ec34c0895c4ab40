"""The lists of the full report: machines, what was not seen, what to visit, vendors, what changed, what is accepted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from omamori.model.text import Language, Text
from omamori.report.checklist import ANSWER_WORDS, DECISION_WORDS, ChecklistItem
from omamori.report.labels import LABELS
from omamori.report.paper.parts import cut, day, names
from omamori.report.shape import Changes, Finding, Report
from omamori.report.words import NOW, ROLE, SEVERITY

MACHINES = 600
UNDECIDED = 60
PER_VENDOR = 15
"""So many lines a list has at most; the Excel has all."""
_NAMED = 8


def machine_rows(report: Report, language: Language, zone: tzinfo) -> dict[str, Any]:
    """Return a row for each machine: name, what it is, zone, system, found, gravest, not seen, when last seen."""
    rows = []
    for machine in report.machines[:MACHINES]:
        role = ROLE[machine.role].say(language) if machine.role in ROLE else machine.role
        what = " / ".join(part for part in (machine.purpose, role) if part)
        rows.append(
            {
                "name": cut(machine.name, 60),
                "important": machine.important,
                "what": cut(what, 60),
                "zone": cut(machine.zone, 40),
                "os": cut(machine.os, 50),
                "found": str(machine.found),
                "worst": machine.worst,
                "label": SEVERITY[machine.worst].say(language) if machine.worst else "",
                "unknown": str(machine.unknown),
                "seen": day(machine.last_seen, zone) if machine.observed else LABELS["not_observed"].say(language),
            }
        )
    return {"rows": rows, "more": max(0, len(report.machines) - MACHINES)}


def unseen(report: Report, language: Language) -> dict[str, Any]:
    """Return what could not be seen by reason, and the checks that could not be decided most often."""
    by_check = Counter(finding.check for finding in report.findings if finding.verdict == "unknown")
    subjects: dict[str, set[str]] = defaultdict(set)
    for finding in report.findings:
        if finding.verdict == "unknown":
            subjects[finding.check].add(finding.subject)
    ordered = sorted(by_check.items(), key=lambda item: (-item[1], item[0]))
    return {
        "reasons": [
            {
                "label": item.label.say(language),
                "advice": item.advice.say(language),
                "checks": str(item.verdicts),
                "cells": str(item.cells),
                "machines": names(item.machines, _NAMED, language),
            }
            for item in report.unseen
        ],
        "checks": [
            {"title": report.checks[check].title.say(language), "count": str(count), "where": names(sorted(subjects[check]), 4, language)}
            for check, count in ordered[:UNDECIDED]
        ],
        "more": max(0, len(ordered) - UNDECIDED),
    }


def visits(report: Report, language: Language) -> list[dict[str, str]]:
    """Return the machines to visit first and why."""
    return [
        {
            "name": cut(visit.name, 60),
            "place": cut(" / ".join(part for part in (visit.location, visit.zone, visit.address) if part), 120),
            "why": ("、" if language == "ja" else "; ").join(one.text.say(language) for one in visit.why[:3]),
        }
        for visit in report.visits
    ]


def vendors(report: Report, language: Language) -> list[dict[str, Any]]:
    """Return the vendors with what is to be asked of each, the same question once."""
    told = []
    for vendor in report.vendors:
        groups: dict[str, list[Finding]] = defaultdict(list)
        for number in vendor.findings:
            finding = report.findings[number]
            if finding.verdict == "fail" and finding.ask_vendor:
                groups[finding.check].append(finding)
        asked = []
        for check, findings in list(groups.items())[:PER_VENDOR]:
            info = report.checks[check]
            asked.append(
                {
                    "title": info.title.say(language),
                    "ask": info.ask.say(language) if info.ask else "",
                    "where": names(sorted({finding.subject for finding in findings}), 6, language),
                }
            )
        told.append(
            {
                "name": cut(vendor.name, 60),
                "contact": cut(" ".join(part for part in (vendor.contact, vendor.phone) if part), 80),
                "machines": names(vendor.subjects, _NAMED, language),
                "asked": asked,
                "more": max(0, len(groups) - PER_VENDOR),
            }
        )
    return told


def changes(report: Report, language: Language, zone: tzinfo) -> dict[str, Any] | None:
    """Return what changed since the earlier check, grouped by check; None where there is none to compare."""
    held = report.changes
    if held is None:
        return None
    past: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in held.past:
        past[one.now].append((one.check, one.subject))
    return {
        "since": day(held.since, zone),
        "new": _folded([(report.findings[number].check, report.findings[number].subject) for number in held.new], report, language),
        "counts": _counts(held).say(language),
        "past": [
            {"label": NOW[now].say(language) if now in NOW else now, "items": _folded(pairs, report, language)}
            for now, pairs in sorted(past.items())
        ],
    }


def _counts(held: Changes) -> Text:
    return Text(
        f"新しいもの {len(held.new)} 件、続いているもの {len(held.still)} 件、今回見つからない・見えないもの {len(held.past)} 件",
        f"{len(held.new)} new, {len(held.still)} still open, {len(held.past)} not found or not visible now",
    )


def _folded(pairs: Sequence[tuple[str, str]], report: Report, language: Language, most: int = 25) -> dict[str, Any]:
    groups: dict[str, set[str]] = defaultdict(set)
    for check, subject in pairs:
        groups[check].add(subject)
    items = [
        {
            "title": report.checks[check].title.say(language) if check in report.checks else check,
            "where": names(sorted(subjects), 5, language),
        }
        for check, subjects in list(groups.items())[:most]
    ]
    return {"items": items, "more": max(0, len(groups) - most)}


def accepted(report: Report, language: Language) -> list[dict[str, str]]:
    """Return the risks that are accepted for a time, with who, why and until when."""
    rows = []
    for finding in report.findings:
        if finding.verdict == "accepted" and finding.acceptance is not None:
            said = finding.acceptance
            seen = f"{said.control.kind.say(language)}: {said.control.state_said.say(language)}" if said.control else ""
            rows.append(
                {
                    "title": report.checks[finding.check].title.say(language),
                    "where": cut(finding.subject, 40),
                    "owner": cut(said.owner, 40),
                    "reason": cut(" / ".join(part for part in (said.reason, said.compensating, seen) if part), 200),
                    "until": said.until,
                }
            )
    return rows[:UNDECIDED]


def checklists(report: Report, language: Language) -> list[dict[str, Any]]:
    """Return the items of every sheet with what the evidence says; those whose answer differs first, then in the sheet's order."""
    told = []
    for checklist in report.checklists:
        rows = [
            {
                "number": item.id,
                "text": item.text.say(language),
                "differs": item.decision == "differs",
                "decision": DECISION_WORDS[item.decision].say(language) if item.decision in DECISION_WORDS else item.decision,
                "draft": ANSWER_WORDS[item.draft].say(language) if item.draft in ANSWER_WORDS else "",
                "why": _why(item, language),
            }
            for item in sorted(checklist.items, key=lambda item: item.decision != "differs")
        ]
        told.append(
            {
                "title": checklist.title.say(language),
                "said": checklist.said.say(language) if checklist.said else "",
                "note": checklist.note.say(language),
                "rows": rows,
            }
        )
    return told


def _why(item: ChecklistItem, language: Language) -> str:
    """Return, in short, what speaks against an item, else what is missing, else what agrees."""
    for texts in ([proof.text for proof in item.saying("no")], item.missing, [proof.text for proof in item.saying("yes")]):
        if texts:
            rest = len(texts) - 2
            more = "" if rest <= 0 else f" ほか {rest} 件" if language == "ja" else f" and {rest} more"
            return " / ".join(cut(text.say(language), 160) for text in texts[:2]) + more
    return ""
