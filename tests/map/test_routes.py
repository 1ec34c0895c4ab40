"""Ways through streets and gutters."""

from __future__ import annotations

import itertools

from omamori.map.routes import APART, Wish, lead

ROOMS = [[(20.0, 120.0)], [(20.0, 120.0), (150.0, 400.0)]]
GUTTERS = [[(0.0, 20.0), (120.0, 420.0)], [(0.0, 20.0), (120.0, 150.0), (400.0, 420.0)]]


def test_a_line_goes_straight_down_where_it_can() -> None:
    ways, tracks = lead([Wish("a", "a", 60.0, (0, 0)), Wish("b", "b", 200.0, (1, 1))], ROOMS, GUTTERS)
    assert ways[0].xs == (60.0, 60.0)
    assert ways[1].xs == (200.0, 200.0, 200.0)
    assert tracks == (0, 0), "no street needs a track"


def test_lines_that_run_side_by_side_have_tracks_of_their_own_and_keep_apart() -> None:
    wishes = [Wish(name, name, 300.0 + 20 * place, (0, 0)) for place, name in enumerate("abc")]
    ways, tracks = lead(wishes, ROOMS, GUTTERS)
    assert tracks == (3, 0)
    assert sorted(way.tracks[0] for way in ways) == [0, 1, 2]
    ends = sorted(way.xs[-1] for way in ways)
    assert all(far - near >= APART for near, far in itertools.pairwise(ends))


def test_lines_of_one_bus_share_their_way() -> None:
    wishes = [Wish("d>x", "d", 410.0, (0, 0)), Wish("d>y", "d", 410.0, (1, 0)), Wish("d>z", "d", 410.0, (1, 1))]
    ways, tracks = lead(wishes, ROOMS, GUTTERS)
    assert len({way.xs[1] for way in ways[1:]}) == 1, "one gutter"
    assert max(tracks) == 1


def test_between_rooms_a_line_begins_at_the_upper_room_and_is_turned_where_asked() -> None:
    (way,), _ = lead([Wish("t", "t", (1, 1), (0, 0))], ROOMS, GUTTERS)
    assert way.turned and way.first == 0 and not way.from_wall
