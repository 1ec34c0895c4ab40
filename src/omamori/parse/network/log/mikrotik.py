"""MikroTik RouterOS: lines of rules with `log=yes`, from `log print` or a syslog server."""

from __future__ import annotations

import re
from datetime import datetime

from omamori.parse.network.log.packet import LogForm, Packet, action_of, address, port, protocol, stamp, yearless

_LINE = re.compile(
    r"(?P<prefix>[^:,]{0,64}?) ?(?P<chain>input|forward|output|prerouting|postrouting|srcnat|dstnat): in:(?P<in>[^ ,]{1,40}) out:(?P<out>[^ ,]{1,40}),?"
    r" .{0,120}?proto (?P<protocol>[\w-]{1,16})(?: \([^)]{0,60}\))?, (?P<source>[0-9a-fA-F.:\[\]]{2,60})->(?P<destination>[0-9a-fA-F.:\[\]]{2,60}),"
)
_OWN = re.compile(r"^(?P<month>[a-z]{3})/(?P<day>\d{2})(?:/(?P<year>\d{4}))? (?P<time>\d{2}:\d{2}:\d{2}) ")


def _read(line: str, received: datetime) -> Packet | None:
    topic = line.find("firewall,")
    found = _LINE.search(line, topic + 9 if topic >= 0 else 0)
    if found is None:
        return None
    when, host, _ = stamp(line, received)
    if own := _OWN.match(line):
        when = yearless(own["month"], own["day"], own["time"], own["year"], received)
    source, _ = _split(found["source"])
    destination, aim = _split(found["destination"])
    words = found["prefix"].split(" ")
    prefix = " ".join(words[1:] if words[0] in ("info", "warning", "debug", "error") else words).strip()
    return Packet(
        when, source, destination, protocol(found["protocol"]), port(aim), action_of(prefix), prefix or found["chain"],
        _named(found["in"]), _named(found["out"]), device=host if topic >= 0 else "",
    )  # fmt: skip


def _named(text: str) -> str | None:
    return None if text in ("(none)", "(unknown") or text.startswith("(unknown") else text


def _split(text: str) -> tuple[str, str | None]:
    if text.startswith("["):
        first, _, last = text[1:].partition("]")
        return address(first), last.removeprefix(":") or None
    first, mark, last = text.partition(":")
    return (address(text), None) if ":" in last or not mark else (address(first), last)


FORMS = (LogForm("mikrotik", ("->",), _read),)
