"""What one module of a DHCP server's file gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from omamori.model.sightings import Lease


@dataclass(frozen=True, slots=True)
class LeaseFile:
    """What was read: the last word on each address, the lines nobody understood, and whether the file ends where a record ends."""

    rows: tuple[Lease, ...]
    unread: tuple[int, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class LeaseForm:
    """One server's file. `whole`: it holds all leases, not only what happened to some. `clean` takes out of a line what may not be stored."""

    name: str
    recognise: Callable[[str], bool]
    read: Callable[[str], LeaseFile]
    whole: bool = True
    clean: Callable[[str], str] | None = None


def last_word(rows: list[Lease]) -> tuple[Lease, ...]:
    """Return the last row of each address; such files are journals."""
    found: dict[str, Lease] = {}
    for row in rows:
        found.pop(row.address, None)
        found[row.address] = row
    return tuple(found.values())
