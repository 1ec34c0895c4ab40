"""The rows with edits made: where rules stand, that making them twice is making them once; on any rules nothing but the openings passes."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from tests.respond.bastion.small import rows

from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.ranges import address_number
from omamori.model.device import DeviceChain, DeviceInterface, DeviceRule
from omamori.model.ways_in import Entry
from omamori.respond.bastion.edits import FORWARD, INPUT, applied, closing_edits, opening_edits
from omamori.respond.bastion.parts import Edit, Opening, Side
from omamori.respond.bastion.predict import leaks, reached_by

_SPEC = importlib.util.spec_from_file_location("drawn_for_edits", Path(__file__).parents[2] / "analyze/reach/drawn.py")
assert _SPEC and _SPEC.loader
drawn = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(drawn)
OPENING = Opening("10.0.0.5", "tcp", "22", "10.0.1.0/29")


def side(device: str, interface: str, *passing: Opening) -> Side:
    return Side(device, interface, Entry(entry=f"{device} {interface}"), (), line=True, door=False, passing=passing)


def rules(found: list[Any], asset: str, chain: str) -> list[DeviceRule]:
    kept = [row for row in found if isinstance(row, DeviceRule) and (row.asset, row.chain) == (asset, chain)]
    return sorted(kept, key=lambda row: row.position)


def test_what_is_inserted_comes_first_and_the_others_move_on() -> None:
    edit = Edit("fw", (DeviceRule(asset="fw", chain="inet f forward", position=0, decision="accept", rule="new"),), at="inet f forward")
    found = rules(applied(rows(), [edit]), "fw", "inet f forward")
    assert [rule.rule for rule in found] == ["omamori 0", "r0", "r1", "r2", "r3"] and [rule.position for rule in found] == [0, 1, 2, 3, 4]


def test_making_the_edits_again_replaces_them() -> None:
    edits = closing_edits("vpn", [side("vpn", "tunnel1", OPENING)])
    once = applied(rows(), edits)
    assert applied(once, edits) == once
    assert {row.chain: row.priority for row in once if isinstance(row, DeviceChain) and row.asset == "vpn"} == {FORWARD: -10, INPUT: -10}


def test_answers_are_let_through_turned_around() -> None:
    chains = [row for row in rows() if isinstance(row, DeviceChain)]
    (edit,) = opening_edits("fw", chains, side("vpn", "tunnel1", OPENING), back=True)
    (rule,) = edit.rules
    assert (rule.sources, rule.source_ports, rule.destinations, rule.destination_ports) == ("10.0.0.5", "22", "10.0.1.0/29", None)
    assert opening_edits("vpn", chains, side("vpn", "tunnel1", OPENING), back=False) == [], "a device without filters needs none"


def without_translation(found: list[Any]) -> list[Any]:
    return [row for row in found if not isinstance(row, DeviceChain) or ("nat" not in row.chain and row.chain != "raw")]


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn.rows(doubts=True))
def test_on_any_rules_a_closed_side_reaches_nothing_but_what_may_pass(found: list[Any]) -> None:
    found = without_translation(found)
    interfaces = sorted({(row.asset, row.name) for row in found if isinstance(row, DeviceInterface)})
    device, interface = interfaces[0]
    one = side(device, interface, OPENING)
    network = network_of(applied(found, closing_edits(device, [one])))
    assert leaks(one, reached_by(network, [one])[device, interface]) == ()


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn.rows(doubts=False))
def test_closing_a_side_opens_nothing_for_anybody(found: list[Any]) -> None:
    found = without_translation(found)
    interfaces = sorted({(row.asset, row.name) for row in found if isinstance(row, DeviceInterface)})
    everybody = [side(*one) for one in interfaces]
    before = reached_by(network_of(found), everybody)
    after = reached_by(network_of(applied(found, closing_edits(interfaces[0][0], [everybody[0]]))), everybody)
    source = address_number(drawn.address(0, 5)) or 0
    for key in before:
        for protocol, port in ((6, 22), (6, 443), (17, 80), (1, 8)):
            for segment in range(drawn.SEGMENTS):
                target = address_number(drawn.address(segment, 5)) or 0
                if any(one.holds(protocol, source, target, port) for one in after[key]):
                    assert any(one.holds(protocol, source, target, port) for one in before[key])
