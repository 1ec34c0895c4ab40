"""What went wrong at the gate, in words for the user."""

from __future__ import annotations

from omamori.model.text import Text


class GateError(Exception):
    """Something outside could not be reached or started: one line that says what to do, in both languages."""

    def __init__(self, ja: str, en: str) -> None:
        """Keep the line in both languages."""
        super().__init__(en)
        self.text = Text(ja, en)
