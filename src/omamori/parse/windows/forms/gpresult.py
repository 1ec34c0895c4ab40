"""`gpresult /r`: group policies of the domain that were applied, and those that were filtered out.

Read by structure: a heading at the edge with dashes below begins a part (computer, then user), one indented by
four begins a list, whose entries stand at eight and what is said about an entry deeper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from omamori.model.host import Host
from omamori.model.look import Look, Parsed, Problem
from omamori.model.windows import GroupPolicy
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.forms.net_lines import but

_HEADING = re.compile(r".{0,120}\bRSOP\b.{0,200}$", re.IGNORECASE)
_DASHES = re.compile(r"-{3,300}\s*$")
_NAME = re.compile(r"\s{1,8}CN=([^,=]{1,64}),([^:]{1,500})$", re.IGNORECASE)
_ON = re.compile(r".{0,200}? (?:on|auf|sur|en) ([\w.-]{1,64}) ?:|\s{0,4}([\w.-]{1,64}) 上の ")
_VERSION = re.compile(r"\S[^:]{0,60}:\s+(\d{1,2}\.\d{1,2}\.\d{4,5})\s*$")
_CONFIGURATION = re.compile(r"\S[^:]{0,60}:\s+(\S.{0,120})$")
_NONE = frozenset({"n/a", "なし", "該当なし", "n/v", "none", "nicht zutreffend"})
_COMPUTER = re.compile(
    r"(?:COMPUTER|コンピューター? ?の設定|コンピュータの設定|CONFIGURATION DE L.ORDINATEUR|PARAMÈTRES DE L.ORDINATEUR)", re.IGNORECASE
)
_USER = re.compile(r"(?:USER|ユーザー? ?の?設定|ユーザ設定|BENUTZER|UTILISATEUR|PARAMÈTRES DE L.UTILISATEUR)", re.IGNORECASE)
_CONTROLLER = re.compile(r"domain controller|ドメイン ?コントロ|domänencontroller", re.IGNORECASE)
_MEMBER = re.compile(r"member|メンバ|mitglied", re.IGNORECASE)
_STANDALONE = re.compile(r"standalone|スタンドアロン|eigenst", re.IGNORECASE)
_MAX_POLICIES = 5000


@dataclass(slots=True)
class _Block:
    """One list: its entries, each with its line, and how many deeper lines it holds."""

    entries: list[tuple[int, str]] = field(default_factory=list)
    deeper: int = 0


@dataclass(slots=True)
class _Part:
    """The computer's or the user's part: its heading, the lines before its first list, and its lists."""

    line: int
    title: str
    head: list[Line] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)


def _begins(lines: Sequence[str]) -> bool:
    """Whether the results begin here: the heading has dashes below, and a line `10.0.19045` comes soon."""
    return len(lines) > 3 and _DASHES.match(lines[1]) is not None and any(_VERSION.match(text) for text in lines[2:10])


def _parts(lines: Sequence[Line]) -> list[_Part]:
    parts: list[_Part] = []
    dashes = {line.number for line in lines if _DASHES.match(line.text.strip()) and line.text.strip()}
    after = {one.number: two.number for one, two in pairwise(lines)}
    for line in lines:
        text = line.text.rstrip()
        depth = len(text) - len(text.lstrip())
        heading = after.get(line.number) in dashes
        if not text.strip() or line.number in dashes:
            continue
        if depth == 0 and heading:
            parts.append(_Part(line.number, text))
        elif not parts:
            continue
        elif heading and depth <= 4:
            parts[-1].blocks.append(_Block())
        elif not parts[-1].blocks:
            parts[-1].head.append(line)
        elif depth >= 12:
            parts[-1].blocks[-1].deeper += 1
        elif depth >= 5 and len(parts[-1].blocks[-1].entries) < _MAX_POLICIES:
            parts[-1].blocks[-1].entries.append((line.number, text.strip()[:256]))
    return parts


def _scope(part: _Part, place: int, count: int) -> str | None:
    """Return computer or user: by its heading, else by its place when both are there."""
    if _COMPUTER.match(part.title):
        return "computer"
    if _USER.match(part.title):
        return "user"
    return ("computer", "user")[place] if count == 2 else None


def _policies(part: _Part, scope: str) -> Iterator[GroupPolicy]:
    """The first list holds what was applied; the second what was filtered out, where each entry has its reason below."""
    for place, block in enumerate(part.blocks[:2]):
        if place == 1 and (len(part.blocks) < 3 or not block.deeper):
            return
        for line, name in block.entries:
            if name.lower() not in _NONE:
                yield GroupPolicy(name=name, scope=scope, applied=place == 0, evidence=str(line))


def read(piece: Piece, context: Context) -> Parsed:
    """Return the policies; whole when the computer's and the user's part are there, each with a list behind the applied ones."""
    parts = [part for part in _parts(piece.lines) if part.blocks][:4]
    rows: dict[tuple[str, str], GroupPolicy] = {}
    seen: set[str] = set()
    problems: list[Problem] = []
    last = piece.lines[-1].number if piece.lines else 0
    for place, part in enumerate(parts):
        scope = _scope(part, place, len(parts))
        if scope is None or len(part.blocks) < 2:
            problems.append(
                Problem(part.line, "the policies applied and the groups behind them", "適用されたポリシーと、その後のグループの一覧")
            )
            continue
        seen.add(scope)
        for policy in _policies(part, scope):
            rows.setdefault((policy.name.lower(), policy.scope), policy)
    whole = seen == {"computer", "user"} and not problems
    if "computer" not in seen and not problems:
        problems.append(
            Problem(last, "the computer's part; run it as administrator", "コンピューターの設定の部分(管理者として実行してください)")
        )
    elif seen == {"computer"} and not problems:
        problems.append(
            Problem(last, "the user's part as well: `gpresult /r` without /scope", "ユーザーの設定の部分(/scope を付けない gpresult /r)")
        )
    reason = None if whole else "needs_administrator" if seen == {"user"} else "not_collected" if seen else "not_understood"
    host, identifiers = _host(piece.lines, parts)
    looks = [Look("group_policies", complete=whole, reason=reason)]
    if host is not None:
        told = [name for name in ("hostname", "platform", "os_build", "domain", "domain_role") if getattr(host, name)]
        looks.append(Look("hosts", missing=but(Host, *told), reason="not_collected"))
    found = (*rows.values(), *((host,) if host else ()))
    return Parsed(rows=found, looks=tuple(looks), problems=tuple(problems), identifiers=identifiers)


def _host(lines: Sequence[Line], parts: Sequence[_Part]) -> tuple[Host | None, tuple[str, ...]]:
    """The machine: its name in the directory (the computer's part) or in the heading."""
    top = lines[0].text if lines else ""
    on = _ON.match(top)
    name = ((on[1] or on[2]) if on else "").split(".")[0]
    domain = None
    for part in parts:
        entry = next((found for line in part.head[:3] if (found := _NAME.match(line.text.rstrip()))), None)
        if entry and (_COMPUTER.match(part.title) or (name and entry[1].lower() == name.lower())):
            name = entry[1]
            parts_of_name = (one.strip() for one in entry[2].split(","))
            domain = ".".join(one[3:] for one in parts_of_name if one[:3].upper() == "DC=")[:255] or None
    head = [line.text for line in lines[2:10]]
    place = next((place for place, text in enumerate(head) if _VERSION.match(text)), None)
    version = _VERSION.match(head[place]) if place is not None else None
    configuration = _CONFIGURATION.match(head[place - 1]) if place else None
    if not name:
        return None, ()
    return (
        Host(
            hostname=name,
            platform="windows",
            os_build=version[1] if version else None,
            domain=domain,
            domain_role=_role(configuration[1]) if configuration else None,
            evidence=str(lines[0].number),
        ),
        (f"name:{name.lower()}",),
    )


def _role(text: str) -> str | None:
    for pattern, role in ((_CONTROLLER, "controller"), (_MEMBER, "member"), (_STANDALONE, "standalone")):
        if pattern.search(text):
            return role
    return None


FORMS = (
    Form(
        name="gpresult",
        command="gpresult /r",
        tables=("group_policies", "hosts"),
        read=read,
        heading=_HEADING,
        confirm=_begins,
        source="Microsoft Learn, Windows Commands: gpresult",
    ),
)
