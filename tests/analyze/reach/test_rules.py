"""Rows of rules as the engine follows them."""

from __future__ import annotations

from small import chain, rule

from omamori.analyze.reach.rules import chains_of


def read(**more):
    ((one,),) = [found.rules for found in chains_of([chain("f")], [rule("f", 0, **more)])]
    return one


def test_ports_are_for_protocols_that_have_them():
    assert read(decision="accept", destination_ports="22").protocols == ((6, 6), (17, 17))
    assert read(decision="accept", protocol="icmp", destination_ports="8").protocols == ((1, 1),)
    assert read(decision="accept", protocol="50").protocols == ((50, 50),)


def test_what_is_not_understood_is_a_doubt():
    assert read(decision="queue").decision == "unknown"
    assert read(decision="accept", sources="www.example").doubt == "not_understood"
    assert read(decision="accept", schedule="night").doubt == "to_confirm"
    assert read(decision="snat").decision == "unknown"
    assert read(decision="continue", unread="log prefix").doubt is None


def test_rules_switched_off_or_of_ipv6_are_not_met():
    rows = [rule("f", 0, "accept", enabled=False), rule("f", 1, "accept", family="ipv6")]
    assert [found.rules for found in chains_of([chain("f"), chain("six", family="ipv6")], rows)] == [()]
