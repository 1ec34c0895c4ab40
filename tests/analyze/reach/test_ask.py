"""One packet through devices: what netfilter does with it, case by case."""

from __future__ import annotations

import pytest
from small import chain, device, rule

from omamori.analyze.reach.ask import ask
from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.parts import Start

OFFICE = Start("zone", network="10.1.0.0/24")


def reach(rows, destination="10.2.0.5", port=443, protocol="tcp", start=OFFICE, source="10.1.0.7"):
    return ask(network_of(rows), start, protocol, source, destination, port)


def test_the_first_rule_that_matches_decides_and_is_named():
    rows = [*device(), chain("f"), rule("f", 0, "drop", sources="10.1.0.8"), rule("f", 1, "accept", states="new", rule="web")]
    rows.append(rule("f", 2, "accept", states="established"))
    assert reach(rows).reach == "open"
    assert [str(one) for one in reach(rows).rules] == ["fw f: web"]
    assert reach(rows, source="10.1.0.8").reach == "none"


def test_without_a_rule_for_answers_none_comes_back():
    rows = [*device(), chain("f"), rule("f", 0, "accept", states="new")]
    assert reach(rows).reach == "one-way"


def test_jump_return_goto():
    rows = [*device(), chain("f", policy="accept"), rule("f", 0, "jump", target="sub"), rule("f", 1, "drop")]
    rows += [
        chain("sub", hook=None, policy=None),
        rule("sub", 0, "return", destination_ports="22", protocol="tcp"),
        rule("sub", 1, "accept"),
    ]
    assert reach(rows).reach == "open"
    assert reach(rows, port=22).reach == "none"
    gone = [one for one in rows if getattr(one, "decision", "") != "jump"]
    assert reach([*gone, rule("f", 0, "goto", target="sub")], port=22).reach == "open"  # back past the chain: its policy


def test_translation_and_its_answers():
    rows = [*device(), chain("f"), rule("f", 0, "accept", destinations="10.2.0.5", states="dnat")]
    rows += [rule("f", 1, "accept", states="established")]
    rows += [chain("n", hook="prerouting", priority=-100, policy="accept", first_packet=True)]
    rows += [
        rule("n", 0, "dnat", protocol="tcp", destinations="10.1.0.1", destination_ports="8443", to_addresses="10.2.0.5", to_ports="443")
    ]
    answer = reach(rows, destination="10.1.0.1", port=8443)
    assert (answer.reach, answer.delivered_to) == ("open", ("10.2.0.5", 443))
    assert reach(rows).reach == "none"


def test_masquerade_hides_the_way_back_is_undone():
    rows = [*device(), chain("f", policy="accept"), chain("m", hook="postrouting", priority=100, policy="accept", first_packet=True)]
    rows += [rule("m", 0, "masquerade", interface_out="eth1")]
    assert reach(rows).reach == "open"


def test_an_answer_by_another_device_belongs_to_no_connection():
    """The second device never saw the first packet: TCP answers are invalid there, UDP ones new."""
    other = device("fw2", "linux", "10.1.0.2", "10.2.0.2")
    first = [*device(), chain("f", policy="accept"), rule("f", 0, "drop", states="invalid")]
    start = Start("zone", network="10.1.0.0/24", gateway="fw2")
    only_back_by_fw = [one for one in other if getattr(one, "name", "") != "eth1"]
    assert reach([*first, *other], start=start).reach == "open"
    assert reach([*first, *only_back_by_fw], start=start).reach == "none"


@pytest.mark.parametrize(
    ("decision", "unread", "found"), [("accept", "x", "unknown"), ("drop", "x", "unknown"), ("unknown", None, "unknown")]
)
def test_what_was_not_understood_makes_it_unknown_within_its_conditions(decision, unread, found):
    policy = "accept" if decision == "drop" else "drop"
    rows = [*device(), chain("f", policy=policy, first_packet=True), rule("f", 0, decision, destinations="10.2.0.5", unread=unread)]
    assert reach(rows).reach == found
    assert reach(rows, destination="10.2.0.6").reach == ("open" if policy == "accept" else "none")


def test_what_is_no_packet_is_refused():
    with pytest.raises(ValueError, match="no packet"):
        reach(device(), protocol="nonsense")
