"""What one stored output says besides its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from omamori.model.look import Look
from omamori.snapshot.evidence import Receipt, StoredItem
from omamori.snapshot.note import Note


@dataclass(frozen=True, slots=True)
class Reading:
    """What one item says besides its rows. `number` is its place in the receipt."""

    receipt: Receipt
    number: int
    seen: datetime
    looks: tuple[Look, ...]
    identifiers: tuple[str, ...]
    claims: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[Note, ...]
    speaker: str = ""
    said_on: date | None = None

    @property
    def item(self) -> StoredItem:
        """The stored item."""
        return self.receipt.items[self.number]


def origin_of(receipt: Receipt, item: StoredItem) -> str:
    """Return the machine or file an item came from, for people."""
    return receipt.visit.host or item.file_name or receipt.id[:8]
