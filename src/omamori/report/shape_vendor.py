"""The vendors of the report as data: frozen, without a language and without a format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class VendorSaid:
    """A vendor's decision about one kind of finding. `lacking`: a refusal without reason, day or name, which is no exception."""

    check: str
    answer: str
    subjects: tuple[str, ...]
    until: str
    reason: str
    instead: str
    ended: bool
    lacking: bool


@dataclass(frozen=True, slots=True)
class VendorList:
    """A vendor, whom to ask there, its machines and lines, and the findings on them; what it answered, and how much is open."""

    name: str
    contact: str
    phone: str
    subjects: tuple[str, ...]
    findings: tuple[int, ...]
    replied: bool = False
    answered_on: date | None = None
    open: int = 0
    said: tuple[VendorSaid, ...] = ()
