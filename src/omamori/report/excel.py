"""report.xlsx: what was found and what to do, for people who work in Excel. The やること sheet can be imported again."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from xlsxwriter.workbook import Workbook

from omamori.model.declared import Action
from omamori.model.tables import TABLES
from omamori.model.text import Language, Text
from omamori.model.workbook import FORMAT, KEY_SHEET
from omamori.report import words
from omamori.report.clean import clean
from omamori.report.excel_backups import write_backups
from omamori.report.excel_entries import write_entries
from omamori.report.excel_network import write_network
from omamori.report.excel_paths import write_paths
from omamori.report.excel_repairs import write_repairs
from omamori.report.excel_sheet import Head, SheetNames, Styles, for_paper, styles, write_cell, write_sheet
from omamori.report.excel_tables import write_table_sheets
from omamori.report.excel_visits import write_visits
from omamori.report.labels import LABELS
from omamori.report.ledger_columns import WORKBOOK_OPTIONS, ChoiceLists, Shown, sheet_forms, write_table_sheet
from omamori.report.ledger_pack import pack
from omamori.report.moments import shown
from omamori.report.shape import Finding, Plan, Report
from omamori.snapshot.database import Database

SUMMARY = Text("概要", "Summary")
COVERAGE = Text("見た範囲", "Coverage")
NO_LONGER = Text("今回は見つかっていません", "not found this time")
_FINDING = (
    Head(LABELS["verdict"], 14),
    Head(LABELS["severity"], 9),
    Head(Text("内容", "What"), 30),
    Head(LABELS["machine"], 20),
    Head(Text("見つかったこと", "Finding"), 46),
    Head(Text("直し方・尋ねること", "How to mend it, or what to ask"), 46),
    Head(LABELS["cost"], 12),
    Head(LABELS["vendor"], 16),
    Head(LABELS["evidence"], 40),
    Head(Text("根拠の場所", "Where the evidence is"), 34),
    Head(LABELS["age"], 10),
    Head(LABELS["stage"], 18),
    Head(LABELS["state"], 10),
    Head(Text("チェックID", "Check"), 24),
    Head(LABELS["key"], 18),
)


_NAMES_SHOWN = 40
"""Machines named in one cell."""


def render_excel(report: Report, database: Database, language: Language = "ja", zone: tzinfo = UTC) -> bytes:
    """Return the workbook: summary, things to do, a sheet per topic and per vendor, the order of work, ways in and an intruder's ways, copies of backups, what changed
    on the network, machines to visit, coverage, software, ports, peers.

    `database` is the snapshot the report was built from: its long tables are written from there. Every cell
    is words, a number or a day; nothing from a machine can become a formula or a link.
    """
    stream = io.BytesIO()
    book = Workbook(stream, dict(WORKBOOK_OPTIONS))
    book.set_properties({"title": LABELS["title"].say(language), "author": "Omamori", "created": datetime(2026, 1, 1, tzinfo=UTC)})
    forms = styles(book)
    actions = TABLES["actions"].title.say(language)
    names = SheetNames((actions, KEY_SHEET))
    _write_summary(book, report, names.name(SUMMARY.say(language)), language, forms, zone)
    _write_actions(book, report, database, language)
    for topic in report.topics:
        found = [finding for finding in report.findings if report.checks[finding.check].topic == topic.id]
        if found:
            write_sheet(book, names.name(topic.title.say(language)), _FINDING, _finding_rows(report, found), language, forms)
    for vendor in report.vendors:
        if vendor.findings:
            theirs = [report.findings[number] for number in vendor.findings]
            wanted = f"{LABELS['vendor'].say(language)} {vendor.name}"
            write_sheet(book, names.name(wanted), _FINDING, _finding_rows(report, theirs, to_vendor=True), language, forms)
    write_repairs(book, report.repairs, database, names, language, forms)
    write_entries(book, database, names, language, forms)
    write_paths(book, report.ways, names, language, forms)
    write_backups(book, report.backups, names, language, forms)
    write_network(book, report.network, names, language, forms)
    write_visits(book, report, names, language, forms)
    _write_coverage(book, report, names.name(COVERAGE.say(language)), language, forms, zone)
    write_table_sheets(book, database, names, language, forms)
    book.close()
    return pack(stream.getvalue())


def _write_summary(book: Workbook, report: Report, name: str, language: Language, forms: Styles, zone: tzinfo) -> None:
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    for column, width in enumerate((34, 14, 40, 14, 60)):
        sheet.set_column(column, column, width)
    n = report.numbers
    sheet.write_string(0, 0, f"{report.site.name} {LABELS['title'].say(language)}".strip(), forms.title)
    sheet.write_string(1, 0, f"{LABELS['looked_on'].say(language)} {shown(report.moment, zone)}", forms.lead)
    rows: list[Sequence[Any]] = [
        (words.VERDICT["fail"], n.found),
        (words.VERDICT["unknown"], n.unclear),
        (Text("まだ実機を見ていない機器について分からない点検", "checks that cannot tell of machines nobody looked at"), n.untouched),
        (words.VERDICT["accepted"], n.accepted),
        (words.VERDICT["pass"], n.not_found),
        (LABELS["machines"], n.machines),
        (Text("実機を見た機器", "machines looked at"), n.observed),
    ]
    rows += [(words.SEVERITY[severity], count) for severity, count in zip(words.SEVERITIES, n.by_severity, strict=True)]
    place = 3
    for row in rows:
        for column, value in enumerate(row):
            write_cell(sheet, place, column, value, language, forms)
        place += 1
    place += 1
    sheet.write_string(place, 0, LABELS["first"].say(language), forms.title)
    for thing in report.first:
        place += 1
        check = report.checks[thing.check]
        where = ", ".join(LABELS["site_subject"].say(language) if s == "site" else s for s in (*thing.own, *thing.ask))
        cells = (check.title, words.SEVERITY.get(thing.severity), check.fix if thing.own else check.ask, words.COST.get(thing.cost), where)
        for column, value in enumerate(cells):
            write_cell(sheet, place, column, value, language, forms)
    place += 2
    sheet.write_string(place, 0, LABELS["unseen_what"].say(language), forms.title)
    for item in report.unseen:
        place += 1
        for column, value in enumerate((item.label, item.verdicts or item.cells, item.advice)):
            write_cell(sheet, place, column, value, language, forms)
    for line in words.DISCLAIMER:
        place += 1
        sheet.write_string(place + 1, 0, line.say(language))
    for_paper(sheet)


def _write_actions(book: Workbook, report: Report, database: Database, language: Language) -> None:
    """Write the やること sheet: one row per finding, with what people wrote; what they wrote is never dropped."""
    found = {(f.check, f.subject, f.key): f for f in report.findings if f.verdict == "fail"}
    order = {thing.check: thing.rank for thing in report.first}
    rows = [_action(f) for f in sorted(found.values(), key=lambda f: (order.get(f.check, 99), f.number))]
    rows += [row for row in database.rows("actions") if tuple(clean(p) for p in (row.check_id, row.subject, row.finding_key)) not in found]

    def column(title: Text, width: int, say: Any) -> Shown:
        def text(row: Action) -> str:
            finding = found.get((row.check_id, row.subject, row.finding_key))
            value = say(finding) if finding else NO_LONGER if title is _WHAT else ""
            return value.say(language) if isinstance(value, Text) else str(value)

        return Shown(title.say(language), width, text)

    columns = [
        column(_WHAT, 44, lambda f: f.message),
        column(LABELS["severity"], 9, lambda f: words.SEVERITY.get(f.severity, "")),
        column(Text("直し方・尋ねること", "How to mend it, or what to ask"), 46, lambda f: _advice(report, f)),
        column(LABELS["cost"], 12, lambda f: words.COST.get(report.checks[f.check].fix_cost, "")),
        column(LABELS["vendor"], 16, lambda f: f.vendor),
        column(LABELS["age"], 10, lambda f: "" if f.age_days is None else f.age_days),
        column(LABELS["stage"], 18, lambda f: report.aging.titles.get(f.stage, "")),
    ]
    lists = ChoiceLists(book, language)
    table = TABLES["actions"]
    write_table_sheet(
        book, table, language, rows, forms=sheet_forms(book), lists=lists, example=False, state=False, shown=columns, free_rows=0
    )
    lists.close([["format", str(FORMAT)], ["language", language], ["sheet", table.title.say(language), "actions"]])


_WHAT = Text("やること", "What")


def _action(finding: Finding) -> Action:
    plan = finding.plan or Plan()
    return Action(
        check_id=finding.check,
        subject=finding.subject,
        finding_key=finding.key,
        owner=plan.owner or None,
        due=plan.due,
        asked=plan.asked or None,
        answer=plan.answer or None,
        done=plan.done,
    )


def _advice(report: Report, finding: Finding, *, to_vendor: bool = False) -> Text:
    """Return what to do: on what is not the hospital's to change, what to ask, and never a command."""
    check = report.checks[finding.check]
    if finding.verdict == "unknown":
        return words.advice(finding.reason)
    if (finding.ask_vendor or to_vendor) and check.ask:
        return check.ask
    if finding.ask_vendor:
        return LABELS["hands_off"]
    if not check.fix_run:
        return check.fix
    return Text(f"{check.fix.ja}\n{check.fix_run}", f"{check.fix.en}\n{check.fix_run}")


