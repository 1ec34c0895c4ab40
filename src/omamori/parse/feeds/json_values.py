"""Takes typed values out of what a publisher wrote, of unknown shape: what has another type than expected is as if it were not there. Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

MAX_TEXT = 20_000
"""Characters of a text that are kept."""
CVE = re.compile(r"CVE-\d{4}-\d{4,19}\Z")
"""A CVE identifier in capital letters, and nothing else."""
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")


def member(value: object, name: str) -> Any:
    """Return a member of an object; None where there is none, or the value is no object."""
    return value.get(name) if isinstance(value, dict) else None


def mapping(value: object, *path: str) -> dict[str, Any]:
    """Return the object at a path of names; an empty one when something else stands there."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """Return a list, or an empty one."""
    return value if isinstance(value, list) else []


def objects(value: object) -> list[dict[str, Any]]:
    """Return the objects of a list; lists inside it are opened once, as some publishers nest them by mistake."""
    found = [one for outer in listed(value) for one in (outer if isinstance(outer, list) else [outer])]
    return [one for one in found if isinstance(one, dict)]


def words(value: object) -> list[str]:
    """Return the texts of a list."""
    return [one for one in listed(value) if isinstance(one, str)]


def text(value: object, limit: int = MAX_TEXT) -> str:
    """Return a text without white space around it and what cannot be stored (single surrogates, NUL); empty when it is none."""
    if not isinstance(value, str):
        return ""
    kept = value[:limit].replace("\0", "")
    return (kept if kept.isascii() else kept.encode("utf-8", "replace").decode("utf-8")).strip()


def number(value: object, most: float) -> float | None:
    """Return a number (also one written as text) from 0 to `most`; None when it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if 0 <= found <= most else None


def score(value: object) -> float | None:
    """Return a CVSS score given as a number or a text; None when it is none from 0 to 10."""
    return number(value, 10)


def day(value: object) -> date | None:
    """Return the day of a date or time as written (its own time zone); None when there is none."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def cve_id(written: str) -> str:
    """Return a CVE identifier in capital letters; empty where the text is none."""
    found = written.strip().upper()
    return found if CVE.match(found) else ""


def flaws(values: list[str]) -> list[str]:
    """Return the CVE identifiers among texts, each once, in their order."""
    return list(dict.fromkeys(name for one in values if (name := cve_id(one))))
