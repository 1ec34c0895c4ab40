"""`systeminfo` in any language: the machine and its updates.

The labels are translated, but their order is not, and the version line (10.0.17763 … 17763) stands out in
every language. So fields are found by their place relative to it, and words are read only where a
translation is known (English, Japanese and a few more); what is not understood stays NULL and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from omamori.model.host import Host, Patch
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.forms.lists import hypervisor, product
from omamori.parse.windows.values import moment

_VERSION = re.compile(r"(\d{1,2}\.\d{1,2}\.(\d{4,5}))\b.*?\b(\d{4,5})\s*$")
_FIELD = re.compile(r"(\S[^:]{0,60}(?:: ?[^\s:][^:]{0,40})??):(?:\s+(.*))?$")
_ENTRY = re.compile(r"\s+\[(\d{1,4})\]:\s?(.*)$")
_UPDATE = re.compile(r"(?:KB|Q)(\d{5,8})(?!\d)[\w.]*\s*(?:-\s*(.*))?", re.IGNORECASE)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}$")
_NONE = ("n/a", "n/v", "n/d", "n.v.t.", "na", "該当なし", "")
_CONTROLLER = re.compile(r"domain controller|ドメイン ?コントロ|domänencontroller|controller di dominio|domeincontroller", re.IGNORECASE)
_MEMBER = re.compile(r"member|メンバ|mitglied|membro|\blid\b", re.IGNORECASE)
_STANDALONE = re.compile(r"standalone|stand-alone|スタンドアロン|eigenst|autonom|zelfstandig", re.IGNORECASE)
_SERVER = re.compile(r"server|サーバ|controller|コントロ", re.IGNORECASE)
_CLIENT = re.compile(r"workstation|ワークステーション|arbeitsstation|werkstation", re.IGNORECASE)
_AFTER_VERSION = {"configuration": 2, "installed": 7, "booted": 8, "manufacturer": 9, "model": 10, "architecture": 11}
_MAX_LINES = 20_000


@dataclass(frozen=True, slots=True)
class _Field:
    """One field: line number, label, value, and the indented lines below it."""

    line: int
    label: str
    value: str
    below: tuple[tuple[int, str], ...]


def read(piece: Piece, context: Context) -> Parsed:
    """Return the host and its updates."""
    fields = list(_fields(piece.lines[:_MAX_LINES]))
    place = _version_place(fields)
    if place is None:
        first = piece.lines[0].number if piece.lines else 0
        expected = Problem(first, "a version line such as 10.0.17763", "10.0.17763 のようなバージョンの行")
        return Parsed(
            looks=tuple(Look(table, complete=False, reason="not_understood") for table in ("hosts", "patches")), problems=(expected,)
        )
    host = _host(fields, place)
    patches, patch_look, problems = _patches(fields, place)
    identifiers = [f"name:{host.hostname.lower()}"] if host.hostname else []
    identifiers += [f"ip:{address}" for address in _addresses(fields, place)]
    return Parsed(
        rows=(host, *patches), looks=(_host_look(host), patch_look), problems=tuple(problems), identifiers=tuple(dict.fromkeys(identifiers))
    )


def _begins(lines: Sequence[str]) -> bool:
    """Whether the output of systeminfo begins here, in any language: its third field is a version line."""
    numbered = [Line(number, text) for number, text in enumerate(lines, 1)]
    return _version_place(list(_fields(numbered))) is not None


def _fields(lines: Sequence[Line]) -> Iterator[_Field]:
    head: tuple[int, str, str] | None = None
    below: list[tuple[int, str]] = []
    for number, line in lines:
        found = _FIELD.match(line) if line[:1].strip() else None
        if found:
            if head is not None:
                yield _Field(*head, tuple(below))
            head, below = (number, found[1], (found[2] or "").strip()), []
        elif line.strip():
            below.append((number, line.rstrip()))
    if head is not None:
        yield _Field(*head, tuple(below))


def _version_place(fields: Sequence[_Field]) -> int | None:
    """Index of the version field: the third, and its build number stands in it twice."""
    for place, field in enumerate(fields[:8]):
        found = _VERSION.match(field.value)
        if found and found[2] == found[3] and place >= 2:
            return place
    return None


def _host(fields: Sequence[_Field], place: int) -> Host:
    def after(name: str) -> str | None:
        index = place + _AFTER_VERSION[name]
        value = fields[index].value if index < len(fields) else ""
        return None if value.lower() in _NONE else value[:200]

    version = _VERSION.match(fields[place].value)
    name = fields[place - 1].value[:200]
    server = "server" in name.lower()
    model, configuration = after("model"), after("configuration") or ""
    booted, installed = moment(after("booted")), moment(after("installed"))
    return Host(
        hostname=fields[place - 2].value[:64],
        platform="windows",
        os_id="windows-server" if server else "windows",
        os_name=name or None,
        os_version=product(name),
        os_build=version[1] if version else None,
        architecture=(after("architecture") or "").split("-")[0].lower() or None,
        domain=_domain(fields, place),
        role=_role(configuration, server),
        domain_role=_domain_role(configuration),
        virtual=hypervisor(model),
        manufacturer=after("manufacturer"),
        model=model,
        booted=booted,
        installed=installed.date() if installed else None,
        evidence=str(fields[place].line),
    )


def _role(configuration: str, server: bool) -> str:
    if _CLIENT.search(configuration):
        return "client"
    return "server" if server or _SERVER.search(configuration) else "client"


def _domain_role(configuration: str) -> str | None:
    for pattern, role in ((_CONTROLLER, "controller"), (_MEMBER, "member"), (_STANDALONE, "standalone")):
        if pattern.search(configuration):
            return role
    return None


def _updates_place(fields: Sequence[_Field], place: int) -> int | None:
    """The updates are the list whose entries are updates; where there is none, the field after the logon server."""
    for index, field in enumerate(fields):
        entries = [_ENTRY.match(text) for _, text in field.below]
        if any(entry and (_UPDATE.match(entry[2]) or entry[2].startswith("File ")) for entry in entries):
            return index
    for index, field in enumerate(fields[place:], place):
        if (
            field.value.startswith("\\\\")
            and index + 1 < len(fields)
            and ("ix" in fields[index + 1].label or "ホット" in fields[index + 1].label)
        ):
            return index + 1
    return next(
        (i for i, field in enumerate(fields) if i > place and re.match(r"hot ?fix|ホットフィックス", field.label, re.IGNORECASE)), None
    )


def _domain(fields: Sequence[_Field], place: int) -> str | None:
    index = _updates_place(fields, place)
    if index is None or index - 2 <= place:
        return None
    value = fields[index - 2].value
    return value[:255] if value and value.lower() not in _NONE and not value.startswith("\\\\") else None


def _patches(fields: Sequence[_Field], place: int) -> tuple[list[Patch], Look, list[Problem]]:
    index = _updates_place(fields, place)
    if index is None:
        return (
            [],
            Look("patches", complete=False, reason="not_understood"),
            [Problem(fields[place].line, "the list of updates (KB numbers)", "更新(KBの番号)の一覧")],
        )
    field = fields[index]
    found: dict[str, Patch] = {}
    problems: list[Problem] = []
    entries = 0
    for number, text in field.below:
        entry = _ENTRY.match(text)
        if entry is None:
            continue
        entries += 1
        update = _UPDATE.match(entry[2])
        if update:
            patch = Patch(patch_id=f"KB{update[1]}", description=(update[2] or "").strip()[:200] or None, evidence=str(number))
            found.setdefault(patch.patch_id, patch)
        elif entry[2].strip() != "File 1":
            problems.append(Problem(number, "an update such as KB5034441", "KB5034441 のような更新の番号"))
    if field.value.lower() in _NONE:
        return [], Look("patches"), problems
    whole = entries > 0 and entries == _count(field.value) and len(problems) == 0 and not _hidden(field)
    if not whole and not problems:
        problems.append(
            Problem(
                field.line,
                "every update by its number: this list is cut short; bring the output of `wmic qfe list` as well",
                "すべての更新の番号(途中で切れています。`wmic qfe list` の出力も持ってきてください)",
            )
        )
    look = (
        Look("patches", missing=("installed",), reason="not_collected")
        if whole
        else Look("patches", complete=False, reason="not_understood")
    )
    return list(found.values()), look, problems


def _hidden(field: _Field) -> bool:
    """Old systems print `File 1` in place of an update."""
    return any(re.search(r"\]:\s*File \d+\s*$", text) for _, text in field.below)


def _count(value: str) -> int | None:
    found = re.search(r"\d{1,5}", value)
    return int(found[0]) if found else None


def _addresses(fields: Sequence[_Field], place: int) -> Iterator[str]:
    """IPv4 addresses of the network cards; the DHCP server's own line is no entry of a list."""
    index = _updates_place(fields, place)
    for field in fields[index + 1 :] if index is not None else ():
        for _, text in field.below:
            entry = _ENTRY.match(text)
            if entry and _ADDRESS.match(entry[2].strip()):
                yield entry[2].strip()


def _host_look(host: Host) -> Look:
    told = ("domain_role", "booted", "installed", "os_version", "domain", "architecture", "manufacturer", "model")
    unread = [name for name in told if getattr(host, name) is None]
    return Look(
        "hosts", missing=(*unread, "timezone", "clock_synchronised", *(() if host.virtual else ("virtual",))), reason="not_collected"
    )


FORMS = (
    Form(
        name="systeminfo",
        command="systeminfo",
        tables=("hosts", "patches"),
        read=read,
        body=_FIELD,
        confirm=_begins,
        captured=("en", "de", "it", "nl"),
        source="Microsoft Learn, Windows Commands: systeminfo",
    ),
)
