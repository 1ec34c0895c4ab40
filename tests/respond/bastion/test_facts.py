"""What a plan is made from is read from the snapshot's tables, with what was not looked at."""

from __future__ import annotations

from tests.respond.bastion.small import LINE, filled, looks, rows

from omamori.respond.bastion.facts import read_facts


def test_zones_systems_entries_and_doubts_are_read() -> None:
    found = [row for row in rows() if type(row).__name__ != "Collected"]
    with filled([*found, *looks(("vpn", "device_rules"))]) as database:
        facts = read_facts(database)
    assert facts.zones["DMZ"][0] == "dmz" and facts.systems == {"fw": "linux", "vpn": "linux"}
    assert LINE in {one.entry for one in facts.entries} and [vpn.name for vpn in facts.vpns] == ["t1"]
    assert ("vpn", "device_rules") in facts.doubts and facts.network.device["vpn"].rules_doubt is not None
