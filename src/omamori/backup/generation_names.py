"""Names people and programs give to generations: 2026-11-29, 20261129_0200, 令和8年11月29日, daily.0, 世代1, 月曜. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

_REIWA = 2018
_DATE = re.compile(
    r"(?<!\d)(?:(?P<year>20\d\d)(?:[-_.年/](?P<month>\d\d?)[-_.月/](?P<day>\d\d?)日?|(?P<month1>\d\d)(?P<day1>\d\d))"
    r"|(?:令和|R)(?P<reiwa>\d{1,2})[-_.年]?(?P<month2>\d\d?)[-_.月]?(?P<day2>\d\d?)日?)"
    r"(?:[-_T@. ]{0,3}(?P<hour>\d\d)[-_:.時h]?(?P<minute>\d\d)(?:[-_:.分m]?(?P<second>\d\d))?)?(?!\d)"
)
_ROTATED = re.compile(r"(?:hourly|daily|weekly|monthly|yearly|alpha|beta|gamma|delta|sync)\.(\d{1,4})$")
_NUMBERED = re.compile(r"(?:世代|第|gen(?:eration)?|snap(?:shot)?|backup|bak|控え|バックアップ)[-_. #]?(\d{1,4})(?:世代)?$", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"(?:[日月火水木金土](?:曜日?)?|mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$", re.IGNORECASE
)
_UNFINISHED = re.compile(
    r"[-_. ](?:partial|incomplete|inprogress|in-progress|tmp|temp|new)$|^[._](?:partial|incomplete|tmp)|作成中|途中", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a name tells: the clock of the machine that gave it (None: no date), whether only the day, and whether it was left unfinished."""

    local: datetime | None
    day_only: bool = False
    unfinished: bool = False


def read_name(name: str) -> Named | None:
    """Return what the name of a generation tells; None for any other name. Weekdays and counters tell no date."""
    unfinished = _UNFINISHED.search(name) is not None
    found = _DATE.search(name)
    if found is not None and (local := _local(found)) is not None:
        return Named(local, found["hour"] is None, unfinished)
    bare = _UNFINISHED.sub("", name)
    if _ROTATED.match(bare) or _NUMBERED.match(bare) or _WEEKDAY.match(bare):
        return Named(None, unfinished=unfinished)
    return None


def _local(found: re.Match[str]) -> datetime | None:
    if found["year"]:
        year, month, day = int(found["year"]), int(found["month"] or found["month1"]), int(found["day"] or found["day1"])
    else:
        year, month, day = _REIWA + int(found["reiwa"]), int(found["month2"]), int(found["day2"])
    try:
        return datetime(year, month, day, int(found["hour"] or 0), int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        return None


def are_generations(names: Iterable[str]) -> bool:
    """Whether the folders of a place are generations: at least half of them, and more than one where the name alone could be anything."""
    listed = [name for name in names if not name.startswith(".")]
    read = [one for one in map(read_name, listed) if one is not None]
    enough = any(one.local is not None for one in read) or len(read) > 1 or any(_ROTATED.match(name) for name in listed)
    return enough and len(read) * 2 >= len(listed)


def pattern_of(name: str) -> str:
    """Return a name with its date, time and counters taken out: of two dumps of one database it is the same."""
    without = _DATE.sub("DATE", name)
    bare, dot, ending = without.partition(".")
    if bare.lower() in _WEEKDAYS or _NUMBERED.match(bare):
        bare = "DATE"
    return re.sub(r"(?<=[-_. ])(?:\d{1,14})(?=[-_. ]|$)", "N", bare + dot + ending)


_WEEKDAYS = frozenset(("mon", "tue", "wed", "thu", "fri", "sat", "sun", "月", "火", "水", "木", "金", "土", "日"))
