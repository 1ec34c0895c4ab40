"""From what was found and what is known to verdicts with words in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from omamori.evaluate import wording
from omamori.evaluate.accepted import Accepted, Exceptions
from omamori.evaluate.check import Check
from omamori.evaluate.coverage import State
from omamori.evaluate.looks import Hole, Looks
from omamori.model.evidence import of_columns
from omamori.model.look import Verdict
from omamori.model.tables import TABLES
from omamori.model.text import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of a check: its stable key, its words, its evidence, and the reason when the row says itself that it is not known."""

    key: str
    message: Text
    evidence: str
    unknown: str | None

    @classmethod
    def of(cls, check: Check, row: Mapping[str, Any], types: Mapping[str, str], deciding: Sequence[str] = ()) -> Finding:
        """Make a finding of a row by the check's key and message. `deciding`: columns whose own line shows it, the first ones first."""
        unknown = row.get("unknown")
        return cls(
            key=wording.finding_key(row, check.key),
            message=wording.fill(check.message, row, types),
            evidence=wording.clean(of_columns(str(row.get("evidence") or ""), deciding)),
            unknown=None if unknown is None else wording.clean(unknown),
        )


def verdicts_of(
    check: Check, subject: str, findings: Sequence[Finding], state: State, looks: Looks, exceptions: Exceptions
) -> list[Verdict]:
    """Return the verdicts of one subject in scope; never none."""
    if state.scope_hole is not None:
        return [_unknown(check, subject, "", wording.CANNOT_TELL, state.scope_hole)]
    found = []
    failed = False
    for finding in findings:
        evidence = finding.evidence or looks.evidence(subject, state.tables)
        if finding.unknown is not None:
            found.append(_row_unknown(check, subject, finding, finding.unknown, evidence))
        elif state.row_hole is not None:
            found.append(_row_unknown(check, subject, finding, state.row_hole.reason, evidence))
        else:
            failed = True
            found.append(_fail(check, subject, finding, evidence, exceptions.of(check.id, subject, finding.key)))
    if failed and state.hole is not None:
        found.append(_unknown(check, subject, "", wording.MAY_BE_MORE, state.hole))
    if found:
        return found
    if state.hole is not None:
        return [_unknown(check, subject, "", wording.CANNOT_TELL, state.hole)]
    return [_verdict(check, subject, "", "pass", wording.NOTHING_FOUND, looks.evidence(subject, state.tables))]


def not_run(check: Check, subject: str, why: str) -> Verdict:
    """Return the unknown of a check that could not be run; DuckDB's words follow ours."""
    detail = wording.clean(why)
    message = Text(f"{wording.NOT_RUN.ja}: {detail}", f"{wording.NOT_RUN.en}: {detail}")
    return _verdict(check, subject, "", "unknown", message, "", "not_understood")


def _fail(check: Check, subject: str, finding: Finding, evidence: str, accepted: Accepted | None) -> Verdict:
    if accepted is None:
        return _verdict(check, subject, finding.key, "fail", finding.message, evidence)
    until, owner = accepted.until.isoformat(), wording.clean(accepted.owner, 40)
    ja = f"{finding.message.ja}({until}まで受容{'、' + owner if owner else ''})"
    en = f"{finding.message.en} (accepted until {until}{', ' + owner if owner else ''})"
    return _verdict(check, subject, finding.key, "accepted", Text(ja, en), evidence or accepted.evidence, until)


def _row_unknown(check: Check, subject: str, finding: Finding, reason: str, evidence: str) -> Verdict:
    words = wording.reason_words(reason)
    message = Text(f"{finding.message.ja}(確定できません: {words.ja})", f"{finding.message.en} (not certain: {words.en})")
    return _verdict(check, subject, finding.key, "unknown", message, evidence, reason)


def _unknown(check: Check, subject: str, key: str, what: Text, hole: Hole) -> Verdict:
    words, title = wording.reason_words(hole.reason), TABLES[hole.table].title
    counted = Text("", "")
    if hole.seen is not None:
        counted = Text(f"、{hole.of}台中{hole.seen}台で確認", f", seen on {hole.seen} of {hole.of}")
    message = Text(f"{what.ja}: {words.ja}({title.ja}{counted.ja})", f"{what.en}: {words.en} ({title.en}{counted.en})")
    return _verdict(check, subject, key, "unknown", message, hole.evidence, hole.reason)


def _verdict(check: Check, subject: str, key: str, verdict: str, message: Text, evidence: str, reason: str | None = None) -> Verdict:
    return Verdict(
        check_id=check.id,
        subject=subject,
        finding_key=key,
        verdict=verdict,
        severity=check.severity,
        reason=reason,
        message_ja=message.ja,
        message_en=message.en,
        evidence=evidence,
    )
