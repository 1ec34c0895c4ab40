"""`icacls PATH`, one or more behind each other: who may do what with a file or folder.

Names of accounts are printed in the machine's language, rights as letters that are the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from omamori.model.look import Look, Parsed, Problem
from omamori.model.windows import FileAccess
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Line, Piece

_RIGHTS = r"(?:\([A-Z]{1,8}(?:,[A-Z]{1,8}){0,20}\)){1,8}"
_HEADING = re.compile(rf"(?:[A-Za-z]:\\|\\\\[^\\\s])[^<>|\"?*:]{{0,400}}:{_RIGHTS}\s*$")
_ENTRY = re.compile(rf"(.{{1,500}}):({_RIGHTS})\s*$")
_FAILED = re.compile(r"(?:[A-Za-z]:\\|\\\\)[^<>|\"?*:]{0,400}: ?\S.{0,200}$")
_SUMMARY = re.compile(r"\D{0,60}(\d{1,6})\D{1,80}(\d{1,6})\D{0,60}$")
_AUTHORITY = re.compile(
    r" (?=(?:BUILTIN|NT AUTHORITY|NT SERVICE|APPLICATION PACKAGE AUTHORITY|Everyone|CREATOR OWNER|S-1-\d|[A-Z0-9-]{1,15}\\))"
)
_ABSENT = re.compile(r"cannot find|見つかりません", re.IGNORECASE)
_INHERITED_ONLY, _DENIED = "IO", frozenset({"DENY", "N"})
_FLAGS = frozenset({"I", "OI", "CI", "NP"})
_WORDS: Mapping[str, str] = MappingProxyType(
    {"F": "full", "GA": "full", "M": "modify", "W": "write", "RX": "read-execute", "R": "read", "GR": "read", "D": "delete", "DE": "delete"}
)
_WRITES = frozenset({"F", "M", "W", "GA", "GW", "WD", "WDAC", "WO", "DC"})
"""Rights by which the file, or what lies in the folder, can be put another in place of. To append or to delete alone is not enough."""
_EVERYBODY = frozenset(
    {
        "everyone",
        "builtin\\users",
        "builtin\\guests",
        "nt authority\\authenticated users",
        "nt authority\\interactive",
        "nt authority\\anonymous logon",
        "jeder",
        "tout le monde",
        "todos",
        "vordefiniert\\benutzer",
    }
)
_EVERYBODY_SIDS = ("S-1-1-0", "S-1-5-32-545", "S-1-5-32-546", "S-1-5-11", "S-1-5-4", "S-1-5-7")
_OF_DOMAIN = re.compile(r"[^\\]{1,64}\\Domain (?:Users|Guests)", re.IGNORECASE)
_MOST_PROBLEMS = 20


def read(piece: Piece, context: Context) -> Parsed:
    """Return what each account or group may do with each path; what is denied or holds for things inside only is left out."""
    rows: dict[tuple[str, str, str], FileAccess] = {}
    problems: list[Problem] = []
    refused = False
    for block in _blocks(piece.lines):
        first = block[0]
        if _HEADING.match(first.text) is None:
            refused = refused or (_FAILED.match(first.text) is not None and _ABSENT.search(first.text) is None)
            continue
        path = _path(block)
        if path is None:
            if len(problems) < _MOST_PROBLEMS:
                problems.append(Problem(first.number, "a path and the first account", "パスと最初のアカウント"))
            continue
        for line in block:
            row = _row(path, Line(line.number, line.text[len(path) :] if line is first else line.text))
            if row is not None:
                rows.setdefault((path.casefold(), row.principal.casefold(), row.access), row)
    filled = [line for line in piece.lines if line.text.strip()]
    ended = bool(filled) and _SUMMARY.match(filled[-1].text) is not None
    if not ended and not problems:
        last = filled[-1].number if filled else 0
        problems.append(Problem(last, "the sentence at the end that counts files", "最後の、ファイルの数の行(途中で切れています)"))
    complete = bool(rows) and not problems and not refused
    reason = "not_understood" if problems else "needs_administrator" if refused else "not_collected"
    look = Look("file_access", complete=complete, missing=("service",), reason=reason)
    return Parsed(rows=tuple(rows.values()), looks=(look,), problems=tuple(problems))


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each path: one that begins at the edge, and those with a blank in front below it."""
    block: list[Line] = []
    for line in lines:
        if line.text[:1].strip():
            if block:
                yield block
            block = [line]
        elif line.text.strip() and block:
            block.append(line)
    if block:
        yield block


def _path(block: Sequence[Line]) -> str | None:
    """The path in front of the first account: as long as the lines below are moved in, else up to a name Windows knows."""
    first = block[0].text
    if len(block) > 1:
        moved = len(block[1].text) - len(block[1].text.lstrip(" "))
        if 3 <= moved < len(first) and first[moved - 1] == " ":
            return first[: moved - 1]
    found = _AUTHORITY.search(first)
    return first[: found.start()] if found else None


def _row(path: str, line: Line) -> FileAccess | None:
    found = _ENTRY.match(line.text.strip())
    if found is None:
        return None
    groups = [set(group.split(",")) for group in found[2][1:-1].split(")(")]
    told = set().union(*groups)
    rights = told - _FLAGS
    if _INHERITED_ONLY in told or told & _DENIED or not rights:
        return None
    principal = found[1].strip()
    access = next((word for right, word in _WORDS.items() if right in rights), "special")
    return FileAccess(
        path=path[:500],
        principal=principal[:256],
        access=access,
        writable=bool(rights & _WRITES),
        everybody=principal.casefold() in _EVERYBODY or principal in _EVERYBODY_SIDS or _OF_DOMAIN.fullmatch(principal) is not None,
        evidence=str(line.number),
    )


FORMS = (
    Form(
        name="icacls",
        command="icacls",
        tables=("file_access",),
        read=read,
        heading=_HEADING,
        again=_HEADING,
        source="Microsoft Learn, Windows Commands: icacls",
    ),
)
