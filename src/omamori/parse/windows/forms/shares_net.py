"""`net share` (what is shared) and `net share NAME` (one share with its permissions)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from omamori.model.access import Share, ShareAccess
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.columns import cells
from omamori.parse.windows.form import COMPLAINT, Form, Line, Piece

_LIST = re.compile(r"\s*(?:Share name\s+Resource\s+Remark|共有名\s+リソース\s+注釈)\s*$")
_LIST_BODY = re.compile(r"[^\s:][^:]{5,119}$")
_ONE = re.compile(r"(?:Share name|共有名)\s{2,}(?!Resource\b|リソース)\S.*$")
_RULER = re.compile(r"-{75,200}\s*$")
_CLOSING = re.compile(r"\s*(?:The command completed successfully\.?|コマンドは正常に終了しました。?)\s*$")
_SENTENCE = re.compile(r"\S(?:(?! {2}).){8,200}[.。]\s*$")
_FOLDER = re.compile(r"[A-Za-z]:[\\/]|\\\\\?\\|\\\\\.\\")
_WIDE_NAME = re.compile(r"(\S(?:.{0,80}?\S)?)\s+([A-Za-z]:\\.*)$")
_RIGHT = re.compile(r"(\S.{0,200}?)\s*,\s*(FULL|CHANGE|READ)\s*$", re.IGNORECASE)
_BUILT_IN = re.compile(r"(?:[A-Za-z]|ADMIN|IPC)\$", re.IGNORECASE)
"""Shares Windows makes itself: only administrators may use them, while `net share` prints `Everyone, FULL`."""
_RESOURCE, _REMARK, _VALUE = 13, 45, 18
"""Console cells at which the columns begin: of the list the resource and the remark, of one share the value."""
_MAX_SHARES = 5000
_UNTOLD = ("guest", "writable")


@dataclass(slots=True)
class _Entry:
    """One share of the list as printed."""

    line: int
    name: str
    resource: str = ""
    remark: str = ""


def read_list(piece: Piece, context: Context) -> Parsed:
    """Return what is shared. Whole when the closing line of `net` is there."""
    lines = [line for line in piece.lines if line.text.strip()]
    start = next((place for place, line in enumerate(lines) if _RULER.match(line.text)), None)
    problems: list[Problem] = []
    last_text = lines[-1].text if lines else ""
    ended = _CLOSING.match(last_text) is not None or (_SENTENCE.match(last_text) is not None and COMPLAINT.search(last_text) is None)
    if not ended or start is None:
        last = lines[-1].number if lines else 0
        problems.append(Problem(last, "the closing line of net share: the list is cut short", "「コマンドは正常に終了しました。」の行"))
    body = lines[start + 1 : len(lines) - 1 if ended else len(lines)] if start is not None else []
    entries = list(_entries(body[: _MAX_SHARES * 3], problems))
    rows = [
        Share(
            name=entry.name[:200],
            protocol="smb",
            path=entry.resource[:1000] or None,
            comment=entry.remark[:500] or None,
            evidence=str(entry.line),
        )
        for entry in entries
        # What has a resource that is no folder is a printer.
        if not entry.resource or _FOLDER.match(entry.resource)
    ]
    reason = "not_understood" if problems else "not_collected"
    look = Look("shares", complete=not problems and bool(rows), missing=_UNTOLD, reason=reason, needs="net share NAME")
    return Parsed(rows=tuple(rows), looks=(look,), problems=tuple(problems[:20]))


def _entries(lines: Sequence[Line], problems: list[Problem]) -> Iterator[_Entry]:
    """A name that is too long stands alone, its resource below it; a resource that is too long has its remark below."""
    entry: _Entry | None = None
    for line in lines:
        text = line.text.rstrip()
        indent = len(text) - len(text.lstrip())
        if indent >= _REMARK - 1 and entry is not None:
            entry.remark = text.strip()
        elif indent >= _RESOURCE - 1 and entry is not None and not entry.resource:
            entry.resource, entry.remark = _cut(text, indent)
        elif indent:
            problems.append(Problem(line.number, "share, resource and remark below their headings", "共有名・リソース・注釈"))
        else:
            if entry is not None:
                yield entry
            entry = _entry(line.number, text)
    if entry is not None:
        yield entry


def _entry(number: int, text: str) -> _Entry:
    row = cells(text)
    if len(row) > _RESOURCE and row[_RESOURCE - 1] not in (" ", ""):
        wide = _WIDE_NAME.match(text[:2000])
        if wide:
            resource, remark = _cut(wide[2], 0, _REMARK - _RESOURCE)
            return _Entry(number, wide[1], resource, remark)
        return _Entry(number, text.strip())
    resource, remark = _cut("".join(row[_RESOURCE:]), 0, _REMARK - _RESOURCE)
    return _Entry(number, "".join(row[:_RESOURCE]).strip(), resource, remark)


def _cut(text: str, start: int, width: int | None = None) -> tuple[str, str]:
    """Return resource and remark of a line whose resource begins at `start`; `width` is the resource's column."""
    row = cells(text)
    place = start + (_REMARK - _RESOURCE if width is None else width)
    if len(row) <= place or row[place - 1] == " ":
        return "".join(row[start:place]).strip(), "".join(row[place:]).strip()
    return text.strip(), ""


