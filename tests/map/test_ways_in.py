"""The shapes of ways in: how declared and found stand together, and the order paths are told in."""

from __future__ import annotations

import pytest
from map_hospitals import with_ways

from omamori.map.ways_in import WayIn


@pytest.mark.parametrize(
    ("declared", "observed", "state"),
    [(True, True, "both"), (True, None, "declared"), (True, False, "declared"), (False, True, "found"), (None, True, "untold")],
)
def test_declared_and_found_are_told_apart(declared: bool | None, observed: bool | None, state: str) -> None:
    assert WayIn("x", declared=declared, observed=observed).state == state


def test_what_is_left_comes_before_what_is_cut_and_certain_before_possible() -> None:
    ways = with_ways().ways
    assert [(path.asset, path.certain) for path in ways.of("Service VPN")] == [("ehr1", True), ("web1", False)]
    assert ways.of("nobody") == () and [change.change for change in ways.first] == ["entry:Service VPN"]
    told = ways.told("login:pc1")
    assert told is not None and told.en == "set a password" and ways.told("nothing") is None
