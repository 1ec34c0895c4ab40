"""Evidence kind `device.other`: a configuration or an output of a network device that no reader knows.

It is recognised as coming from a device, its lines are counted and told as not understood, and nothing else of it is stored: neither
form nor secrets are known. Recognised by the command at a prompt or in the file's name, or by commands only configurations hold; asked
only where no other reader takes the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from omamori.model.device import DeviceFact, DeviceUnread
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.device.foreign import is_foreign
from omamori.parse.interface import Context, Parser, Redacted
from omamori.parse.kit_result import is_kit_result
from omamori.parse.network.device_name import device_of, unnamed
from omamori.parse.network.lines import Prompt, console, prompt
from omamori.parse.windows.lines import Line

KIND = "device.other"
TABLES = ("device_facts", "device_unread")
UNREAD, CONFIGURATION = "[?]", "[? configuration]"
"""What is stored of a line; the second for the first line of a configuration."""
_HEAD = 400
_LONGEST = 400
_PARTS = 200
"""Outputs told of one file; a collection holds some hundred."""
_WINDOWS = re.compile(rb"^(?:PS )?[A-Za-z]:\\[^\r\n<>|?*\"]{0,200}>|^#@ ", re.MULTILINE)
_TYPED = re.compile(
    r"(?:sh|sho|show|dis|disp|display) [a-z0-9]|(?:get|diag|diagnose) (?:sys|system|router|hardware|vpn|firewall|debug)\b|execute (?:log|dhcp|ping|date|time)\b"
    r"|(?:ip|interface|system|routing|ppp|ipv6|log|tool|user)\b.{0,60} (?:print|export)\b|fnsysctl |admin (?:show|display) |cfg [a-z]"
)
"""A command a device is asked with, in lower case, as typed."""
_SAFE = re.compile(r"[a-z0-9 _./:-]{2,80}")
_MAKERS = (
    "alaxala|allied|apresia|arista|aruba|asa|awplus|brocade|checkpoint|cisco|comware|d-?link|extreme|fitelnet|forti(?:gate|net|os)|gaia|h3c|huawei|ios|ix\\d{4}|juniper|junos"
    "|mikrotik|netgear|netscreen|nxos|paloalto|panos|procurve|routeros|rtx\\d{3,4}|seil|sonicwall|ubiquiti|watchguard|yamaha|zyxel"
)
_NAMED = re.compile(
    r"(?:^|[_ .-])(?P<command>(?:show|display|diagnose|fnsysctl|cfg)[_ -][a-z].{0,80}|get[_ -](?:system|router|hardware).{0,60}|execute[_ -][a-z].{0,60}"
    r"|(?:ip|interface|system|routing|ipv6|log)[_ -].{0,60}?(?:print|export).{0,60})$"
)
_MAKER_NAMED = re.compile(
    rf"(?:^|[_ .-])(?:{_MAKERS})[_ -].{{0,40}}?(?P<command>(?:dir|ping|traceroute|uptime|request|fw|log|config|monitor|tool|user|snmp|sys|zycli|test|top|debug)"
    r"(?:[_ -].{0,60})?)$"
)
_OTHER_ENDING = re.compile(r"\.[a-z][a-z0-9]{0,7}$")
_ENDING = re.compile(r"(?:[_-]?\d{1,2})?\.(?:txt|log|raw|out|cap|cfg|conf)$")

_ALONE = re.compile(
    r"^!\s?RANCID-CONTENT-TYPE:|^; \S{1,20} Configuration Editor|^# .{0,60} by RouterOS |^## Last (?:commit|changed): |^#TMSH-VERSION|^!Command: show (?:running|startup)"
    r"|^set system host-name [\w.-]{1,63}\s*$|^Building configuration\.\.\.|^! device: .{1,80} \(\S{1,40}, EOS-|^config-version|^#config-version=|^IOS XR Configuration|^!! IOS XR"
    r'|^\s{1,40}"domain-type"\s{0,2}:\s{0,2}"'
)
"""Lines that only a saved configuration holds; the last one what a Check Point management server answers (`mgmt_cli show-… --format json`)."""
_NAME = re.compile(r"^ ?(?:hostname|switchname|sysname) {1,4}[\w.-]{1,63}\s*$")
"""With lines that hold nothing but `!`, this is enough."""


@cache
def _words() -> tuple[re.Pattern[str], ...]:
    """Commands of configurations, one pattern for each kind."""
    text = files("omamori.parse.device").joinpath("configuration_words.txt").read_text(encoding="utf-8")
    return tuple(re.compile(line) for line in text.splitlines() if line and not line.startswith("# "))


_ENOUGH = 2
_SHARE = 0.3
"""Part of a configuration's first lines that has to be such commands, or stand in a block of them."""
_MANY, _MOST = 3, 0.9
"""A file of one kind only: so many lines, and nearly all of it."""


@dataclass(frozen=True, slots=True)
class Output:
    """One output: where it begins, the device's name, the command (empty: a configuration), how many lines say something."""

    line: int
    device: str
    command: str
    lines: int


def recognise(head: bytes, file_name: str) -> bool:
    """Whether a file comes from a network device, judged by its commands or its name."""
    if is_kit_result(head) or _WINDOWS.search(head) or b"\x00" in head or not head.strip():
        return False
    lines = console(head).lines
    if is_foreign([line.text for line in lines[:_HEAD]]):
        return False
    return named_command(file_name) != "" or any(True for _ in _typed(lines)) or is_configuration([line.text for line in lines[:_HEAD]])


