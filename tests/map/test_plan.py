"""What is shown: rooms in their tiers, doors and who uses them."""

from __future__ import annotations

from map_hospitals import judged, machine, small

from omamori.map.hospital import Line, Zone
from omamori.map.plan import NO_ZONE, make_plan, size_class


def test_rooms_stand_in_tiers_from_the_outside_in() -> None:
    plan = make_plan(small())
    assert [[room.key for room in row] for row in plan.rows] == [["DMZ"], ["LAN"], ["Monitors", NO_ZONE]]
    assert [room.tier for room in plan.rooms] == ["dmz", "lan", "device", "unknown"]


def test_machines_without_a_zone_and_in_undeclared_zones_stand_in_one_room() -> None:
    plan = make_plan(small(machines=(machine("a", ""), machine("b", "a zone nobody drew")), strangers=()))
    room = next(room for room in plan.rooms if room.key == NO_ZONE)
    assert [one.name for one in room.machines] == ["a", "b"]


def test_the_machine_a_line_ends_on_stands_in_the_wall() -> None:
    lines = (Line("VPN", "ssl-vpn", "Vendor A", lands_in="LAN", machine="ehr1"),)
    plan = make_plan(small(lines=lines))
    assert "ehr1" not in [one.name for room in plan.rooms for one in room.machines]
    assert next(entry.device for entry in plan.entries if entry.declared).name == "ehr1"


def test_what_nobody_declared_is_one_door_to_all_rooms_it_leads_to() -> None:
    plan = make_plan(small())
    party = plan.parties[-1]
    assert not party.declared
    assert [entry.rooms for entry in party.entries] == [("LAN",)]
    assert all(one.declared for one in plan.parties[:-1])


def test_of_too_many_doors_those_with_least_found_are_folded() -> None:
    lines = tuple(
        Line(f"line{number:02}", vendor=f"v{number}", lands_in="LAN", judged=judged("critical" if number == 17 else ""))
        for number in range(18)
    )
    plan = make_plan(small(lines=lines), most_entries=8)
    assert len(plan.entries) == 8
    folded = next(entry for entry in plan.entries if len(entry.lines) > 1)
    assert "line17" not in [line.name for line in folded.lines]
    assert sorted(line.name for entry in plan.entries for line in entry.lines) == [line.name for line in lines]


def test_a_line_that_lands_nowhere_known_is_still_a_door() -> None:
    plan = make_plan(small(lines=(Line("LTE", "lte", "Vendor B", lands_in="?"),), doors=()))
    assert [entry.rooms for entry in plan.entries] == [()]


def test_an_outside_zone_is_no_room() -> None:
    plan = make_plan(small(zones=(Zone("Partner", "external"), Zone("LAN", "ehr"))))
    assert "Partner" not in [room.key for room in plan.rooms]


def test_size_classes_have_edges() -> None:
    assert [size_class(count) for count in (0, 3, 4, 8, 9, 600, 601)] == [0, 0, 1, 1, 2, 5, 6]


def test_strangers_are_not_counted_as_machines() -> None:
    room = next(room for room in make_plan(small()).rooms if room.key == "LAN")
    assert (len(room.machines), room.known) == (5, 4)
