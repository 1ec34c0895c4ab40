"""Linux: what runs by itself (`linux.tasks`): systemd timers, cron tables, anacron, folders of scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from omamori.model.host import Task
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import FileText, answered, content_lines, files
from omamori.parse.linux.units import argv, unit_blocks, unit_time
from omamori.parse.sections import Section, read_sections

Sections = Mapping[str, Section]

_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\s*=")
_FIELD = re.compile(r"(?:[0-9*/,~-]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat){1,100}\Z", re.I | re.A)
_CALENDAR = re.compile(r"(?:OnCalendar|On[A-Za-z]{1,30}USec)=([^;}]*)")
_LONGEST = 1000


def parse(data: bytes, context: Context) -> Parsed:
    """Return every scheduled task. Without administrator rights the cron tables of other accounts are not seen."""
    sections = read_sections(data)
    active = bool(sections["cron-daemon"].lines and sections["cron-daemon"].text.strip()) if "cron-daemon" in sections else None
    rows: list[Task] = list(_timers(sections))
    problems: list[Problem] = []
    for file in files(sections.get("cron-system")):
        _sort(_cron(file, active, system=True), rows, problems)
    for name in ("crontabs", "own-crontab"):
        for file in files(sections.get(name)):
            _sort(_cron(file, active, system=False), rows, problems)
    for file in files(sections.get("anacron")):
        _sort(_anacron(file), rows, problems)
    rows += _folders(sections.get("cron-folders"), active)
    return Parsed(rows=tuple(rows), looks=(_look(sections, context, problems),), problems=tuple(problems))


def _sort(found: Iterator[Task | Problem], rows: list[Task], problems: list[Problem]) -> None:
    for item in found:
        if isinstance(item, Task):
            rows.append(item)
        else:
            problems.append(item)


def _look(sections: Sections, context: Context, problems: list[Problem]) -> Look:
    tables = [file for name in ("cron-system", "crontabs", "anacron") for file in files(sections.get(name))]
    ended = all(name in sections and sections[name].exit_code is not None for name in ("timers", "cron-system", "crontabs", "cron-folders"))
    if not ended:
        return Look("tasks", complete=False, reason="not_collected")
    if not context.privileged or any(not file.readable for file in tables):
        return Look("tasks", complete=False, reason="needs_administrator")
    if problems or any(file.cut for file in tables):
        return Look("tasks", complete=False, reason="not_understood")
    # systemctl fails on a machine that was not started by systemd: then no timer runs either.
    return Look("tasks")


def _timers(sections: Sections) -> Iterator[Task]:
    if not answered(sections.get("timers")):
        return
    services = {unit.get("Id", ""): unit for _, unit in unit_blocks(sections.get("timer-services"))}
    for line, unit in unit_blocks(sections["timers"]):
        name = unit.get("Id", "")
        if not name.endswith(".timer"):
            continue
        service = services.get(unit.get("Unit", ""), {})
        schedules = _CALENDAR.findall(unit.get("TimersCalendar", "") + unit.get("TimersMonotonic", ""))
        yield Task(
            name=name,
            kind="timer",
            account=service.get("User") or "root",
            schedule="; ".join(text.strip() for text in schedules)[:_LONGEST] or None,
            command=argv(service.get("ExecStart", "")),
            enabled=unit.get("ActiveState") == "active",
            last_run=unit_time(unit.get("LastTriggerUSec", "")),
            next_run=unit_time(unit.get("NextElapseUSecRealtime", "")),
            evidence=str(line),
        )


def _cron(file: FileText, active: bool | None, *, system: bool) -> Iterator[Task | Problem]:
    """Lines of a cron table; in a system table the account stands between schedule and command."""
    if system and not re.fullmatch(r"[A-Za-z0-9_-]+", file.name):
        return  # cron ignores such names, as `.placeholder` or `job.dpkg-old`
    owner = None if system else file.name
    for line, text in content_lines(file.lines):
        if _ASSIGNMENT.match(text):
            continue
        size = 1 if text.startswith("@") else 5
        words = text.split(None, size + (1 if system else 0))
        if len(words) != size + (2 if system else 1) or (size == 5 and not all(_FIELD.match(word) for word in words[:5])):
            yield Problem(line, f"a cron line in {file.path}: five times, {'an account, ' if system else ''}a command")
            continue
        yield Task(
            name=f"{file.path}:{line - file.lines[0][0] + 1}",
            kind="cron",
            account=words[size] if system else owner,
            schedule=" ".join(words[:size]),
            command=words[-1][:_LONGEST],
            enabled=active,
            evidence=str(line),
        )


def _anacron(file: FileText) -> Iterator[Task | Problem]:
    for line, text in content_lines(file.lines):
        if _ASSIGNMENT.match(text):
            continue
        words = text.split(None, 3)
        if len(words) != 4:
            yield Problem(line, f"a line in {file.path}: days, delay, name, command")
            continue
        yield Task(
            name=f"anacron:{words[2]}", kind="anacron", account="root", schedule=words[0], command=words[3][:_LONGEST], evidence=str(line)
        )


def _folders(section: Section | None, active: bool | None) -> Iterator[Task]:
    """Scripts of /etc/cron.daily and its like; a line is the folder and then a line of `ls -l`."""
    for line, text in section.numbered() if section else ():
        folder, _, listed = text.partition(" ")
        words = listed.split(None, 8)
        if len(words) != 9 or words[8].startswith("."):
            continue
        # run-parts of Debian skips names with a dot.
        yield Task(
            name=f"{folder}/{words[8]}",
            kind="cron",
            account="root",
            schedule=folder.rsplit("/", 1)[-1].removeprefix("cron."),
            command=f"{folder}/{words[8]}",
            enabled=active if "x" in words[0] else False,
            evidence=str(line),
        )


PARSERS = (Parser(kind="linux.tasks", tables=("tasks",), parse=parse),)
