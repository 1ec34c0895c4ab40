"""Linux: where the machine turns to outside itself (`linux.outbound`): names, proxy, time, packages, agents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from omamori.model.look import Look, Parsed
from omamori.model.network import OutboundSetting
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import address, content_lines, files, is_public
from omamori.parse.sections import Section, read_sections

_URL = re.compile(r"(?:https?|ftp|socks[45]?)://(?:[^@\s/\[]{0,100}(?:\[secret: [^\]]{0,60}\])?@)?(\[[0-9a-fA-F:]+\]|[^\s/:,\"'$;]+)")
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252})\Z|[0-9a-fA-F:]*:[0-9a-fA-F:.]+\Z")
_USED = (".list", ".sources", ".repo", "repositories")
_FROM_LINES = ("proxies", "time", "repositories", "agents")


def parse(data: bytes, context: Context) -> Parsed:
    """Return one row per server named. No server named is an answer; a section that is missing is not."""
    sections = read_sections(data)
    rows = list(_dns(sections.get("resolv"), sections.get("resolved")))
    for name, kind, reader in (
        ("proxies", "proxy", _urls),
        ("time", "ntp", _time),
        ("repositories", "repository", _urls),
        ("agents", "agent", _agent),
    ):
        rows += _lines(sections.get(name), kind, reader)
    ended = all(name in sections and sections[name].exit_code is not None for name in ("resolv", *_FROM_LINES))
    look = Look("outbound_settings") if ended else Look("outbound_settings", complete=False, reason="not_collected")
    return Parsed(rows=tuple(_once(rows)), looks=(look,))


def _once(rows: list[OutboundSetting]) -> Iterator[OutboundSetting]:
    seen = set()
    for row in rows:
        if (row.kind, row.value, row.origin) not in seen:
            seen.add((row.kind, row.value, row.origin))
            yield row


def _row(kind: str, host: str, origin: str, line: int) -> OutboundSetting | None:
    host = host.strip("[]").lower()
    if len(host) > 253 or not _HOST.match(host):
        return None
    return OutboundSetting(kind=kind, value=address(host) or host, address_public=is_public(host), origin=origin, evidence=str(line))


def _dns(*sections: Section | None) -> Iterator[OutboundSetting]:
    for section in sections:
        for file in files(section):
            for line, text in content_lines(file.lines, "#;"):
                words = text.split()
                known = address(words[1]) if words[0] == "nameserver" and len(words) > 1 else None
                # 127.0.0.53 only hands on; the servers behind it stand in the second file.
                row = _row("dns", known, file.path, line) if known else None
                if row:
                    yield row


def _lines(section: Section | None, kind: str, reader: Callable[[str], list[str]]) -> Iterator[OutboundSetting]:
    """Lines of `grep -H`: path, colon, the line."""
    for line, text in section.numbered() if section else ():
        path, _, said = text.partition(":")
        said = said.strip()
        if not path.startswith("/") or not said or said[0] in "#;/" or said.startswith("//"):
            continue
        if kind == "repository" and not path.endswith(_USED):
            continue  # set aside (`.save`, `.disabled`): not asked
        for host in reader(said):
            row = _row(kind, host, path, line)
            if row:
                yield row


def _urls(said: str) -> list[str]:
    """Hosts of the addresses in a line; a proxy may also stand without `http://`."""
    found = _URL.findall(said)
    if found or "proxy" not in said.lower():
        return found
    bare = re.search(r"proxy[^=\s]{0,40}\s{0,9}[= ]\s{0,9}\"?([A-Za-z0-9.-]{1,253}):\d{2,5}\b", said, re.IGNORECASE | re.ASCII)
    return [bare[1]] if bare else []


def _time(said: str) -> list[str]:
    key, sign, value = said.partition("=")
    if sign and key.strip() in ("NTP", "FallbackNTP"):
        return value.split()
    words = said.split()
    # 127.127.x.y is not a server but a clock of this machine.
    return [] if len(words) < 2 or words[1].startswith("127.127.") else [words[1]]


def _agent(said: str) -> list[str]:
    value = re.split(r"[=:]", said, maxsplit=1)[-1].strip().strip("\"'")
    return [_URL.sub(r"\1", host.strip()).partition("/")[0] for host in value.split(",") if host.strip()]


PARSERS = (Parser(kind="linux.outbound", tables=("outbound_settings",), parse=parse),)
