"""Text copied from the console of a network device → lines without the marks of the terminal, and the prompts in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from omamori.parse.windows.decode import decode
from omamori.parse.windows.lines import Line

MAX_LINES = 400_000
PAGER = "--More--"
_MAX_CHARS = 2_000
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]{0,20}[A-Za-z]|[()][0-9A-B]|[=>78])")
_PAGER = re.compile(
    r"<?-{2,4} ?\(?(?:more|つづく)(?: ?\d{0,3}%?)?\)? ?-{2,4}>?(?: or \(q\)uit)?"
    r"|-- more --, next page: space, next line: enter, quit: control-c|press any key to continue \(q to quit\)"
    r"|-- \[q quit\|d dump\|[^\]]{0,40}\]|lines \d+-\d+(?:/\d+)? ?(?:\(end\)|--more--)?",
    re.IGNORECASE,
)
_BACK = re.compile(r"(?<![\x08 ])[\x08 ]*\x08[\x08 ]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NOISE = re.compile(
    r"^(?:\d{2}:\d{2}:\d{2} echo: |\(\d{1,3} messages not shown\)|(?:\*|\.)?[A-Z][a-z]{2} [ \d]\d(?: \d{4})? [\d:.]{8,15}.{0,20}: %[A-Z0-9_]+-)"
)
"""What a device logs to its console in the middle of a table; it may name a user."""

_PROMPT = re.compile(
    r"^ ?(?:"
    r"\[(?:[\w.-]{1,64}@)?(?P<router>[^\]\[@]{1,64})\] ?(?P<menu>/?[a-z][a-z /-]{0,60})?> ?"
    r"|\[[\w.-]{1,64}@(?P<shell>[\w.-]{1,63}) [~/\w.-]{1,80}\][#$]"
    r"|(?P<spaced>[A-Za-z][\w.-]{1,30}(?: [\w.-]{1,30}){1,3})#(?= ?(?:sh|exit|en|conf|no|wr|term|logo))"
    r"|(?:[\w.-]{1,64}@)?(?P<name>[A-Za-z][\w.-]{0,62}|[A-Za-z0-9]{1,4}[A-Za-z][\w.-]{0,58})(?:/[\w.-]{1,20}){0,2}"
    r"(?::[~/][\w./~-]{0,80}| ?\([\w .:/-]{1,40}\)| ?\[[\w .~:/-]{1,40}\])? ?[#>$%]"
    r"|[#>](?= ?\S| ?$)"
    r") ?(?P<command>[^#>$%].{0,200})?$"
)
_HOSTNAME = re.compile(r"^(?:(?:hostname|sysname|switchname) | {0,8}set (?:system host-name|hostname) )\"?(?P<name>[\w.-]{1,63})\"?;?$")
"""The line of a configuration that names the device, in a collection of outputs without prompts."""
_MARKER = re.compile(r"^[-*=#]{3,40} ?`?(?P<command>(?:show|display|get|diagnose|execute)\s[\w /-]{2,80}?)`? ?[-*=#]{3,40}$", re.IGNORECASE)
"""How a collection of outputs (`show tech-support`) names the command of each."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A line at which a command was typed: the device's name (empty: it shows none) and the command in lower case."""

    name: str
    command: str


@dataclass(frozen=True, slots=True)
class Console:
    """A file as lines. `whole` is False where bytes could not be read, lines were left out or its last line has no end."""

    lines: tuple[Line, ...]
    whole: bool
    paged: frozenset[int]


def console(data: bytes, max_chars: int = _MAX_CHARS) -> Console:
    """Read a file; never fails. What a terminal adds (pager, colours, erased text, log messages between) is taken out.

    Lines are cut at `max_chars`.
    """
    decoded = decode(data)
    texts = decoded.text.split("\n")
    whole = decoded.whole and len(texts) <= MAX_LINES and not texts[-1].strip()
    lines, paged = [], set()
    for number, text in enumerate(texts[:MAX_LINES], 1):
        clean = _clean(text[:max_chars])
        if not clean.strip() and _PAGER.search(text):
            paged.add(number)
        lines.append(Line(number, clean))
    return Console(tuple(lines), whole, frozenset(paged))


def _clean(text: str) -> str:
    if not text.isprintable() or "-" in text or "ine" in text or "ress" in text:
        text = _PAGER.sub("", _ESCAPE.sub("", text))
        text = _CONTROL.sub("", _BACK.sub("", text).replace("\r", "")).replace("\t", "    ")
    return "" if _NOISE.match(text) else text.rstrip()


def bare(text: str) -> str:
    """Return a line without the marks of the terminal, as `console` reads it; a line without any, or of nothing else, comes back as it is."""
    if _CONTROL.search(text) is None and _PAGER.search(text) is None:
        return text
    clean = _clean(text)
    return clean if clean.strip() else text


def prompt(text: str) -> Prompt | None:
    """Return the prompt a line begins with, or the command a collection of outputs names; None where there is none."""
    if marker := _MARKER.match(text):
        return Prompt("", " ".join(marker["command"].lower().split()))
    if named := _HOSTNAME.match(text):
        return Prompt(named["name"], "")
    found = _PROMPT.match(text)
    if found is None:
        return None
    command = " ".join((found["command"] or "").lower().split())
    menu = (found["menu"] or "").strip()
    if menu and not command.startswith("/"):
        command = f"{menu} {command}"
    return Prompt(
        (found["router"] or found["shell"] or found["spaced"] or found["name"] or "").strip().replace(" ", "-"), command.lstrip("/ ")
    )
