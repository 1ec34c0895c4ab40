"""All that a start reaches, against the walk of single packets; and what must always hold."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.analyze.reach.ask import ask
from omamori.analyze.reach.follow import Reached, follow
from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.parts import Start
from omamori.analyze.reach.ranges import address_number, protocol_number

_SPEC = importlib.util.spec_from_file_location("drawn", Path(__file__).with_name("drawn.py"))
assert _SPEC and _SPEC.loader
drawn = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(drawn)

SOUGHT = [(protocol, port) for protocol in ("tcp", "udp") for port in (22, 80, 443)] + [("icmp", 8), ("icmp", 3), ("50", 0), ("47", 0)]
LONG = settings(deadline=None, suppress_health_check=list(HealthCheck))
starts = st.one_of(
    st.integers(0, 3).map(lambda segment: Start("zone", network=drawn.network(segment))),
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from((None, "10.0.0.0/29,203.0.113.9"))).map(
        lambda one: Start("interface", device=f"r{one[0]}", interface=f"eth{one[1]}", sources=one[2])
    ),
)
anywhere = st.one_of(
    st.just(drawn.OUTSIDE), st.tuples(st.integers(0, 3), st.sampled_from((1, 2, 5, 6))).map(lambda one: drawn.address(*one))
)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Start, list[tuple[str, str, str, int]]]:
    """A start, and packets to try from it: most of them with a source that it lets out."""
    start = draw(starts)
    found = []
    for _ in range(10):
        protocol, port = draw(st.sampled_from(SOUGHT))
        source, destination = draw(anywhere), draw(anywhere)
        if start.network is not None and draw(st.integers(0, 9)):
            source = start.network.replace("0/29", str(draw(st.sampled_from((5, 6)))))
        found.append((protocol, source, destination, port))
    return start, found


def told(found: tuple[Reached, ...], protocol: str, source: str, destination: str, port: int) -> str:
    number, src, dst = protocol_number(protocol), address_number(source), address_number(destination)
    assert number is not None and src is not None and dst is not None
    reaches = {one.reach for one in found if one.holds(number, src, dst, port)}
    assert len(reaches) <= 1, f"one packet is told in two ways: {reaches}"
    return next(iter(reaches), "none")


@LONG
@given(drawn.rows(), questions())
def test_sets_and_single_packets_agree(rows: list[Any], asked: tuple[Start, list[Any]]) -> None:
    network, (start, sought) = network_of(rows), asked
    found = follow(network, start)
    for protocol, source, destination, port in sought:
        answer = ask(network, start, protocol, source, destination, port)
        assert told(found, protocol, source, destination, port) == answer.reach, (protocol, source, destination, port, answer)
