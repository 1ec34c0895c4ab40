"""`schtasks /query /xml ONE` (and `/xml`): the scheduled tasks, with names of elements that are the same in every language.

The text is looked through element by element and never given to an XML parser: what a task holds may be written by anybody.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from omamori.model.host import Task
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Line, Piece

_NAME = re.compile(r"\s{0,8}<!-- (\\.{1,400}?) -->\s*$")
_HEADING = re.compile(rf"\s{{0,8}}<Tasks>\s*$|{_NAME.pattern}")
_END = re.compile(r"\s{0,8}</Tasks>\s*$")
_CLOSED = re.compile(r"\s{0,8}</Task>\s*$")
_ELEMENT = re.compile(r"<([A-Za-z]{1,40})(?: [^<>]{0,300})?>([^<]{0,4000})</\1>")
_OPENED = re.compile(r"<(/?)([A-Za-z]{1,40})(?: [^<>]{0,300}?)?(/?)>")
_TRIGGERS: Mapping[str, str] = MappingProxyType(
    {
        "BootTrigger": "boot",
        "LogonTrigger": "logon",
        "EventTrigger": "event",
        "IdleTrigger": "idle",
        "RegistrationTrigger": "registration",
        "SessionStateChangeTrigger": "session",
        "TimeTrigger": "once",
        "WnfStateChangeTrigger": "system",
        "CalendarTrigger": "",
    }
)
_CALENDARS: Mapping[str, str] = MappingProxyType(
    {"ScheduleByDay": "daily", "ScheduleByWeek": "weekly", "ScheduleByMonth": "monthly", "ScheduleByMonthDayOfWeek": "monthly"}
)
_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_INTERVALS = ("DaysInterval", "WeeksInterval")
_MOST = 20
_MOST_LINES = 4000
_MOST_ACTIONS = 5


def read(piece: Piece, context: Context) -> Parsed:
    """Return the tasks. Whole only when an administrator listed them: others are not shown the tasks of other people."""
    problems: list[Problem] = []
    tasks: dict[str, Task] = {}
    for name, block in _blocks(piece.lines):
        if not any(_CLOSED.match(line.text) for line in block):
            if len(problems) < _MOST:
                problems.append(Problem(block[0].number, "a task up to </Task>", "</Task> までのタスク"))
            continue
        task = _task(name, block)
        tasks.setdefault(task.name.casefold(), task)
    if not tasks and not problems:
        problems.append(Problem(piece.lines[0].number if piece.lines else 0, "tasks with their names", "名前の付いたタスク"))
    opened = any(line.text.strip() == "<Tasks>" for line in piece.lines[:20])
    ended = not opened or any(_END.match(line.text) for line in piece.lines[-20:])
    if not ended and not problems:
        problems.append(
            Problem(piece.lines[-1].number, "</Tasks> at the end: the list is cut short", "最後の </Tasks>(途中で切れています)")
        )
    whole = context.privileged is True and any(name.startswith("\\microsoft\\windows\\w") for name in tasks)
    reason = "not_understood" if problems else "not_collected" if whole else "needs_administrator"
    look = Look("tasks", complete=whole and not problems, missing=("last_run", "next_run"), reason=reason)
    return Parsed(rows=tuple(tasks.values()), looks=(look,), problems=tuple(problems))


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Yield each task's name, which stands in a comment in front of it, and its lines."""
    name, block = "", list[Line]()
    for line in lines:
        found = _NAME.match(line.text)
        if found:
            if name:
                yield name, block
            name, block = html.unescape(found[1]), []
        if name and len(block) < _MOST_LINES:
            block.append(line)
    if name:
        yield name, block


def _task(name: str, block: Sequence[Line]) -> Task:
    inside: list[str] = []
    values: dict[str, list[str]] = {}
    triggers: list[str] = []
    for line in block:
        texts = [(found[1], html.unescape(found[2]).strip()) for found in _ELEMENT.finditer(line.text[:8000])]
        for element, text in texts:
            place = next((one for one in reversed(inside) if one in _PLACES or one in _TRIGGERS), "")
            values.setdefault(f"{'Trigger' if place in _TRIGGERS else place}.{element}", []).append(text)
        for found in _OPENED.finditer(_ELEMENT.sub("", line.text[:8000])):
            element = found[2]
            if element in _TRIGGERS and not found[1]:
                triggers.append(_TRIGGERS[element])
            elif element in _CALENDARS and not found[1] and triggers:
                triggers[-1] = f"{_CALENDARS[element]} {triggers[-1]}".strip()
            elif element in _DAYS and found[3] and triggers:
                triggers[-1] = f"{triggers[-1]} {element}"
            if found[3]:
                continue
            if not found[1]:
                inside.append(element)
            elif element in inside:
                del inside[len(inside) - 1 - inside[::-1].index(element) :]
        starts = [text for element, text in texts if element == "StartBoundary"]
        if starts and triggers:
            triggers[-1] = f"{triggers[-1]} {starts[0]}".strip()
    return _row(name, block[0].number, values, triggers)


_PLACES = frozenset({"Principal", "Settings", "Exec", "ComHandler", "RegistrationInfo"})


def _row(name: str, line: int, values: Mapping[str, Sequence[str]], triggers: Sequence[str]) -> Task:
    def first(*names: str) -> str | None:
        return next((text for one in names for text in values.get(one, ()) if text), None)

    commands = values.get("Exec.Command", ())
    arguments = values.get("Exec.Arguments", ())
    # Only one action's arguments are surely its own; several actions may have none.
    shown = [f"{commands[0]} {arguments[0]}".strip()] if len(commands) == 1 and arguments else list(commands[:_MOST_ACTIONS])
    logon, level = first("Principal.LogonType"), first("Principal.RunLevel")
    return Task(
        name=name[:400],
        kind="windows-task",
        account=(first("Principal.UserId", "Principal.GroupId") or "")[:255] or None,
        schedule="; ".join(triggers)[:400] or None,
        command=("; ".join(shown) or first("ComHandler.ClassId") or "")[:1000] or None,
        # Without the element a task is enabled, runs with the least rights, and keeps no password.
        enabled=(first("Settings.Enabled") or "true").lower() == "true",
        elevated=(level or "").lower() == "highestavailable",
        stored_password=(logon or "").lower() in ("password", "interactivetokenorpassword"),
        evidence=str(line),
    )


FORMS = (
    Form(
        name="schtasks_xml",
        command="schtasks /query /xml ONE",
        tables=("tasks",),
        read=read,
        heading=_HEADING,
        again=_HEADING,
        source="Microsoft Learn, Windows Commands: schtasks query; Task Scheduler Schema",
    ),
)
