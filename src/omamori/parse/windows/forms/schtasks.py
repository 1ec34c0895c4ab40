"""`schtasks /query` as table, `/fo LIST /v` and `/fo CSV /v`: the scheduled tasks, by the place of the columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from omamori.model.host import Task
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.columns import cells, spans
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.forms.tasklist import sliced
from omamori.parse.windows.values import moment, yes

_HEADING = re.compile(
    r"(?:Folder: ?\\|フォルダー? ?[:：]? ?\\)|(?:TaskName|タスク名) {5,}\S"
    r"|\"(?:HostName|ホスト名)\",\"(?:TaskName|タスク名)\"|\"(?:TaskName|タスク名)\",\"|(?:HostName|ホスト名): {2,}\S"
)
_BODY = re.compile(r"\"[^\"]{1,80}\"(?:,\"[^\"]{1,80}\"){2,31}\s*$|\S.{3,60}\s{3}\S")
_FOLDER = re.compile(r"[^\s\\\",:：][^\\\",:：]{0,40}?[:：]? ?(\\[^\"]{0,300}?)\s*$")
_RULE = re.compile(r"={30,100}(?: ={5,60}){2}\s*$")
_FIELD = re.compile(r"((?:(?:Repeat|繰り返し): ?)?[^:]{1,60}):(?: +(.*))?$")
_SAID = re.compile(r"(\S{2,12})[:：] ?\S")
_ERROR = re.compile(r"ERROR|エラー", re.IGNORECASE)
_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "hostname": "host",
        "ホスト名": "host",
        "taskname": "name",
        "タスク名": "name",
        "nextruntime": "next",
        "次回の実行時刻": "next",
        "status": "status",
        "状態": "status",
        "lastruntime": "last",
        "前回の実行時刻": "last",
        "tasktorun": "command",
        "実行するタスク": "command",
        "scheduledtaskstate": "state",
        "スケジュールされたタスクの状態": "state",
        "runasuser": "account",
        "ユーザーとして実行": "account",
        "scheduletype": "type",
        "scheduledtype": "type",
        "スケジュールの種類": "type",
        "starttime": "time",
        "開始時刻": "time",
        "days": "days",
        "日": "days",
        "months": "months",
        "月": "months",
        "repeat:every": "every",
        "繰り返し:間隔": "every",
    }
)
"""Heading without blanks → what stands below it; the same words are the labels of `/fo LIST`."""
_PLACES: Mapping[int, Mapping[int, str]] = MappingProxyType(
    {
        3: MappingProxyType({0: "name", 1: "next", 2: "status"}),
        28: MappingProxyType(
            {0: "host", 1: "name", 2: "next", 3: "status", 5: "last", 8: "command", 11: "state", 14: "account"}
            | {18: "type", 19: "time", 22: "days", 23: "months", 24: "every"}
        ),
    }
)
"""The order of the columns since Vista, for headings in other languages."""
_EMPTY = frozenset({"", "n/a", "該当なし", "disabled", "無効"})
_READY = frozenset({"ready", "running", "queued", "準備完了", "実行中", "キュー待ち"})
_NEVER = datetime(2000, 1, 1)
"""Windows prints a day of 1999 for a task that never ran."""
_COLUMNS = ("account", "schedule", "command", "last_run")
_NOT_TOLD = ("elevated", "stored_password")
_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,62}", re.ASCII)
_MAX_JOINED = 40
_MAX_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class _Entry:
    """One task as printed: its line, and what it is → value."""

    line: int
    values: Mapping[str, str]


def read(piece: Piece, context: Context) -> Parsed:
    """Return the tasks. Whole only when an administrator listed them: others are not shown the tasks of other people."""
    problems: list[Problem] = []
    tasks: dict[str, Task] = {}
    hosts: set[str] = set()
    unread: set[str] = set()
    for entry in _entries(piece.lines, problems):
        name = entry.values.get("name", "")
        if not name.strip("\\"):
            _tell(problems, entry.line, "a task with its name", "タスク名のある行")
            continue
        hosts.add(entry.values.get("host", "").lower())
        task = _task(name if name.startswith("\\") else f"\\{name}", entry, unread)
        before = tasks.get(task.name.lower())
        tasks[task.name.lower()] = task if before is None else _joined(before, task)
    found = list(tasks.values())
    missing = sorted({*unread, *_NOT_TOLD})
    whole = context.privileged is True and any(name.startswith("\\microsoft\\windows\\w") for name in tasks)
    if not found and not problems:
        _tell(problems, piece.lines[0].number if piece.lines else 0, "tasks", "タスクの行")
    reason = "not_understood" if problems else "needs_administrator" if not whole else "not_collected" if missing else None
    look = Look("tasks", complete=whole and not problems, missing=tuple(missing), reason=reason)
    hosts.discard("")
    host = hosts.pop() if len(hosts) == 1 else ""
    return Parsed(
        rows=tuple(found), looks=(look,), problems=tuple(problems), identifiers=(f"name:{host}",) if _HOST.fullmatch(host) else ()
    )


def begins(lines: Sequence[str]) -> bool:
    """Whether the tasks begin here, in any language: a rule of `=` in three parts, labels, or values whose task begins with a backslash."""
    first, rest = lines[0], [line for line in lines[1:6] if line.strip()]
    if first.startswith('"'):
        words = [_LABELS.get(value.replace(" ", "").lower(), "") for value in _values(first)]
        return "name" in words[:2] or (bool(rest) and any(field.startswith("\\") for field in _values(rest[0])[:2]))
    if _FOLDER.fullmatch(first):
        return any(_RULE.match(line) or _label(line) == "name" for line in rest) or any(_SAID.match(line) for line in rest[:1])
    # `systeminfo` begins with the host's name, too.
    return bool(rest) and (_RULE.match(rest[0]) is not None or (_label(first) == "host" and _label(rest[0]) == "name"))


def _label(text: str) -> str:
    found = _FIELD.match(text)
    return _LABELS.get(found[1].replace(" ", "").lower(), "") if found else ""


def _entries(lines: Sequence[Line], problems: list[Problem]) -> Iterator[_Entry]:
    filled = [line for line in lines if line.text.strip()]
    if any(line.text.startswith('"') for line in filled[:4]):
        return _csv(filled, problems)
    if any(_RULE.match(line.text) for line in filled[:6]):
        return _table(filled, problems)
    return _list(filled, problems)


def _notice(line: Line, problems: list[Problem]) -> bool:
    """Whether a line is a message (`INFO: …`) and no task; an error is told."""
    found = _SAID.match(line.text)
    if not found:
        return False
    if _ERROR.fullmatch(found[1]):
        _tell(problems, line.number, "tasks, not an error", "エラーではなくタスクの行")
    return True


def _values(text: str) -> list[str]:
    try:
        return [value.strip() for value in next(iter(csv.reader([text])), [])]
    except csv.Error:
        return []


def _csv(lines: Sequence[Line], problems: list[Problem]) -> Iterator[_Entry]:
    """Headings come again for every folder; a comment may go over several lines."""
    places: tuple[str, ...] = ()
    at = 0
    while at < len(lines):
        line, text, joined = lines[at], lines[at].text, 1
        while text.count('"') % 2 and joined < _MAX_JOINED and at + joined < len(lines):
            text, joined = f"{text}\n{lines[at + joined].text}", joined + 1
        if text.count('"') % 2:
            text, joined = line.text, 1
        at += joined
        if not text.startswith('"'):
            if not _notice(line, problems) and not _FOLDER.fullmatch(text):
                _tell(problems, line.number, "values in quotes", "引用符で囲まれた値")
            continue
        values = _values(text)
        words = tuple(_LABELS.get(value.replace(" ", "").lower(), "") for value in values)
        if "name" in words and "next" in words:
            places = words
        elif not places:
            known = _PLACES.get(len(values), {})
            places = tuple(known.get(place, "") for place in range(len(values))) if known else ()
        elif len(values) != len(places):
            _tell(problems, line.number, f"{len(places)} values, found {len(values)}", f"{len(places)}個の値({len(values)}個あります)")
        else:
            yield _Entry(line.number, {place: value for place, value in zip(places, values, strict=True) if place})


def _list(lines: Sequence[Line], problems: list[Problem]) -> Iterator[_Entry]:
    values: dict[str, str] = {}
    begun = 0
    for line in lines:
        found = _FIELD.match(line.text)
        label = _label(line.text)
        if label == "host" or (label == "name" and "name" in values):
            if values:
                yield _Entry(begun, values)
            values, begun = {}, line.number
        if label and found:
            values.setdefault(label, (found[2] or "").strip())
        elif not values:
            _ = _FOLDER.fullmatch(line.text) or _notice(line, problems)
        elif _ERROR.match(line.text):
            _notice(line, problems)
    if values:
        yield _Entry(begun, values)


def _table(lines: Sequence[Line], problems: list[Problem]) -> Iterator[_Entry]:
    folder, cut = "", 0
    marks: list[tuple[int, int]] = []
    for place, line in enumerate(lines):
        found = _FOLDER.fullmatch(line.text)
        after = lines[place + 1].text if place + 1 < len(lines) else ""
        if _RULE.match(line.text):
            marks = spans(line.text)
        elif found and "   " not in line.text:
            folder, marks = found[1].rstrip("\\"), []
        elif _RULE.match(after) or _notice(line, problems):
            continue
        else:
            values = sliced(line.text, marks) if marks else None
            if values is None or not values[0]:
                _tell(problems, line.number, "a task below the rule of `=`", "`=` の罫線の下のタスク")
            elif len(cells(values[0])) >= marks[0][1] - 1:
                cut += 1
            else:
                yield _Entry(line.number, {"name": f"{folder}\\{values[0]}", "next": values[1], "status": values[2]})
    if cut:
        expected = f"whole names: {cut} were cut to 40 letters; use `schtasks /query /fo CSV /v`"
        _tell(problems, lines[0].number, expected, f"切れていない名前({cut}件が40文字で切れています。`/fo CSV /v` を付けてください)")


def _task(name: str, entry: _Entry, unread: set[str]) -> Task:
    """Return the task; columns that were not printed, or whose value is not certain, go to `unread`."""
    said = {key: value for key, value in entry.values.items() if value.lower() not in _EMPTY}
    state, status = entry.values.get("state", "").lower(), entry.values.get("status", "").lower()
    enabled = yes(state)
    if enabled is None:
        enabled = True if status in _READY else yes(status)
    times = {column: moment(said.get(key)) for column, key in (("last_run", "last"), ("next_run", "next"))}
    for column, key in (("last_run", "last"), ("next_run", "next")):
        if key not in entry.values or (key in said and times[column] is None):
            unread.add(column)
    unread |= {column for column, key in (("account", "account"), ("command", "command"), ("schedule", "type")) if key not in entry.values}
    if enabled is None:
        unread.add("enabled")
    last = times["last_run"]
    return Task(
        name=name[:400],
        kind="windows-task",
        account=said.get("account", "")[:255] or None,
        schedule=", ".join(said[key] for key in ("type", "time", "days", "months", "every") if key in said)[:400] or None,
        command=said.get("command", "")[:1024] or None,
        enabled=enabled,
        last_run=last if last is not None and last >= _NEVER else None,
        next_run=times["next_run"],
        evidence=str(entry.line),
    )


def _joined(first: Task, second: Task) -> Task:
    """A task with several triggers or actions is printed once for each."""
    return replace(first, schedule=_both(first.schedule, second.schedule, 400), command=_both(first.command, second.command, 1024))


def _both(first: str | None, second: str | None, most: int) -> str | None:
    if first is None or second is None or second in first.split("; "):
        return first or second
    return f"{first}; {second}"[:most]


def _tell(problems: list[Problem], line: int, expected: str, expected_ja: str) -> None:
    if len(problems) < _MAX_PROBLEMS:
        problems.append(Problem(line, expected, expected_ja))


FORMS = (
    Form(
        name="schtasks",
        command="schtasks /query /fo CSV /v",
        tables=("tasks",),
        read=read,
        heading=_HEADING,
        again=_HEADING,
        body=_BODY,
        confirm=begins,
        source="Microsoft Learn, Windows Commands: schtasks query",
    ),
)
