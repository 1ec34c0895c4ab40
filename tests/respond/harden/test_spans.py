"""Ranges of addresses: joined, what two share, how they are written."""

from __future__ import annotations

import ipaddress
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.addresses import Network, networks_of
from omamori.respond.harden.spans import common, everything, inside, joined, network, written

BASE = int(ipaddress.IPv4Address("10.1.0.0"))
span = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(
    lambda one: Network(ipaddress.IPv4Address(BASE + one[0]), ipaddress.IPv4Address(BASE + one[0] + one[1]))
)
spans = st.lists(span, max_size=5)


def members(networks: list[Network] | tuple[Network, ...]) -> set[int]:
    return {number for one in networks for number in range(int(one.first), int(one.last) + 1)}


@given(spans, spans)
def test_as_sets_of_addresses_they_are_what_they_say(some: list[Network], others: list[Network]) -> None:
    assert members(joined(some)) == members(some) and members(common(some, others)) == members(some) & members(others)
    assert inside(some, others) == (members(some) <= members(others))
    apart = joined(some)
    assert all(int(after.first) > int(before.last) + 1 for before, after in pairwise(apart))
    assert all(network(written(one)) == one for one in apart)


def test_the_two_families_stay_apart() -> None:
    assert common([everything(4)], [everything(6)]) == () and len(joined((everything(6), everything(4)))) == 2
    assert [written(one) for one in networks_of("10.1.0.0/16 2001:db8::/32 10.1.0.1-10.1.0.3")] == [
        "10.1.0.0/16",
        "2001:db8::/32",
        "10.1.0.1-10.1.0.3",
    ]
