"""Sets of addresses: read, put together, taken apart, written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.device.extent import ANY, LAST, ZERO, merged, network, networks, prefix_of, wildcard, without, written

NUMBERS = st.integers(0, LAST)
RANGES = st.lists(st.tuples(NUMBERS, NUMBERS).map(lambda pair: (min(pair), max(pair))), max_size=8)


@pytest.mark.parametrize(
    ("text", "mask", "found"),
    [
        ("10.0.0.0/8", None, (0x0A000000, 0x0AFFFFFF)),
        ("10.1.2.3", None, (0x0A010203, 0x0A010203)),
        ("10.1.2.3", "255.255.255.0", (0x0A010200, 0x0A0102FF)),
        ("10.0.0.1-10.0.0.9", None, (0x0A000001, 0x0A000009)),
        ("10.0.0.9-10.0.0.1", None, None),
        ("10.0.0.0", "0.0.0.255", None),
        ("10.0.0.0", "255.0.255.0", None),
        ("host", None, None),
    ],
)
def test_network(text: str, mask: str | None, found: tuple[int, int] | None) -> None:
    assert network(text, mask) == found


@pytest.mark.parametrize(("mask", "length"), [("255.255.255.0", 24), (ZERO, 0), ("255.0.255.0", None), ("33", None), ("24", 24)])
def test_prefix(mask: str, length: int | None) -> None:
    assert prefix_of(mask) == length


def test_a_mask_with_holes_is_written_out() -> None:
    assert written(wildcard("10.0.4.1", "255.255.253.255") or ()) == "10.0.4.1,10.0.6.1"
    assert wildcard("0.0.0.1", "0.0.0.255") is None, "sixteen million pieces are too many"
    assert wildcard("10.0.0.0", "255.0.0.0") == ((0x0A000000, 0x0AFFFFFF),)


def test_written() -> None:
    assert written(ANY) is None
    assert (
        written([(0x0A000000, 0x0A0000FF), (0x0A000105, 0x0A000105), (0x0A000201, 0x0A000203)]) == "10.0.0.0/24,10.0.1.5,10.0.2.1-10.0.2.3"
    )


@given(RANGES, RANGES, st.lists(NUMBERS, max_size=20))
def test_without_is_the_difference(kept: list[tuple[int, int]], taken: list[tuple[int, int]], more: list[int]) -> None:
    found = without(kept, taken)
    for value in {*more, *(end for pair in (*kept, *taken) for end in pair)}:
        inside = any(low <= value <= high for low, high in kept) and not any(low <= value <= high for low, high in taken)
        assert any(low <= value <= high for low, high in found) == inside
    assert merged(found) == found


def test_networks() -> None:
    assert networks([(0x0A000001, 0x0A000003)]) == [("10.0.0.1/32", (0x0A000001, 0x0A000001)), ("10.0.0.2/31", (0x0A000002, 0x0A000003))]


@given(NUMBERS, NUMBERS)
def test_what_is_written_is_read_again(one: int, other: int) -> None:
    pair = (min(one, other), max(one, other))
    text = written([pair])
    assert (network(text) if text else ANY[0]) == pair
