"""The list of lines that change no answer holds none that could."""

from __future__ import annotations

import pytest

from omamori.parse.device.cisco.blocks import Statement
from omamori.parse.device.dialects.cisco_asa.ignored import concerns, says_nothing


def one(text: str) -> Statement:
    return Statement(1, text, tuple(text.split()))


@pytest.mark.parametrize(
    "text",
    [
        "access-list X extended permit ip any any",
        "nat (a,b) 1",
        "route outside 0 0 1",
        "firewall transparent",
        "mode multiple",
        "context admin",
        "nat-control",
        "zone X",
        "unheard of",
    ],
)
def test_lines_that_matter(text: str) -> None:
    assert not says_nothing(one(text))


def test_lines_that_do_not() -> None:
    assert says_nothing(one("mtu outside 1500"))
    assert says_nothing(one("ntp server 10.0.0.1"))
    assert concerns(one("zone X")) == "device_routes"
    assert concerns(one("unheard of")) == "device_rules"
