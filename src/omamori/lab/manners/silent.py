"""Says nothing to anybody: a fragile device, or a printer's raw port."""

from __future__ import annotations

from datetime import datetime

from omamori.gate.listener import Answer


def answer(received: bytes, moment: datetime) -> Answer:
    """Take everything in and say nothing."""
    return Answer(used=len(received))
