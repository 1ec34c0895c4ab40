"""What went wrong while a pack was made or taken in, in words for the user."""

from __future__ import annotations

from omamori.model.text import Text


class FeedsError(Exception):
    """A pack cannot be made or taken: one line that says what to do, in both languages."""

    def __init__(self, ja: str, en: str) -> None:
        """Keep the line in both languages."""
        super().__init__(en)
        self.text = Text(ja, en)
