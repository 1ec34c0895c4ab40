"""Names of programs: the table that tells by which CPE names publishers of flaws speak of them, and how its rows are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from omamori.knowledge.facts import PackError, Rows

VERSIONS = ("column", "three", "name", "name-java", "java", "adobe", "anydesk", "git", "zoom", "openvpn")
"""Where a program's version is taken from, and how it is written anew (three: without the build behind its third number)."""
DOUBTS = ("", "edition", "engine", "series")
"""Why a range of versions alone decides nothing of this program."""


@dataclass(frozen=True, slots=True)
class ApplicationName:
    """One row: programs whose whole name fits `name` and whose publisher holds `publisher` are the CPE products of `cpe`.

    `cpe` holds (vendor, product) pairs. `editions` are the words a CPE may narrow it to; `!word` says it is not that one.
    """

    product: str
    label: str
    cpe: tuple[tuple[str, str], ...]
    name: re.Pattern[str]
    publisher: re.Pattern[str] | None
    version: str
    editions: tuple[str, ...]
    doubt: str
    source: str


def read_application_names(file: str, rows: Rows) -> tuple[ApplicationName, ...]:
    """Read application_names.csv; PackError names the line and what was expected."""
    return tuple(_row(file, line, row) for line, row in rows)


def _row(file: str, line: int, row: Mapping[str, str]) -> ApplicationName:
    for column in ("product", "label", "cpe", "name", "source"):
        if not (row.get(column) or "").strip():
            raise PackError(f"{file}: line {line}: {column} is empty: every row needs one")
    for column, known in (("version", VERSIONS), ("doubt", DOUBTS)):
        if (row.get(column) or "") not in known:
            raise PackError(f"{file}: line {line}: {column} is {row.get(column)!r}: expected one of {', '.join(known)}")
    return ApplicationName(
        product=row["product"],
        label=row["label"],
        cpe=cpe_names(file, line, row["cpe"]),
        name=_pattern(file, line, "name", row["name"]),
        publisher=_pattern(file, line, "publisher", row["publisher"]) if row.get("publisher") else None,
        version=row["version"],
        editions=tuple(word for word in (row.get("editions") or "").split("|") if word),
        doubt=row.get("doubt") or "",
        source=row["source"],
    )


def cpe_names(file: str, line: int, text: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of `vendor:product|vendor:product`; PackError when one is not such a pair."""
    found = []
    for word in filter(None, (part.strip() for part in text.split("|"))):
        vendor, _, product = word.partition(":")
        if not vendor or not product or ":" in product:
            raise PackError(f"{file}: line {line}: cpe {word!r}: expected vendor:product")
        found.append((vendor, product))
    return tuple(found)


def _pattern(file: str, line: int, column: str, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise PackError(f"{file}: line {line}: {column}: {error}") from error
