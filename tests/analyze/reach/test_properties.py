"""What must hold of reachability whatever the rules are: more refusals never open anything, what was not understood is never a refusal."""

from __future__ import annotations

import importlib.util
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.analyze.reach.ask import ask
from omamori.analyze.reach.follow import Reached, follow
from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.parts import Start
from omamori.analyze.reach.ranges import address_number, protocol_number
from omamori.model.device import DeviceChain, DeviceFact, DeviceInterface, DeviceRoute, DeviceRule

_SPEC = importlib.util.spec_from_file_location("drawn", Path(__file__).with_name("drawn.py"))
assert _SPEC and _SPEC.loader
drawn = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(drawn)

LONG = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
PACKETS = [
    (protocol, port, segment, host)
    for protocol, port in (("tcp", 22), ("tcp", 443), ("udp", 80), ("icmp", 8))
    for segment in range(drawn.SEGMENTS)
    for host in (1, 2, 5)
]
zones = st.integers(0, 2).map(lambda segment: Start("zone", network=drawn.network(segment)))


def reaches(found: tuple[Reached, ...], start: Start) -> dict[tuple[Any, ...], str]:
    """What each packet of a list does."""
    source = address_number((start.network or "").replace("0/29", "5"))
    told = {}
    for protocol, port, segment, host in PACKETS:
        number, destination = protocol_number(protocol), address_number(drawn.address(segment, host))
        assert number is not None and source is not None and destination is not None
        told[(protocol, port, segment, host)] = next((one.reach for one in found if one.holds(number, source, destination, port)), "none")
    return told


def without_translation(rows: list[Any]) -> list[Any]:
    """Leave translation out, and states with it: then a rule can only let through or refuse."""
    kept = [row for row in rows if not isinstance(row, DeviceChain) or ("nat" not in row.chain and row.chain != "raw")]
    return [replace(row, states=None) if isinstance(row, DeviceRule) else row for row in kept]


@LONG
@given(drawn.rows(doubts=True), zones)
def test_what_was_not_understood_is_never_a_refusal(rows: list[Any], start: Start) -> None:
    """In every way the unread could be, a packet that arrives is told as arriving or as unknown."""
    network = network_of(rows)
    told = reaches(follow(network, start), start)
    source = (start.network or "").replace("0/29", "5")
    for (protocol, port, segment, host), reach in told.items():
        answer = ask(network, start, protocol, source, drawn.address(segment, host), port)
        assert reach in (answer.reach, "unknown"), (protocol, port, segment, host, answer)


@LONG
@given(drawn.rows(), zones, st.data())
def test_an_unknown_rule_only_ever_makes_answers_unknown(rows: list[Any], start: Start, data: st.DataObject) -> None:
    rules = [at for at, row in enumerate(rows) if isinstance(row, DeviceRule) and row.decision in ("accept", "drop", "reject")]
    if not rules:
        return
    at = data.draw(st.sampled_from(rules))
    before = reaches(follow(network_of(rows), start), start)
    torn = [*rows[:at], replace(rows[at], decision="unknown"), *rows[at + 1 :]]
    after = reaches(follow(network_of(torn), start), start)
    for packet, reach in after.items():
        assert reach in (before[packet], "unknown"), packet


@LONG
@given(drawn.rows(), zones, st.data())
def test_a_refusal_more_never_opens_anything(rows: list[Any], start: Start, data: st.DataObject) -> None:
    """Without translation: a refusal before a translation may leave packets to their own address, which is another question."""
    plain = [
        replace(row, decision="drop") if isinstance(row, DeviceRule) and row.decision in ("jump", "goto", "return") else row for row in rows
    ]
    plain = without_translation(plain)
    chains = [row for row in plain if isinstance(row, DeviceChain) and row.hook]
    if not chains:
        return
    chain = data.draw(st.sampled_from(chains))
    refusal = data.draw(drawn.rule(chain.asset, chain.chain, data.draw(st.integers(-1, 3)), chain.hook, doubts=False))
    refusal = replace(refusal, decision="drop", states=None)
    before = reaches(follow(network_of(plain), start), start)
    after = reaches(follow(network_of([*plain, refusal]), start), start)
    rank = ("none", "one-way", "unknown", "open")
    for packet, reach in after.items():
        assert rank.index(reach) <= rank.index(before[packet]), packet


@LONG
@given(drawn.rows(), zones, st.data())
def test_a_line_less_never_opens_anything(rows: list[Any], start: Start, data: st.DataObject) -> None:
    """Without translation and routes, which may lead elsewhere once a network is gone; told of machines, not of the devices' own addresses."""
    plain = [row for row in without_translation(rows) if not isinstance(row, DeviceRoute)]
    plain = [replace(row, system="fortios") if isinstance(row, DeviceFact) else row for row in plain]
    nics = [row for row in plain if isinstance(row, DeviceInterface) and drawn.network(int(row.address.split(".")[2])) != start.network]
    if not nics:
        return
    gone = data.draw(st.sampled_from(nics))
    before = reaches(follow(network_of(plain), start), start)
    after = reaches(follow(network_of([row for row in plain if row is not gone]), start), start)
    rank = ("none", "one-way", "unknown", "open")
    for packet, reach in after.items():
        if packet[3] == 5:
            assert rank.index(reach) <= rank.index(before[packet]), packet


@LONG
@given(drawn.rows(doubts=True), zones, st.integers())
def test_the_order_of_equal_rows_makes_no_difference(rows: list[Any], start: Start, seed: int) -> None:
    mixed = list(rows)
    random.Random(seed).shuffle(mixed)
    one, other = follow(network_of(rows), start), follow(network_of(mixed), start)
    assert reaches(one, start) == reaches(other, start)
