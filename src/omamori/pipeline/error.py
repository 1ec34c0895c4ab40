"""An error a user can act on, in both languages."""

from __future__ import annotations

from omamori.model.text import Text


class UserError(Exception):
    """Something the user has to change: one line that says what to do."""

    def __init__(self, ja: str, en: str) -> None:
        """Keep the line in both languages."""
        super().__init__(en)
        self.text = Text(ja, en)
