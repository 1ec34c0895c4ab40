"""The order of work as `report.json` has it."""

from __future__ import annotations

from datetime import date
from typing import Any

from omamori.model.text import Text
from omamori.report.repairs import MachineTasks, Repairs, Task, ToldFlaw, Work
from omamori.report.repairs_known import Judging
from omamori.report.repairs_windows import MissingUpdate


def repairs_json(repairs: Repairs) -> dict[str, Any]:
    """Return updates, machines with their work in order, the chains of Windows, what it was judged with and what could not be told."""
    return {
        "updates": [_work(work) for work in repairs.works],
        "machines": [_machine(machine) for machine in repairs.machines],
        "missing_updates": [_missing(one) for one in repairs.missing],
        **_judging(repairs.judging),
    }


def _work(work: Work) -> dict[str, Any]:
    return {
        "repair": work.repair,
        "place": work.place,
        "tier": work.tier,
        "label": _text(work.label),
        "product": work.product or None,
        "target": work.target or None,
        "closes": work.closes,
        "undecided": work.undecided,
        "flaws": work.kinds,
        "exploited": work.exploited,
        "ransomware": work.ransomware,
        "reached": work.reached or None,
        "reached_from": work.reached_from or None,
        "likelihood": work.likelihood,
        "cvss": work.cvss,
        "because": _text(work.because),
        "own": list(work.own),
        "ask": list(work.ask),
        "cannot": work.cannot or None,
        "first_flaws": [_flaw(flaw) for flaw in work.flaws],
    }


def _flaw(flaw: ToldFlaw) -> dict[str, Any]:
    return {
        "flaw": flaw.flaw,
        "title": _text(flaw.title),
        "cvss": flaw.cvss,
        "likelihood": flaw.likelihood,
        "exploited": flaw.exploited,
        "ransomware": flaw.ransomware,
        "undecided": flaw.undecided,
        "machines": flaw.machines,
        "matched": flaw.matched or None,
        "doubt": _text(flaw.doubt) if flaw.doubt.en else None,
        "fact": flaw.fact or None,
        "published": _day(flaw.published),
    }


def _machine(machine: MachineTasks) -> dict[str, Any]:
    return {"asset": machine.asset, "important": machine.important, "repairs": [_task(task) for task in machine.tasks]}


def _task(task: Task) -> dict[str, Any]:
    return {
        "repair": task.repair,
        "place": task.place,
        "tier": task.tier,
        "closes": task.closes,
        "undecided": task.undecided,
        "ask": task.ask,
        "cannot": task.cannot or None,
    }


def _missing(one: MissingUpdate) -> dict[str, Any]:
    return {
        "update": one.update,
        "product": one.product,
        "component": one.component or None,
        "kind": one.kind,
        "title": one.title or None,
        "posted": _day(one.posted),
        "behind_since": _day(one.behind),
        "lacking": one.lacking,
        "chain": [step.en for step in one.steps],
        "basis": one.basis,
        "undecided": one.undecided,
        "doubt": _text(one.doubt) if one.doubt.en else None,
        "fact": one.fact or None,
        "machines": list(one.machines),
        "evidence": one.evidence.reference if one.evidence else None,
    }


def _judging(judging: Judging) -> dict[str, Any]:
    return {
        "sources": [
            {
                "feed": one.feed,
                "title": _text(one.title),
                "as_of": _day(one.as_of),
                "age_days": one.age,
                "old": one.old,
                "records": one.records,
                "broken": one.broken,
            }
            for one in judging.sources
        ],
        "to_confirm": [{"what": _text(one.text), "findings": one.findings, "machines": one.machines} for one in judging.doubts],
        "not_judged": [{"reason": one.reason or None, "machines": list(one.machines)} for one in judging.unjudged],
    }


def _text(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
