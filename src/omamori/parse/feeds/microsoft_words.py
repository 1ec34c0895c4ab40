"""What Microsoft's feeds have in common: numbers of updates, days, the name the facts carry."""

from __future__ import annotations

import re
from datetime import date

from omamori.model.text import Text

FEED = "microsoft"
"""Name that every fact of Microsoft's carries."""
TITLE = Text("Microsoftの更新と脆弱性の情報", "Microsoft's updates and flaws")
PAGE = "https://msrc.microsoft.com/update-guide"
BEST_BEFORE = 40
"""Updates appear on the second Tuesday of a month: older than this, one is missing."""

_KB = re.compile(r"^\s*(?:KB\s*)?(\d{5,8})\s*$", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<![\w.-])(?:KB)?(\d{5,8})(?![\w.-])", re.IGNORECASE)
_BUILD = re.compile(r"^\s*(\d{1,2}\.\d{1,2}\.\d{3,5}\.\d{1,6})\s*$")
_FLAW = re.compile(r"^(?:CVE-\d{4}-\d{4,19}|ADV\d{6,8}|MS\d\d-\d{3})$", re.IGNORECASE)
_LONGEST = 4_000
MOST_REPLACED = 200
"""Updates that one row may name as replaced; the longest list of Microsoft's has 23."""


def update_number(text: str | None) -> str | None:
    """Return the number of an update (`KB5034441`, `5034441`), without KB; None for any other word, such as `Release Notes`."""
    found = _KB.match((text or "")[:40])
    return found[1] if found else None


def replaced_numbers(text: str | None) -> tuple[str, ...]:
    """Return every number in a list of updates, however it is separated (`5034122;5033372`, `MS17-005[4010250]`, `KB1, KB2`)."""
    return tuple(dict.fromkeys(_NUMBERS.findall((text or "")[:_LONGEST])))[:MOST_REPLACED]


def build_of(text: str | None) -> str | None:
    """Return a build of Windows (`10.0.19045.3930`); None for versions of other products (`17.9.3`, `118.0.2088.46`)."""
    found = _BUILD.match((text or "")[:40])
    return found[1] if found and found[1].split(".")[0] in ("5", "6", "10") else None


def flaw_name(text: str | None) -> str | None:
    """Return the name of a flaw (CVE, Microsoft's own ADV, a bulletin); None for anything else, such as a service pack."""
    word = (text or "").strip()
    return word.upper() if _FLAW.match(word) else None


def day_of(text: str | None) -> date | None:
    """Return the day a text begins with: `2024-03-12T07:00:00` or `20240312`; None when it is none."""
    word = (text or "").strip()[:10]
    try:
        return date.fromisoformat(word if "-" in word else word[:8])
    except ValueError:
        return None
