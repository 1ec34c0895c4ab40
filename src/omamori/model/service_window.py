"""When a line may be used, as people write it: `Tue 13:00-17:00`, `平日 9時〜17時`, `anytime`, `都度`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

DAY = 24 * 60
MAX_LENGTH = 200
_JA, _EN = "月火水木金土日", ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_GROUPS = {
    **dict.fromkeys(("平日", "weekday", "weekdays", "workdays"), range(5)),
    **dict.fromkeys(("週末", "土日", "weekend", "weekends"), range(5, 7)),
    **dict.fromkeys(("毎日", "daily", "everyday", "every day"), range(7)),
}
_ANYTIME = frozenset({"anytime", "any time", "always", "24/7", "24時間", "24時間365日", "いつでも", "常時"})
_ON_CALL = frozenset({"都度", "その都度", "依頼時", "連絡後", "必要時", "随時", "on call", "on request", "oncall", "when called"})
_PART = re.compile(r"[,、;\n]")
_TIMES = re.compile(r"(\d{1,2})(?::(\d{2})|時(半|\d{1,2}分)?)\s*-\s*(\d{1,2})(?::(\d{2})|時(半|\d{1,2}分)?)(?:まで)?$")
_BETWEEN = re.compile(r"[\s・/&]+|曜日?")


@dataclass(frozen=True, slots=True)
class ServiceWindow:
    """`spans`: (weekday from Monday 0, first minute, minute it ends before); `on_call`: only after a call, no clock can tell."""

    spans: tuple[tuple[int, int, int], ...] = ()
    on_call: bool = False

    @property
    def anytime(self) -> bool:
        """Whether it covers the whole week."""
        return {day for day, first, last in self.spans if first == 0 and last >= DAY} == set(range(7))

    def holds(self, moment: datetime) -> bool | None:
        """Return whether a moment in the hospital's own time lies inside; None where no clock can tell."""
        if self.on_call:
            return None
        minute = moment.hour * 60 + moment.minute
        today, before = moment.weekday(), (moment.weekday() - 1) % 7
        return any(
            (day == today and first <= minute < last) or (day == before and last > DAY and minute < last - DAY)
            for day, first, last in self.spans
        )


ANYTIME = ServiceWindow(tuple((day, 0, DAY) for day in range(7)))


def read_window(text: str | None) -> ServiceWindow | None:
    """Return the window a text means; None for an empty text and for one that is not understood as a whole."""
    typed = _plain(text or "")
    if not typed or len(typed) > MAX_LENGTH:
        return None
    if typed in _ANYTIME:
        return ANYTIME
    if typed in _ON_CALL:
        return ServiceWindow(on_call=True)
    spans: list[tuple[int, int, int]] = []
    for part in (part.strip() for part in _PART.split(typed)):
        read = _part(part) if part else ()
        if read is None:
            return None
        spans += read
    return ServiceWindow(tuple(sorted(set(spans)))) if spans else None


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    return re.sub(r"\s*(?:[~〜–—―]|から)\s*(?=[\d月火水木金土日a-z])", "-", folded)


def _part(part: str) -> tuple[tuple[int, int, int], ...] | None:
    """Read days and times of one part; days without times are whole days, times without days every day."""
    found = _TIMES.search(part)
    first, last = _times(found) if found else (0, DAY)
    if first is None or last is None:
        return None
    words = (part[: found.start()] if found else part).strip()
    days = _days(words) if words else set(range(7))
    return tuple((day, first, last) for day in sorted(days)) if days else None


def _times(found: re.Match[str]) -> tuple[int | None, int | None]:
    first, last = _minute(found[1], found[2], found[3]), _minute(found[4], found[5], found[6])
    if first is None or last is None or first in (DAY, last):
        return None, None
    return first, last if last > first else last + DAY


def _minute(hour: str, minute: str | None, rest: str | None) -> int | None:
    minutes = int(minute or 0) if rest is None else 30 if rest == "半" else int(rest.removesuffix("分"))
    whole = int(hour) * 60 + minutes
    return whole if minutes < 60 and whole <= DAY else None


def _days(words: str) -> set[int]:
    """Return the days a text names; empty when a word of it is none."""
    found: set[int] = set()
    if words in _GROUPS:
        return set(_GROUPS[words])
    for word in (word for word in _BETWEEN.split(words) if word):
        first, dash, last = word.partition("-")
        if word in _GROUPS:
            found |= set(_GROUPS[word])
        elif dash and (begin := _day(first)) is not None and (end := _day(last)) is not None:
            found |= {(begin + step) % 7 for step in range((end - begin) % 7 + 1)}
        elif (day := _day(word)) is not None:
            found.add(day)
        elif word and all(letter in _JA for letter in word):
            found |= {_JA.index(letter) for letter in word}
        else:
            return set()
    return found


def _day(word: str) -> int | None:
    if len(word) == 1 and word in _JA:
        return _JA.index(word)
    return next((number for number, name in enumerate(_EN) if word[:3] == name and name_of(number).startswith(word)), None)


def name_of(weekday: int) -> str:
    """Return the English name of a weekday, from Monday 0, in lower case."""
    return ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")[weekday]
