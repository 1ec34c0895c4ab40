from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.proof.place import SMALL, as_listed, position, turn_of, word


@given(st.text())
def test_a_place_is_inside_the_round_and_always_the_same(path: str) -> None:
    clean = path.encode("utf-8", "replace").decode()
    assert 0 <= position(clean) < 1
    assert position(clean) == position(clean)
    assert 0 <= word(clean) < 2**64


def test_small_files_go_with_their_folder_and_large_ones_alone() -> None:
    assert turn_of("/a/b/1", 10) == turn_of("/a/b/2", 20)
    assert turn_of("/a/b/1", 10) != turn_of("/a/c/1", 10)
    assert turn_of("/a/b/1", SMALL) != turn_of("/a/b/2", SMALL)


def test_places_are_spread_evenly() -> None:
    places = [position(f"/srv/{number}") for number in range(10_000)]
    for begin in range(10):
        assert 850 < sum(begin / 10 <= one < (begin + 1) / 10 for one in places) < 1150


def test_a_name_that_is_no_utf8_is_found_as_it_is_listed() -> None:
    assert as_listed("/a/\udc83K\udc94.txt") == "/a/\ufffdK\ufffd.txt"
    assert as_listed("/a/カルテ.txt") == "/a/カルテ.txt"
    assert word("/a/\udc83") != word("/a/\udc84")
