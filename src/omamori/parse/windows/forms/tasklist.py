"""`tasklist` with `/v`, `/svc`, `/fo csv` and `/fo list`: the running processes.

Columns are found by their place and by the rule of `=` below the headings; titles of windows, which may name
patients, are taken out before anything is stored.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from omamori.model.host import Process
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.columns import cells, spans
from omamori.parse.windows.form import Form, Line, Piece

_LABEL = r"(?:Image Name|イメージ名)"
_HEADING = re.compile(rf"{_LABEL} {{5,}}PID\b|\"{_LABEL}\",\"PID\"|{_LABEL}: {{2,}}\S")
_BODY = re.compile(r"\S.{0,60}? {2,}PID\b|\"[^\"]{1,60}\",\"PID\"")
_RULE = re.compile(r"=+(?: =+)+\s*$")
_FIELD = re.compile(r"(\S[^:]{0,40}): *(.*)$")
_NUMBER = re.compile(r"\d{1,10}", re.ASCII)
_ACCOUNT, _WITH_ACCOUNT = 6, 9
_NOBODY = frozenset({"", "n/a", "該当なし"})
_EXE_BEGUN = re.compile(r"\.(?:e|ex)?$", re.IGNORECASE)
_TITLE = re.compile(
    r"(?P<list>(?:Window Title|ウィンドウ ?タイトル):\s{0,40})(?P<a>\S.*)"
    r"|(?P<csv>\"(?:[^\"]{0,260}\",\"){7}\d{1,6}:\d\d:\d\d\",\")(?P<b>.*)(?P<end>\")\s*"
    r"|(?P<table>\S.{20,300}?\s\d{1,6}:\d\d:\d\d )(?P<c>\S.*)"
)
_TAKEN = "[secret: window-title, set]"
_MAX_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class _Entry:
    """One process as printed: line, values in the order of the columns, whether its name may have been cut."""

    line: int
    values: tuple[str, ...]
    cut: bool = False


def sliced(text: str, marks: Sequence[tuple[int, int]]) -> list[str] | None:
    """Cut a line into columns of fixed width, in console cells, else in letters; None when something stands between two of them."""
    for row in (cells(text.rstrip()), list(text.rstrip())):
        if all("".join(row[end:start]).strip() == "" for (_, end), (start, _) in pairwise(marks)):
            last = len(marks) - 1
            return ["".join(row[start : end if place < last else None]).strip() for place, (start, end) in enumerate(marks)]
    return None


def read(piece: Piece, context: Context) -> Parsed:
    """Return the processes. Whole when the list begins with the system's own two and holds tasklist itself."""
    problems: list[Problem] = []
    rows: dict[int, Process] = {}
    columns = 0
    cut = 0
    for entry in _entries(piece.lines, problems):
        row = _process(entry)
        if row is None:
            _tell(problems, entry.line, "a name and a process number (PID)", "イメージ名とPID")
        else:
            rows.setdefault(row.pid or 0, row)
            columns = max(columns, len(entry.values))
            cut += entry.cut
    if cut:
        first = piece.lines[0].number
        expected = "whole names: tasklist cut some to 25 letters; use `tasklist /v /fo csv`"
        problems.append(Problem(first, expected, "切れていない名前(25文字で切れています。`tasklist /v /fo csv` を使ってください)"))
    found = list(rows.values())
    names = {row.name.lower() for row in found}
    complete = not problems and {0, 4} <= set(rows) and "tasklist.exe" in names
    missing = ["parent", "command", "started"]
    if columns != _WITH_ACCOUNT or any(row.account is None and row.pid not in (0, 4) for row in found):
        missing.append("account")
    reason = "not_understood" if problems else "not_collected"
    return Parsed(
        rows=tuple(found), looks=(Look("processes", complete=complete, missing=tuple(missing), reason=reason),), problems=tuple(problems)
    )