def _lists(lines: Sequence[str]) -> bool:
    """Whether the list begins here: a heading, a line of dashes, and below it the share every Windows has."""
    head = [line for line in lines[:60] if line.strip()]
    if len(head) < 2 or _RULER.match(head[1]) is None:
        return False
    if _LIST.match(head[0]):
        return True
    return len(re.split(r"\s{2,}", head[0].strip())) == 3 and any(line.startswith("IPC$ ") for line in head[2:])


def _tells_of_one(lines: Sequence[str]) -> bool:
    """Whether one share is told of: its folder stands on the very next line (below `net view` comes an empty one)."""
    return len(lines) > 1 and bool(lines[1].strip()) and _RULER.match(lines[1]) is None


def read_one(piece: Piece, context: Context) -> Parsed:
    """Return one share and who may do what in it; never all shares, so neither list is whole."""
    problems: list[Problem] = []
    fields = _fields(piece.lines)
    rights: list[ShareAccess] = []
    name = fields[0][1] if fields else ""
    # The permissions come last, one below the other; before them stand name, folder, remark, limit, users, caching.
    for number, value in fields[6:]:
        right = _RIGHT.match(value[:400])
        if right:
            principal = "BUILTIN\\Administrators" if _BUILT_IN.fullmatch(name) else right[1]
            rights.append(ShareAccess(share=name[:200], principal=principal, access=right[2].lower(), evidence=str(number)))
        elif value:
            problems.append(Problem(number, "a permission such as `Everyone, FULL`", "「Everyone, FULL」のようなアクセス許可"))
    if len(fields) < 6 or not any(_CLOSING.match(line.text) or _SENTENCE.match(line.text) for line in piece.lines[-3:]):
        last = piece.lines[-1].number if piece.lines else 0
        problems.append(
            Problem(last, "seven lines about the share and the closing line", "共有の7項目と「コマンドは正常に終了しました。」の行")
        )
    rows: list[Share | ShareAccess] = []
    path = fields[1][1] if len(fields) > 1 else ""
    # What has a resource that is no folder is a printer.
    if name and (not path or _FOLDER.match(path)):
        share = Share(
            name=name[:200],
            protocol="smb",
            path=path[:1000] or None,
            comment=(fields[2][1] if len(fields) > 2 else "")[:500] or None,
            writable=any(right.access != "read" for right in rights) if rights and not problems else None,
            evidence=str(fields[0][0]),
        )
        rows = [share, *rights]
    reason = "not_understood" if problems else "not_collected"
    missing = ("guest",) if rights and not problems else _UNTOLD
    looks = (
        Look("shares", complete=False, missing=missing, reason=reason, needs="net share"),
        Look("share_access", complete=False, reason=reason, needs="Get-SmbShare | Get-SmbShareAccess"),
    )
    return Parsed(rows=tuple(rows), looks=looks, problems=tuple(problems[:20]))


def _fields(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Line number and value of every line up to the closing one; labels are cut off by their place."""
    found: list[tuple[int, str]] = []
    for line in lines[:2000]:
        text = line.text.rstrip()
        if _CLOSING.match(text) or (len(found) >= 6 and _SENTENCE.match(text)):
            break
        if not text.strip():
            continue
        row = cells(text)
        if len(row) > _VALUE and row[_VALUE - 1] not in (" ", ""):
            # Copied text may have lost its columns; a label has no two blanks in it.
            found.append((line.number, re.split(r"\s{2,}", text.strip()[:2000], maxsplit=1)[-1]))
        else:
            found.append((line.number, "".join(row[_VALUE:]).strip()))
    return found


FORMS = (
    Form(
        name="net_share",
        command="net share",
        tables=("shares",),
        read=read_list,
        heading=_LIST,
        body=_LIST_BODY,
        confirm=_lists,
        captured=(),
        source="Microsoft Learn, Windows Commands: net share",
    ),
    Form(
        name="net_share_name",
        command="net share NAME",
        tables=("shares", "share_access"),
        read=read_one,
        heading=_ONE,
        confirm=_tells_of_one,
        each=True,
        captured=(),
        source="Microsoft Learn, Windows Commands: net share",
    ),
)
