"""The things to do first: the same fix wherever it is needed, ordered by risk removed per cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from omamori.report.shape import CheckInfo, Finding, FirstThing, Machine
from omamori.report.words import SEVERITIES

WEIGHT = {"critical": 100.0, "high": 30.0, "medium": 8.0, "low": 1.0}
COST = {"none": 1.0, "low": 2.0, "medium": 4.0, "high": 8.0}
_LAST = len(SEVERITIES)
LINE = 8.0
"""An outside line is the door to everything behind it: it counts as many machines."""
PER_TOPIC = 2
"""How many checks of one topic stand in the list, so that one topic cannot fill the page."""


def severity_order(severity: str) -> int:
    """Return 0 for critical to 3 for low; an unknown word comes last."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else _LAST


def first_things(
    findings: Sequence[Finding], checks: Mapping[str, CheckInfo], machines: Mapping[str, Machine], limit: int = 10
) -> tuple[FirstThing, ...]:
    """Return the `limit` checks whose findings are worth mending first. The order of `findings` makes no difference.

    score = weight of the severity × sum over subjects of their factor ÷ cost. A subject counts 1, twice where
    care would stop, 1.5 times where the outside is near; the site counts 2, a line `LINE`. Of one topic at most
    `PER_TOPIC` checks are listed. The formula stands in the report.
    """
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.verdict == "fail":
            groups[finding.check].append(finding)
    things = [_thing(checks[check], group, machines) for check, group in groups.items()]
    things.sort(key=lambda thing: (-thing.score, severity_order(thing.severity), -len(thing.own) - len(thing.ask), thing.check))
    return tuple(
        FirstThing(rank, t.check, t.severity, t.cost, t.score, t.own, t.ask, t.vendors, t.findings)
        for rank, t in enumerate(_spread(things)[:limit], 1)
    )


def _spread(things: Sequence[FirstThing]) -> list[FirstThing]:
    """Keep the first `PER_TOPIC` things of each topic; the order stays."""
    kept: list[FirstThing] = []
    seen: dict[str, int] = defaultdict(int)
    for thing in things:
        topic = thing.check.partition(".")[0]
        seen[topic] += 1
        if seen[topic] <= PER_TOPIC:
            kept.append(thing)
    return kept


def factor(finding: Finding, machines: Mapping[str, Machine]) -> float:
    """Return how much one subject counts."""
    if finding.subject_kind == "site":
        return 2.0
    if finding.subject_kind == "line":
        return LINE
    machine = machines.get(finding.subject)
    if machine is None or finding.subject_kind != "asset":
        return 1.0
    return (2.0 if machine.important else 1.0) * (1.5 if machine.exposed else 1.0)


def _thing(check: CheckInfo, group: Sequence[Finding], machines: Mapping[str, Machine]) -> FirstThing:
    # Several findings on one machine are one visit: a subject counts once, with its heaviest severity.
    heaviest: dict[str, float] = {}
    for finding in group:
        value = WEIGHT.get(finding.severity, 1.0) * factor(finding, machines)
        heaviest[finding.subject] = max(value, heaviest.get(finding.subject, 0.0))
    return FirstThing(
        rank=0,
        check=check.id,
        severity=min((finding.severity for finding in group), key=severity_order),
        cost=check.fix_cost,
        # Rounded sum of sorted values: the same whatever the order of the findings.
        score=round(sum(sorted(heaviest.values())) / COST.get(check.fix_cost, 4.0), 3),
        own=tuple(sorted({finding.subject for finding in group if not finding.ask_vendor})),
        ask=tuple(sorted({finding.subject for finding in group if finding.ask_vendor})),
        vendors=tuple(sorted({finding.vendor for finding in group if finding.ask_vendor and finding.vendor})),
        findings=tuple(sorted(finding.number for finding in group)),
    )
