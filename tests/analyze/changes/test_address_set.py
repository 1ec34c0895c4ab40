from __future__ import annotations

from ipaddress import IPv4Address

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.analyze.addresses import Network
from omamori.analyze.changes.address_set import AddressSet, network_of

RANGES = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)).map(sorted), max_size=6)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RANGES, st.integers(0, 310))
def test_it_holds_what_one_of_its_ranges_holds(ranges: list[list[int]], number: int) -> None:
    base = int(IPv4Address("10.1.0.0"))
    made = AddressSet.of(Network(IPv4Address(base + first), IPv4Address(base + last)) for first, last in ranges)
    assert made.holds(str(IPv4Address(base + number))) == any(first <= number <= last for first, last in ranges)


def test_both_versions_and_what_people_write() -> None:
    made = AddressSet.read("10.1.0.0/24 10.2.0.5-10.2.0.9, fd00::/64 nonsense")
    assert made.holds("10.1.0.255") and made.holds("10.2.0.9") and made.holds("fd00::1")
    assert not made.holds("10.2.0.10") and not made.holds("fd00:0:0:1::1") and not AddressSet.read(None).holds("10.1.0.1")


def test_the_neighbourhood_of_an_address() -> None:
    assert (network_of("10.1.2.3"), network_of("fd00::1:2")) == ("10.1.2.0/24", "fd00::/64")
