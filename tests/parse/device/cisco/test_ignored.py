"""The list of lines that change no answer holds none that could."""

from __future__ import annotations

import pytest

from omamori.parse.device.cisco.blocks import Statement
from omamori.parse.device.cisco.ignored import interface_says_nothing, top_says_nothing


def one(text: str) -> Statement:
    return Statement(1, text, tuple(text.split()))


@pytest.mark.parametrize(
    "text",
    [
        "ip access-group X in",
        "ip address 10.0.0.1 255.0.0.0",
        "ip nat inside",
        "ip policy route-map X",
        "zone-member security A",
        "crypto map M",
        "ip inspect F in",
        "shutdown",
        "unheard of",
    ],
)
def test_lines_of_interfaces_that_matter(text: str) -> None:
    assert not interface_says_nothing(one(text))


@pytest.mark.parametrize(
    "text",
    [
        "ip access-list extended X",
        "access-list 5 permit any",
        "ip nat inside source list 1",
        "ip route 1 2 3",
        "zone-pair security X",
        "username a",
        "ip local policy route-map X",
        "unheard of",
    ],
)
def test_lines_at_the_top_that_matter(text: str) -> None:
    assert not top_says_nothing(one(text))


def test_lines_that_do_not() -> None:
    assert interface_says_nothing(one("speed 1000"))
    assert interface_says_nothing(one("no ip redirects"))
    assert top_says_nothing(one("ntp server 10.0.0.1"))
    assert top_says_nothing(one("spanning-tree mode rapid-pvst"))
