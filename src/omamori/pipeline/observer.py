"""Who is told how far the work is. The pipeline prints nothing: the command line or the web subscribes."""

from __future__ import annotations

from typing import Protocol

from omamori.model.text import Text


class Observer(Protocol):
    """Hears about steps; what it does with them is its own matter."""

    def step(self, text: Text) -> None:
        """A step begins."""

    def progress(self, done: int, total: int) -> None:
        """Of the present step `done` of `total` parts are finished."""

    def told(self, text: Text) -> None:
        """Something a person should know, which does not stop the work."""


class Silent:
    """An observer that does nothing: for tests and programs."""

    def step(self, text: Text) -> None:
        """Ignore."""

    def progress(self, done: int, total: int) -> None:
        """Ignore."""

    def told(self, text: Text) -> None:
        """Ignore."""
