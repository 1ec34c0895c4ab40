"""What forms over lists of objects share: whose list it is, whether it was narrowed, and what the values mean."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from types import MappingProxyType

from omamori.model.look import Look, Parsed, Problem
from omamori.parse.windows.columns import spans
from omamori.parse.windows.form import Line, Piece
from omamori.parse.windows.records import Record, Records
from omamori.parse.windows.values import address, moment

MACHINE = ("CSName", "PSComputerName", "__SERVER", "Node", "MachineName", "SystemName")
"""Properties that name the machine an object belongs to."""

_NARROWED = re.compile(
    r"\b(?:where(?:-object)?|findstr|find|select-string|sls|skip|head|more\s+\+\d)\b|\|\s*\?|\s-(?:first|last|skip|id|filter|name|featurename)\b",
    re.IGNORECASE,
)
_PRODUCT = re.compile(r"Windows\S{0,3}\s+(?:Server\S{0,3}\s+(\d{4}(?:\s+R2)?)|(XP|Vista|\d{1,2}(?:\.\d)?))", re.IGNORECASE)
_VIRTUAL = (
    ("vmware", "vmware"),
    ("virtualbox", "oracle"),
    ("kvm", "kvm"),
    ("qemu", "kvm"),
    ("xen", "xen"),
    ("virtual machine", "microsoft"),
)
_MONTHS: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, name in enumerate(
            (
                "january",
                "february",
                "march",
                "april",
                "may",
                "june",
                "july",
                "august",
                "september",
                "october",
                "november",
                "december",
            ),
            1,
        )
    }
)
_LONG = re.compile(r"[A-Za-z]{6,9}, ([A-Za-z]{3,9}) (\d{1,2}), (\d{4}) (\d{1,2}:\d{2}:\d{2} [AP]M)$")
_BARE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 0?0:00(?::00)?)?$")
_FILETIME = re.compile(r"[0-9a-fA-F]{16}$")
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def narrowed(command: str) -> bool:
    """Whether the typed command asked for some objects only (`where`, `findstr`, `-First`)."""
    return _NARROWED.search(command) is not None


def machines(rows: Iterable[Record], *more: str) -> tuple[str, ...]:
    """Identifiers of the machines that objects name themselves, each once; `more` are further properties that do."""
    found: dict[str, None] = {}
    for row in rows:
        value = (row.get(*MACHINE, *more) or "").strip("\\ ")
        ip = address(value)
        name = value.split(".")[0].lower()
        if ip and ip not in ("127.0.0.1", "::1"):
            found[f"ip:{ip}"] = None
        elif ip is None and name and name != "localhost" and re.fullmatch(r"[\w-]{1,63}", name):
            found[f"name:{name}"] = None
    return tuple(found)


def not_read(piece: Piece, tables: Sequence[str], expected: str, expected_ja: str) -> Parsed:
    """Return the answer to an output of which nothing could be read."""
    line = piece.lines[0].number if piece.lines else 0
    return Parsed(
        looks=tuple(Look(table, complete=False, reason="not_understood") for table in tables),
        problems=(Problem(line, expected, expected_ja),),
    )


def unless_cut(found: Parsed, piece: Piece) -> Parsed:
    """What an output says that is read together with others: as no whole list where it was cut, or filtered behind a `|`."""
    if not piece.cut and "|" not in piece.command:
        return found
    reason = "not_understood" if piece.cut else "not_collected"
    return dataclasses.replace(found, looks=tuple(dataclasses.replace(look, complete=False, reason=reason) for look in found.looks))


def one_machine(names: Sequence[str]) -> bool:
    """Whether objects are of one machine at most."""
    return len(names) < 2


def fits(lines: Sequence[Line], records: Records) -> bool:
    """Whether a table of wmic has its longest values: every column is two blanks wider than the longest one.

    Where a column is wider than all that is there, lines are gone.
    """
    if records.style != "wmic-table" or not lines:
        return True
    heading = lines[0].text
    marks = spans(heading)
    for (start, end), (after, _) in pairwise(marks):
        longest = max((len(line.text[start:after].rstrip()) for line in lines[1 : records.length]), default=0)
        if max(longest, end - start) + 2 < after - start and all(line.text.isascii() for line in lines[: records.length]):
            return False
    return True


def when(row: Record, name: str, offset: int | None = None) -> datetime | None:
    """Return a moment in the machine's local time. JSON has it in UTC: then its text counts, else `offset` in minutes."""
    text = row.get(f"{name}.DateTime")
    found = local(text) if text else None
    value = row.get(name)
    if found is not None or value is None:
        return found
    found = local(value)
    if found is None or not value.endswith("Z"):
        return found
    return found + timedelta(minutes=offset) if offset is not None and abs(offset) <= 900 else None


def local(text: str) -> datetime | None:
    """Return a moment as Windows prints it, also in the long form of English (`Monday, January 15, 2024 7:05:09 AM`)."""
    long = _LONG.match(text)
    if long:
        month = _MONTHS.get(long[1].lower())
        return moment(f"{month}/{long[2]}/{long[3]} {long[4]}") if month else None
    return moment(text)


def days(texts: Sequence[str | None], *, month_first: bool = False) -> list[date | None]:
    """Return the days of one list. All its dates are written alike, so one that is certain (1/15/2024) tells of the others.

    `month_first`: what holds when none tells.
    """
    bare = [found for text in texts if text and (found := _BARE.match(text.strip()))]
    month = any(int(found[2]) > 12 for found in bare)
    day = any(int(found[1]) > 12 for found in bare)
    order = None if month and day else "month" if month or (month_first and not day) else "day" if day else None
    return [_day(text.strip(), order) if text else None for text in texts]


def _day(text: str, order: str | None) -> date | None:
    bare = _BARE.match(text)
    try:
        if bare and order:
            month, day = (int(bare[1]), int(bare[2])) if order == "month" else (int(bare[2]), int(bare[1]))
            return date(int(bare[3]), month, day)
        if _FILETIME.match(text):
            return (_EPOCH + timedelta(microseconds=int(text, 16) // 10)).date()
        if re.fullmatch(r"\d{8}", text, re.ASCII):
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        found = local(text)
        # JSON has midnight here in UTC: half a day later it is the day that was meant, east and west.
        if found is not None and text.endswith("Z"):
            found += timedelta(hours=12)
    except (ValueError, OverflowError):
        return None
    return found.date() if found else None


def product(name: str) -> str | None:
    """Return the version as published (10, 2019, 2012 R2) out of a Windows' full name."""
    found = _PRODUCT.search(name)
    return re.sub(r"\s+", " ", found[1] or found[2]) if found else None


def hypervisor(model: str | None) -> str | None:
    """Return the hypervisor that a hardware model names, None where it names none."""
    return next((value for word, value in _VIRTUAL if word in (model or "").lower()), None)
