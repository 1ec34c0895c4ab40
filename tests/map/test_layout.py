"""Places: nothing stands on anything else, no line runs through a room or words, and a machine more moves only its own room."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from map_hospitals import hospitals, machine, rolled, small

from omamori.map.hospital import Hospital
from omamori.map.layout import Layout
from omamori.map.picture import lay_out
from omamori.map.plan import NO_ZONE, size_class
from omamori.map.rooms import Rect
from omamori.map.sheet import A3, A4, SCREENS

SOON = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
SHEETS = (A3, A4, SCREENS[0])


def overlap(one: Rect, two: Rect) -> bool:
    hair = 0.05
    return one.x < two.right - hair and two.x < one.right - hair and one.y < two.bottom - hair and two.y < one.bottom - hair


def crosses(box: Rect, a: tuple[float, float], b: tuple[float, float]) -> bool:
    """True when the upright or level stretch a-b has a point inside the box."""
    stretch = Rect(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))
    within = 0.02
    return (
        stretch.x < box.right - within
        and stretch.right > box.x + within
        and stretch.y < box.bottom - within
        and stretch.bottom > box.y + within
    )


def boxes(layout: Layout) -> list[Rect]:
    return [room.box for room in layout.rooms] + [gate.door for gate in layout.gates] + [gate.card for gate in layout.gates]


@SOON
@given(hospitals(), st.sampled_from(SHEETS))
def test_nothing_stands_on_anything_else(hospital: Hospital, sheet) -> None:
    layout = lay_out(hospital, sheet)
    assert not [pair for pair in combinations(boxes(layout), 2) if overlap(*pair)]
    for room in layout.rooms:
        inner = [cell.box for cell in room.cells] + [group.box for group in room.groups]
        assert not [pair for pair in combinations(inner, 2) if overlap(*pair)]
        for box in inner:
            assert room.box.x <= box.x and box.right <= room.box.right + 0.01, "a machine stands in its room"
            assert room.box.y + layout.room_head - 0.01 <= box.y and box.bottom <= room.box.bottom + 0.01, "and below its head"
        for group in room.groups:
            if group.across:
                assert (
                    group.box.x <= group.dots.x
                    and group.dots.right <= group.box.right + 0.01
                    and group.dots.bottom <= group.box.bottom + 0.01
                )


@SOON
@given(hospitals(), st.sampled_from(SHEETS))
def test_no_line_runs_through_a_room_a_door_or_a_card(hospital: Hospital, sheet) -> None:
    layout = lay_out(hospital, sheet, ("lines", "joins", "talks"))
    ways = [way for gate in layout.gates for way in gate.ways] + [way.points for way in layout.ways]
    for way in ways:
        for a, b in pairwise(way):
            assert abs(a[0] - b[0]) < 0.01 or abs(a[1] - b[1]) < 0.01, "lines are upright or level"
            assert not [box for box in boxes(layout) if crosses(box, a, b)]
            assert min(a[0], b[0]) > sheet.margin + sheet.rail - 0.01, "the names of the tiers stay free"


@SOON
@given(hospitals(), st.sampled_from(SHEETS))
def test_every_machine_has_one_place(hospital: Hospital, sheet) -> None:
    layout = lay_out(hospital, sheet)
    placed = [cell.machine.name for room in layout.rooms for cell in room.cells]
    placed += [one.name for room in layout.rooms for group in room.groups for one in group.machines]
    at_wall = {line.machine for line in hospital.lines if line.machine}
    assert sorted(placed) == sorted(one.name for one in hospital.everything if one.name not in at_wall)


@pytest.mark.parametrize("sheet", SHEETS)
@SOON
@given(hospitals(most_machines=60), st.data())
def test_a_machine_more_moves_nothing_but_its_own_room(sheet, hospital: Hospital, data: st.DataObject) -> None:
    """Where neither the size class nor the height of its room changes: the same places everywhere else, to the hundredth."""
    zone = data.draw(st.sampled_from([*(zone.name for zone in hospital.zones), ""]))
    key = zone or NO_ZONE
    more = replace(hospital, machines=(*hospital.machines, machine("new", zone, data.draw(st.sampled_from(("server", "client"))))))
    before, after = lay_out(hospital, sheet), lay_out(more, sheet)
    held = {room.room.key: room for room in before.rooms}
    grown = {room.room.key: room for room in after.rooms}
    if key not in held or size_class(len(held[key].room.machines)) != size_class(len(grown[key].room.machines)):
        return
    if before.style != after.style or held[key].box != grown[key].box:
        return
    for name, room in held.items():
        assert grown[name].box == room.box
        if name != key:
            assert (grown[name].cells, grown[name].groups) == (room.cells, room.groups)
    assert [gate.ways for gate in before.gates] == [gate.ways for gate in after.gates]


def test_how_seldom_a_machine_more_moves_another_room() -> None:
    """Counted: of 120 machines that come to six hospitals few move another room, and none moves one far."""
    moved, far = 0, 0.0
    for seed in range(6):
        hospital = rolled(seed, 4 + seed, 40 + 50 * seed, 2 * seed)
        before = {room.room.key: room.box for room in lay_out(hospital, A3).rooms}
        for number in range(20):
            like = hospital.machines[(number * 7) % len(hospital.machines)]
            after = lay_out(replace(hospital, machines=(*hospital.machines, replace(like, name=f"new{number}"))), A3)
            shifts = [
                max(abs(room.box.x - before[room.room.key].x), abs(room.box.y - before[room.room.key].y))
                for room in after.rooms
                if room.room.key in before
            ]
            moved += max(shifts) > 0.01
            far = max(far, *shifts)
    assert moved <= 18, f"{moved} of 120 moved another room"
    assert far <= 60, f"one moved by {far} points"


def test_a_kind_keeps_its_row_order_worst_first() -> None:
    more = tuple(machine(f"s{number}", worst=worst) for number, worst in enumerate(("low", "", "critical", "high")))
    layout = lay_out(small(machines=more), A3)
    room = next(room for room in layout.rooms if room.room.key == "LAN")
    assert [cell.machine.name for cell in room.cells if cell.machine.kind == "server"] == ["s2", "s3", "s0", "s1"]


def test_all_fits_the_sheet() -> None:
    for sheet in (A3, A4):
        layout = lay_out(small(), sheet)
        assert not layout.overfull
        assert max(box.bottom for box in boxes(layout)) < layout.legend.y <= sheet.height - sheet.margin
        assert layout.legend.bottom <= sheet.height


def test_an_empty_hospital_is_drawn() -> None:
    layout = lay_out(Hospital(), A3)
    assert layout.rooms == () and layout.gates == ()
