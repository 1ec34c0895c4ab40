"""Packets through real configurations: what the two zones of an example reach, and that both engines say the same of all of them."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_address

import pytest
from examples import firewalls

from omamori.analyze.reach.ask import ask
from omamori.analyze.reach.follow import follow
from omamori.analyze.reach.parts import Start

ZONE1, ZONE2, INTERNET = (Start("zone", network=f"10.0.{number}.0/24") for number in (3, 4, 8))


@pytest.mark.parametrize(
    ("start", "protocol", "source", "destination", "port", "source_port", "reach"),
    [
        (ZONE1, "tcp", "10.0.3.50", "10.0.4.20", 3389, None, "open"),  # the zones reach each other, whatever the port
        (ZONE2, "udp", "10.0.4.50", "10.0.3.21", 161, None, "open"),
        (ZONE1, "icmp", "10.0.3.50", "10.0.4.21", 8, None, "open"),
        (ZONE1, "tcp", "10.0.3.50", "10.0.8.10", 443, None, "one-way"),  # zone 1 lets in answers of zone 2 only
        (ZONE2, "tcp", "10.0.4.50", "10.0.8.10", 443, None, "open"),  # the web, to the one host
        (ZONE2, "tcp", "10.0.4.50", "10.0.8.10", 22, None, "one-way"),
        (ZONE2, "udp", "10.0.4.50", "10.0.8.10", 443, None, "one-way"),
        (ZONE2, "tcp", "10.0.4.50", "10.0.8.11", 443, None, "one-way"),  # no other host may answer
        (INTERNET, "tcp", "10.0.8.11", "10.0.4.20", 443, None, "none"),
        (INTERNET, "tcp", "10.0.8.11", "10.0.3.20", 443, None, "none"),
    ],
)
def test_what_the_zones_reach_is_what_their_filters_say(
    start: Start, protocol: str, source: str, destination: str, port: int, source_port: int | None, reach: str
) -> None:
    assert ask(firewalls(), start, protocol, source, destination, port, source_port).reach == reach
    number = {"icmp": 1, "tcp": 6, "udp": 17}[protocol]
    numbers = int(ip_address(source)), int(ip_address(destination))
    found = follow(firewalls(), start)
    assert next((one.reach for one in found if one.holds(number, *numbers, port)), "none") == reach


def test_a_filter_without_state_lets_in_whoever_picks_the_right_source_port() -> None:
    """The answers of the web are let into zone 2 by their source port: the Internet host reaches any service from port 80."""
    inner = replace(INTERNET, kind="interface", network=None, device="r3", interface="eth2", sources="10.0.8.10")
    for destination, source_port, reach in (
        ("10.0.4.20", 80, "open"), ("10.0.4.20", 443, "open"), ("10.0.4.20", 40000, "none"),
        ("10.0.4.21", 80, "none"), ("10.0.4.21", 443, "open"),  # one machine refuses port 80, and forgets 443
    ):  # fmt: skip
        assert ask(firewalls(), inner, "tcp", "10.0.8.10", destination, 3389, source_port).reach == reach
    found = follow(firewalls(), inner)
    for destination in ("10.0.4.20", "10.0.4.21"):
        assert any(one.holds(6, int(ip_address("10.0.8.10")), int(ip_address(destination)), 3389) and one.reach == "open" for one in found)
