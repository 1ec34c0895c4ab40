"""`Get-Process`, `wmic process`, `Get-CimInstance Win32_Process` in any of their output forms: the running processes.

Arguments of command lines may hold secrets and patients' names: they are taken out before anything is stored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from omamori.model.host import Process
from omamori.model.look import Look, Parsed
from omamori.parse.interface import Context
from omamori.parse.windows.columns import width
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.object_lists import cut_names_problem, identifiers, listed, value, was_cut
from omamori.parse.windows.records import Record, Records
from omamori.parse.windows.values import moment, number

_EVERYWHERE = frozenset({"csrss", "lsass", "services", "smss", "winlogon"})
_ASKING = frozenset({"wmic", "powershell", "pwsh", "powershell_ise", "wmiprvse"})
"""What prints the list stands in it."""
_KERNEL = frozenset({"idle", "systemidleprocess", "system", "registry", "memorycompression", "memcompression", "securesystem"})
"""No programs of a file; written without blanks."""
_PROGRAM = re.compile(r"\s*(?:\"([^\"]{1,400})\"|(\S.{0,400}?\.(?:exe|com|bat|cmd|scr))(?=\s|$)|(\S{1,400}))", re.IGNORECASE)
_LABELLED = re.compile(r"(\s{0,12}(\"?)CommandLine\"?\s{0,80}[:=]\s{0,4})(.*)")
_WRAPPED = re.compile(r"\s{10,200}(?=\S{0,200}[^\W\d])(?:\S| (?! )){1,400}")
"""A line on which PowerShell's Format-List goes on with a long value."""
_ENDS = re.compile(r"\.(?:exe|com|bat|cmd|scr)(?:\\\"|\"\"|\")? (?=[^\s,])(?!\d{1,10}(?:\s|$))", re.IGNORECASE)
_OF_PATH = re.compile(r"[\\\"](?:(?!  )[^\\\",]){0,100}$")
_BOUNDARY = re.compile(
    r"(?<=  )(?:(?=[A-Za-z]:\\)|(?=\S{1,100} {2,200}\d[\d ]{0,60}$)|(?=\d[\d ]{0,60}$))|\"(?=,|\s{0,20}$)|,(?=[A-Za-z]:\\|\d{1,10}(?:,|\s{0,20}$))"
)
_TAKEN = "[secret: arguments, set]"


def read(piece: Piece, context: Context) -> Parsed:
    """Return the processes. Whole with those every Windows runs, and the one that printed the list."""
    records = listed(piece)
    problems = list(records.problems)
    rows: dict[int, Process] = {}
    cut: list[int] = []
    for record in records.rows:
        pid = number(record.get("ProcessId", "Id", "PID"))
        name = record.get("Name", "ProcessName")
        if name and was_cut(name):
            cut.append(record.line)
        elif name and pid is not None and pid < 2**32:
            rows.setdefault(pid, _process(pid, name, record))
    problem = cut_names_problem(cut)
    problems += [problem] if problem else []
    found = list(rows.values())
    names = {row.name.lower().removesuffix(".exe") for row in found}
    complete = not problems and {0, 4} <= set(rows) and names >= _EVERYWHERE and not names.isdisjoint(_ASKING)
    missing = _missing(records, found)
    reason = "not_understood" if problems else "not_collected" if missing or not complete else None
    if complete and missing == ["command"]:
        reason = "needs_administrator"
    look = Look("processes", complete=complete, missing=tuple(missing), reason=reason)
    return Parsed(rows=tuple(found), looks=(look,), problems=tuple(problems), identifiers=identifiers(records))


def _process(pid: int, name: str, record: Record) -> Process:
    parent = number(record.get("ParentProcessId"))
    path = value(record, "ExecutablePath", "Path", most=400)
    line = _PROGRAM.match(record.get("CommandLine") or "") if path is None else None
    command = path or (next((part for part in line.groups() if part), None) if line else None)
    return Process(
        pid=pid,
        parent=parent if parent is None or parent < 2**32 else None,
        name=name[:260],
        account=value(record, "UserName", most=255),
        command=None if was_cut(command) else command,
        started=moment(record.get("CreationDate", "StartTime")),
        evidence=str(record.line),
    )


def _missing(records: Records, found: Sequence[Process]) -> list[str]:
    missing = ["parent"] if "ParentProcessId" not in records.names else []
    for column in ("account", "command", "started"):
        if any(getattr(row, column) is None for row in found if row.name.lower().replace(" ", "") not in _KERNEL):
            missing.append(column)
    return missing


def without_arguments(line: str) -> str:
    """Take the arguments out of command lines; what remains stays in its place, since tables are cut by position."""
    text, end = line.removesuffix("\r"), "\r" if line.endswith("\r") else ""
    if _TAKEN in text:
        return line
    found = _LABELLED.fullmatch(text)
    if found:
        return found[1] + (_json_value(found[3]) if found[2] else _list_value(found[3])) + end
    if _WRAPPED.fullmatch(text):
        return end
    kept: list[str] = []
    at = 0
    while (program := _ENDS.search(text, at)) is not None:
        begin = program.end()
        before = text[max(at, program.start() - 120) : program.start()]
        # A name of a program and behind it a column of paths is no command line.
        if re.match(r"[A-Za-z]:\\", text[begin : begin + 3]) and not _OF_PATH.search(before):
            kept.append(text[at:begin])
            at = begin
            continue
        stop = _BOUNDARY.search(text, begin)
        at, start = (stop.start() if stop else len(text)), at
        kept += [text[start:begin], _blank(text[begin:at])]
    return "".join(kept) + text[at:] + end


def _list_value(text: str) -> str:
    program = _PROGRAM.match(text)
    if program is None or not text[program.end() :].strip():
        return text
    return f"{program[0]} {_TAKEN}"


def _json_value(text: str) -> str:
    """A value in JSON stays one: only the program remains between the quotes."""
    tail = "," if text.rstrip().endswith(",") else ""
    try:
        said = json.loads(text.rstrip().removesuffix(","))
    except (ValueError, RecursionError):
        said = ""
    if not isinstance(said, str):
        return text
    program = _PROGRAM.match(said)
    if program is None or not said[program.end() :].strip():
        return json.dumps(said, ensure_ascii=False) + tail
    return json.dumps(f"{program[0].strip()} {_TAKEN}", ensure_ascii=False) + tail


def _blank(text: str) -> str:
    """As many console cells of nothing."""
    return "".join("\u3000" if width(letter) == 2 else " " for letter in text)


FORMS = (
    Form(
        name="process_list",
        command="Get-CimInstance Win32_Process",
        tables=("processes",),
        read=read,
        properties=(
            frozenset({"Id", "ProcessName"}),
            frozenset({"Id", "Name", "Path"}),
            frozenset({"Name", "ProcessId"}),
            frozenset({"Name", "ProcessId", "ExecutablePath"}),
            frozenset({"ProcessId", "CommandLine"}),
        ),
        redact=without_arguments,
        source="Microsoft Learn, Get-Process; Win32_Process class",
    ),
)
