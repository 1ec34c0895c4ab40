"""USB storage: switched off where none was used; where it was, people decide."""

from __future__ import annotations

from typing import Any

import pytest
from tests.respond.harden.linux_small import found, proposed
from tests.respond.harden.small_traffic import row

from omamori.respond.harden.measures.linux_usb import KIND

OPEN = found("protection.usb_storage_open")


def test_storage_is_switched_off_where_none_was_used() -> None:
    (one,), _ = proposed(KIND, [OPEN])
    assert one.changes[0].text.startswith("install usb-storage /bin/false")
    (by_hand,), _ = proposed(KIND, [OPEN, row("usb_history", asset="ehr", device="stick")])
    assert by_hand.changes == () and "1" in by_hand.stops.en


@pytest.mark.parametrize(
    "entry",
    [
        row("declared_backups", asset="ehr", job="night", medium="disk", evidence="sheet:1"),
        row("declared_backups", asset="pc", job="night", target="USB disk on EHR", evidence="sheet:1"),
        row("backup_media", medium="RDX-1", kind="rdx", asset="ehr", evidence="sheet:1"),
    ],
)
def test_a_machine_whose_backups_go_to_such_a_disk_is_left(entry: Any) -> None:
    measures, (left,) = proposed(KIND, [OPEN, entry])
    assert measures == [] and "USB disks or RDX" in left.why.en


def test_other_media_are_no_reason() -> None:
    (one,), left = proposed(
        KIND, [OPEN, row("declared_backups", asset="ehr", job="night", medium="tape", target="library in the server room")]
    )
    assert one.changes and not left
