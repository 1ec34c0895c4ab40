"""Reads what `systemctl show` prints: blocks of NAME=VALUE, one per unit, separated by empty lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from omamori.parse.sections import Section

_ARGV = re.compile(r"argv\[\]=(.*?) ; ignore_errors=")
_PATH = re.compile(r"path=(\S+) ;")
_WHEN = re.compile(r"(?:[A-Z][a-z]{2} )?(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) (?:UTC|GMT)\Z")
_LONGEST = 500


def unit_blocks(section: Section | None) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line of the unit's name, its properties). Of a property that comes more than once the first counts."""
    unit: dict[str, str] = {}
    line = 0
    for number, text in [*section.numbered(), (0, "")] if section else ():
        name, sign, value = text.partition("=")
        if not text.strip():
            if unit:
                yield line, unit
            unit, line = {}, 0
        elif sign:
            unit.setdefault(name, value)
            line = number if name == "Id" or not line else line


def argv(value: str) -> str | None:
    """Return the command of an `ExecStart=` value, with its arguments, at most 500 characters."""
    found = _ARGV.search(value) or _PATH.search(value)
    return found[1][:_LONGEST] if found else None


def unit_time(value: str) -> datetime | None:
    """Return the moment of a systemd time printed with TZ=UTC; None for `n/a` and for other zones."""
    found = _WHEN.match(value.strip())
    if not found:
        return None
    try:
        return datetime.strptime(found[1], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC).replace(tzinfo=None)
    except ValueError:
        return None