def begins(lines: Sequence[str]) -> bool:
    """Whether tasklist's output begins here, in any language: a rule of `=`, or values with a process number in the second place."""
    first, second = lines[0], lines[1] if len(lines) > 1 else ""
    if first.startswith('"'):
        return re.match(r"\"[^\"]{1,260}\",\"\d{1,10}\"", second) is not None
    return _RULE.match(second) is not None or re.match(r"PID: +\d", second) is not None


def without_title(line: str) -> str:
    """Take out the title of a window: it may be the name of a file or a patient."""
    found = _TITLE.fullmatch(line.rstrip("\r"))
    if not found:
        return line
    title = next(text for name in "abc" if (text := found[name]) is not None)
    if title.strip().lower() in _NOBODY or title.startswith("[secret:"):
        return line
    before = found["list"] or found["csv"] or found["table"] or ""
    return f"{before}{_TAKEN}{found['end'] or ''}" + ("\r" if line.endswith("\r") else "")


def _entries(lines: Sequence[Line], problems: list[Problem]) -> Iterator[_Entry]:
    first = lines[0].text if lines else ""
    if first.startswith('"'):
        yield from _csv(lines[1:], problems)
    elif len(lines) > 1 and _RULE.match(lines[1].text):
        yield from _table(lines[2:], spans(lines[1].text), problems)
    else:
        yield from _list(lines)


def _csv(lines: Iterable[Line], problems: list[Problem]) -> Iterator[_Entry]:
    for line in lines:
        if not line.text.startswith('"'):
            if line.text.strip():
                _tell(problems, line.number, "values in quotes", "引用符で囲まれた値")
            continue
        try:
            values = next(iter(csv.reader([line.text])), [])
        except csv.Error:
            values = []
        yield _Entry(line.number, tuple(values))


def _table(lines: Iterable[Line], marks: Sequence[tuple[int, int]], problems: list[Problem]) -> Iterator[_Entry]:
    width = marks[0][1]
    for line in lines:
        # `/svc` goes on below its own column when services do not fit into one line.
        if not line.text.strip() or (line.text[:width].strip() == "" and len(marks) == 3):
            continue
        values = sliced(line.text, marks)
        if values is None:
            _tell(problems, line.number, "columns below the rule of `=`", "`=` の罫線に合う列")
            continue
        name = values[0]
        full = len(cells(name)) >= width and not name.lower().endswith(".exe")
        if full and _EXE_BEGUN.search(name):
            name, full = f"{_EXE_BEGUN.sub('', name)}.exe", False
        yield _Entry(line.number, (name, *values[1:]), cut=full)


def _list(lines: Iterable[Line]) -> Iterator[_Entry]:
    """Blocks of `label: value`, one process each, ended by an empty line; the labels come in the order of the columns."""
    values: list[str] = []
    begun = 0
    for line in (*lines, Line(0, "")):
        found = _FIELD.match(line.text)
        if found and values and re.match(_LABEL, line.text):
            yield _Entry(begun, tuple(values))
            values = []
        if found:
            begun = begun if values else line.number
            values.append(found[2].strip())
        elif not line.text.strip() and values:
            yield _Entry(begun, tuple(values))
            values = []


def _process(entry: _Entry) -> Process | None:
    values = entry.values
    if len(values) < 2 or not values[0] or not _NUMBER.fullmatch(values[1]):
        return None
    account = values[_ACCOUNT] if len(values) == _WITH_ACCOUNT else ""
    return Process(
        pid=int(values[1]),
        name=values[0][:260],
        account=None if account.lower() in _NOBODY else account[:255],
        evidence=str(entry.line),
    )


def _tell(problems: list[Problem], line: int, expected: str, expected_ja: str) -> None:
    if len(problems) < _MAX_PROBLEMS:
        problems.append(Problem(line, expected, expected_ja))


FORMS = (
    Form(
        name="tasklist",
        command="tasklist /v /fo csv",
        tables=("processes",),
        read=read,
        heading=_HEADING,
        again=re.compile(rf"{_LABEL}: {{2,}}\S"),
        body=_BODY,
        confirm=begins,
        redact=without_title,
        source="Microsoft Learn, Windows Commands: tasklist",
    ),
)
