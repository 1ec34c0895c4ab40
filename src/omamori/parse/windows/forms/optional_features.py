"""Optional components: `Get-WindowsOptionalFeature -Online`, and `dism /online /get-features` as list or table.

Names are the same in every language; dism translates its labels and states, and ends with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from omamori.model.look import Look, Parsed, Problem
from omamori.model.windows import ServerRole
from omamori.parse.interface import Context
from omamori.parse.windows.form import COMPLAINT, Form, Line, Piece
from omamori.parse.windows.forms.lists import machines, narrowed, not_read
from omamori.parse.windows.records import read_records

_STATES: Mapping[str, bool] = MappingProxyType(
    {
        "enabled": True,
        "有効": True,
        "disablepending": True,
        "disable pending": True,
        "disabled": False,
        "無効": False,
        "enablepending": False,
        "enable pending": False,
        "disabledwithpayloadremoved": False,
        "disabled with payload removed": False,
    }
)
"""What waits for the next start is still as it was."""
_NAME = re.compile(r"[A-Za-z][\w.-]{1,120}$", re.ASCII)
_PACKAGE = re.compile(r"\S[^:]{2,80}: ?Microsoft-Windows-[\w-]{1,120}~31bf3856ad364e35~\w{1,10}~[\w-]{0,20}~[\d.]{3,40}\s*$")
_RULE = re.compile(r"-{4,} \| -{4,}\s*$")
_PAIR = re.compile(r"[^\s:][^:]{0,60}: ?(\S.{0,120})$")
_ROW = re.compile(r"([A-Za-z][\w.-]{1,120}) *\| (\S.{0,120})$", re.ASCII)
_EVERYWHERE = frozenset({"SMB1Protocol", "TelnetClient"})
_FEWEST = 20
_ENABLED = re.compile(r"\bstate\b.{0,20}\benabled\b", re.IGNORECASE)
_EXPECTED = ("the name and the state (Enabled, Disabled) of every component", "機能ごとの名前と状態(有効、無効)")


def read(piece: Piece, context: Context) -> Parsed:
    """Return enabled components of PowerShell's list. It has no end of its own: components that every Windows has must be in it."""
    records = read_records(piece.lines)
    if records is None or "FeatureName" not in records.names or "State" not in records.names:
        return not_read(piece, ("server_roles",), *_EXPECTED)
    problems = list(records.problems)
    rows, seen = [], set()
    shown = "DisplayName" in records.names
    for row in records.rows:
        name, state = row.get("FeatureName") or "", _STATES.get((row.get("State.Value", "State") or "").lower())
        if state is None or not _NAME.match(name):
            problems.append(Problem(row.line, *_EXPECTED))
            continue
        seen.add(name)
        if state:
            rows.append(ServerRole(name=name, display_name=row.get("DisplayName"), kind="optional", evidence=str(row.line)))
    problems += [Problem(line.number, *_EXPECTED) for line in piece.lines[records.length :] if line.text.strip()][:1]
    whole = seen >= _EVERYWHERE and len(seen) >= _FEWEST
    reason = "not_understood"
    if not whole and narrowed(piece.command):
        whole, reason = _ENABLED.search(piece.command) is not None and bool(rows) and len(rows) == len(seen), "not_collected"
    elif not whole and not problems:
        problems.append(Problem(piece.lines[0].number, "all components, enabled and disabled", "有効と無効のすべての機能の一覧"))
    if problems:
        whole, reason = False, "not_understood"
    missing = () if shown else ("display_name",)
    look = Look("server_roles", complete=whole, missing=missing, reason=reason if not whole else "not_collected" if missing else None)
    names = machines(records.rows)
    return Parsed(rows=tuple(rows), looks=(look,), problems=tuple(problems[:50]), identifiers=names if len(names) == 1 else ())


def read_dism(piece: Piece, context: Context) -> Parsed:
    """Return enabled components of dism's list; whole when the sentence at its end is there."""
    body = [line for line in piece.lines[1:] if line.text.strip()]
    table = bool(body) and _RULE.match(body[0].text) is not None
    problems: list[Problem] = []
    pairs = list(_rows(body, problems) if table else _pairs(body, problems))
    rows = []
    for line, name, word in pairs:
        state = _STATES.get(word.strip().lower())
        if state is None:
            problems.append(Problem(line, *_EXPECTED))
        elif state:
            rows.append(ServerRole(name=name, kind="optional", evidence=str(line)))
    if not (body and pairs and _ends(body[-1].text)):
        last = piece.lines[-1].number if piece.lines else 0
        problems.append(
            Problem(
                last,
                "the sentence `The operation completed successfully.` at the end; the list is cut short",
                "最後の「操作は正常に完了しました。」(途中で切れています)",
            )
        )
    reason = "not_understood" if problems else "not_collected"
    look = Look("server_roles", complete=not problems, missing=("display_name",), reason=reason)
    return Parsed(rows=tuple(rows), looks=(look,), problems=tuple(problems[:50]))


def _ends(text: str) -> bool:
    """Whether a line is the sentence at the end, in any language: no row, no pair and no error."""
    return COMPLAINT.search(text) is None and ":" not in text and "|" not in text and text.rstrip().endswith((".", "。"))


def _rows(body: Sequence[Line], problems: list[Problem]) -> list[tuple[int, str, str]]:
    found = []
    for line in body[2:]:
        row = _ROW.match(line.text)
        if row:
            found.append((line.number, row[1], row[2]))
        elif not (_RULE.match(line.text) or (line is body[-1] and _ends(line.text))):
            problems.append(Problem(line.number, *_EXPECTED))
    return found


def _pairs(body: Sequence[Line], problems: list[Problem]) -> list[tuple[int, str, str]]:
    """Lines come in twos: the name, then the state."""
    found, name = [], ""
    for line in body:
        pair = _PAIR.match(line.text)
        if pair and name:
            found.append((line.number, name, pair[1]))
            name = ""
        elif pair and _NAME.match(pair[1].rstrip()):
            name = pair[1].rstrip()
        elif not (line is body[-1] and _ends(line.text)) or name:
            problems.append(Problem(line.number, *_EXPECTED))
            name = ""
    return found


def _lists_features(lines: Sequence[str]) -> bool:
    """Whether features follow: dism names packages in lists of packages too, but without an empty line behind."""
    return len(lines) > 2 and not lines[1].strip() and any(_RULE.match(line) or _PAIR.match(line) for line in lines[2:4])


FORMS = (
    Form(
        name="optional_features",
        judges_filters=True,
        command="Get-WindowsOptionalFeature -Online",
        tables=("server_roles",),
        read=read,
        properties=(frozenset({"FeatureName", "State"}),),
        source="Microsoft Learn, Get-WindowsOptionalFeature",
    ),
    Form(
        name="dism_features",
        command="dism /online /get-features",
        tables=("server_roles",),
        read=read_dism,
        heading=_PACKAGE,
        confirm=_lists_features,
        source="Microsoft Learn, DISM Operating System Package Servicing Command-Line Options",
    ),
)
