"""Single values of lists and logs of backups: moments, numbers, where a copy lies, and after whom a file is named. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from itertools import takewhile
from typing import Any

JAPAN = timezone(timedelta(hours=9))
"""Where a list tells no zone its clock is taken for Japan's: for one that runs in UTC that makes a copy older, never younger, than it is."""
LONGEST = 260
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d{1,9})?\s?(Z|[+-]\d\d:?\d\d)?")
_YEAR_FIRST = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s*\([^)]{1,12}\)|[^\d]{0,12}?)\s+(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s?([AP]M))?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s?([AP]M)", re.IGNORECASE)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\s+(\d{1,2}):(\d\d)(?::(\d\d))?")
_NAMED = re.compile(
    r"(?:[A-Z][a-z]{2,8},? )?([A-Z][a-z]{2})[a-z]{0,6} +(\d{1,2}),? (?:(\d{4}) )?(\d{1,2}):(\d\d)(?::(\d\d))?(?: ?([AP]M))?(?: (\d{4}))?"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KNOWN = (
    "restic|borg|borgbackup|veeam|robocopy|rsync|aws|s3|s3api|object|locks?|retention|snapshots?|check|read|data|stats|list|info|create|config|"
    "configuration|sessions?|restore|points?|backups?|archives?|report|results?|logs?|json|csv|txt|output|jobs?|daily|weekly|monthly|cat|"
    "(?:バックアップ|ログ|一覧|結果|履歴|世代|の)+"
)
_WORD = re.compile(_KNOWN, re.IGNORECASE)
_TAIL = re.compile(rf"(?:[-. ]+(?:{_KNOWN}|\d{{1,3}})(?=[-. ]|$))+$", re.IGNORECASE)
_DATE = re.compile(r"[-_. ]+\d{4}[-_.]?\d{2}[-_.]?\d{2}(?:[-_T ]?\d{4,6})?(?=[-_. ]|$)|^\d{4}[-_.]?\d{2}[-_.]?\d{2}[-_. ]+")
_ENDING = re.compile(r"\.(?:txt|log|csv|jsonl?|out|conf|cfg|config)(?:\.\d{1,3})?$", re.IGNORECASE)


def named_after(file_name: str) -> tuple[str, str]:
    """Return the machine and the repository a file is named after: `emr-db01@NAS1_restic_check.txt`, `emr-db01_robocopy.log`. Empty: none."""
    stem = re.split(r"[/\\:]", unicodedata.normalize("NFC", file_name)[-300:])[-1].strip()
    stem = _DATE.sub("", " " + _ENDING.sub("", stem))
    # Words of the command begin where the first of them stands behind a blank or an underline: a name may well hold hyphens.
    words = list(takewhile(lambda word: not _WORD.fullmatch(word), re.split(r"[_ ]+", stem.strip(" -_."))))
    machine, at, place = _TAIL.sub("", "_".join(words)).partition("@")
    return one_line(machine.strip(" -_."))[:64], one_line(place.strip(" -_."))[:64] if at else ""


def moment(text: str, zone: timezone = JAPAN) -> datetime | None:
    """Return a moment in UTC without zone; one that names no zone is of `zone`. None where it is none, or day and month cannot be told apart."""
    text = text.strip()[:80]
    if found := _ISO.match(text):
        said = f"{found[1]}T{found[2]}{'+00:00' if found[3] == 'Z' else found[3] or ''}"
        try:
            read = datetime.fromisoformat(said)
            return _utc(read if read.tzinfo else read.replace(tzinfo=zone))
        except (ValueError, OverflowError):
            return None
    if found := _YEAR_FIRST.search(text):
        year, month, day, *clock = found.groups()
    elif found := _MONTH_FIRST.search(text):
        month, day, year, *clock = found.groups()
    elif found := _DOTTED.match(text):
        day, month, year, *clock = found.groups()
    elif (found := _NAMED.search(text)) and found[1] in _MONTHS and (found[3] or found[8]):
        month, day, year, clock = str(_MONTHS.index(found[1]) + 1), found[2], found[3] or found[8], [*found.groups()[3:7]]
    else:
        return None
    return _made(year, month, day, clock, zone)


def _made(year: str, month: str, day: str, clock: list[Any], zone: timezone) -> datetime | None:
    hour, minute, second = int(clock[0]), int(clock[1]), int(clock[2] or 0)
    half = (clock[3] or "").upper() if len(clock) > 3 else ""
    if half:
        hour = hour % 12 + (12 if half == "PM" else 0)
    try:
        return _utc(datetime(int(year), int(month), int(day), hour, minute, second, tzinfo=zone))
    except (ValueError, OverflowError):
        return None


def _utc(read: datetime) -> datetime | None:
    try:
        told = read.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    except OverflowError:
        return None
    return told if 1980 < told.year < 2200 else None


def whole(value: Any) -> int | None:
    """Return a count that is none below zero and fits the tables; None for anything else."""
    if isinstance(value, str):
        value = int(value.replace(",", "")) if re.fullmatch(r"\d{1,3}(?:,?\d{3}){0,5}|\d{1,18}", value.strip(), re.ASCII) else None
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value < 2**62 else None


def one_line(value: Any) -> str:
    """Return what can be shown of a word: one line, no control characters, not endless; empty for anything but words."""
    if not isinstance(value, str):
        return ""
    return " ".join("".join(char if char.isprintable() else " " for char in value[: LONGEST * 2]).split())[:LONGEST]


def without_secrets(target: str) -> str:
    """Return a place without the account and password in front of its host."""
    return re.sub(r"(://)[^/@\s]*@", r"\1", one_line(target))


def kept_on(target: str) -> str | None:
    """Return the host a place lies on, as written: `\\\\NAS1\\emr`, `ssh://nas1/srv`, `backup@nas1:/srv`; None for one without."""
    if found := re.match(r"\\\\([^\\?.][^\\]*)\\", target):
        return found[1]
    if found := re.match(r"[a-z0-9+:]{2,20}://(?:[^/@]*@)?(\[[^\]]+\]|[^/:]+)", target):
        return found[1].strip("[]") or None
    if found := re.match(r"(?:[\w.+-]+@)?([\w.-]{2,}):{1,2}(?!\\)", target):
        return found[1]
    return None


def target_kind(target: str) -> str:
    """Return the kind of a place, as far as its own words tell; a drive letter or a path may be anything."""
    if target.startswith("\\\\"):
        return "network-mount"
    if re.match(r"(?:s3|b2|azure|gs|swift|wasb)s?:", target):
        return "object-storage"
    return "remote-host" if kept_on(target) else "unknown"
