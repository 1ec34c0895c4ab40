"""`w32tm /query /status` and `/query /configuration`: whether the clock follows a time source, and which.

The status is read by the order of its lines and by its numbers, which are the same in every language;
the names in the configuration are those of the registry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from omamori.model.host import Host
from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import OutboundSetting
from omamori.model.schema import ROW_COLUMNS
from omamori.model.tables import TABLES
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.lists import not_read
from omamori.parse.windows.values import address, scope

_LEAP = re.compile(r"[^\s:][^:]{2,40}: ?([0-3]) ?\([^()]{0,60}\)\s*$")
_NUMBER = re.compile(r"[^\s:][^:]{1,40}: ?(-?\d{1,3}) ?\(.{0,120}\)\s*$")
_REFERENCE = re.compile(r"[^\s:][^:]{1,40}: ?0x([0-9A-Fa-f]{8})\b")
_VALUE = re.compile(r"[^\s:][^:]{0,40}: ?(.{0,400})$")
_NO_SOURCE = frozenset({"00000000", "4C4F434C"})
"""Not specified, and the machine's own clock (LOCL)."""
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,250}[A-Za-z0-9])?$", re.ASCII)
_SETTING = re.compile(r"(Type|NtpServer): (.{1,500}?) \([^()]{1,30}\)\s*$")
_FIRST = re.compile(r"EventLogFlags: \d{1,10} \([^()]{1,30}\)\s*$")
_ASKS_SERVERS = frozenset({"ntp", "allsync"})
_EXPECTED = (
    "the state of the time service, from the leap indicator to the poll interval",
    "閏インジケーターからポーリング間隔までの時刻同期の状態",
)


def read(piece: Piece, context: Context) -> Parsed:
    """Return whether the clock follows a source, and the source."""
    lines = [line for line in piece.lines if line.text.strip()]
    leap = _LEAP.match(lines[0].text) if lines else None
    stratum = _NUMBER.match(lines[1].text) if len(lines) > 1 else None
    place = next((index for index, line in enumerate(lines[:12]) if _REFERENCE.match(line.text)), None)
    if leap is None or stratum is None or place is None or len(lines) <= place + 3 or not _NUMBER.match(lines[place + 3].text):
        return not_read(piece, ("hosts", "outbound_settings"), *_EXPECTED)
    reference = _REFERENCE.match(lines[place].text)
    follows = leap[1] != "3" and 1 <= int(stratum[1]) <= 15 and reference is not None and reference[1].upper() not in _NO_SOURCE
    source = _VALUE.match(lines[place + 2].text)
    host = Host(platform="windows", clock_synchronised=follows, evidence=str(lines[0].number))
    missing = tuple(
        column.name for column in TABLES["hosts"].columns if column.name not in (*ROW_COLUMNS, "platform", "clock_synchronised")
    )
    return Parsed(
        rows=(host, *_servers([(lines[place + 2].number, source[1])] if source and follows else [])),
        looks=(Look("hosts", missing=missing, reason="not_collected"), Look("outbound_settings", complete=False, reason="not_collected")),
    )


def read_configuration(piece: Piece, context: Context) -> Parsed:
    """Return the time servers that are set, where the service asks such servers at all."""
    found: dict[str, tuple[int, str]] = {}
    for line in piece.lines:
        setting = _SETTING.match(line.text)
        if setting:
            found.setdefault(setting[1], (line.number, setting[2]))
    if "Type" not in found:
        return not_read(piece, ("outbound_settings",), "the line `Type: …` of the time service", "時刻サービスの Type の行")
    asks = found["Type"][1].lower() in _ASKS_SERVERS
    problems: Sequence[Problem] = ()
    if asks and "NtpServer" not in found:
        problems = (Problem(found["Type"][0], "the line `NtpServer: …`", "NtpServer の行"),)
    rows = _servers([found["NtpServer"]] if asks and "NtpServer" in found else [])
    return Parsed(rows=tuple(rows), looks=(Look("outbound_settings", complete=False, reason="not_collected"),), problems=tuple(problems))


def _servers(values: Iterable[tuple[int, str]]) -> list[OutboundSetting]:
    """`ntp.example,0x9 10.0.0.1,0x8` → servers; clocks of the machine itself have names with blanks."""
    found: dict[str, OutboundSetting] = {}
    for line, text in values:
        words = [word.split(",")[0] for word in text.split()[:20]]
        if len(words) > 1 and not all("," in word for word in text.split()[:20]):
            continue
        for word in words:
            ip = address(word)
            if ip or _HOST.match(word):
                name = ip or word.lower()
                public = scope(ip) == "public" if ip else None
                found.setdefault(name, OutboundSetting(kind="ntp", value=name, address_public=public, origin="w32tm", evidence=str(line)))
    return list(found.values())


def _status(lines: Sequence[str]) -> bool:
    """Whether three numbered lines and a reference begin here."""
    return (
        len(lines) > 2
        and _NUMBER.match(lines[1]) is not None
        and _NUMBER.match(lines[2]) is not None
        and any(_REFERENCE.match(line) for line in lines[3:8])
    )


FORMS = (
    Form(
        name="w32tm",
        command="w32tm /query /status",
        tables=("hosts", "outbound_settings"),
        read=read,
        body=_LEAP,
        confirm=_status,
        source="Microsoft Learn, Windows Time service tools and settings",
    ),
    Form(
        name="w32tm_configuration",
        command="w32tm /query /configuration",
        tables=("outbound_settings",),
        read=read_configuration,
        heading=_FIRST,
        source="Microsoft Learn, Windows Time service tools and settings",
    ),
)
