"""Takes typed values out of decoded JSON of unknown shape: what has another type than expected is as good as absent."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

LONGEST_TEXT = 20_000
"""Most characters of one text that are kept."""
_CVE = re.compile(r"CVE-\d{4}-\d{4,19}\Z")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def obj(value: Any, *names: str) -> dict[str, Any]:
    """Return the object at a path of names; empty where there is none."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def items(value: Any, name: str) -> list[Any]:
    """Return the list that a member of an object is; empty where there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def objects(value: Any, name: str) -> list[dict[str, Any]]:
    """Return the objects in the list that a member of an object is."""
    return [one for one in items(value, name) if isinstance(one, dict)]


def text(value: Any, name: str) -> str:
    """Return a member's text without blanks around it, cut after `LONGEST_TEXT`; empty where it is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found[:LONGEST_TEXT].strip() if isinstance(found, str) else ""


def number(value: Any, name: str, most: float) -> float | None:
    """Return a member's number (also one written as text) from 0 to `most`; None where it is none."""
    found = value.get(name) if isinstance(value, dict) else None
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return None
    try:
        read = float(found)
    except (ValueError, OverflowError):
        return None
    return read if 0 <= read <= most else None


def day(value: Any) -> date | None:
    """Return the day a text begins with (`2024-01-31T…`); None where it begins with none."""
    found = _DAY.match(value) if isinstance(value, str) else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def cve_id(written: str) -> str:
    """Return a CVE identifier in capital letters; empty where the text is none."""
    found = written.strip().upper()
    return found if _CVE.match(found) else ""
