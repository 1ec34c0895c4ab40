"""Takes out of a scan file what may be a password, a file list or a patient, before it is stored. Lines stay where they are.

Scripts can answer with anything, so only those known to tell of programs stay (`wanted.is_kept`). Raw answers of
unknown services and the arguments given to scripts go too. What the keyword redactor would still find is taken out here,
value by value, so that it does not tear the XML apart.
"""

from __future__ import annotations

import re
from html import unescape

from omamori.parse.interface import Redacted
from omamori.parse.nmap.plain import plain
from omamori.parse.nmap.wanted import is_kept
from omamori.parse.redact import redact as redact_keywords

_ATTRIBUTES = r"(?:\s+[\w:.-]{1,60}\s{0,8}=\s{0,8}(?:\"[^\"<]*\"|'[^'<]*'))*"
_SCRIPT = re.compile(rf"<script(?P<attributes>{_ATTRIBUTES})\s{{0,8}}(?P<empty>/?)>")
_ID = re.compile(r"\sid\s{0,8}=\s{0,8}[\"']([^\"'<]{0,200})[\"']")
_OUTPUT = re.compile(r"(\soutput\s{0,8}=\s{0,8})(\"[^\"<]*\"|'[^'<]*')")
_OUTSIDE = re.compile(r"<(?!/?(?:table|elem)[\s>/])")
"""Where a script ends at the latest: nothing but tables and elements stands inside."""
_FINGERPRINT = re.compile(r"(\s(?:servicefp|fingerprint)\s{0,8}=\s{0,8})(\"[^\"<]*\"|'[^'<]*')")
_DASH = r"(?:-|&#45;)"
_ARGUMENTS = re.compile(
    rf"({_DASH}{{1,2}}(?:script-args|data(?:-string|-hex)?|proxies|proxy)(?:=|\s{{1,4}}))(?!\[secret)"
    r"(&quot;(?:(?!&quot;)[^<>\"\n]){0,20000}&quot;|&apos;(?:(?!&apos;)[^<>\"\n]){0,20000}&apos;|'[^'<>\"\n]{0,20000}'|(?:(?!--)[^\s<>\"]){1,20000})"
)
_VALUE = re.compile(r"=\s{0,8}(\"[^\"<]*\"|'[^'<]*')|>([^<]+)<")
_MARKED = re.compile(r"\[secret: [a-z-]+, (?:empty|set)\]")
_MARK = "[secret: text, set]"


def redact(data: bytes) -> Redacted:
    """Return a scan file that may be stored: UTF-8, unpacked, with as many lines as the unpacked file.

    Raises EvidenceError where a packed file is too large.
    """
    clean = plain(data)
    text = clean.decode("utf-8", "surrogateescape")
    text, scripts = _without_scripts(text)
    text, prints = _FINGERPRINT.subn(lambda match: match[1] + _quoted(match[2], "fingerprint"), text)
    text, arguments = _ARGUMENTS.subn(lambda match: f"{match[1]}[secret: script-args, set]", text)
    done, words = _without_keywords(text)
    return Redacted(done.encode("utf-8", "surrogateescape"), scripts + prints + arguments + words)


def _without_scripts(text: str) -> tuple[str, int]:
    """Take out the scripts that are not kept, with all below them."""
    out: list[str] = []
    at = taken = 0
    while (begin := text.find("<script", at)) >= 0:
        out.append(text[at:begin])
        match = _SCRIPT.match(text, begin)
        if match is None:
            # Torn or no script of nmap's: nothing of it stays up to the next element.
            end = text.find("<", begin + 1)
            at = end if end >= 0 else len(text)
            out.append(_line_ends(text[begin:at]))
            taken += 1
            continue
        name = _ID.search(match["attributes"])
        if name is not None and is_kept(unescape(name[1])):
            out.append(match[0])
            at = match.end()
            continue
        out.append(_OUTPUT.sub(lambda found: found[1] + _quoted(found[2], "script"), match[0]))
        at = match.end()
        taken += 1
        if not match["empty"]:
            outside = _OUTSIDE.search(text, at)
            until = outside.start() if outside is not None else len(text)
            out.append(_line_ends(text[at:until]))
            at = until
    out.append(text[at:])
    return "".join(out), taken


def _without_keywords(text: str) -> tuple[str, int]:
    """Take out of single values what the keyword redactor finds, so that it finds nothing when it runs over the lines."""
    raw = text.encode("utf-8", "surrogateescape")
    found = redact_keywords(raw)
    if found.data == raw:
        return text, 0
    taken = 0
    lines, clean = text.split("\n"), found.data.decode("utf-8", "surrogateescape").split("\n")
    for number, (line, other) in enumerate(zip(lines, clean, strict=True)):
        if line != other:
            lines[number], some = _values(line)
            taken += some
    return "\n".join(lines), taken


def _values(line: str) -> tuple[str, int]:
    taken = 0

    def value(match: re.Match[str]) -> str:
        nonlocal taken
        group = 1 if match[1] is not None else 2
        inner = unescape(match[group]).strip("\"'" if group == 1 else None)
        if not _tells_secret(inner):
            return match[0]
        taken += 1
        before, after = match[0][: match.start(group) - match.start()], match[0][match.end(group) - match.start() :]
        return f"{before}{match[1][0]}{_MARK}{match[1][0]}{after}" if group == 1 else f"{before}{_MARK}{after}"

    return _VALUE.sub(value, line), taken


def _tells_secret(text: str) -> bool:
    raw = text.encode("utf-8", "surrogateescape")
    return redact_keywords(raw).data != raw


def _quoted(value: str, kind: str) -> str:
    if _MARKED.fullmatch(value[1:-1].strip()):
        return value
    return f'"[secret: {kind}, {"set" if len(value) > 2 else "empty"}]{_line_ends(value)}"'


def _line_ends(text: str) -> str:
    return "\n" * text.count("\n")
