"""The full report as a PDF: what the pages on the screen tell, for print. Its first page is the director's."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from omamori.model.text import Language
from omamori.report.labels import LABELS
from omamori.report.moments import shown
from omamori.report.paper.director import director_data, director_pictures
from omamori.report.paper.grouped import by_machine, by_topic
from omamori.report.paper.lists import accepted, changes, checklists, machine_rows, unseen, vendors, visits
from omamori.report.paper.parts import cut, day, names, said, severities
from omamori.report.paper.render import render
from omamori.report.paper.updates import updates
from omamori.report.paper.words import FULL, UNNAMED
from omamori.report.shape import FirstThing, Report
from omamori.report.words import COST, DISCLAIMER, FORMULA, GLOSSARY, SEVERITY


def render_full(report: Report, language: Language, zone: tzinfo) -> bytes:
    """Return the full report as a PDF. Raises PaperError where PDFs cannot be made."""
    return render("full", full_data(report, language, zone), language, report.moment, director_pictures(report, language, zone))


def full_data(report: Report, language: Language, zone: tzinfo) -> dict[str, Any]:
    """Return what the report says, for its template."""
    site = cut(report.site.name, 80) or UNNAMED.say(language)
    title = LABELS["title"].say(language)
    return {
        "title": title,
        "author": f"{LABELS['amulet'].say(language)} {report.version}",
        "site": site,
        "head": f"{site}  {title}",
        "day": day(report.moment, zone),
        "foot": DISCLAIMER[0].say(language),
        "looked": f"{LABELS['looked_on'].say(language)} {shown(report.moment, zone)}",
        "words": said({**{name: LABELS[name] for name in _LABELS}, **FULL}, language),
        "director": director_data(report, language, zone),
        **_summary(report, language),
        "first": [_first(thing, report, language) for thing in report.first],
        "updates": updates(report.repairs, language),
        "by_topic": by_topic(report, language, zone),
        "by_machine": by_machine(report, language),
        "machines": machine_rows(report, language, zone),
        "checklists": checklists(report, language),
        "unseen": unseen(report, language),
        "visits": visits(report, language),
        "vendors": vendors(report, language),
        "changes": changes(report, language, zone),
        "accepted": accepted(report, language),
        "notes": [note.say(language) for note in report.notes[:40]],
        "disclaimer": [line.say(language) for line in DISCLAIMER],
        "formula": FORMULA.say(language),
        "glossary": [{"word": word.say(language), "means": means.say(language)} for word, means in GLOSSARY],
    }


def _summary(report: Report, language: Language) -> dict[str, Any]:
    n = report.numbers
    return {
        "numbers": {
            "found": str(n.found),
            "unknown": str(n.unclear),
            "accepted": str(n.accepted),
            "not_found": str(n.not_found),
            "machines": f"{n.observed} / {n.machines}",
            "checks": str(n.checks),
        },
        "severities": severities(n.by_severity, language),
        "topics": [
            {
                "title": topic.title.say(language),
                "found": [str(count) if count else "" for count in topic.found],
                "unknown": str(topic.unknown or ""),
                "accepted": str(topic.accepted or ""),
                "not_found": str(topic.not_found or ""),
            }
            for topic in report.topics
        ],
        "severity_names": [word.say(language) for word in SEVERITY.values()],
    }


def _first(thing: FirstThing, report: Report, language: Language) -> dict[str, str]:
    check = report.checks[thing.check]
    return {
        "title": check.title.say(language),
        "severity": thing.severity,
        "label": SEVERITY[thing.severity].say(language),
        "cost": COST.get(thing.cost, COST["medium"]).say(language),
        "why": check.why.say(language),
        "fix": check.fix.say(language) if thing.own else "",
        "own": names(thing.own, 8, language),
        "ask": names(thing.ask, 8, language),
    }


_LABELS = (
    "found",
    "unknown",
    "accepted",
    "not_found",
    "machines",
    "first",
    "first_sub",
    "nothing_first",
    "ask_vendor",
    "why",
    "fix",
    "found_where",
    "why_visit",
    "evidence",
    "unseen_what",
    "all_seen",
    "visits",
    "visits_sub",
    "vendor_none",
    "vendor_nothing",
    "since_last",
    "no_previous",
    "new",
    "notes",
    "about_is",
    "about_order",
    "about_words",
    "contact",
    "machine",
    "topic",
    "by_topic",
    "view_findings",
    "view_machines",
    "view_vendors",
    "view_about",
    "view_unseen",
    "cost",
    "important",
    "owner",
    "reason",
    "until",
    "last_seen",
    "all_machines_same",
)
