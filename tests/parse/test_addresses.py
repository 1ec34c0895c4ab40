"""Where an address is, for every system alike."""

from __future__ import annotations

import pytest

from omamori.parse.addresses import ip, scope


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("127.0.0.1", "loopback"),
        ("::1", "loopback"),
        ("169.254.1.1", "link"),
        ("[fe80::1%12]", "link"),
        ("255.255.255.255", "link"),
        ("10.1.1.1", "private"),
        ("fec0:0:0:ffff::1%1", "private"),
        ("::ffff:10.0.0.1", "private"),
        ("203.0.113.5", "public"),
        ("2001:db8::1", "public"),
        ("x", None),
    ],
)
def test_where_an_address_is(text: str, expected: str | None) -> None:
    assert scope(text) == expected
    assert (ip(text) is None) is (expected is None)
