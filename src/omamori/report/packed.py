"""The findings as the page's script takes them: what many of them share stands once, so that the page stays small.

With 300 machines and 300 checks most lines differ in nothing but the machine. Groups share check, verdict, severity, reason and
state; sentences are kept without the machine's name, sources of evidence without the line. `util.js` unpacks them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from omamori.report.shape import EvidenceLine, Finding, plain

SUBJECT = "\x01"
"""Stands for the subject inside a sentence: `clean` leaves no such character in any text."""


class _Once:
    """Values in the order they are first met; each has a number."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def number(self, key: Any, value: Any) -> int:
        """Return the number of `key`, which stands for `value`."""
        if key not in self._numbers:
            self._numbers[key] = len(self.values)
            self.values.append(value)
        return self._numbers[key]


def pack_findings(findings: Sequence[Finding]) -> dict[str, Any]:
    """Return {subjects, said, since, groups, sources, evidence}: plain JSON values.

    A group is [check, verdict, severity, reason, state, stage, rows]; a row is [subject, sentence, evidence, since, key, more], each a number into
    its list, -1 for none, and nothing after the last that says something. `more` holds what few findings have. Findings are numbered in the order they stand.
    """
    subjects, said, since, sources, lines = (_Once() for _ in range(5))
    groups = []
    shared = groupby(findings, key=lambda one: (one.check, one.verdict, one.severity, one.reason or "", one.state, one.stage))
    for head, members in shared:
        rows = []
        for finding in members:
            message = finding.message
            name = finding.subject
            ja, en = (text.replace(name, SUBJECT) if name else text for text in (message.ja, message.en))
            row: list[Any] = [
                subjects.number(name, name),
                said.number((ja, en), [ja, en] if ja != en else [ja]),
                -1 if finding.evidence is None else _line(finding.evidence, sources, lines),
                -1 if finding.since is None else since.number(finding.since, [plain(finding.since), finding.age_days or 0]),
                finding.key,
                _more(finding),
            ]
            while row and row[-1] in (-1, "", None):
                row.pop()
            rows.append(row)
        groups.append([*head, rows])
    return {
        "subjects": subjects.values,
        "said": said.values,
        "since": since.values,
        "sources": sources.values,
        "evidence": lines.values,
        "groups": groups,
    }


def _line(line: EvidenceLine, sources: _Once, lines: _Once) -> int:
    source = (line.origin, line.kind, line.command, plain(line.seen))
    return lines.number(line.reference, [sources.number(source, list(source)), line.line, line.text])


def _more(finding: Finding) -> dict[str, Any] | None:
    """Return what is left of a finding; a machine's vendor stands at the machine."""
    more: dict[str, Any] = {}
    if finding.subject_kind != "asset":
        more = {"subject_kind": finding.subject_kind, "vendor": finding.vendor, "ask_vendor": finding.ask_vendor}
    more |= {"unseen_runs": finding.unseen_runs, "came_back": plain(finding.came_back), "accepted_days": finding.accepted_days}
    more |= {"plan": plain(finding.plan), "acceptance": plain(finding.acceptance)}
    return {name: value for name, value in more.items() if value} or None
