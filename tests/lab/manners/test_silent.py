from __future__ import annotations

from datetime import datetime

from omamori.gate.listener import Answer
from omamori.lab.manners.silent import answer


def test_everything_is_taken_and_nothing_said() -> None:
    assert answer(b"anything", datetime(2026, 1, 1)) == Answer(used=8)
    assert answer(b"", datetime(2026, 1, 1)) == Answer()
