"""Two sheets of the workbook: the machines to visit first, to be ticked off, and the machines that look alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xlsxwriter.workbook import Workbook

from omamori.model.tables import TABLES
from omamori.model.text import Language, Text
from omamori.report import words
from omamori.report.excel_sheet import Head, SheetNames, Styles, write_sheet
from omamori.report.labels import LABELS
from omamori.report.shape import Report, Visit
from omamori.report.visits import BASES, differences, so_far

_VISITS = (
    Head(Text("順番", "Order"), 7),
    Head(Text("機器", "Machine"), 24),
    Head(LABELS["found_where"], 26),
    Head(Text("IPアドレス", "IP address"), 18),
    Head(Text("MACアドレス", "MAC address"), 18),
    Head(Text("区分・OS", "Class, system"), 26),
    Head(LABELS["why_visit"], 60),
    Head(LABELS["evidence"], 60),
    Head(LABELS["vendor"], 18),
    Head(LABELS["ask_first"], 14),
    Head(Text("似ていてまだ見ていない機器(ほかに)", "Others like it that wait"), 16),
    Head(LABELS["who_agreed"], 24),
    Head(Text("見た日", "Looked at on"), 14),
)
_ALIKE = (
    Head(LABELS["alike"], 44),
    Head(Text("共通していること", "What they have in common"), 36),
    Head(Text("見た台数", "Looked at"), 10),
    Head(Text("見た機器", "Machines looked at"), 40),
    Head(Text("見ていない台数(約)", "Not looked at (about)"), 14),
    Head(Text("まとめ", "In words"), 70),
)


def write_visits(book: Workbook, report: Report, names: SheetNames, language: Language, forms: Styles) -> None:
    """Add the sheets; one without anything to say is left out."""
    if report.visits:
        name = names.name(TABLES["visit_candidates"].title.say(language))
        write_sheet(book, name, _VISITS, [_visit(visit, language) for visit in report.visits], language, forms)
    if report.alike:
        write_sheet(book, names.name(LABELS["alike"].say(language)), _ALIKE, _alike(report, language), language, forms)


def _visit(visit: Visit, language: Language) -> Sequence[Any]:
    lines = {one.evidence.reference: one.evidence for one in visit.why if one.evidence}
    proof = "\n".join(" › ".join(str(part) for part in (e.text, e.origin, e.kind, e.command, e.line) if part) for e in lines.values())
    role = words.ROLE[visit.role].say(language) if visit.role in words.ROLE else visit.role
    return (
        visit.place,
        visit.name,
        " ・ ".join(part for part in (visit.location, visit.zone) if part),
        visit.address,
        visit.mac,
        " ・ ".join(part for part in (role, visit.os) if part),
        "\n".join(one.text.say(language) for one in visit.why),
        proof,
        visit.vendor,
        LABELS["ask_first"] if visit.hands_off else "",
        visit.stands_for or "",
        "",
        "",
    )


def _alike(report: Report, language: Language) -> Iterator[Sequence[Any]]:
    for group in report.alike:
        told = (so_far(group), differences(group))
        yield (
            group.label,
            BASES.get(group.basis, group.basis),
            len(group.looked),
            ", ".join(group.looked),
            group.waiting,
            " ".join(text.say(language) for text in told if text is not None),
        )
