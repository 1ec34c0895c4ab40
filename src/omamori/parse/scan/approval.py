"""The approval of a scan, a YAML file a person filled in → `approvals`. Read strictly: every mistake is told, with its line.

What it allows is decided at the gate (`gate/approval.py`); here only what stands in the file is read.
"""

from __future__ import annotations

import codecs
import hashlib
import unicodedata
from datetime import timedelta
from typing import Any

from omamori.model.approval import PROFILES, Approval
from omamori.model.look import EVERYWHERE, Look, Parsed
from omamori.model.permission import (
    CONNECTIONS_AT_MOST,
    FORMAT,
    ApprovalFile,
    Consent,
    Echo,
    Held,
    IpAddress,
    Mistake,
    NamedServer,
    Span,
)
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser
from omamori.parse.lined_yaml import LARGEST, Lined, LinedError, read_lined
from omamori.parse.scan.values import Reading

KIND = "scan.approval"
MARK = "omamori_approval"
LONGEST_TIME = timedelta(days=31)
"""How long an approval may hold: what was agreed long ago is asked again."""
MOST_ENTRIES = 2000
"""Entries of one list."""
_KEYS = (
    MARK,
    "number",
    "approved_by",
    "position",
    "approved_on",
    "from",
    "until",
    "utc_offset",
    "stop_contact",
    "profile",
    "ranges",
    "own_public_ranges",
    "excluded",
    "medical",
    "not_ours",
    "servers",
    "os_detection",
    "dicom",
    "budget",
)


def read_approval(data: bytes) -> tuple[ApprovalFile | None, tuple[Mistake, ...]]:
    """Return what an approval says and every mistake in it; None where it cannot be read as one at all."""
    reading = Reading()
    try:
        content = read_lined(_decoded(data), words=True)
    except LinedError as error:
        reading.wrong(
            0,
            f"YAMLとして読めません({error})。字下げ、「: 」の後の空白、全角の「:」を確かめてください",
            f'cannot be read as YAML ({error}): see the indents, the blank after ":" and quotation marks',
        )
        return None, tuple(reading.mistakes)
    if not isinstance(content, Lined):
        reading.wrong(
            1,
            "承認の項目がありません。omamori scan --draft で作った用紙に記入してください",
            "no keys of an approval: fill in what omamori scan --draft writes",
        )
        return None, tuple(reading.mistakes)
    approval = _read(content, reading, hashlib.sha256(data).hexdigest())
    return approval, tuple(sorted(reading.mistakes, key=lambda one: one.line))


def _read(content: Lined, reading: Reading, digest: str) -> ApprovalFile | None:
    reading.known_keys(content, _KEYS)
    if reading.text(content, MARK) != FORMAT:
        reading.wrong(content.lines.get(MARK, 1), f"{MARK}: {FORMAT} と書いてください", f"{MARK}: write {FORMAT}")
    offset = reading.offset(content, "utc_offset")
    since, until = reading.moment(content, "from", offset), reading.moment(content, "until", offset)
    day = reading.day(content, "approved_on")
    if day is None and not reading.text(content, "approved_on"):
        reading.text(content, "approved_on", required=True)
    if since and until and not since < until <= since + LONGEST_TIME:
        days = LONGEST_TIME.days
        reading.wrong(
            content.lines["until"],
            f"until: from より後で、{days} 日以内の日時を書いてください",
            f"until: write a moment after `from`, within {days} days",
        )
    if since and day and day > (since + (offset.utcoffset(None) or timedelta())).date():
        reading.wrong(
            content.lines["approved_on"],
            "approved_on: 承認した日が from より後です",
            "approved_on: the day of the approval is after `from`",
        )
    profile = reading.text(content, "profile", required=True)
    if profile and profile not in [value.code for value in PROFILES]:
        codes = ", ".join(value.code for value in PROFILES)
        reading.wrong(content.lines["profile"], f"profile: {codes} のどれかを書いてください", f"profile: write one of {codes}")
    if profile != "passive" and not content.get("ranges") and not content.get("own_public_ranges"):
        reading.wrong(
            content.lines.get("ranges", content.line),
            "ranges: 空欄です。調べてよい範囲を書いてください(例 - 10.1.0.0/24)",
            "ranges: is empty; write what may be looked at, such as - 10.1.0.0/24",
        )
    budget = reading.part(content, "budget")
    reading.known_keys(budget, ("connections_per_port", "packets_per_second", "minutes"))
    approval = {
        "number": reading.text(content, "number"),
        "approved_by": reading.text(content, "approved_by", required=True),
        "position": reading.text(content, "position", required=True),
        "stop_contact": reading.text(content, "stop_contact", required=True),
        "ranges": _spans(content, "ranges", reading),
        "own_public": _spans(content, "own_public_ranges", reading),
        "excluded": tuple(span for span, _ in _addressed(content, "excluded", reading)),
        "medical": _held(content, "medical", "maker", reading),
        "not_ours": _held(content, "not_ours", "owner", reading),
        "servers": _servers(content, reading),
        "os_detection": reading.yes(content, "os_detection"),
        "dicom": _echoes(content, reading),
        "connections_per_port": reading.number(budget, "connections_per_port", 1, CONNECTIONS_AT_MOST),
        "packets_per_second": reading.number(budget, "packets_per_second", 1, 1000),
        "minutes": reading.number(budget, "minutes", 1, 1440),
    }
    if since is None or until is None or day is None:
        return None
    whole: dict[str, Any] = {"digest": digest, "profile": profile, "approved_on": day, "since": since, "until": until} | approval
    return ApprovalFile(**whole)


