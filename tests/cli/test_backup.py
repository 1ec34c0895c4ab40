"""`omamori backup`: the group."""

from __future__ import annotations

from omamori.cli.backup import app


def test_the_group_stays_a_group() -> None:
    assert app.registered_callback is not None
