"""To come."""

from __future__ import annotations

from collections.abc import Sequence

from omamori.respond.bastion.parts import Edit, Facts


def write(edits: Sequence[Edit], facts: Facts) -> tuple[str, str] | None:
    """None."""
    return None
