"""Lists as the device tables write them."""

from __future__ import annotations

import pytest

from omamori.analyze.reach.ranges import LAST_ADDRESS, addresses, inverted, joined, network_numbers, ports, protocols, words, written


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, (None, True)),
        ("10.0.0.0/30,10.0.0.4", (((0x0A000000, 0x0A000004),), True)),
        ("10.0.0.9-10.0.0.12", (((0x0A000009, 0x0A00000C),), True)),
        ("!0.0.0.0/1", (((2**31, LAST_ADDRESS),), True)),
        ("2001:db8::/32", ((), True)),
        ("!2001:db8::1", (((0, LAST_ADDRESS),), True)),
        ("www.example", (None, False)),
        ("10.0.0.9-10.0.0.1", (None, False)),
    ],
)
def test_addresses(text, found):
    assert addresses(text) == found


def test_ports_and_protocols():
    assert ports("22,80-90") == (((22, 22), (80, 90)), True)
    assert ports("!1-65535") == (((0, 0),), True)
    assert ports("70000") == (None, False)
    assert protocols("tcp,17,esp") == (((6, 6), (17, 17), (50, 50)), True)
    assert protocols("nonsense") == (None, False)


def test_names():
    assert words(None) is None
    names = words("!eth*,lan")
    assert names is not None
    assert not names.match("eth3") and not names.match("x", "lan") and names.match("wan") and names.match()


def test_written_as_people_write_them():
    assert (
        written(((0x0A000000, 0x0A0000FF), (0x0A010001, 0x0A010001), (0x0A020001, 0x0A020002))) == "10.0.0.0/24,10.1.0.1,10.2.0.1-10.2.0.2"
    )
    assert written(((0, LAST_ADDRESS),)) == "0.0.0.0/0"
    assert joined([(5, 6), (1, 4)]) == ((1, 6),)
    assert inverted(((0, 3), (7, 9)), 9) == ((4, 6),)
    assert network_numbers("default") == (0, LAST_ADDRESS)
    assert network_numbers("fe80::/10") is None
