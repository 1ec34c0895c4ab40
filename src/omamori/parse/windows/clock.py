"""The moment a kit ran, from what `cmd` shows of the clock: `%DATE%` in the user's own short form, `%TIME%` and the zone's bias.

    utc=2026-11-27T00:05:07Z        (where PowerShell runs)
    date=2026/11/27 (金)
    time= 9:05:07.12
    short=yyyy/MM/dd
    bias=0xfffffde4

`bias` is ActiveTimeBias in minutes: UTC = local time + bias. Source: Microsoft Learn, TIME_ZONE_INFORMATION; National
Language Support, "Day, Month, Year, and Era Format Pictures".
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from omamori.parse.windows.decode import decode

CLOCK = "clock.txt"
_LINE = re.compile(r"(utc|date|time|short|bias)=(.{0,80})")
_UTC = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)Z\s*$")
_PICTURE = re.compile(r"y+|M+|d+|g+")
_BIAS = re.compile(r"(?:0x([0-9a-f]{1,8})|(-?\d{1,10}))\s*$", re.IGNORECASE)
_TIME = re.compile(r"\s*(\d{1,2})[:.](\d{2})[:.](\d{2})")
_FARTHEST = 16 * 60


def read_clock(data: bytes) -> datetime | None:
    """Return the moment in UTC without zone; None where it cannot be told for sure (an era's year, a month's name)."""
    said = {found[1]: found[2] for line in decode(data[:4096]).lines if (found := _LINE.match(line))}
    sure = _UTC.match(said.get("utc", ""))
    if sure is not None:
        return _made(sure[1])
    day = _day(said.get("date", ""), said.get("short", ""))
    clock = _TIME.match(said.get("time", ""))
    bias = _bias(said.get("bias", ""))
    if day is None or clock is None or bias is None:
        return None
    local = _made(f"{day}T{clock[1]:0>2}:{clock[2]}:{clock[3]}")
    return local + timedelta(minutes=bias) if local else None


def _made(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        return None


def _day(text: str, picture: str) -> str | None:
    """Return YEAR-MONTH-DAY by the order of the picture; the day's name before or behind counts for nothing."""
    order = [part[0] for part in _PICTURE.findall(picture) if not (part[0] == "d" and len(part) > 2)]
    numbers = re.findall(r"\d+", text)
    if sorted(order) != ["M", "d", "y"] or len(numbers) != 3 or "MMM" in picture:
        return None
    values = dict(zip(order, map(int, numbers), strict=True))
    year = values["y"] + (2000 if values["y"] < 100 and "yyyy" not in picture else 0)
    return f"{year}-{values['M']}-{values['d']}" if 2009 <= year < 2100 else None


def _bias(text: str) -> int | None:
    found = _BIAS.search(text.strip())
    if found is None:
        return None
    number = int(found[1], 16) if found[1] else int(found[2])
    number = number - 2**32 if number >= 2**31 else number
    return number if abs(number) <= _FARTHEST else None
