"""The whole plan of a small hospital: what is closed, what has to be opened, what it comes to, and how it stands once it was carried out."""

from __future__ import annotations

from typing import Any

import pytest
from tests.respond.bastion.small import EHR, JUMP, LINE, OUTER, VENDOR, filled, looks, rows

from omamori.analyze.reach.ask import ask
from omamori.analyze.reach.parts import Start
from omamori.model.device import DeviceChain, DeviceRule
from omamori.model.ways_in import Entry
from omamori.respond.bastion.edits import applied
from omamori.respond.bastion.parts import Plan
from omamori.respond.bastion.plan import make_plan

TUNNEL = Start("interface", device="vpn", interface="tunnel1")


def plan_of(found: list[Any], to: str | None = None) -> Plan:
    with filled(found) as database:
        return make_plan(database, to)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of(rows())


def test_a_line_reaches_the_door_and_nothing_else(plan: Plan) -> None:
    assert (plan.target.asset, plan.target.address, plan.target.ports) == ("jump", JUMP, (22,))
    reach = {
        (target, port): ask(plan.after, TUNNEL, "tcp", VENDOR, target, port).reach for target in (JUMP, EHR) for port in (22, 3389, 80)
    }
    assert {key for key, found in reach.items() if found != "none"} == {(JUMP, 22)} and reach[JUMP, 22] == "open"
    outcome = plan.outcome[LINE]
    assert (outcome.machines_before, outcome.machines_after, outcome.services_before, outcome.services_after) == (1, 0, 2, 0)
    assert (outcome.to_door_before, outcome.to_door, outcome.left) == ("none", "open", ())


def test_the_fewest_rules_that_open_the_way_come_on_the_firewall_between(plan: Plan) -> None:
    (opening,) = [edit for edit in plan.edits if edit.chain is None]
    assert (opening.device, opening.at) == ("fw", "inet f forward")
    (rule,) = opening.rules
    assert (rule.decision, rule.sources, rule.destinations, rule.destination_ports) == ("accept", "10.77.0.0/24", JUMP, "22")


def test_the_interface_under_the_tunnel_lets_in_the_tunnel_alone(plan: Plan) -> None:
    wire = Start("interface", device="vpn", interface="lan2")
    asked = {
        (name, port): ask(plan.after, wire, name, "203.0.113.6", "203.0.113.2", port).reach for name, port in (("udp", 51820), ("tcp", 22))
    }
    assert asked == {("udp", 51820): "open", ("tcp", 22): "none"}
    assert ask(plan.after, wire, "tcp", "198.51.100.7", EHR, 3389).reach == "none"


def test_the_way_to_the_internet_keeps_what_the_dmz_offers(plan: Plan) -> None:
    wan = Start("interface", device="fw", interface="wan")
    assert ask(plan.after, wan, "tcp", "198.51.100.7", "10.1.0.10", 443).reach == "open"
    assert ask(plan.after, wan, "tcp", "198.51.100.7", EHR, 3389).reach == "none"
    assert plan.going == {"fw": ("inet f forward: r3",)}, "the rule that let the Internet in to the records' server serves nobody now"


def test_by_the_evidence_it_is_open_before_and_done_after_and_then_there_is_nothing_to_do(plan: Plan) -> None:
    assert {one.name: one.state for one in plan.standing} == {LINE: "open", "vpn lan2": "open", OUTER: "open"}
    then = plan_of(applied(rows(), plan.edits))
    assert {one.state for one in then.standing} == {"done"} and then.edits == () and then.lost == ()


def test_a_rule_taken_back_is_open_again_and_told_with_its_evidence(plan: Plan) -> None:
    moved = applied(rows(), plan.edits)
    without = [
        row for row in moved if not (isinstance(row, DeviceRule) and row.chain == "inet omamori_bastion forward" and row.decision == "drop")
    ]
    states = {one.name: one for one in plan_of(without).standing}
    assert states[OUTER].state == states[LINE].state == "open"
    assert any("r3" in rule for leak in states[OUTER].leaks for rule in leak.rules)


def test_what_was_not_looked_at_is_never_done(plan: Plan) -> None:
    moved = [row for row in applied(rows(), plan.edits) if type(row).__name__ != "Collected"]
    then = plan_of([*moved, *looks(("vpn", "device_rules"))])
    assert {one.name: one.state for one in then.standing}[LINE] == "unknown"


def test_a_chain_with_an_unread_rule_before_ours_is_not_told_as_done(plan: Plan) -> None:
    odd = [
        DeviceChain(asset="vpn", chain="odd", hook="forward", priority=-20, policy="accept"),
        DeviceRule(asset="vpn", chain="odd", position=0, decision="jump", target="omitted"),
    ]
    then = plan_of([*applied(rows(), plan.edits), *odd])
    assert {one.name: one.state for one in then.standing}[LINE] == "done", "what comes after it still drops"


def test_flows_that_end_are_told_with_whom_to_ask(plan: Plan) -> None:
    lost = {(one.source, one.address, one.port): one for one in plan.lost if one.entry == LINE}
    assert lost[VENDOR, EHR, 3389].seen and lost[VENDOR, EHR, 3389].evidence == "ehr:9"
    designed = lost["10.77.0.2", EHR, 5432]
    assert not designed.seen and designed.purpose == "data check" and designed.ask == ("Records Ltd", "IT desk")


def test_without_a_door_nothing_is_edited_and_what_is_needed_is_told() -> None:
    found = plan_of(rows(dmz=False, jump=False))
    assert found.edits == () and found.target.address is None and len(found.target.needs) == 3
    assert {one.state for one in found.standing} == {"open"}


def test_a_line_nobody_has_looked_at_is_told_and_not_planned() -> None:
    lost = Entry(asset="lab line", entry="lab line", line="lab line", device="unknown box", declared=True, observed=None)
    gone = Entry(asset="old line", entry="old line", line="old line", device="old box", declared=True, observed=False, evidence="ledger:4")
    found = plan_of([*rows(), lost, gone])
    assert [one.entry for one in found.unseen] == ["lab line", "old line"] and [one.entry for one in found.elsewhere] == ["remote control"]
    states = {one.name: one.state for one in found.standing}
    assert (states["lab line"], states["old line"]) == ("unknown", "gone")