def _list(content: Lined, key: str, reading: Reading) -> list[Any]:
    entries = reading.entries(content, key)
    if len(entries) > MOST_ENTRIES:
        reading.wrong(content.lines[key], f"{key}: {MOST_ENTRIES} 件までです", f"{key}: at most {MOST_ENTRIES} entries")
    return entries[:MOST_ENTRIES]


def _spans(content: Lined, key: str, reading: Reading) -> tuple[tuple[Span, int], ...]:
    """Addresses written as they are, one in a line."""
    found = []
    for entry in _list(content, key, reading):
        if not isinstance(entry, str):
            line = getattr(entry, "line", content.lines[key])
            reading.wrong(line, f"{key}: 「- 10.1.0.0/24」の形で書いてください", f'{key}: write it as "- 10.1.0.0/24"')
            continue
        line = getattr(entry, "line", content.lines[key])
        span = reading.span(unicodedata.normalize("NFKC", entry).strip(), line, whose=key)
        if span is not None:
            found.append((span, line))
    return tuple(found)


def _mappings(content: Lined, key: str, keys: tuple[str, ...], reading: Reading) -> list[Lined]:
    found = []
    for entry in _list(content, key, reading):
        if isinstance(entry, Lined):
            reading.known_keys(entry, keys)
            found.append(entry)
        elif isinstance(entry, str) and not entry.strip():
            continue
        else:
            line = getattr(entry, "line", content.lines[key])
            reading.wrong(line, f"{key}: 「- address: 10.1.0.11」の形で書いてください", f'{key}: write it as "- address: 10.1.0.11"')
    return found


def _addressed(content: Lined, key: str, reading: Reading) -> list[tuple[Span, Lined]]:
    found = []
    for entry in _mappings(content, key, ("address", "reason"), reading):
        reading.text(entry, "reason")
        if (span := _span_of(entry, key, reading)) is not None:
            found.append((span, entry))
    return found


def _span_of(entry: Lined, key: str, reading: Reading) -> Span | None:
    said = reading.text(entry, "address", required=True)
    return reading.span(said, entry.lines.get("address", entry.line), whose=key) if said else None


def _held(content: Lined, key: str, owner: str, reading: Reading) -> tuple[Held, ...]:
    found = []
    for entry in _mappings(content, key, ("address", "name", owner, "consent"), reading):
        span = _span_of(entry, key, reading)
        name, whose = reading.text(entry, "name"), reading.text(entry, owner)
        consent = _consent(entry, reading)
        if span is not None and consent is not None and not span.single:
            reading.wrong(
                entry.line,
                f"{key}: 同意は一台ずつ書いてください({span.text} は複数のアドレスです)",
                f"{key}: consent is given machine by machine ({span.text} is several addresses)",
            )
            consent = None
        if span is not None:
            found.append(Held(span, name, whose, consent, entry.line))
    return tuple(found)