def _finding_rows(report: Report, findings: Sequence[Finding], *, to_vendor: bool = False) -> Iterator[Sequence[Any]]:
    for finding, subjects in _told_together(findings):
        check, line = report.checks[finding.check], finding.evidence
        reason = words.reason_label(finding.reason) if finding.verdict == "unknown" else None
        message = finding.message if not reason else Text(f"{finding.message.ja} ({reason.ja})", f"{finding.message.en} ({reason.en})")
        yield (
            words.VERDICT[finding.verdict],
            words.SEVERITY.get(finding.severity, finding.severity),
            check.title,
            LABELS["site_subject"] if finding.subject == "site" else _names(subjects),
            message,
            _advice(report, finding, to_vendor=to_vendor),
            words.COST.get(check.fix_cost, check.fix_cost),
            finding.vendor,
            line.text if line else "",
            " › ".join(str(part) for part in (line.origin, line.kind, line.command, line.line) if part) if line else "",
            finding.age_days,
            report.aging.titles.get(finding.stage),
            _course(finding),
            finding.check,
            finding.key,
        )


def _course(finding: Finding) -> Text | None:
    """Return how a finding stands against last time: new, still open, or back again after it was gone."""
    if finding.came_back is not None:
        return LABELS["came_back"]
    return LABELS["state_" + finding.state] if finding.state else None


