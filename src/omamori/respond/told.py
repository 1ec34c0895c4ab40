"""A line of a plan in words: what the screen shows and the file on paper holds."""

from __future__ import annotations

from dataclasses import dataclass

from omamori.model.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the plan; `level` 1 is a heading, 2 an item, 3 what belongs to it."""

    level: int
    text: Text
    warn: bool = False
