"""The hospital's own time, by which service windows are read."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.analyze.hospital_time import hospital_zone, on_the_wall
from omamori.model.host import Host
from omamori.snapshot.database import Database

NIGHT = datetime(2026, 1, 26, 20)


@pytest.mark.parametrize(
    ("named", "there"),
    [
        ((), datetime(2026, 1, 27, 5)),
        (("Asia/Tokyo", "Tokyo Standard Time", "UTC"), datetime(2026, 1, 27, 5)),
        (("Asia/Seoul", "Asia/Seoul", "Asia/Tokyo"), datetime(2026, 1, 27, 5)),
        (("UTC",), NIGHT),
        (("../../etc/passwd",), datetime(2026, 1, 27, 5)),
        (("Nowhere/At All",), datetime(2026, 1, 27, 5)),
    ],
)
def test_the_zone_most_machines_name_counts(named, there):
    with Database() as database:
        database.insert([Host(asset=f"pc{number}", timezone=zone) for number, zone in enumerate(named)])
        zone = hospital_zone(database)
    assert on_the_wall(NIGHT, zone) == there
