"""Writes the inquiry to a vendor as Word: the letter to send, and the same questions to read and answer on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, tzinfo

from omamori.model.text import Language, Text
from omamori.model.vendor_sheet import ALL_MACHINES, ANSWERED_BY, ANSWERED_ON, THE_VENDOR, sheet_named
from omamori.report import inquiry_words as said
from omamori.report import words
from omamori.report.clean import clean
from omamori.report.inquiry import Inquiry
from omamori.report.moments import shown
from omamori.report.word_document import Column, WordDocument

_NAMES = 40
"""Machines named in one cell; the Excel file holds all of them."""
BESIDE = Text(
    "この文書はお読みいただくためのものです。ご回答は、同じ内容の Excel ファイルにご記入のうえご返送ください。",
    "This paper is to read. Please answer in the Excel file that asks the same.",
)


def render_letter(inquiry: Inquiry, language: Language = "ja", zone: tzinfo = UTC) -> bytes:
    """Return the document: the letter on its first page, then machines, requests, connections, lines and papers."""
    title = said.TITLE.say(language)
    document = WordDocument(title, language)
    document.paragraph(f"{said.SENT_ON.say(language)}:                    ", right=True)
    document.heading(title, 0)
    document.paragraph(said.filled(said.HONORIFIC, language, name=clean(inquiry.vendor, 200)))
    document.paragraph(f"{inquiry.site}\n{said.SENDER_DESK.say(language)}:                                        ", right=True)
    for sentence in said.LETTER:
        document.paragraph(sentence.say(language))
    document.heading(said.POINTS_TITLE.say(language))
    for sentence in said.POINTS:
        document.paragraph(sentence.say(language), bullet=True)
    document.heading(said.HOW_TITLE.say(language))
    document.paragraph(BESIDE.say(language), bullet=True)
    for sentence in said.HOW_TO_ANSWER[1:3]:
        document.paragraph(sentence.say(language), bullet=True)
    document.paragraph(said.WITHIN.say(language))
    document.paragraph(_counts(inquiry, language, zone))
    document.paragraph(f"{said.REPLY_BY.say(language)}:                    ")
    document.page_break()
    _machines(document, inquiry, language, zone)
    _findings(document, inquiry, language)
    _notices(document, inquiry, language)
    _flows(document, inquiry, language)
    _questions(document, inquiry, language)
    document.paragraph(f"{ANSWERED_BY.say(language)}:                              {ANSWERED_ON.say(language)}:                    ")
    return document.render()


def _counts(inquiry: Inquiry, language: Language, zone: tzinfo) -> str:
    counts = said.filled(
        said.COUNTS,
        language,
        machines=len(inquiry.machines),
        lines=len(inquiry.lines),
        findings=len(inquiry.findings),
        notices=len(inquiry.notices),
        flows=len(inquiry.flows),
        questions=len(inquiry.questions),
    )
    unseen = said.filled(said.UNSEEN, language, count=inquiry.unseen) if inquiry.unseen else ""
    return f"{said.LOOKED_ON.say(language)}: {shown(inquiry.moment, zone)}\n{counts} {unseen}".rstrip()


def _machines(document: WordDocument, inquiry: Inquiry, language: Language, zone: tzinfo) -> None:
    document.heading(_title("vendor_machines", language))
    heads = ("hostname", "address", "purpose", "place", "os", "last_seen")
    columns = [Column(_heading("vendor_machines", "asset", language), 2), *(Column(said.SHOWN[name].say(language), 1.4) for name in heads)]
    columns.append(Column(_heading("vendor_machines", "theirs", language), 1.2, answer=True))
    rows = [
        (one.name, one.hostname, one.address, one.purpose, one.place, one.os, shown(one.last_seen, zone)[:10], "")
        for one in inquiry.machines
    ]
    document.table(columns, rows)


def _findings(document: WordDocument, inquiry: Inquiry, language: Language) -> None:
    document.heading(_title("vendor_findings", language))
    columns = [
        Column(said.SHOWN["number"].say(language), 0.4),
        Column(said.SHOWN["severity"].say(language), 0.7),
        Column(said.SHOWN["what"].say(language), 1.6),
        Column(_heading("vendor_findings", "machines", language), 1.6),
        Column(said.SHOWN["ask"].say(language), 2.4),
        Column(said.SHOWN["evidence"].say(language), 3.2),
        *(Column(_heading("vendor_findings", name, language), 1, answer=True) for name in ("answer", "until")),
    ]
    rows = []
    for number, one in enumerate(inquiry.findings, 1):
        evidence = [line.say(language) for line in one.evidence]
        if one.more:
            evidence.append(said.filled(said.MORE, language, count=one.more))
        if one.seen:
            evidence.append(f"{said.SHOWN['seen'].say(language)}: {one.seen.isoformat()}")
        severity = words.SEVERITY[one.severity].say(language)
        names = _names(inquiry, one.machines, language)
        rows.append((str(number), severity, one.title.say(language), names, one.ask.say(language), "\n".join(evidence), "", ""))
    document.table(columns, rows)


def _notices(document: WordDocument, inquiry: Inquiry, language: Language) -> None:
    if not inquiry.notices:
        return
    document.heading(_title("vendor_notice_replies", language))
    columns = [
        Column(_heading("vendor_notice_replies", "notice", language), 1.4),
        Column(said.SHOWN["told"].say(language), 1),
        Column(said.SHOWN["notice"].say(language), 2.2),
        Column(_heading("vendor_notice_replies", "machines", language), 1.6),
        Column(said.SHOWN["why"].say(language), 2.6),
        *(Column(_heading("vendor_notice_replies", name, language), 1, answer=True) for name in ("concerns", "answer", "until")),
    ]
    rows = []
    for one in inquiry.notices:
        why = "\n".join(text.say(language) for text in one.why)
        rows.append((one.notice, str(one.told or ""), one.what.say(language), _names(inquiry, one.machines, language), why, "", "", ""))
    document.table(columns, rows)


def _flows(document: WordDocument, inquiry: Inquiry, language: Language) -> None:
    document.heading(_title("vendor_flows", language))
    names = ("machines", "direction", "peer", "port", "protocol")
    columns = [Column(_heading("vendor_flows", name, language), 2 if name in ("machines", "peer") else 1) for name in names]
    columns += [
        Column(said.SHOWN["observed"].say(language), 2),
        *(Column(_heading("vendor_flows", name, language), 1, answer=True) for name in ("needed", "purpose")),
    ]
    rows = [
        (
            _names(inquiry, one.machines, language),
            one.direction,
            one.peer,
            "" if one.port is None else str(one.port),
            one.protocol,
            one.seen.say(language),
            "",
            "",
        )
        for one in inquiry.flows
    ]
    document.table(columns, rows)


def _questions(document: WordDocument, inquiry: Inquiry, language: Language) -> None:
    document.heading(_title("vendor_questions", language))
    columns = [
        Column(_heading("vendor_questions", "subject", language), 1.6),
        Column(said.SHOWN["question"].say(language), 4),
        Column(said.SHOWN["said"].say(language), 1.6),
        *(Column(_heading("vendor_questions", name, language), 1.6, answer=True) for name in ("answer", "remark")),
    ]
    rows = [(one.line or THE_VENDOR.say(language), one.text.say(language), one.said.say(language), "", "") for one in inquiry.questions]
    document.table(columns, rows)


def _names(inquiry: Inquiry, names: tuple[str, ...], language: Language) -> str:
    if len(names) > 1 and set(names) == {machine.name for machine in inquiry.machines}:
        return ALL_MACHINES.say(language)
    return "\n".join(_cut(names, language))


def _cut(names: tuple[str, ...], language: Language) -> Iterator[str]:
    yield from names[:_NAMES]
    if len(names) > _NAMES:
        yield said.filled(said.MORE, language, count=len(names) - _NAMES)


def _title(name: str, language: Language) -> str:
    return sheet_named(name).title.say(language)


def _heading(name: str, column: str, language: Language) -> str:
    heading = sheet_named(name).column(column).heading
    return heading.say(language) if heading else column