def _consent(entry: Lined, reading: Reading) -> Consent | None:
    said = reading.part(entry, "consent")
    reading.known_keys(said, ("who", "on", "paper"))
    who, paper, day = reading.text(said, "who"), reading.text(said, "paper"), reading.day(said, "on")
    if who and paper and day:
        return Consent(who, day, paper)
    if who or paper or reading.text(said, "on"):
        reading.wrong(
            said.line,
            "consent: who(相手の氏名)、on(日付)、paper(書面)をすべて書くか、すべて空欄にしてください。空欄の機器には何も送りません",
            "consent: fill in who, on (the day) and paper, or none of them; nothing is sent to a machine without consent",
        )
    return None


def _servers(content: Lined, reading: Reading) -> tuple[NamedServer, ...]:
    found = []
    for entry in _mappings(content, "servers", ("address", "name"), reading):
        said, name = reading.text(entry, "address"), reading.text(entry, "name")
        address: IpAddress | None = reading.address(said, entry.lines["address"], whose="servers") if said else None
        if not said and not name:
            reading.wrong(entry.line, "servers: address か name を書いてください", "servers: write an address or a name")
        elif address is not None or not said:
            found.append(NamedServer(address, name, entry.line))
    return tuple(found)


def _echoes(content: Lined, reading: Reading) -> tuple[Echo, ...]:
    found = []
    for entry in _mappings(content, "dicom", ("address", "port", "called_title"), reading):
        said = reading.text(entry, "address", required=True)
        address = reading.address(said, entry.lines["address"], whose="dicom") if said else None
        port, title = reading.number(entry, "port", 1, 65535), reading.text(entry, "called_title", required=True)
        if len(title) > 16 or not title.isascii() or "\\" in title:
            # DICOM PS3.5 6.2, value representation AE.
            reading.wrong(
                entry.lines["called_title"],
                "called_title: 半角16文字までのAEタイトルです",
                "called_title: an AE title has at most 16 ASCII characters",
            )
        elif address is not None and title:
            found.append(Echo(address, port, title, entry.line))
    return tuple(found)


def _decoded(data: bytes) -> str:
    """Windows' Notepad writes UTF-8, UTF-16 or, in older versions, the code page."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp932", "replace")


def parse(data: bytes, context: Context) -> Parsed:
    """Return the row of `approvals`; EvidenceError that names every mistake when it does not stand."""
    del context
    approval, mistakes = read_approval(data)
    if approval is None or mistakes:
        ja = " / ".join(f"{one.line}行目 {one.text.ja}" for one in mistakes[:20])
        en = " / ".join(f"line {one.line}: {one.text.en}" for one in mistakes[:20])
        raise EvidenceError(Text(ja, en))
    consented = [held.span.text for held in approval.held if held.consent]
    excluded = [span.text for span in approval.excluded] + [held.span.text for held in approval.held if held.consent is None]
    row = Approval(
        approval=approval.identifier,
        approved_by=approval.approved_by,
        position=approval.position,
        approved_on=approval.approved_on,
        since=approval.since,
        until=approval.until,
        profile=approval.profile,
        ranges=" ".join(span.text for span, _ in approval.ranges + approval.own_public),
        excluded=" ".join(excluded),
        consented=" ".join(consented),
        connections_per_port=approval.connections_per_port,
        packets_per_second=approval.packets_per_second,
        evidence="1",
    )
    looks = (Look("approvals", asset=EVERYWHERE),)
    return Parsed(rows=(row,), looks=looks, speaker=approval.identifier, said_on=approval.approved_on)


def recognise(head: bytes, file_name: str) -> bool:
    """Return whether a file is an approval, by its first key."""
    del file_name
    return any(line.startswith(f"{MARK}:") for line in _decoded(head[:20_000]).splitlines())


PARSERS = (Parser(kind=KIND, tables=("approvals",), parse=parse, recognise=recognise, max_bytes=LARGEST),)
