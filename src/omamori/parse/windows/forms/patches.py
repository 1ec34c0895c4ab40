"""`wmic qfe` and `Get-HotFix`: installed updates, in every list form.

The list has no end of its own: a table of wmic whose columns are wider than all its values has lost lines.
wmic prints dates as they are stored, month first on every Windows (older ones: FILETIME in hexadecimal);
PowerShell prints them in the machine's language. XP writes `File 1` in place of some updates, and the
update's number in the column of the service pack.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from omamori.model.host import Patch
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.forms.lists import days, fits, machines, narrowed, not_read, one_machine
from omamori.parse.windows.records import Record, Records, read_records

_NUMBER = re.compile(r"(?:KB|Q)?(\d{5,8})(?!\d)[\w.-]{0,20}$", re.IGNORECASE)
_OWN = re.compile(r"(?!(?:KB|Q)?\d)[A-Za-z{][\w.{}-]{2,79}$")
_HIDDEN = re.compile(r"File \d{1,4}$")
_INSTALLING = re.compile(r"\S.{5,120}?[.。](?=(?:Caption|CSName|Description|FixComments|HotFixID) )")
"""XP says that it installs wmic first, without ending the line."""
_SINGLE = re.compile(r"\s*HotFixID\s*$")
_EXPECTED = ("installed updates by their numbers, such as KB5034441", "KB5034441 のような更新の番号の一覧")


def read(piece: Piece, context: Context) -> Parsed:
    """Return the updates. Whole when every line was understood and nothing tells that lines are gone."""
    lines = _plain(piece.lines)
    records = read_records(lines) or _single(lines)
    if records is None or "HotFixID" not in records.names:
        return not_read(piece, ("patches",), *_EXPECTED)
    names = machines(records.rows, "Source")
    if not one_machine(names):
        return not_read(piece, ("patches",), "the updates of one machine", "1台の機器の更新の一覧")
    problems = list(records.problems)
    found: dict[str, Patch] = {}
    months = records.style.startswith("wmic") or "Node" in records.names
    dates = days([row.get("InstalledOn.DateTime", "InstalledOn") for row in records.rows], month_first=months)
    undated = "InstalledOn" not in records.names
    for row, day in zip(records.rows, dates, strict=True):
        identity = _identity(row)
        if identity is None:
            problems.append(Problem(row.line, *_EXPECTED))
            continue
        patch = Patch(patch_id=identity, description=row.get("Description"), installed=day, evidence=str(row.line))
        known = found.get(identity)
        found[identity] = patch if known is None else _joined(known, patch)
        # PowerShell leaves a date empty that it could not read; wmic prints what is stored, also nothing.
        undated = undated or (day is None and (not months or bool(row.get("InstalledOn"))))
    rest = [line for line in lines[records.length :] if line.text.strip()]
    if rest:
        problems.append(Problem(rest[0].number, *_EXPECTED))
    look, gone = _look(piece, lines, records, found, undated=undated)
    if gone and not problems:
        problems.append(gone)
    if problems:
        look = dataclasses.replace(look, complete=False, reason="not_understood")
    return Parsed(rows=tuple(found.values()), looks=(look,), problems=tuple(problems[:50]), identifiers=names)


def _look(piece: Piece, lines: Sequence[Line], records: Records, found: dict[str, Patch], *, undated: bool) -> tuple[Look, Problem | None]:
    missing = [name for name, there in (("description", "Description" in records.names), ("installed", not undated)) if not there]
    look = Look("patches", missing=tuple(missing), reason="not_collected" if missing else None)
    first = lines[0].number
    if narrowed(piece.command):
        return dataclasses.replace(look, complete=False, reason="not_collected"), None
    if not found:
        gone = Problem(first, "at least one update; without any, nobody can tell whether the command worked", "更新が1件以上ある一覧")
    elif "HotFixID" in records.cut_names or not fits(lines, records):
        gone = Problem(
            first, "every update: lines of this list are gone; bring the output of `wmic qfe list` again", "途中で切れていない更新の一覧"
        )
    else:
        return look, None
    return dataclasses.replace(look, complete=False, reason="not_understood"), gone


def _plain(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Take the message that wmic is being installed from the first line."""
    if not lines:
        return ()
    first = _INSTALLING.sub("", lines[0].text, count=1)
    return (Line(lines[0].number, first), *lines[1:])


def _single(lines: Sequence[Line]) -> Records | None:
    """`wmic qfe get HotFixID`: one column, without dashes."""
    if not lines or not _SINGLE.match(lines[0].text):
        return None
    rows = tuple(Record(line.number, {"HotFixID": line.text.strip()[:200]}) for line in lines[1:] if line.text.strip())
    return Records("wmic-single", frozenset({"HotFixID"}), rows, (), len(lines))


def _identity(row: Record) -> str | None:
    """KB and number, without what stands behind (`KB893803v2`); some installers write a GUID or a name (`MSCompPackV1`)."""
    word = row.get("HotFixID") or ""
    if _HIDDEN.match(word):
        word = row.get("ServicePackInEffect") or ""
    found = _NUMBER.match(word)
    if found:
        return f"KB{found[1]}"
    return word if _OWN.match(word) else None


def _joined(one: Patch, other: Patch) -> Patch:
    """Two lines about one update: the one that has more is the evidence."""
    best, less = (other, one) if (one.installed, one.description) == (None, None) else (one, other)
    return dataclasses.replace(best, description=best.description or less.description, installed=best.installed or less.installed)


FORMS = (
    Form(
        name="patches",
        judges_filters=True,
        command="wmic qfe list",
        tables=("patches",),
        read=read,
        heading=re.compile(f"{_INSTALLING.pattern}.*\\bHotFixID\\b|{_SINGLE.pattern}"),
        properties=(frozenset({"HotFixID"}), frozenset({"HotFixID", "InstalledOn"}), frozenset({"HotFixID", "Description"})),
        captured=("en",),
        source="Microsoft Learn, Win32_QuickFixEngineering class; Get-HotFix",
    ),
)
