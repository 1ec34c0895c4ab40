"""What has been open for long and whom to bring it to; acceptances that end; what was open and cannot be seen any more."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from omamori.model.look import PastFinding
from omamori.model.text import Text
from omamori.report.clean import clean
from omamori.report.moments import plain_utc
from omamori.report.over_time import Aging, Ending, Hidden, Staged
from omamori.report.rank import severity_order
from omamori.report.shape import CheckInfo, Finding
from omamori.report.stages import Stages


def with_stage(finding: Finding, stages: Stages) -> Finding:
    """Return a finding with the stage its age has reached: one that was found, and nothing else, grows towards somebody."""
    if finding.verdict != "fail" or finding.age_days is None:
        return finding
    stage = stages.reached(finding.severity, finding.age_days)
    return dataclasses.replace(finding, stage=stage.id) if stage else finding


def aging(
    findings: Sequence[Finding], past: Iterable[PastFinding], checks: Mapping[str, CheckInfo], moment: datetime, stages: Stages
) -> Aging:
    """Return what stays: `staged` (by check, the last stage first), `ending` acceptances and `hidden` findings.

    `past` are the findings of earlier snapshots that are not open now; of those only what was found and cannot be told any more counts.
    """
    moment = plain_utc(moment)
    return Aging(
        staged=_staged(findings, stages),
        ending=tuple(_ending(findings, moment, stages)),
        hidden=tuple(_hidden(past, checks, moment, stages)),
        counts=tuple((stage.id, sum(finding.stage == stage.id for finding in findings)) for stage in reversed(stages.stages)),
        titles={stage.id: stage.title for stage in stages.stages},
    )


def _staged(findings: Sequence[Finding], stages: Stages) -> tuple[Staged, ...]:
    place = {stage.id: number for number, stage in enumerate(stages.stages)}
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.stage:
            groups[(finding.stage, finding.check)].append(finding)
    found = []
    for (stage, check), group in groups.items():
        oldest = max(group, key=lambda one: (one.age_days or 0, -one.number))
        worst = min((one.severity for one in group), key=severity_order)
        days = oldest.age_days or 0
        advice = stages.advice(stages.stages[place[stage]], days, ask=all(one.ask_vendor for one in group))
        subjects = tuple(sorted({one.subject for one in group}))
        found.append(Staged(stage, check, worst, days, advice, subjects, tuple(one.number for one in group)))
    found.sort(key=lambda one: (-place[one.stage], severity_order(one.severity), -one.days, -len(one.findings), one.check))
    return tuple(found)


def _ending(findings: Sequence[Finding], moment: datetime, stages: Stages) -> Iterable[Ending]:
    told = []
    for finding in findings:
        if finding.verdict == "accepted":
            left = _days_left(finding, moment)
            advice = stages.acceptance(finding.accepted_days, left)
            if advice is not None:
                told.append((left if left is not None else 10**6, Ending(finding.number, finding.accepted_days, left, advice)))
    return [one for _, one in sorted(told, key=lambda pair: (pair[0], pair[1].finding))]


def _days_left(finding: Finding, moment: datetime) -> int | None:
    """Return the days until the acceptance ends: its last day is the day it is accepted until."""
    until = (finding.acceptance.until if finding.acceptance else "") or finding.reason or ""
    try:
        return (date.fromisoformat(until) - moment.date()).days
    except ValueError:
        return None


def _hidden(past: Iterable[PastFinding], checks: Mapping[str, CheckInfo], moment: datetime, stages: Stages) -> Iterable[Hidden]:
    told = []
    for one in past:
        # What was accepted was somebody's decision; it is no finding that went out of sight.
        if one.now == "unknown" and one.accepted_since is None and one.since is not None and one.check_id in checks:
            days = max(0, (moment - one.since).days)
            stage = stages.reached(one.severity, days)
            message = Text(clean(one.message_ja), clean(one.message_en))
            told.append(
                Hidden(
                    check=one.check_id,
                    subject=clean(one.subject),
                    key=clean(one.finding_key),
                    severity=one.severity,
                    message=message,
                    since=one.since,
                    last_open=one.last_open,
                    days=days,
                    stage=stage.id if stage else "",
                )
            )
    told.sort(key=lambda one: (severity_order(one.severity), -one.days, one.check, one.subject, one.key))
    return told
