"""What a line of a firewall's log tells, and how its moment is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from ipaddress import ip_address
from typing import NamedTuple

from omamori.parse.network.values import month


class Packet(NamedTuple):
    """One packet or connection as a device logged it. `device` is the name the line gives it, empty where it gives none."""

    when: datetime | None
    source: str
    destination: str
    protocol: str | None = None
    port: int | None = None
    action: str | None = None
    rule: str | None = None
    inside: str | None = None
    outside: str | None = None
    times: int = 1
    size: int | None = None
    device: str = ""


@dataclass(frozen=True, slots=True)
class LogForm:
    """One way of writing a log. `signs`: a line that has none of these is of another; they keep `read` from most lines.

    `read` returns the packet, None for a line that tells of none, and raises ValueError for one that should and cannot be read. In: the line
    and the moment of receipt, for moments that are written without their year. `clean` returns what may be stored of a line.
    """

    name: str
    signs: tuple[str, ...]
    read: Callable[[str, datetime], Packet | None]
    clean: Callable[[str], str] = str


PROTOCOLS = {"1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6", "icmp6": "icmpv6"}
_SYSLOG = re.compile(
    r"^(?:<\d{1,3}>)?(?:\d )?(?:"
    r"(?P<iso>\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2})(?:[.,]\d{1,9})?(?P<zone>Z|[+-]\d{2}:?\d{2})?"
    r"|(?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2})(?: (?P<year>\d{4}))? (?P<time>\d{2}:\d{2}:\d{2})(?:\.\d{1,6})?"
    r"|(?P<slash>\d{4}/\d{2}/\d{2} \d{2}:\d{2}:\d{2})"
    r"):?(?: (?P<host>[A-Za-z0-9](?:[\w.:-]{0,62}\w)?))?(?= |:|$)"
)
_ACTIONS = (
    ("reject", re.compile(r"reject", re.IGNORECASE)),
    ("drop", re.compile(r"drop|den(?:y|ied)|block|discard|reject", re.IGNORECASE)),
    ("accept", re.compile(r"accept|allow|permit|pass", re.IGNORECASE)),
)
_LETTER = re.compile(r"-(?:\d{1,6}|default)-([ADR])\]?$")
"""VyOS and EdgeOS: the prefix is the rule's name, number and the first letter of what was done."""
_NO_HOST = re.compile(r"localhost|kernel|[A-Z][a-z]{2}|(?:info|notice|warning|firewall|system)\b.*|\d+|[A-Z]{2}\d?T|UTC|GMT|CEST|AEST")


class Stamp(NamedTuple):
    """How a line begins: moment, host, and where the rest begins."""

    when: datetime | None
    host: str
    end: int


def stamp(line: str, received: datetime) -> Stamp:
    """Return the moment a syslog line begins with and the host it names. A year that is not written is the one before `received`.

    Where the zone is written, the moment is UTC; else it is the device's own time, as printed.
    """
    found = _SYSLOG.match(line)
    if found is None:
        return Stamp(None, "", 0)
    host = found["host"] or ""
    host = "" if _NO_HOST.fullmatch(host) else host
    if found["slash"]:  # a router's own list: what follows is no host
        return Stamp(_iso(found["slash"].replace("/", "-"), None), "", found.end("slash"))
    if found["iso"]:
        return Stamp(_iso(found["iso"].replace("T", " "), found["zone"]), host, found.end())
    return Stamp(yearless(found["month"], found["day"], found["time"], found["year"], received), host, found.end())


def yearless(name: str, day: str, time: str, year: str | None, received: datetime) -> datetime | None:
    """Return a moment whose year may not be written: then the last one that is not after the receipt (a day for the zones)."""
    number = month(name)
    if number is None:
        return None
    hour, minute, second = time.split(":")
    try:
        when = datetime(int(year or received.year), number, int(day), int(hour), int(minute), int(second))
        return when if year or when <= received + timedelta(days=1) else when.replace(year=when.year - 1)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _iso(text: str, zone: str | None) -> datetime | None:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    if zone is None or zone == "Z":
        return when
    away = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return when - away if zone[0] == "+" else when + away


def action_of(words: str | None) -> str | None:
    """Return what a prefix somebody wrote into the rule says was done; None where it does not say it."""
    if found := _LETTER.search(words or ""):
        return {"A": "accept", "D": "drop", "R": "reject"}[found[1]]
    return next((action for action, pattern in _ACTIONS if pattern.search(words or "")), None)


@lru_cache(maxsize=65536)
def address(text: str) -> str:
    """Return an address in its usual form; ValueError when it is none."""
    return str(ip_address(text.partition("%")[0]))


def port(text: str | None) -> int | None:
    """Return a port; None where there is none."""
    return int(text) if text and text.isdecimal() and int(text) < 65536 else None


def protocol(text: str | None) -> str | None:
    """Return tcp, udp, icmp or a number."""
    word = (text or "").lower()
    return PROTOCOLS.get(word, word[:16]) or None
