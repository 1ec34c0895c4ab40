"""The rights of Windows shares entry by entry, from a stored evidence: `share_access` leaves out what is denied, a plan must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from omamori.parse.windows.firewall_store import pieces_with
from omamori.parse.windows.forms.registry import shown_of
from omamori.parse.windows.registry.descriptor import Entry, read_descriptor
from omamori.parse.windows.registry.shares import SECURITY
from omamori.parse.windows.registry.tree import Tree


@dataclass(frozen=True, slots=True)
class StoredRights:
    """The entries of a share in order, the line of the evidence they stand in, and the bytes they were read from."""

    share: str
    entries: tuple[Entry, ...]
    line: int
    data: bytes = b""


def stored_rights(data: bytes) -> Iterator[StoredRights]:
    """Yield the rights that an evidence of the kind `windows.commands` shows in the registry. Never raises on bad bytes."""
    for value in Tree(shown_of(list(pieces_with(data, r"lanmanserver\shares")))).values(SECURITY):
        entries = read_descriptor(value.data) if isinstance(value.data, bytes) else None
        if entries is not None and isinstance(value.data, bytes):
            yield StoredRights(value.name, tuple(entries), value.line, value.data)
