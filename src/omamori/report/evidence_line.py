"""One line of stored evidence, as every page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One line of stored evidence: where it came from and what it says."""

    reference: str
    kind: str
    origin: str
    command: str = ""
    line: int | None = None
    text: str = ""
    seen: datetime | None = None
