"""The vendors of the report: whom to ask, about what, and what was answered so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from omamori.model.declared import VendorAnswer
from omamori.model.vendors import vendors_of
from omamori.report.clean import clean
from omamori.report.people import People
from omamori.report.shape import Finding, Machine
from omamori.report.shape_vendor import VendorList, VendorSaid
from omamori.snapshot.database import Database

_DECIDED = frozenset({"hospital", "vendor", "done", "refused"})
_ORDER = {"refused": 0, "vendor": 1, "hospital": 2, "done": 3, "checking": 4}


def read_vendors(
    machines: Sequence[Machine], findings: Sequence[Finding], people: People, database: Database, moment: datetime
) -> tuple[VendorList, ...]:
    """Return every vendor with its machines, lines and findings, and what it answered.

    A machine that two vendors look after stands with both, and so does what each of them said.
    """
    subjects: dict[str, set[str]] = defaultdict(set)
    for machine in machines:
        for name in vendors_of(machine.vendor, people.vendors):
            subjects[name].add(machine.name)
    for line, vendor in people.line_vendors.items():
        for name in vendors_of(vendor, people.vendors):
            subjects[name].add(line)
    numbers: dict[str, list[int]] = defaultdict(list)
    for finding in findings:
        for name in vendors_of(finding.vendor, people.vendors):
            numbers[name].append(finding.number)
    answers: dict[str, list[VendorAnswer]] = defaultdict(list)
    for row in database.rows("vendor_answers"):
        answers[clean(row.vendor)].append(row)
    lists = []
    for name in sorted((set(subjects) | set(numbers) | set(people.vendors) | set(answers)) - {""}):
        contact, phone = people.vendors.get(name, ("", ""))
        mine = tuple(numbers[name])
        lists.append(
            VendorList(
                name=name,
                contact=contact,
                phone=phone,
                subjects=tuple(sorted(subjects[name])),
                findings=mine,
                replied=bool(answers[name]),
                answered_on=max((row.answered_on for row in answers[name] if row.answered_on), default=None),
                open=_open([findings[number] for number in mine], answers[name]),
                said=tuple(_said(answers[name], moment)),
            )
        )
    return tuple(lists)


def _open(findings: Sequence[Finding], answers: Sequence[VendorAnswer]) -> int:
    """How many findings wait for a decision of the vendor: unanswered, or still being checked there."""
    decided = {(row.check_id, clean(row.asset)) for row in answers if row.question == "finding" and row.answer in _DECIDED}
    return sum(finding.verdict == "fail" and (finding.check, finding.subject) not in decided for finding in findings)


def _said(answers: Sequence[VendorAnswer], moment: datetime) -> Iterator[VendorSaid]:
    """Yield the decisions, equal ones on many machines as one: refusals first."""
    groups: dict[tuple[str, str, str, str, str], list[VendorAnswer]] = defaultdict(list)
    for row in answers:
        if row.question == "finding" and row.answer:
            until = row.until.isoformat() if row.until else ""
            groups[row.answer, clean(row.check_id), until, clean(row.reason or "", 500), clean(row.compensating or "", 500)].append(row)
    for (answer, check, until, reason, instead), rows in sorted(groups.items(), key=lambda item: (_ORDER.get(item[0][0], 9), item[0])):
        lacking = answer == "refused" and not (reason and until and all(row.answered_by for row in rows))
        yield VendorSaid(
            check=check,
            answer=answer,
            subjects=tuple(sorted(clean(row.asset) for row in rows)),
            until=until,
            reason=reason,
            instead=instead,
            ended=bool(until) and until < moment.date().isoformat(),
            lacking=lacking,
        )
