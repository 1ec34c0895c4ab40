"""Chains over sets of packets; translation is tried in test_follow, against single packets."""

from __future__ import annotations

from small import chain, device, rule

from omamori.analyze.reach.flow import Flow
from omamori.analyze.reach.judge import judge
from omamori.analyze.reach.masks import Masks
from omamori.analyze.reach.network import network_of


def judged(rows, *facts):
    network = network_of([*device(), *rows])
    masks = Masks(network)
    (one,) = network.devices
    flows = judge(masks, one, one.chains[0], Flow(masks.space.all), one.nics[0], one.nics[1], frozenset(facts or ("new",)))
    return masks, flows


def test_what_earlier_rules_took_is_left_out_of_later_ones():
    masks, flows = judged([chain("f"), rule("f", 0, "drop", sources="10.1.0.5"), rule("f", 1, "accept", sources="10.1.0.0/29")])
    (flow,) = flows
    assert masks.space.address.ranges(flow.cube[0]) == ((0x0A010000, 0x0A010004), (0x0A010006, 0x0A010007))
    assert [str(name) for name in flow.rules] == ["fw f: #1"]


def test_a_refusal_not_wholly_understood_puts_a_doubt_on_what_it_may_take():
    masks, flows = judged([chain("f", policy="accept"), rule("f", 0, "drop", sources="10.1.0.5", unread="x")])
    doubted = [flow for flow in flows if flow.doubts]
    assert [(masks.space.address.ranges(flow.cube[0]), flow.doubts) for flow in doubted] == [
        (((0x0A010005, 0x0A010005),), ("not_understood: fw f: #0",))
    ]


def test_states_choose_rules_and_a_chain_bound_elsewhere_is_passed_by():
    rows = [chain("f"), rule("f", 0, "accept", states="established,related")]
    assert judged(rows)[1] == []
    assert len(judged(rows, "established")[1]) == 1
    assert len(judged([chain("f", interface_in="eth9")])[1]) == 1
