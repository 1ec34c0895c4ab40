"""Which cell styles of a workbook show a number as a date, and what a date's number means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from omamori.parse.ledger.markup import walk

_BUILT_IN = frozenset([*range(14, 18), 22, *range(27, 37), *range(50, 59)])
"""Numbers of Excel's own date formats; 27-36 and 50-58 are the Japanese ones. 18-21 and 45-47 show only time."""
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATE_CODE = re.compile(r"[ydeg年月日]", re.IGNORECASE)
_FIRST, _LAST = 1, 2_958_465
"""Serial numbers of 1900-01-01 and 9999-12-31."""


def date_styles(data: bytes) -> frozenset[int]:
    """Return the indexes of cell styles that show dates. In: `xl/styles.xml`. Raises MarkupError."""
    codes: dict[int, str] = {}
    found: set[int] = set()
    position = {"inside": False, "index": 0}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            position["inside"] = True
        elif name == "xf" and position["inside"]:
            number = _number(attributes.get("numFmtId"))
            if number in _BUILT_IN or _shows_date(codes.get(number, "")):
                found.add(int(position["index"]))
            position["index"] += 1

    def end(name: str) -> None:
        if name == "cellXfs":
            position["inside"] = False

    walk(data, start, end, lambda _: None)
    return frozenset(found)


def _shows_date(code: str) -> bool:
    return code != "General" and bool(_DATE_CODE.search(_NOT_CODE.sub("", code)))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else -1


def date_of_serial(serial: float, *, since_1904: bool) -> date | None:
    """Return the day an Excel serial number means; None outside Excel's calendar."""
    if not _FIRST <= serial <= _LAST:
        return None
    if since_1904:
        return _plus(date(1904, 1, 1), serial)
    # Excel believes in 1900-02-29, so days after it count from one day earlier.
    return _plus(date(1899, 12, 30) if serial >= 60 else date(1899, 12, 31), serial)


def _plus(first: date, days: float) -> date | None:
    try:
        return first + timedelta(days=int(days))
    except OverflowError:
        return None
