"""A file of a Cisco device → the lines of its configuration and the outputs of `show` commands in it, whatever order they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from omamori.parse.windows.lines import Line

PROMPT = re.compile(r"^(?P<name>[A-Za-z][\w.-]{0,62})(?:/[\w.-]{1,30}){0,3}(?:\([\w-]{1,40}\))?[#>]\s?(?P<command>\S.{0,200})?$")
_MARKER = re.compile(r"^-{5,40} (?P<command>show [\w ./-]{1,80}?) -{5,40}$")
"""How `show tech-support` names the command of each output."""
_HEADINGS = (
    ("version", re.compile(r"^(?:cisco (?:ios|internetwork operating system|adaptive security appliance|pix)\b.*|ios \(tm\) .*software)", re.IGNORECASE)),
    ("brief", re.compile(r"^Interface\s{2,}IP-Address\s+OK\?")),
    ("interfaces", re.compile(r"^\S{2,40} is (?:administratively )?(?:up|down|deleted|reset)\b.{0,40}, line protocol is ")),
    ("asa-interfaces", re.compile(r'^Interface \S{2,40} "[^"]{0,60}", is ')),
    ("route", re.compile(r"^(?:Routing Table: \S|Codes: [A-Z] - )")),
    ("lists", re.compile(r"^(?:Standard|Extended) IP access list \S")),
    ("asa-lists", re.compile(r"^access-list (?:cached ACL log|\S{1,240}; \d{1,9} elements|\S{1,240} line \d{1,9} (?:extended|standard|remark) )")),
    ("crypto", re.compile(r"^Crypto session current status")),
    ("sessions", re.compile(r"^Session Type: ")),
    ("other", re.compile(r"^(?:\s{2,6}Line\s+User\s+Host|Protocol\s+Address\s+Age|\s{0,4}Vlan\s+Mac Address|Load for five secs|Mac Address Table)")),
)  # fmt: skip
_CONFIG = re.compile(
    r"^(?:version \d|hostname \S|Building configuration|Current configuration|Using \d+ out|ASA Version|PIX Version|: Saved|! Last configuration)"
)


@dataclass(slots=True)
class Segments:
    """The lines of the configuration, and of each output its kind with its lines; `names` are the devices the prompts show."""

    config: list[Line] = field(default_factory=list)
    shown: list[tuple[str, list[Line]]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def segments(lines: Sequence[Line]) -> Segments:
    """Part the lines; an output ends at the next heading, prompt or beginning of a configuration."""
    found = Segments()
    kind, mode = "", "config"
    for line in lines:
        text = line.text
        said = PROMPT.match(text) if text[:1].isalpha() else None
        marked = _MARKER.match(text) if text.startswith("-----") else None
        if said is not None or marked is not None:
            found.names += [said["name"]] if said is not None else []
            command = ((said["command"] if said is not None else marked["command"] if marked else "") or "").lower()
            mode = "config" if not command or command.startswith(("sh", "more", "write t", "wr t")) else "typed"
            kind = ""
            if re.match(r"sh\w*\s+(?!run|start|conf|tech|access-l|ip acc)", command):
                mode = "unknown"
            continue
        heading = next((name for name, pattern in _HEADINGS if pattern.match(text)), None) if text[:1] else None
        if heading is not None:
            if kind != heading or heading == "route":
                found.shown.append((heading, []))
            kind, mode = heading, "shown"
        elif _CONFIG.match(text):
            kind, mode = "", "config"
        if mode == "config":
            found.config.append(line)
        elif mode == "shown":
            found.shown[-1][1].append(line)
    return found


def heads(lines: Sequence[str]) -> set[str]:
    """Return the kinds of outputs whose heading stands in these lines."""
    return {name for text in lines if text for name, pattern in _HEADINGS if pattern.match(text)}
