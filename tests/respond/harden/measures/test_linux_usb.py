"""USB storage: switched off where none was used; where it was, people decide."""

from __future__ import annotations

from tests.respond.harden.linux_small import found, proposed
from tests.respond.harden.small_traffic import row

from omamori.respond.harden.measures.linux_usb import KIND

OPEN = found("protection.usb_storage_open")


def test_storage_is_switched_off_where_none_was_used() -> None:
    (one,), _ = proposed(KIND, [OPEN])
    assert one.changes[0].text.startswith("install usb-storage /bin/false")
    (by_hand,), _ = proposed(KIND, [OPEN, row("usb_history", asset="ehr", device="stick")])
    assert by_hand.changes == () and "1" in by_hand.stops.en