def _told_together(findings: Sequence[Finding]) -> Iterator[tuple[Finding, Sequence[str]]]:
    """Yield what was found one by one, and what could not be seen for one reason once, with all the machines it is said of."""
    unseen: dict[tuple[Any, ...], list[Finding]] = {}
    for finding in findings:
        if finding.verdict == "unknown":
            same = (finding.check, finding.key, finding.message, finding.reason, finding.vendor, finding.ask_vendor)
            unseen.setdefault(same, []).append(finding)
        else:
            yield finding, (finding.subject,)
    for group in unseen.values():
        yield group[0], [finding.subject for finding in group]


def _names(subjects: Sequence[str]) -> Text:
    """Return names for one cell, as many as can be read there, and how many more there are."""
    shown, rest = ", ".join(subjects[:_NAMES_SHOWN]), len(subjects) - _NAMES_SHOWN
    return Text(f"{shown} ほか{rest}台", f"{shown} and {rest} more") if rest > 0 else Text(shown, shown)


def _write_coverage(book: Workbook, report: Report, name: str, language: Language, forms: Styles, zone: tzinfo) -> None:
    heads = (
        Head(LABELS["machine"], 22),
        Head(Text("情報のまとまり", "Group of information"), 22),
        Head(LABELS["looked"], 14),
        Head(LABELS["reason"], 34),
        Head(LABELS["what_to_do"], 46),
        Head(LABELS["last_seen"], 18),
    )
    rows = (
        (
            machine.name,
            words.GROUPS[cell.group][0],
            LABELS[cell.state],
            words.reason_label(cell.reason) if cell.state != "whole" else None,
            (cell.needs or words.advice(cell.reason)) if cell.state != "whole" else None,
            shown(cell.seen, zone),
        )
        for machine in report.machines
        for cell in machine.coverage
    )
    write_sheet(book, name, heads, rows, language, forms)
