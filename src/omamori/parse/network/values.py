"""Values as devices of the network print them: hardware addresses, moments, durations. What is not certain is None."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_DIGITS = re.compile(r"[0-9a-f]{12}")
_BETWEEN = re.compile(r"[-:. ]")
_MONTHS = {
    name: place for place, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
_MONTH_FIRST = re.compile(
    r"(?:[A-Z][a-z]{2},? )?([A-Z][a-z]{2})\s{1,2}(\d{1,2}),? (?:(\d{4}) )?(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([AaPp][Mm]))?(?: (\d{4}))?"
)
_NUMBERS = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2}))?")
_SPAN = re.compile(
    r"(\d{1,7})\s?(w(?:eeks?)?|d(?:ays?)?|日|h(?:ours?)?|時間|m(?:in(?:utes|ute|s)?\.?)?|分|s(?:ec(?:onds|ond|s)?\.?)?|秒)", re.IGNORECASE
)
_SECONDS = {"w": 604800, "d": 86400, "日": 86400, "h": 3600, "時": 3600, "m": 60, "分": 60, "s": 1, "秒": 1}

_H = "[0-9A-Fa-f]"
MAC = rf"(?:{_H}{{4}}(?:\.{_H}{{4}}){{2}}|{_H}{{2}}(?:[:-]{_H}{{2}}){{5}}|{_H}{{6}}-{_H}{{6}}|{_H}{{4}}(?:[-:]{_H}{{4}}){{2}}|{_H}{{12}})"
"""A hardware address as any maker writes it, as a part of a pattern."""
IPV4 = r"\d{1,3}(?:\.\d{1,3}){3}"
IPV6 = r"(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f.]{0,15}"
IP = rf"(?:{IPV4}|{IPV6})"


def mac(text: str | None) -> str | None:
    """Return a hardware address in lower case with colons, however it is written; None when it is none, or all zeros."""
    digits = _BETWEEN.sub("", (text or "").strip()).lower()
    if not _DIGITS.fullmatch(digits) or not digits.strip("0"):
        return None
    return ":".join(digits[place : place + 2] for place in range(0, 12, 2))


def is_group(address: str) -> bool:
    """Return True for a multicast or broadcast hardware address (IEEE 802: lowest bit of the first byte): no machine has it."""
    return bool(int(address[:2], 16) & 1)


def moment(text: str | None) -> datetime | None:
    """Return a date and time as printed, local time: `Sat Aug 10 04:55:47 2019`, `Mar 01 2002 12:00 AM`, `2024/05/01 12:00:00`."""
    word = " ".join((text or "").split())
    if found := _NUMBERS.search(word):
        return _made(*(int(part or 0) for part in found.groups()))
    found = _MONTH_FIRST.search(word)
    if found is None or found[1].lower() not in _MONTHS or not (found[3] or found[8]):
        return None
    hour = int(found[4])
    if found[7]:
        hour = hour % 12 + (12 if found[7].lower() == "pm" else 0)
    return _made(int(found[3] or found[8]), _MONTHS[found[1].lower()], int(found[2]), hour, int(found[5]), int(found[6] or 0))


def month(text: str) -> int | None:
    """Return the number of a month by its English three letters."""
    return _MONTHS.get(text.lower())


def span(text: str | None) -> timedelta | None:
    """Return a duration: `2days 23hours 59min. 31secs.`, `2日 13時間 37分 41秒`, `1w2d3h`, `6m59s`; None when there is none."""
    parts = _SPAN.findall(text or "")
    return timedelta(seconds=sum(int(number) * _SECONDS[unit[0].lower()] for number, unit in parts)) if parts else None


def since_epoch(text: str | None) -> datetime | None:
    """Return the UTC moment of seconds since 1970; None when that is no moment."""
    try:
        return datetime(1970, 1, 1) + timedelta(seconds=int(text or ""))
    except (ValueError, OverflowError):
        return None


def _made(*parts: int) -> datetime | None:
    try:
        return datetime(*parts)  # type: ignore[arg-type]
    except ValueError:
        return None
