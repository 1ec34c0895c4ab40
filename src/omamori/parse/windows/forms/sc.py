"""`sc query`, `sc queryex` and `sc qc NAME`: the services of the machine. Keys and codes are the same in every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from omamori.model.host import Service
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Line, Piece

_HEADING = re.compile(
    r"\s{0,4}SERVICE_NAME: \S|\s{0,4}\[SC\] (?:QueryServiceConfig|GetServiceConfig|EnumQueryServicesStatus|OpenService|OpenSCManager)\b"
)
_NAME = re.compile(r"\s{0,4}SERVICE_NAME: (\S.{0,255}?)\s*$")
_KEY = re.compile(r"\s{0,12}([A-Z][A-Z0-9_]{1,30}) *: ?(.*)$")
_MORE = re.compile(r"\s+[(:]")
_ANSWER = re.compile(r"\s{0,4}\[SC\] \S")
_FAILED = re.compile(r"\s{0,4}\[SC\] [A-Za-z: ]{4,60}?\S{0,20} (\d{1,5})\s?:")
_UNFINISHED = re.compile(r".{0,60}\bresume at index\b", re.IGNORECASE)
_CODE = re.compile(r"\s*([0-9a-fA-F]{1,4})(?:\s|$)")
_STATES: Mapping[str, str] = MappingProxyType(
    {"1": "stopped", "2": "starting", "3": "stopping", "4": "running", "5": "starting", "6": "stopping", "7": "paused"}
)
_STARTS: Mapping[str, str] = MappingProxyType({"0": "automatic", "1": "automatic", "2": "automatic", "3": "manual", "4": "disabled"})
_COLUMNS = ("display_name", "state", "start", "account", "command")
_OWN, _SHARED = 0x10, 0x20
_EVERYWHERE = frozenset({"eventlog", "plugplay", "rpcss", "winmgmt", "wuauserv"})
"""Services that every Windows since XP has, from the beginning of the alphabet to nearly its end."""
_FIRST = "c"
_OF_USER = re.compile(r".*_[0-9a-f]{3,10}")
"""Services of a logged-in user: Windows lists them behind all others."""
_MAX_PROBLEMS = 20


@dataclass(slots=True)
class _Block:
    """What was said about one service: key → value, and the line it begins at."""

    line: int
    name: str
    values: dict[str, str] = field(default_factory=dict)


def whole_services(rows: Iterable[Service]) -> bool:
    """Whether a list of services, which is sorted by name, is the list of all of them, in every state, from its beginning to its end."""
    known = list(rows)
    names = {row.name.lower() for row in known}
    sorted_ones = [name for name in names if not _OF_USER.fullmatch(name)]
    return names >= _EVERYWHERE and min(sorted_ones) < _FIRST and {"running", "stopped"} <= {row.state for row in known}


def services_look(rows: Sequence[Service], problems: Sequence[Problem], missing: Sequence[str], *, whole: bool) -> Look:
    """Return the look of a list of services."""
    complete = whole and not problems
    reason = "not_understood" if problems else "not_collected" if missing or not complete else None
    return Look("services", complete=complete, missing=tuple(missing), reason=reason)


def read(piece: Piece, context: Context) -> Parsed:
    """Return the services. Whole only with services of every state, from the first to the last of the alphabet."""
    problems: list[Problem] = []
    blocks = _blocks(piece.lines, problems)
    kinds = 0
    rows: dict[str, Service] = {}
    for block in blocks:
        kind = _type(block)
        if kind and not kind & (_OWN | _SHARED):
            continue  # a driver
        kinds |= kind
        row = _service(block)
        rows[row.name.lower()] = _joined(rows.get(row.name.lower()), row)
        if row.state is None and row.start is None and len(problems) < _MAX_PROBLEMS:
            problems.append(Problem(block.line, "STATE or START_TYPE of the service", "サービスの STATE または START_TYPE"))
    if blocks and not problems and not ({"WAIT_HINT", "SERVICE_START_NAME"} & set(blocks[-1].values)):
        problems.append(Problem(blocks[-1].line, "the last service to its end (WAIT_HINT)", "最後のサービスの WAIT_HINT までの行"))
    found = list(rows.values())
    missing = [name for name in _COLUMNS if any(getattr(row, name) is None for row in found)]
    whole = whole_services(found) and kinds & (_OWN | _SHARED) == _OWN | _SHARED
    look = services_look(found, problems, missing, whole=whole)
    if not blocks:
        look = Look("services", complete=False, reason=_reason(piece.lines))
    return Parsed(rows=tuple(found), looks=(look,), problems=tuple(problems))


def _blocks(lines: Sequence[Line], problems: list[Problem]) -> list[_Block]:
    blocks: list[_Block] = []
    quiet = False
    for line in lines:
        text = line.text.rstrip()
        name = _NAME.match(text)
        key = _KEY.match(text)
        if name:
            blocks.append(_Block(line.number, name[1]))
            quiet = False
        elif _ANSWER.match(text):
            quiet = _FAILED.match(text) is not None
        elif not text or quiet or (_MORE.match(text) and blocks):
            continue
        elif key and blocks and not _UNFINISHED.match(text):
            blocks[-1].values.setdefault(key[1], key[2].strip())
        elif len(problems) < _MAX_PROBLEMS:
            if _UNFINISHED.match(text):
                expected = Problem(line.number, "the whole list; add `bufsize= 65536`", "一覧の全部(`bufsize= 65536` を付けてください)")
            else:
                expected = Problem(line.number, "a line such as `STATE : 4  RUNNING`", "`STATE : 4  RUNNING` のような行")
            problems.append(expected)
    return blocks


def _reason(lines: Sequence[Line]) -> str:
    """Error 5 is `access denied` in every language."""
    codes = {found[1] for line in lines if (found := _FAILED.match(line.text))}
    return "needs_administrator" if "5" in codes else "not_collected"


def _type(block: _Block) -> int:
    found = _CODE.match(block.values.get("TYPE", ""))
    return int(found[1], 16) if found else 0


def _service(block: _Block) -> Service:
    state = _CODE.match(block.values.get("STATE", ""))
    start = _CODE.match(block.values.get("START_TYPE", ""))
    return Service(
        name=block.name,
        display_name=block.values.get("DISPLAY_NAME", "")[:255] or None,
        state=_STATES.get(state[1]) if state else None,
        start=_STARTS.get(start[1]) if start else None,
        account=block.values.get("SERVICE_START_NAME", "")[:255] or None,
        command=block.values.get("BINARY_PATH_NAME", "")[:1024] or None,
        evidence=str(block.line),
    )


def _joined(first: Service | None, second: Service) -> Service:
    """`sc query` and `sc qc` of one service, one after the other."""
    if first is None:
        return second
    return Service(
        name=first.name,
        display_name=first.display_name or second.display_name,
        state=first.state or second.state,
        start=first.start or second.start,
        account=first.account or second.account,
        command=first.command or second.command,
        evidence=first.evidence,
    )


FORMS = (
    Form(
        name="sc",
        command="sc query state= all",
        tables=("services",),
        read=read,
        heading=_HEADING,
        again=_HEADING,
        source="Microsoft Learn, Windows Commands: sc query, sc qc",
    ),
)
