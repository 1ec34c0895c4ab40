"""The inside of a room."""

from __future__ import annotations

import pytest
from map_hospitals import machine

from omamori.map.hospital import Zone
from omamori.map.plan import Room, size_class
from omamori.map.rooms import inside, named
from omamori.map.sheet import STYLES


def room(*machines) -> Room:
    return Room("LAN", "lan", Zone("LAN", "ehr"), tuple(machines), size_class(len(machines)))


@pytest.mark.parametrize("style", STYLES)
def test_it_holds_everything_within_its_width(style) -> None:
    held = inside(room(*(machine(f"m{number}", kind=("client", "server")[number % 2]) for number in range(90))), 300, 24, style)
    boxes = [cell.box for cell in held.cells] + [group.box for group in held.groups]
    assert max(box.right for box in boxes) <= 300 and max(box.bottom for box in boxes) <= held.height
    assert len(held.cells) + sum(len(group.machines) for group in held.groups) == 90


def test_tighter_styles_are_lower() -> None:
    crowd = room(*(machine(f"m{number}", kind="client") for number in range(200)))
    heights = [inside(crowd, 400, 24, style).height for style in STYLES]
    assert heights[0] > heights[-1] and heights[-1] == min(heights)


def test_one_machine_alone_is_never_a_group() -> None:
    three = [machine(name) for name in "abc"]
    assert list(named(three, 2)) == three
    assert list(named(three, 1)) == three[:1]
    assert list(named(three[:1], 0)) == three[:1]


def test_an_empty_room_has_a_head_only() -> None:
    assert inside(room(), 300, 24, STYLES[0]).height < 40
