"""How far the event logs go back: the oldest event of a log, by `Get-WinEvent -Oldest` (as a list) or `wevtutil qe` (as XML)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from omamori.model.access import LogSetting
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.net_lines import but
from omamori.parse.windows.forms.object_lists import listed
from omamori.parse.windows.values import moment

_EVENT = re.compile(r"\s{0,4}<Event xmlns=(['\"])http://schemas\.microsoft\.com/win/2004/08/events/event\1>.{0,40}<System>")
_TIME = re.compile(r"<TimeCreated SystemTime=['\"](\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")
_CHANNEL = re.compile(r"<Channel>([^<]{1,200})</Channel>")
_AFTER = re.compile(r"(</System>).*$", re.DOTALL)
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d")
_MISSING = but(LogSetting, "log", "persistent", "oldest")
_EXPECTED = ("a log and the moment of its oldest event", "ログの名前と、最も古いイベントの日時")


def read_list(piece: Piece, context: Context) -> Parsed:
    """Return the logs of a list with the moment of their oldest event, as printed."""
    records = listed(piece)
    problems = list(records.problems)
    rows: dict[str, LogSetting] = {}
    for record in records.rows:
        log, said = record.get("LogName"), record.get("OldestEvent") or ""
        if not log or (said and _ISO.match(said) is None):
            problems.append(Problem(record.line, *_EXPECTED))
            continue
        rows.setdefault(log.casefold(), _row(log, moment(said), record.line))
    return _parsed(list(rows.values()), problems)


def read_event(piece: Piece, context: Context) -> Parsed:
    """Return the log of the one event that was asked for; nothing of what the event tells."""
    text = "\n".join(line.text for line in piece.lines[:200])[:20_000]
    time, channel = _TIME.search(text), _CHANNEL.search(text)
    first = piece.lines[0].number if piece.lines else 0
    if time is None or channel is None:
        return _parsed([], [Problem(first, *_EXPECTED)])
    return _parsed([_row(channel[1], moment(time[1]), first)], [])


def _row(log: str, oldest: datetime | None, line: int) -> LogSetting:
    return LogSetting(log=log[:256], persistent=True, oldest=oldest, evidence=str(line))


def _parsed(rows: list[LogSetting], problems: list[Problem]) -> Parsed:
    look = Look("log_settings", complete=False, missing=_MISSING, reason="not_understood" if problems else "not_collected")
    return Parsed(rows=tuple(rows), looks=(look,), problems=tuple(problems[:20]))


def without_data(lines: Sequence[str]) -> list[str]:
    """Return an event without what stands behind its head: names, commands and whatever a program wrote there. As many lines."""
    found: list[str] = []
    ended = False
    for line in lines:
        found.append("" if ended else _AFTER.sub(r"\1", line))
        ended = ended or _AFTER.search(line) is not None
    return found


FORMS = (
    Form(
        name="oldest_events",
        command="Get-WinEvent -MaxEvents 1 -Oldest",
        tables=("log_settings",),
        read=read_list,
        properties=(frozenset({"LogName", "OldestEvent"}),),
        source="Microsoft Learn, PowerShell: Get-WinEvent",
    ),
    Form(
        name="wevtutil_qe",
        command="wevtutil qe Security /c:1 /f:xml",
        tables=("log_settings",),
        read=read_event,
        heading=_EVENT,
        each=True,
        redact_all=without_data,
        source="Microsoft Learn, Windows Commands: wevtutil; Event Schema",
    ),
)
