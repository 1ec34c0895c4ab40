"""The measures by name. A new one is a file in `measures/` with a `KIND` or `KINDS`, and one line here."""

from __future__ import annotations

from omamori.respond.harden.kind import Kind
from omamori.respond.harden.measures import windows_settings

KINDS: tuple[Kind, ...] = (*windows_settings.KINDS,)
"""In the order in which they are done: what stops nothing first."""
