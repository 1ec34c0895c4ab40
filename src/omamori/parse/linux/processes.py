"""Linux: running processes (`linux.processes`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from omamori.model.host import Process
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import answered, number
from omamori.parse.sections import Section, read_sections

_FULL = re.compile(r"\s*(\d{1,10})\s+(\d{1,10})\s+(\S+)\s+([A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})\s(.*)\Z", re.ASCII)
_SHORT = re.compile(r"\s*(\d{1,10})\s+(\d{1,10})\s+(\S+)\s+(\S.*)\Z", re.ASCII)
_EXE = re.compile(r"/proc/(\d{1,10})/exe -> (.+)\Z", re.ASCII)
_MONTHS = {
    name: place for place, name in enumerate(("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1)
}
_KERNEL = 2
"""Process number of kthreadd, the parent of the kernel's own threads."""


def parse(data: bytes, context: Context) -> Parsed:
    """Return the processes without the kernel's threads. Ordinary accounts do not see the programs of others."""
    sections = read_sections(data)
    listed = sections.get("ps")
    if listed is None or not answered(listed):
        return Parsed(looks=(Look("processes", complete=False, reason="not_collected"),))
    programs = dict(_programs(sections.get("exe")))
    rows: list[Process] = []
    problems: list[Problem] = []
    for line, text in listed.numbered():
        if not text.strip() or text.split()[0] == "PID":
            continue
        found = _row(text, line, programs)
        if found is None:
            problems.append(Problem(line, "a line of ps: process, parent, account, start, name"))
        elif _KERNEL not in (found.pid, found.parent):
            rows.append(found)
    return Parsed(rows=tuple(rows), looks=(_look(rows, problems, context),), problems=tuple(problems))


def _programs(section: Section | None) -> Iterator[tuple[int, str]]:
    for text in section.lines if section else ():
        found = _EXE.search(text)
        if found:
            yield int(found[1]), found[2]


def _row(text: str, line: int, programs: dict[int, str]) -> Process | None:
    full = _FULL.match(text)
    found = full or _SHORT.match(text)
    if found is None:
        return None
    pid = int(found[1])
    return Process(
        pid=pid,
        parent=number(found[2]),
        name=found[found.re.groups].strip(),
        account=found[3],
        command=programs.get(pid),
        started=_start(full[4]) if full else None,
        evidence=str(line),
    )


def _start(text: str) -> datetime | None:
    """`Mon Nov 23 21:30:28 2026`, printed in UTC; read by position so that the language of our own machine does not matter."""
    _, month, day, clock, year = text.split()
    hour, minute, second = (int(part) for part in clock.split(":"))
    try:
        return datetime(int(year), _MONTHS.get(month, 0), int(day), hour, minute, second)
    except ValueError:
        return None


def _look(rows: list[Process], problems: list[Problem], context: Context) -> Look:
    if problems or not rows:
        return Look("processes", complete=False, reason="not_understood")
    if not context.privileged:
        # Where /proc is mounted with hidepid an ordinary account sees only its own: then even process 1 is not there.
        return Look("processes", complete=any(row.pid == 1 for row in rows), missing=("command",), reason="needs_administrator")
    if all(row.started is None for row in rows):
        return Look("processes", missing=("started",), reason="not_collected")
    return Look("processes")


PARSERS = (Parser(kind="linux.processes", tables=("processes",), parse=parse),)
