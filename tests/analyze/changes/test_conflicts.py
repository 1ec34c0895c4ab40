from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from omamori.analyze.addresses import networks_of
from omamori.analyze.changes.conflicts import read_conflicts
from omamori.analyze.changes.signs import Owners
from omamori.model.network import Interface, Neighbour
from omamori.snapshot.database import Database

DAY = datetime(2026, 5, 1)
ZONES = [(network, "EHR") for network in networks_of("10.1.0.0/24")]
OWNERS = Owners({}, {})


def found(rows: list[object], apart: timedelta = timedelta(), zones: list[tuple[object, str]] = ZONES) -> list[tuple[str, tuple[str, str]]]:  # type: ignore[assignment]
    with Database() as database:
        database.insert(rows)
        told = read_conflicts(database, zones, OWNERS, lambda _, asset: DAY + (apart if asset == "b" else timedelta()))  # type: ignore[arg-type]
    return [(one.address, one.names) for one in told]


OWN = [Interface(asset=name, name="eth0", address="10.1.0.5", evidence=f"{name}:1") for name in ("a", "b")]
TOLD = [
    Neighbour(asset="a", address="10.1.0.9", mac="00:1b:21:00:00:01", state="reachable", evidence="a:2"),
    Neighbour(asset="b", address="10.1.0.9", mac="00:1b:21:00:00:02", state="reachable", evidence="b:2"),
]


@pytest.mark.parametrize(
    ("rows", "names"), [(OWN, ("10.1.0.5", ("a", "b"))), (TOLD, ("10.1.0.9", ("00:1b:21:00:00:01", "00:1b:21:00:00:02")))]
)
def test_two_at_one_address_at_the_same_time(rows: list[object], names: object) -> None:
    assert found(rows) == [names]
    assert found(rows, timedelta(days=20)) == [], "an address that was handed on"
    assert found(rows, zones=[]) == [], "outside the declared networks the same network may exist twice"


def test_a_shared_router_address_and_a_containers_network_are_none() -> None:
    shared = [Neighbour(asset=name, address="10.1.0.1", mac=mac) for name, mac in (("a", "00:00:5e:00:01:01"), ("b", "00:1b:21:00:00:09"))]
    inside = [Interface(asset=name, name="docker0", address="10.1.0.77") for name in ("a", "b")]
    assert found([*shared, *inside]) == []
