"""What changed since the earlier snapshot. A finding that can no longer be seen is not called gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from omamori.model.look import Verdict
from omamori.model.text import Text
from omamori.report.rank import severity_order
from omamori.report.shape import Changes, Finding, Past

Key = tuple[str, str, str]


def key_of(verdict: Verdict) -> Key:
    """Return the stable identity of a verdict."""
    return (verdict.check_id, verdict.subject, verdict.finding_key)


def compare(findings: Sequence[Finding], now: Sequence[Verdict], before: Sequence[Verdict], since: datetime | None) -> Changes:
    """Return new, still open and past findings between the verdicts of an earlier snapshot and `now`."""
    was_open = {key_of(verdict): verdict for verdict in before if verdict.verdict == "fail"}
    open_now = {key_of(verdict) for verdict in now if verdict.verdict == "fail"}
    by_subject: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for verdict in now:
        by_subject[(verdict.check_id, verdict.subject)].append(verdict)
    past = [
        Past(
            check=old.check_id,
            subject=old.subject,
            key=old.finding_key,
            severity=old.severity,
            message=Text(old.message_ja, old.message_en),
            now=_what_now(key, by_subject[key[:2]]),
        )
        for key, old in was_open.items()
        if key not in open_now
    ]
    past.sort(key=lambda item: (item.now, severity_order(item.severity), item.check, item.subject, item.key))
    failed = [finding for finding in findings if finding.verdict == "fail"]
    return Changes(
        since=since,
        new=tuple(f.number for f in failed if (f.check, f.subject, f.key) not in was_open),
        still=tuple(f.number for f in failed if (f.check, f.subject, f.key) in was_open),
        past=tuple(past),
    )


def _what_now(key: Key, current: Sequence[Verdict]) -> str:
    if not current:
        return "not_judged"
    for verdict in current:
        if verdict.verdict == "accepted" and verdict.finding_key in (key[2], ""):
            return "accepted"
    # An unknown about the subject as a whole, or about this very key, hides whether it is still there.
    if any(verdict.verdict == "unknown" and verdict.finding_key in (key[2], "") for verdict in current):
        return "unknown"
    return "gone"
