"""A block never opens, what is never blocked goes on, and what the preview names is what stops: held against the reach engine."""

from __future__ import annotations

from itertools import product

import pytest
from tests.respond.bastion.small import EHR, JUMP, NOW, VENDOR
from tests.respond.isolate.ward import MONITOR, NURSES, facts_of

from omamori.analyze.reach.ask import ask
from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.parts import Network, Start
from omamori.analyze.reach.ranges import address_number
from omamori.model.device import DeviceRule
from omamori.respond.bastion.edits import applied
from omamori.respond.isolate.facts import Facts
from omamori.respond.isolate.parts import Crossing, Cut, NeverBlocked, StageNumber
from omamori.respond.isolate.prepare import prepare
from omamori.respond.isolate.preview import keeps, stops
from omamori.respond.isolate.rules import edits_of, rules_at
from omamori.respond.isolate.traffic import Flow, Traffic

ZONES = {"10.1.0.": "10.1.0.0/24", "10.1.1.": "10.1.1.0/24", "10.1.9.": "10.1.9.0/24"}
ENDS = (MONITOR, NURSES, EHR, JUMP, "10.1.0.10", "10.1.9.5")
ORDER = ("none", "one-way", "unknown", "open")
ALLOWED = DeviceRule(
    asset="fw", chain="inet f forward", position=9, rule="r9", decision="accept", sources="10.1.0.0/16", destinations="10.1.0.0/16"
)


def start(source: str) -> Start:
    return Start("zone", network=ZONES[source[:7]]) if source[:7] in ZONES else Start("interface", device="vpn", interface="tunnel1")


def asked(network: Network, source: str, target: str, port: int) -> str:
    return ask(network, start(source), "tcp", source, target, port, 40000).reach


def flow(source: str, target: str, port: int) -> Flow:
    ends = [((number, number),) for number in (address_number(source) or 0, address_number(target) or 0)]
    return Flow(ends[0], ends[1], "", "tcp", port, None, True, None, None, "", "", "")


@pytest.fixture(scope="module")
def prepared() -> tuple[Facts, tuple[Cut, ...], tuple[NeverBlocked, ...]]:
    facts, traffic = facts_of(ALLOWED)
    block = prepare(facts, Traffic(traffic.flows, 30), "s1", NOW)
    return facts, tuple(cut for cut in block.cuts if cut.device in ("fw", "vpn")), block.never


def test_every_cut_stops_what_its_preview_names_and_nothing_else_and_never_opens(
    prepared: tuple[Facts, tuple[Cut, ...], tuple[NeverBlocked, ...]],
) -> None:
    facts, cuts, never = prepared
    pairs = [
        (one, other, port) for one, other, port in product((*ENDS, VENDOR), ENDS, (443, 2575)) if one != other and one[:7] != other[:7]
    ]
    before = {pair: asked(facts.network.network, *pair) for pair in pairs}
    assert {"open", "none"} <= set(before.values()) and len(cuts) >= 6
    stopped = 0
    for cut in cuts:
        after = network_of(applied(facts.network.rows, edits_of(cut, never)), facts.network.doubts)
        for pair in pairs:
            now = asked(after, *pair)
            assert ORDER.index(now) <= ORDER.index(before[pair]), (cut.name, pair)
            one = flow(*pair)
            kept = any(keeps(held, one) for held in never)
            if before[pair] == "open":
                # Answers are held as well: a connection that is kept stays open both ways, one that is cut is not.
                expected = kept or not stops(facts, cut, one)
                assert (now == "open") == expected, (cut.name, pair, now)
                stopped += not expected
    assert stopped > 40


def test_all_cuts_at_once_leave_what_is_never_blocked_and_only_that(
    prepared: tuple[Facts, tuple[Cut, ...], tuple[NeverBlocked, ...]],
) -> None:
    facts, cuts, never = prepared
    edits = [edit for cut in cuts for edit in edits_of(cut, never)]
    after = network_of(applied(facts.network.rows, edits), facts.network.doubts)
    assert asked(after, MONITOR, NURSES, 2575) == "open"
    assert [
        asked(after, *pair) for pair in ((MONITOR, NURSES, 443), (NURSES, MONITOR, 2575), (EHR, NURSES, 2575), (EHR, "10.1.9.5", 445))
    ] == ["none"] * 4


def test_connections_that_stand_are_cut_too() -> None:
    """No rule speaks of established connections before a drop, but for answers of what is never blocked."""
    cut = Cut(StageNumber.LINES, "2-x", "x", "fw", "linux", (Crossing(None, None, "wan"),))
    found = list(rules_at(cut, [NeverBlocked("a", ((1, 1),), ((2, 2),), "tcp", 104, "")], "forward"))
    states = [rule for rule in found if rule.states and "established" in rule.states]
    assert [(rule.sources, rule.destinations, rule.source_ports) for rule in states] == [("0.0.0.2", "0.0.0.1", "104")]
    assert [(rule.decision, rule.interface_in, rule.interface_out) for rule in found[-2:]] == [("drop", "wan", None), ("drop", None, "wan")]


def test_a_whole_machine_keeps_what_it_says_to_itself() -> None:
    cut = Cut(StageNumber.MACHINE, "5-x", "x", "x", "linux-nft", (Crossing(None, None),))
    assert [(rule.interface_in, rule.interface_out) for hook in ("input", "output") for rule in rules_at(cut, (), hook)] == [
        ("!lo", None),
        (None, "!lo"),
    ]