def named_command(file_name: str) -> str:
    """Return the command a file is named after (`sw1_show_version.txt`: show version); empty where it is none."""
    stem = _ENDING.sub("", re.split(r"[/\\:]", file_name)[-1].strip().lower())
    if _OTHER_ENDING.search(stem):
        return ""
    found = _NAMED.search(stem[-160:]) or _MAKER_NAMED.search(stem[-160:])
    return " ".join(re.sub(r"[_ ]+", " ", found["command"]).split())[:80] if found else ""


def is_configuration(head: Sequence[str]) -> bool:
    """Whether lines are a configuration: several kinds of commands, which are a good part of all lines."""
    seen: set[int] = set()
    told = hits = marks = 0
    block: int | None = None
    named = False
    for text in head:
        marks += text.strip() == "!"
        named = named or _NAME.match(text) is not None
        if len(text) <= _LONGEST and (_ALONE.match(text) or (named and marks >= _ENOUGH)):
            return True
        if not text.strip() or len(text) > _LONGEST or text.lstrip()[:1] in ("!", "#"):
            continue
        told += 1
        depth = len(text) - len(text.lstrip())
        kinds = [place for place, pattern in enumerate(_words()) if pattern.match(text)]
        seen.update(kinds)
        inside = block is not None and depth > block
        if kinds and not inside:
            block = depth
        elif not inside:
            block = None
        hits += bool(kinds) or inside
    return (len(seen) >= _ENOUGH and hits >= _SHARE * told) or (bool(seen) and hits >= _MANY and hits >= _MOST * told)


def _typed(lines: Sequence[Line]) -> Iterator[tuple[int, Prompt]]:
    """The prompts at which a command of a device was typed, with their places."""
    for place, line in enumerate(lines):
        if line.text and (told := prompt(line.text)) is not None and told.name and _TYPED.match(told.command):
            yield place, told


def outputs(lines: Sequence[Line], file_name: str) -> list[Output]:
    """Return the outputs of a file, each with the number of its lines that say something."""
    found: list[Output] = []
    command, device, start, count = named_command(file_name), "", 1, 0
    typed = dict(_typed(lines))

    def close() -> None:
        if count:
            found.append(Output(start, device, command, count))

    for place, line in enumerate(lines):
        if not line.text.strip():
            continue
        told = typed.get(place) or prompt(line.text)
        if told is None or not (told.name or told.command):
            count += bool(command or not typed)
            continue
        device = told.name or device
        if typed:
            close()
            known = place in typed and _SAFE.fullmatch(told.command) is not None
            command, start, count = told.command if known else "?", line.number, 0
    close()
    return found


def parse(data: bytes, context: Context) -> Parsed:
    """Return how many lines of what nobody reads there are, per output."""
    lines = console(data).lines
    found = outputs(lines, context.file_name)
    named = next((one.device for one in reversed(found) if one.device), "") or device_of(context.file_name)
    configuration = _is_marked(lines) or is_configuration([line.text for line in lines[:_HEAD]])
    rows = [
        DeviceUnread(
            line=one.line,
            text=f"{_what(one)} ({one.lines} lines)",
            concerns="device_rules" if configuration else "nothing",
            evidence=str(one.line),
        )
        for one in found[:_PARTS]
    ]
    total = sum(one.lines for one in found)
    fact = DeviceFact(hostname=named or None, lines=total, lines_unread=total, evidence="1")
    problems = [
        Problem(
            one.line,
            f"{one.lines} lines of {_what(one)}: counted only, no reader knows this output of a network device",
            f"ネットワーク機器の出力「{_what(one)}」の{one.lines}行(まだ読み取れない形式のため、行数だけを記録しました)",
        )
        for one in found[:_PARTS]
    ]
    looks = tuple(Look(table, complete=False, reason="not_understood") for table in TABLES)
    identifiers = (f"name:{named}",) if named else ()
    return Parsed(rows=(fact, *rows), looks=looks, problems=(*problems, *unnamed(named)), identifiers=identifiers)


def _what(one: Output) -> str:
    return one.command or "configuration"


def _is_marked(lines: Sequence[Line]) -> bool:
    return any(line.text.strip() == CONFIGURATION for line in lines)


def redact(data: bytes) -> Redacted:
    """Keep the prompts with the commands that are known, and that the other lines were there."""
    text = console(data)
    typed = dict(_typed(text.lines))
    mark = CONFIGURATION if not _is_marked(text.lines) and is_configuration([line.text for line in text.lines[:_HEAD]]) else UNREAD
    kept: list[str] = []
    for place, line in enumerate(text.lines):
        told = typed.get(place) or (prompt(line.text) if line.text.strip() else None)
        if not line.text.strip():
            kept.append("")
        elif told is not None and told.name:
            command = told.command if place in typed and _SAFE.fullmatch(told.command) else ""
            kept.append(f"{told.name}#{command}")
        elif line.text.strip() == CONFIGURATION:
            kept.append(CONFIGURATION)
        else:
            kept.append(mark)
            mark = UNREAD
    return Redacted("\n".join(kept).encode())


PARSERS = (Parser(kind=KIND, tables=TABLES, parse=parse, redact=redact, recognise=recognise, last=True),)
