"""`Get-WindowsFeature`: roles and features of a server, as a tree with marks (`[X]`) or as a list of objects.

The names (`FS-SMB1`) and the marks are the same in every language. The list has no end of its own: it counts
as whole when it has features that every server offers, whatever the order of its language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from omamori.model.look import Look, Parsed, Problem
from omamori.model.windows import ServerRole
from omamori.parse.interface import Context
from omamori.parse.windows.columns import spans
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.forms.lists import machines, narrowed, not_read
from omamori.parse.windows.records import Record, read_records
from omamori.parse.windows.values import yes

_DASHES = re.compile(r" *-{3,}(?: +-{3,}){1,2} *$")
_ROW = re.compile(r" {0,40}\[([X ])\] (\S.*)$")
_NAME = re.compile(r"[A-Za-z][\w.-]{1,80}$", re.ASCII)
_EVERYWHERE = frozenset({"AD-Domain-Services", "Web-Server", "Telnet-Client", "SNMP-Service"})
_FEWEST = 60
_FEWEST_INSTALLED = 5
_ONLY_INSTALLED = re.compile(r"\binstall(?:ed|state)\b", re.IGNORECASE)
_OTHER_CHOICE = re.compile(r"\s-(?:first|last|skip|name)\b|findstr|select-string|Get-WindowsFeature\s+(?:-Name\s+)?[\w*]", re.IGNORECASE)
_KINDS: Mapping[str, str] = MappingProxyType({"role": "role", "role service": "role-service", "feature": "feature"})
_STATES: Mapping[str, bool] = MappingProxyType(
    {"installed": True, "available": False, "removed": False, "uninstallpending": True, "installpending": False}
)
_EXPECTED = (
    "a mark ([X] or [ ]), the name for people, the name and the state of every role and feature",
    "役割と機能ごとの、印([X] または [ ])、表示名、名前、状態",
)


@dataclass(frozen=True, slots=True)
class _Feature:
    line: int
    name: str
    display: str | None
    installed: bool
    kind: str | None = None


def read(piece: Piece, context: Context) -> Parsed:
    """Return what is installed. Whole when the list has features of every kind, or the command asked for the installed ones."""
    problems: list[Problem] = []
    names: tuple[str, ...] = ()
    if piece.lines and _is_tree([line.text for line in piece.lines[:60]]):
        features = _tree(piece.lines, problems)
    else:
        records = read_records(piece.lines)
        if records is None or "Name" not in records.names:
            return not_read(piece, ("server_roles",), *_EXPECTED)
        problems += records.problems
        names = machines(records.rows)
        features = [found for row in records.rows if (found := _feature(row, problems)) is not None]
        problems += [Problem(line.number, *_EXPECTED) for line in piece.lines[records.length :] if line.text.strip()][:1]
    installed = [feature for feature in features if feature.installed]
    missing = [
        name
        for name, lacking in (
            ("display_name", any(feature.display is None for feature in installed)),
            ("kind", any(feature.kind is None for feature in installed)),
        )
        if lacking
    ]
    whole, reason = _whole(piece, features)
    if not whole and reason == "not_understood" and not problems:
        problems.append(
            Problem(
                piece.lines[0].number,
                "all roles and features, not only some: bring the output of Get-WindowsFeature alone",
                "すべての役割と機能(Get-WindowsFeature だけの出力)",
            )
        )
    if problems:
        whole, reason = False, "not_understood"
    look = Look(
        "server_roles", complete=whole, missing=tuple(missing), reason=reason if not whole else "not_collected" if missing else None
    )
    rows = tuple(
        ServerRole(name=feature.name, display_name=feature.display, kind=feature.kind, evidence=str(feature.line)) for feature in installed
    )
    return Parsed(rows=rows, looks=(look,), problems=tuple(problems[:50]), identifiers=names if len(names) == 1 else ())


def _whole(piece: Piece, features: Sequence[_Feature]) -> tuple[bool, str]:
    names = {feature.name for feature in features}
    if names >= _EVERYWHERE and len(features) >= _FEWEST:
        return True, ""
    if _OTHER_CHOICE.search(piece.command):
        return False, "not_collected"
    if narrowed(piece.command):
        only = _ONLY_INSTALLED.search(piece.command) is not None and all(feature.installed for feature in features)
        return only and len(features) >= _FEWEST_INSTALLED, "not_collected"
    return False, "not_understood"


def _is_tree(lines: Sequence[str]) -> bool:
    """Whether a heading, dashes and a marked row begin here, in any language."""
    filled = [line for line in lines[:4] if line.strip()]
    return len(filled) > 2 and _DASHES.match(filled[1]) is not None and _ROW.match(filled[2]) is not None


def _tree(lines: Sequence[Line], problems: list[Problem]) -> list[_Feature]:
    found: list[_Feature] = []
    columns = 0
    for line in lines[1:]:
        text = line.text.rstrip()
        if not text:
            continue
        if not columns:
            columns = len(spans(text))
            continue
        mark = _ROW.match(text)
        words = mark[2].rsplit(None, columns - 1) if mark else []
        if mark is None or len(words) != columns or not _NAME.match(words[1]):
            problems.append(Problem(line.number, *_EXPECTED))
            continue
        found.append(_Feature(line.number, words[1], words[0].strip()[:200], mark[1] == "X"))
    return found


def _feature(row: Record, problems: list[Problem]) -> _Feature | None:
    name = row.get("Name") or ""
    state = yes(row.get("Installed"))
    if state is None:
        state = _STATES.get((row.get("InstallState.Value", "InstallState") or "").lower())
    if state is None or not _NAME.match(name):
        problems.append(Problem(row.line, *_EXPECTED))
        return None
    display = row.get("DisplayName")
    return _Feature(row.line, name, display, state, _KINDS.get((row.get("FeatureType") or "").lower()))


FORMS = (
    Form(
        name="windows_feature",
        judges_filters=True,
        command="Get-WindowsFeature",
        tables=("server_roles",),
        read=read,
        body=re.compile(r".*\S"),
        confirm=_is_tree,
        properties=(
            frozenset({"Name", "InstallState"}),
            frozenset({"DisplayName", "Name", "InstallState"}),
            frozenset({"Name", "Installed", "FeatureType"}),
            frozenset({"Name", "Installed", "DisplayName"}),
        ),
        source="Microsoft Learn, Get-WindowsFeature",
    ),
)
