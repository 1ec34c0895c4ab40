"""Addresses, masks and ports of Cisco devices."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.device.cisco.reading import ranges
from omamori.parse.device.cisco.values import dotted, ip4, length, network, port, ports, protocol, spread, wildcard

numbers = st.integers(0, 0xFFFFFFFF)


def test_what_is_no_address() -> None:
    for text in ("", "1.2.3", "1.2.3.256", "1.2.3.4.5", "a.b.c.d", "1.2.3.4/5", "１.2.3.4"):
        assert ip4(text) is None or text.isascii() is False
    assert ip4("203.0.113.9") == 0xCB007109


@given(numbers, st.integers(0, 32))
def test_networks(number: int, size: int) -> None:
    mask = dotted((0xFFFFFFFF << (32 - size)) & 0xFFFFFFFF)
    assert length(mask) == size
    text = network(dotted(number), mask)
    assert text is not None
    first, last = ranges(text)[0]
    assert first <= number <= last
    assert last - first + 1 == 1 << (32 - size)


def test_masks_with_holes() -> None:
    assert length("255.0.255.0") is None
    assert network("10.0.0.0", "0.0.0.255") is None


@given(numbers, numbers, numbers)
def test_a_wildcard_mask_takes_exactly_what_it_says(number: int, wild: int, other: int) -> None:
    found = wildcard(dotted(number), dotted(wild))
    if found is None:
        return
    inside = any(first <= other <= last for part in found for first, last in ranges(part))
    assert inside == ((number ^ other) & ~wild & 0xFFFFFFFF == 0)


@given(numbers, numbers)
def test_ranges_are_written_as_they_are(one: int, other: int) -> None:
    first, last = sorted((one, other))
    assert ranges(spread(first, last)) == [(first, last)]


def test_ports_by_name_depend_on_the_protocol() -> None:
    assert (
        port("syslog", "udp"),
        port("cmd", "tcp"),
        port("domain", ""),
        port("tftp", "udp"),
        port("tftp", "tcp"),
        port("70000", "tcp"),
    ) == (514, 514, 53, 69, None, None)
    assert ports("range", ("90", "80"), "tcp") == "80-90"
    assert ports("lt", ("0",), "tcp") is None
    assert ports("gt", ("65535",), "tcp") is None
    assert ports("eq", (), "tcp") is None
    assert (protocol("IP"), protocol("6"), protocol("ahp"), protocol("256"), protocol("quic")) == ("ip", "tcp", "ah", None, None)
