"""What one module makes of the registry: rows and looks, and the small words they share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from omamori.model.look import Look
from omamori.model.schema import ROW_COLUMNS
from omamori.model.tables import TABLES


@dataclass(slots=True)
class Part:
    """Rows and looks of some tables; identifiers of the machine where the registry tells them."""

    rows: list[Any] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)


def columns(table: str) -> list[str]:
    """Return the columns of a table that a parser fills."""
    return [column.name for column in TABLES[table].columns if column.name not in ROW_COLUMNS]


def look(table: str, *, whole: bool, unread: Iterable[str] = (), refused: bool = False, needs: str | None = None) -> Look:
    """Return the look of a table. What was not read was not asked for, or was refused."""
    missing = tuple(dict.fromkeys(unread))
    reason = ("needs_administrator" if refused else "not_collected") if missing or not whole else None
    return Look(table, complete=whole, missing=missing, reason=reason, needs=None if whole else needs)
