"""What is asked of one vendor, as data: its machines, our evidence of them, the connections and lines to confirm. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from omamori.model.declared import RemoteLine, VendorAnswer
from omamori.model.tables import TABLES
from omamori.model.text import Text
from omamori.model.vendors import vendors_of
from omamori.report.clean import clean
from omamori.report.discreet import Discreet, discreet
from omamori.report.inquiry_ask import to_the_vendor
from omamori.report.inquiry_flows import AskedFlow, asked_flows
from omamori.report.inquiry_notices import AskedNotice, asked_notices
from omamori.report.inquiry_words import ASK_ANYWAY, LINE_QUESTIONS, NOT_QUOTED, VENDOR_QUESTIONS
from omamori.report.rank import severity_order
from omamori.report.shape import Finding, Machine, Report
from omamori.snapshot.database import Database

SAMPLES = 3
"""Lines of evidence quoted for one finding on many machines."""
PROPOSALS = 2
"""Things the hospital would do that are asked about with one finding."""


@dataclass(frozen=True, slots=True)
class AskedMachine:
    """A machine of the vendor, as it knows it."""

    name: str
    hostname: str
    address: str
    purpose: str
    place: str
    os: str
    last_seen: datetime | None
    theirs: str | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class AskedFinding:
    """One kind of finding on a group of machines. `evidence` are the lines quoted, `more` how many findings are not."""

    check: str
    severity: str
    title: Text
    ask: Text
    machines: tuple[str, ...]
    evidence: tuple[Text, ...]
    more: int
    seen: date | None
    before: VendorAnswer | None = None


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question about a line, or (empty `line`) about the vendor itself. `said` is what the hospital's ledger holds."""

    line: str
    question: str
    text: Text
    said: Text
    before: VendorAnswer | None = None


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Everything asked of one vendor. `unseen` counts what could not be seen on its machines."""

    vendor: str
    site: str
    moment: datetime
    machines: tuple[AskedMachine, ...]
    lines: tuple[str, ...]
    findings: tuple[AskedFinding, ...]
    flows: tuple[AskedFlow, ...]
    questions: tuple[AskedQuestion, ...]
    unseen: int
    answered_on: date | None = None
    notices: tuple[AskedNotice, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """A vendor in the list: what it looks after, what was found there, and when it answered last."""

    vendor: str
    machines: int
    lines: int
    findings: int
    answered_on: date | None


def vendor_names(database: Database) -> tuple[str, ...]:
    """Return every vendor the ledger names: in its sheet of vendors, at a machine or at a line."""
    known = {clean(row.vendor) for row in database.rows("vendors")}
    said = [value for (value,) in database.select("select vendor from ledger_assets union select vendor from remote_lines")]
    return tuple(sorted((known | {name for value in said for name in vendors_of(clean(value or ""), known)}) - {""}))


def count_vendors(report: Report, database: Database) -> tuple[Counted, ...]:
    """Return every vendor with its counts."""
    latest = {clean(vendor): day for vendor, day in database.select("select vendor, max(answered_on) from vendor_answers group by vendor")}
    counted = []
    for vendor in vendor_names(database):
        machines, lines = _theirs(report, database, vendor)
        subjects = {machine.name for machine in machines} | {clean(line.line) for line in lines}
        found = sum(finding.verdict == "fail" and finding.subject in subjects for finding in report.findings)
        counted.append(Counted(vendor, len(machines), len(lines), found, latest.get(vendor)))
    return tuple(counted)


Proposals = Mapping[tuple[str, str], Sequence[Text]]
"""(check, machine) → what the hospital would do about it, as questions to whoever runs the machine."""


def build_inquiry(
    report: Report, database: Database, vendor: str, personal: Collection[str], proposals: Proposals = MappingProxyType({})
) -> Inquiry:
    """Return what is asked of `vendor`.

    In: the report and its snapshot's tables; `personal` are the checks whose lines of evidence may hold accounts or people; `proposals`
    are asked with the finding they would take away. Other machines, accounts and persons are named nowhere in it.
    """
    machines, lines = _theirs(report, database, vendor)
    names = [machine.name for machine in machines]
    line_names = [clean(line.line) for line in lines]
    hide = discreet(database, [*names, *line_names, vendor])
    answers = [row for row in database.rows("vendor_answers") if clean(row.vendor) == vendor]
    subjects = set(names) | set(line_names)
    mine = [finding for finding in report.findings if finding.subject in subjects and finding.subject_kind in ("asset", "line")]
    return Inquiry(
        vendor=vendor,
        site=report.site.name,
        moment=report.moment,
        machines=tuple(_machines(machines, database, answers)),
        lines=tuple(line_names),
        findings=tuple(_with_proposals(_findings(report, mine, hide, personal, answers), proposals, hide)),
        flows=tuple(asked_flows(database, names, answers)),
        questions=tuple(_questions(lines, database, vendor, answers)),
        unseen=sum(finding.verdict == "unknown" for finding in mine),
        answered_on=max((row.answered_on for row in answers if row.answered_on), default=None),
        notices=tuple(asked_notices(database, vendor, names, line_names, answers, hide)),
    )


def _theirs(report: Report, database: Database, vendor: str) -> tuple[list[Machine], list[RemoteLine]]:
    known = {clean(row.vendor) for row in database.rows("vendors")}
    machines = sorted((one for one in report.machines if vendor in vendors_of(one.vendor, known)), key=lambda one: one.name)
    lines = sorted(
        (row for row in database.rows("remote_lines") if vendor in vendors_of(clean(row.vendor or ""), known)), key=lambda row: row.line
    )
    return machines, lines


def _machines(machines: Sequence[Machine], database: Database, answers: Sequence[VendorAnswer]) -> Iterator[AskedMachine]:
    ledger = {clean(row.asset): row for row in database.rows("ledger_assets")}
    before = {clean(row.asset): row for row in answers if row.question == "keeps"}
    for machine in machines:
        entry, said = ledger.get(machine.name), before.get(machine.name)
        yield AskedMachine(
            name=machine.name,
            hostname=machine.hostname,
            address=clean(entry.address or "") if entry else "",
            purpose=machine.purpose,
            place=clean(entry.place or "") if entry else "",
            os=machine.os,
            last_seen=machine.last_seen,
            theirs=said.answer if said else None,
            remark=clean(said.remark or "") if said else "",
        )


def _findings(
    report: Report, mine: Sequence[Finding], hide: Discreet, personal: Collection[str], answers: Sequence[VendorAnswer]
) -> Iterator[AskedFinding]:
    before = {(row.check_id, clean(row.asset)): row for row in answers if row.question == "finding"}
    groups: dict[tuple[str, tuple[object, ...]], list[Finding]] = defaultdict(list)
    for finding in mine:
        if finding.verdict in ("fail", "accepted"):
            groups[finding.check, _same(before.get((finding.check, finding.subject)))].append(finding)
    seen_of = {machine.name: machine.last_seen for machine in report.machines}

    def order(item: tuple[tuple[str, tuple[object, ...]], list[Finding]]) -> tuple[int, bool, int, str, str]:
        (check, answer), found = item
        return severity_order(report.checks[check].severity), answer != (), -len(found), check, str(answer)

    for (check, _), found in sorted(groups.items(), key=order):
        info = report.checks[check]
        days = [moment for f in found if (moment := (f.evidence.seen if f.evidence else None) or seen_of.get(f.subject))]
        machines = tuple(sorted({f.subject for f in found}))
        yield AskedFinding(
            check=check,
            severity=info.severity,
            title=info.title,
            ask=to_the_vendor(info.ask) if info.ask else ASK_ANYWAY,
            machines=machines,
            evidence=tuple(_quoted(f, hide, check in personal) for f in _samples(found)),
            more=max(0, len(found) - SAMPLES),
            seen=max(days).date() if days else None,
            before=before.get((check, machines[0])),
        )


def _with_proposals(findings: Iterable[AskedFinding], proposals: Proposals, hide: Discreet) -> Iterator[AskedFinding]:
    for one in findings:
        asked = dict.fromkeys(text for machine in one.machines for text in proposals.get((one.check, machine), ()))
        told = [hide.text(text) for text in asked][:PROPOSALS]
        ja, en = "\n".join((one.ask.ja, *(text.ja for text in told))), "\n".join((one.ask.en, *(text.en for text in told)))
        yield replace(one, ask=Text(ja, en))


def _samples(found: Sequence[Finding]) -> list[Finding]:
    """A few findings, of as many machines as possible."""
    first: dict[str, Finding] = {}
    for finding in found:
        first.setdefault(finding.subject, finding)
    rest = [finding for finding in found if finding not in first.values()]
    return [*first.values(), *rest][:SAMPLES]


def _quoted(finding: Finding, hide: Discreet, personal: bool) -> Text:
    """What was found, and the line that shows it. Where a line may hold people or accounts only its number is given."""
    line = finding.evidence
    if line is None:
        return hide.text(finding.message)
    where = " › ".join(str(part) for part in (line.command, line.line) if part)
    quoted = NOT_QUOTED if personal and line.text else Text(line.text[:200], line.text[:200])
    tail = [f"[{where}]" if where else "", quoted.ja, f"#{line.reference}"]
    tail_en = [f"[{where}]" if where else "", quoted.en, f"#{line.reference}"]
    message = hide.text(finding.message)
    return Text(
        message.ja + "\n└ " + hide.say(" ".join(part for part in tail if part), "ja"),
        message.en + "\n└ " + hide.say(" ".join(part for part in tail_en if part), "en"),
    )


def _questions(lines: Sequence[RemoteLine], database: Database, vendor: str, answers: Sequence[VendorAnswer]) -> Iterator[AskedQuestion]:
    before = {(clean(row.asset), row.question): row for row in answers}
    nothing = Text("", "")
    for row in lines:
        for question, (text, column) in LINE_QUESTIONS.items():
            value = getattr(row, column) if column else None
            said = _said("remote_lines", column, value) if column else nothing
            yield AskedQuestion(clean(row.line), question, text, said, before.get((clean(row.line), question)))
    if not lines:
        text, _ = LINE_QUESTIONS["line-exists"]
        yield AskedQuestion("", "line-exists", text, nothing, before.get(("", "line-exists")))
    entry = next((row for row in database.rows("vendors") if clean(row.vendor) == vendor), None)
    for question, (text, column) in VENDOR_QUESTIONS.items():
        value = getattr(entry, column) if entry is not None else None
        yield AskedQuestion("", question, text, _said("vendors", column, value), before.get(("", question)))


def _said(table: str, column: str, value: str | None) -> Text:
    if not value:
        return Text("", "")
    for allowed in TABLES[table].column(column).values:
        if allowed.code == value:
            return allowed.label
    return Text(clean(value), clean(value))


def _same(answer: VendorAnswer | None) -> tuple[object, ...]:
    """What makes two answers one row of the sheet."""
    if answer is None:
        return ()
    return (
        answer.answer,
        answer.reason,
        answer.compensating,
        answer.until,
        answer.paper,
        answer.remark,
        answer.answered_by,
        answer.answered_on,
    )
