"""The words below the picture: steps with evidence and what takes them away, and entries that lead to the same told together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from map_hospitals import with_ways

from omamori.map.ways_in import Path, Stride, WaysIn
from omamori.map.ways_told import ALL, change_line, chosen_ways, told
from omamori.model.text import Text

WAYS = with_ways().ways
LINES = {"aa:1": "fw  show run  crypto map"}


def words(wanted: str, language: str = "en", ways: WaysIn = WAYS) -> list[str]:
    return [line.words for line in told(ways, wanted, language, LINES)]  # type: ignore[arg-type]


def test_an_entry_is_found_by_its_name_its_line_or_its_device() -> None:
    assert [way.name for way in chosen_ways(WAYS, "Service VPN")] == ["Service VPN"]
    assert {way.name for way in chosen_ways(WAYS, "fw")} == {"Service VPN", "fw tunnel", "fw wan1"}
    assert chosen_ways(WAYS, ALL) == WAYS.entries and chosen_ways(WAYS, "nothing") == ()


def test_the_steps_of_one_entry_stand_in_order_with_evidence_and_change() -> None:
    found = words("Service VPN")
    places = [
        next(place for place, line in enumerate(found) if line.startswith(start))
        for start in (
            "From Service VPN (line from outside, Vendor A, in the ledger, and seen)",
            "→ ehr1 (EHR), steps: 4",
            "1 comes in",
            "evidence: fw  show run  crypto map",
            "taken away by: unplug the line",
            "4 to the records",
            "evidence: cc:3",
            "→ web1",
            "The cheapest changes that cut the ways from here",
            "- unplug the line (low cost, Vendor A)",
        )
    ]
    assert places == sorted(places)
    assert any("not certain" in line for line in found), "a step nobody showed is told as such"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_entries_that_lead_to_the_same_machines_are_told_together(language: str) -> None:
    step = (Stride("x", "ehr1", Text("歩", "step")),)
    ways = replace(WAYS, paths=tuple(Path(way.name, "ehr1", "ehr", True, step) for way in WAYS.entries if way.name != "fw wan1"))
    found = words(ALL, language, ways)
    assert sum("→ ehr1" in line for line in found) == 1
    none = "見た範囲では経路が見つかっていません" if language == "ja" else "no way was found where it was looked"
    assert found.count(none) == 1
    assert all(any(way.name in line for line in found) for way in WAYS.entries), "every entry is named"


def test_steps_shared_with_the_way_before_are_told_once() -> None:
    shared = (Stride("e", "LAN", Text("入る", "comes in")), Stride("LAN", "pc1", Text("端末", "the PC")))
    paths = tuple(
        Path("Service VPN", name, "ehr", True, (*shared, Stride("pc1", name, Text("先", f"on to {name}")))) for name in ("a", "b")
    )
    found = words("Service VPN", ways=replace(WAYS, paths=paths))
    assert found.count("1 comes in") == 1 and "1-2 as above" in found and "3 on to b" in found


def test_that_nothing_known_cuts_a_way_is_told() -> None:
    found = words("Service VPN")
    told_so = [line for line in found if line.startswith("no change known here cuts it")]
    assert len(told_so) == 1 and found.index(told_so[0]) > found.index("→ web1 (machine care depends on), steps: 1, not certain")


def test_a_supposed_change_is_told_first_with_what_it_leaves() -> None:
    ways = replace(WAYS, supposed=(Text("切る", "unplug"),))
    assert words(ALL, ways=ways)[0] == "With unplug: 1 paths are cut, 3 are left"
    assert words("fw tunnel")[1] == "→ lost (backup), steps: 2: cut"


def test_that_nobody_looked_is_no_absence() -> None:
    assert "That does not mean" in words(ALL, ways=WaysIn())[0]


def test_a_change_names_its_cost_and_whom_to_ask() -> None:
    assert [change_line(change, "en") for change in WAYS.changes] == [
        "unplug the line (low cost, Vendor A)",
        "set a password (no cost, the hospital)",
    ]
