"""A look says why it is not whole."""

from __future__ import annotations

from omamori.parse.windows.registry.part import columns, look


def test_a_look_has_a_reason_only_where_something_is_missing() -> None:
    assert look("shares", whole=True).reason is None
    assert look("shares", whole=True, unread=("guest", "guest")).missing == ("guest",)
    assert look("shares", whole=False).reason == "not_collected"
    assert look("shares", whole=False, refused=True).reason == "needs_administrator"
    assert "asset" not in columns("shares") and "path" in columns("shares")
