"""Values as Windows prints them in Japanese and English: yes and no, dates, addresses. What is not certain is None."""

from __future__ import annotations

import ipaddress
import re
from datetime import date, datetime
from functools import lru_cache

from omamori.parse import addresses

_YES = frozenset({"yes", "true", "on", "enabled", "enable", "1", "active", "はい", "有効", "オン", "可能", "可"})
_NO = frozenset({"no", "false", "off", "disabled", "disable", "0", "inactive", "いいえ", "無効", "オフ", "不可"})
NEVER = frozenset({"never", "なし", "無期限", "n/a", "該当なし", "none", "期限なし", "一度もなし"})
_YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?(.*)", re.DOTALL)
_OTHER = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?)?\s*$")
_CIM = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.\d+)?([+-]\d{3})?$")


def yes(text: str | None) -> bool | None:
    """Return True or False of a word for yes or no, None of anything else."""
    word = (text or "").strip().lower()
    return True if word in _YES else False if word in _NO else None


def number(text: str | None) -> int | None:
    """Return a whole number; decimal, `0x…`, thousands separated by commas."""
    word = (text or "").strip().replace(",", "")
    if re.fullmatch(r"\d{1,18}", word, re.ASCII):
        return int(word)
    found = int(word, 16) if re.fullmatch(r"0[xX][0-9a-fA-F]{1,16}", word) else None
    return found if found is not None and found < 2**63 else None


def moment(text: str | None) -> datetime | None:
    """Return a date and time, as printed (local time). A day and month that could be either way round is no date."""
    word = (text or "").strip().strip("\u200e\u200f")
    found = _CIM.match(word)
    if found:
        return _made(*(int(part) for part in found.groups()[:6]))
    found = _YEAR_FIRST.match(word)
    if found:
        return _made(*(int(part or 0) for part in found.groups()[:6]))
    found = _OTHER.match(word)
    if not found:
        return None
    one, two, year, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    if found[7]:
        hour = hour % 12 + (12 if found[7].lower() == "pm" else 0)
    if one > 12 or one == two:
        return _made(year, two, one, hour, minute, second)
    # With AM or PM the month stands first; of 4/5/2024 alone nobody can tell.
    return _made(year, one, two, hour, minute, second) if two > 12 or found[7] else None


def day(text: str | None) -> date | None:
    """Return the day of a date, None where it is not certain."""
    found = moment(text)
    return found.date() if found else None


def _made(*parts: int) -> datetime | None:
    try:
        return datetime(*parts)  # type: ignore[arg-type]
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def address(text: str | None) -> str | None:
    """Return an IP address in its usual form, without zone (`%11`) and brackets; None when it is none."""
    word = (text or "").strip().strip("[]").split("%")[0]
    try:
        return str(ipaddress.ip_address(word))
    except ValueError:
        return None


def scope(text: str) -> str:
    """Where an address is (`parse.addresses`); what is no address is taken for one inside."""
    return addresses.scope(text) or "private"


def mac(text: str | None) -> str | None:
    """Return a hardware address in lower case with colons; None when it is none."""
    digits = re.sub(r"[-:. ]", "", (text or "").strip()).lower()
    return ":".join(digits[place : place + 2] for place in range(0, 12, 2)) if re.fullmatch(r"[0-9a-f]{12}", digits) else None
