"""Logins over SSH: what a machine's own look brings (`linux.logins`), and a log somebody imports by hand (`device.logins`).

Read from the journal, `/var/log/auth.log` (Debian) and `/var/log/secure` (Red Hat), in rsyslog's ISO and in the traditional form.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from omamori.model.look import Look, Parsed, Problem
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser, Redacted
from omamori.parse.kit_result import is_kit_result
from omamori.parse.linux.login_lines import LoginLine, is_zoned, read_line, stored
from omamori.parse.linux.login_sessions import Numbered, moved, sessions
from omamori.parse.linux.output import NO_FILE, NOT_THERE, UNREADABLE, first_line
from omamori.parse.network.device_name import device_of, unnamed
from omamori.parse.network.log.condense import lines_of
from omamori.parse.network.log.packet import stamp
from omamori.parse.sections import Section, read_sections

TABLES = ("sessions",)
MARK = "#@ logins 1"
MOST_LINES = 100_000
_MOST_OF_PROBE = 20_000
_ZONE = re.compile(r"([+-])(\d\d)(\d\d)$")
_NONE = Text(
    "ログインの記録が一行もありません。sshd のログ(auth.log や secure、そのままの文字)を取り込んでください",
    "no line about a login in it: import the log of sshd (auth.log or secure) as it is, as text",
)


def parse(data: bytes, context: Context) -> Parsed:
    """Return the sessions of one machine's own look. The log that reaches further back is taken; its lines may stand in both."""
    sections = read_sections(data)
    away = _away(sections.get("zone"))
    journal, files = sections.get("journal"), sections.get("files")
    since = {
        name: moved(found.when, found.zoned, away) if found else None
        for name, found in (("journal", _begins(sections, "journal-begins", context)), ("files", _begins(sections, "files-begin", context)))
    }
    readable = {name: part for name, part in (("journal", journal), ("files", files)) if part is not None and part.exit_code == 0}
    if not readable:
        return Parsed((), (_blind(journal, files),))
    name = min(readable, key=lambda one: (since[one] is None, since[one] or datetime.max))
    lines = list(_lines(readable[name].numbered(), context.received))
    rows = tuple(replace(row, asset="") for row in sessions(lines, away))
    if since[name] is None:
        # Nothing at all is written there: nobody keeps who came.
        return Parsed(rows, (Look("sessions", complete=False, reason="to_confirm"),))
    whole = len(readable[name].lines) < _MOST_OF_PROBE
    look = Look("sessions", complete=whole, reason=None if whole else "not_understood", covers_since=since[name], covers_until=context.seen)
    return Parsed(rows, (look,))


def _away(section: Section | None) -> timedelta | None:
    told = first_line(section)
    found = _ZONE.match(told[1]) if told else None
    if found is None:
        return None
    away = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return away if found[1] == "+" else -away


def _begins(sections: Mapping[str, Section], name: str, context: Context) -> LoginLine | None:
    """The moment the first line of a log stands for."""
    told = first_line(sections.get(name))
    if told is None:
        return None
    when = stamp(told[1], context.received).when
    return LoginLine("ended", when, is_zoned(told[1]), "", "") if when else None


def _blind(journal: Section | None, files: Section | None) -> Look:
    codes = {part.exit_code for part in (journal, files) if part is not None}
    if UNREADABLE in codes:
        return Look("sessions", complete=False, reason="needs_administrator")
    # Neither a journal nor a file of logins is there: nobody wrote down who came.
    gone = codes <= {NOT_THERE, NO_FILE}
    return Look("sessions", complete=False, reason="to_confirm" if codes and gone else "not_collected")


def _lines(numbered: Iterable[tuple[int, str]], received: datetime) -> Iterator[Numbered]:
    for number, text in numbered:
        found = read_line(text, received)
        if found is not None:
            yield number, found


def parse_log(data: bytes, context: Context) -> Parsed:
    """Return the sessions of a log imported by hand, of every machine it names; `EvidenceError` when it tells of no login."""
    if not data.startswith(MARK.encode()):
        data = condensed([data], context).data
    texts = data.decode("utf-8", "replace").split("\n")
    head = dict(word.partition("=")[::2] for word in texts[1].split(" ")) if len(texts) > 1 else {}
    lines = list(_lines(enumerate(texts[2:], 3), context.received))
    if not lines:
        raise EvidenceError(_NONE)
    name = device_of(re.sub(r"(?:auth|secure)(?=[.-]|$)", "", context.file_name))
    left = head.get("left_out", "0") != "0"
    rows = list(sessions(lines, None))
    hosts = list(dict.fromkeys(row.asset for row in rows)) or [lines[0][1].host]
    problems = [
        Problem(2, f"a shorter log: {head['left_out']} lines were left out", f"もっと短いログ({head['left_out']} 行を省きました)")
    ] * left
    moments = sorted(when for when in (_moment(head.get("first")), *(line.when for _, line in lines)) if when)
    span = (moments[0], min(moments[-1], context.received)) if moments else (None, None)

    def look(asset: str) -> Look:
        return Look(
            "sessions",
            complete=not left and bool(moments),
            reason="not_understood" if left or not moments else None,
            asset=asset,
            covers_since=min(filter(None, span), default=None),
            covers_until=span[1],
        )

    if len(hosts) == 1:
        known = hosts[0] or name
        problems += unnamed(known)
        return Parsed(tuple(replace(row, asset="") for row in rows), (look(""),), tuple(problems), (f"name:{known}",) if known else ())
    rows = [replace(row, asset=row.asset or name or "?") for row in rows]
    names = list(dict.fromkeys(row.asset for row in rows))
    claims = tuple((one, () if one == "?" else (f"name:{one}",)) for one in names)
    return Parsed(tuple(rows), tuple(map(look, names)), tuple(problems), claims=claims)


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def condensed(pieces: Iterable[bytes], context: Context) -> Redacted:
    """Return what is stored of a log: its lines about logins, the newest where they are very many."""
    kept: deque[str] = deque(maxlen=MOST_LINES)
    first: datetime | None = None
    told = 0
    for line in lines_of(pieces):
        first = first or stamp(line, context.received).when
        if read_line(line, context.received) is not None:
            told += 1
            kept.append(stored(line))
    head = f"lines={told} left_out={told - len(kept)} first={first.isoformat('T', 'seconds') if first else ''}"
    return Redacted("\n".join([MARK, head, *kept, ""]).encode())


def recognise(head: bytes, file_name: str) -> bool:
    """Whether a file is such a log: at least three lines of it tell of logins, or half of all, and not more of packets."""
    if is_kit_result(head) or b"\0" in head[:64]:
        return False
    if head.startswith(MARK.encode()):
        return True
    if b"sshd" not in head:
        return False
    filled = logins = packets = 0
    for line in list(lines_of([head])):
        filled += bool(line.strip())
        logins += read_line(line, datetime(2001, 1, 1)) is not None
        packets += " SRC=" in line
    return logins > 0 and logins >= packets and (logins >= 3 or logins * 2 >= filled)


PARSERS = (
    Parser(kind="linux.logins", tables=TABLES, parse=parse),
    Parser(
        kind="device.logins", tables=TABLES, parse=parse_log, recognise=recognise, streaming=True, condense=condensed,
        notes="condensed to its lines about logins",
    ),
)  # fmt: skip
