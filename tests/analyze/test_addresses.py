"""Addresses and networks as people and machines write them."""

from __future__ import annotations

import pytest

from omamori.analyze.addresses import networks_of, parse_address, split_addresses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1.0.1", "10.1.0.1"),
        ("[fe80::1%eth0]", "fe80::1"),
        ("::ffff:10.1.0.1", "10.1.0.1"),
        ("host", None),
        (None, None),
        ("10.1", None),
    ],
)
def test_addresses(text, expected):
    found = parse_address(text)
    assert (str(found) if found else None) == expected


def test_networks_ranges_and_single_addresses():
    first, second, third = networks_of("10.1.0.0/16、10.2.0.5-10.2.0.9 10.3.0.1 まちがい 10.9.0.9-10.9.0.1")
    assert first.holds("10.1.255.255") and not first.holds("10.2.0.0")
    assert second.size == 5 and second.holds("10.2.0.9") and not second.holds("10.2.0.10")
    assert third.size == 1 and not third.holds("::1") and not third.holds("word")


def test_loopback_and_words_are_left_out():
    assert list(split_addresses("10.1.0.1/24, 127.0.0.1 ::1 なし fe80::1%2")) == ["10.1.0.1", "fe80::1"]
