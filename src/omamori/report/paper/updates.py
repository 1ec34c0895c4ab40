"""The order of work on paper: the first three on the director's page, and a chapter of the full report."""

from __future__ import annotations

from typing import Any

from omamori.model.text import Language, Text
from omamori.report.paper.parts import cut, names
from omamori.report.repairs import Repairs, Work
from omamori.report.repairs_page import percent, source_said
from omamori.report.repairs_words import REPAIR_WORDS

FIRST = 3
ROWS = 25
"""Updates in the chapter."""
_DOUBTS = 8


def first_updates(repairs: Repairs) -> Text:
    """Return the sentence of what to install first; empty where nothing presses for certain."""
    first = repairs.first[:FIRST]
    if not first:
        return Text("", "")
    ja = "、".join(
        f"{cut(work.short, 34)}({work.machines} 台の {work.closes} 件{'、業者に確認' if not work.own else ''})" for work in first
    )
    en = ", ".join(
        f"{cut(work.short, 34)} (closes {work.closes} on {work.machines} machine{'s' if work.machines > 1 else ''}"
        f"{', ask the vendor' if not work.own else ''})"
        for work in first
    )
    return Text(f"先に直す更新は {ja}です。", f" Updates to do first: {en}.")


def updates(repairs: Repairs, language: Language) -> dict[str, Any]:
    """Return the chapter for its template: a bounded table, what has to be confirmed, and what it was judged with."""
    judging = repairs.judging
    return {
        "title": REPAIR_WORDS["title"].say(language),
        "lead": REPAIR_WORDS["sub" if repairs.works else "nothing"].say(language),
        "heads": [REPAIR_WORDS[name].say(language) for name in ("tier", "what", "closes", "machines")],
        "doubts_title": REPAIR_WORDS["unjudged"].say(language),
        "judged_with": REPAIR_WORDS["judged_with"].say(language),
        "rows": [_row(work, language) for work in repairs.works[:ROWS]],
        "more": max(0, len(repairs.works) - ROWS),
        "doubts": [f"{one.text.say(language)} ({one.findings})" for one in judging.doubts[:_DOUBTS]],
        "sources": " · ".join(source_said(one).say(language) for one in judging.sources) or REPAIR_WORDS["no_sources"].say(language),
    }


def _row(work: Work, language: Language) -> dict[str, str]:
    closes = "–" if work.cannot == "no_fix" else str(work.closes or "")
    if work.undecided and work.cannot != "no_fix":
        closes = f"{closes} ({REPAIR_WORDS['undecided'].say(language)} {work.undecided})".strip()
    cannot = work.cannot_label
    asked = f"{REPAIR_WORDS['ask'].say(language)}: {names(work.ask, 3, language, 24)}" if work.ask else ""
    return {
        "tier": work.tier_label.say(language),
        "urgent": "yes" if work.tier == 1 and not cannot else "",
        "what": cut(work.label.say(language), 120),
        "why": cut(work.because.say(language), 200),
        "closes": closes,
        "scores": f"EPSS {percent(work.likelihood)} · CVSS {'–' if work.cvss is None else f'{work.cvss:.1f}'}",
        "machines": str(work.machines),
        "where": " / ".join(part for part in (names(work.own, 3, language, 24) if work.own else "", asked) if part),
        "cannot": cannot.say(language) if cannot else "",
    }
