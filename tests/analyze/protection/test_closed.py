"""A port that is said to be closed."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.analyze.protection.closed import port_closed
from omamori.model.derived import Exposure
from omamori.model.look import Collected
from omamori.model.sightings import NetworkPort

OPEN = Exposure(
    asset="a", protocol="tcp", port=3389, process="TermService", inbound="open", decided_by="Windows Firewall: RDP", evidence="e:1"
)
RESTRICTED = Exposure(asset="a", protocol="tcp", port=3389, inbound="restricted", allowed_from="10.1.0.5", evidence="e:2")
BLOCKED = Exposure(asset="a", protocol="tcp", port=3389, inbound="blocked", decided_by="Windows Firewall", evidence="e:3")
UNKNOWN = Exposure(asset="a", protocol="tcp", port=3389, inbound="unknown", doubt="not_collected", evidence="e:4")
OTHER = Exposure(asset="a", protocol="tcp", port=445, inbound="open", evidence="e:5")


def scanned(state, day=21):
    return NetworkPort(asset="a", protocol="tcp", port=3389, state=state, seen=datetime(2026, 11, day), evidence=f"s:{day}")


@pytest.mark.parametrize(
    ("rows", "tables", "state", "evidence"),
    [
        ([OPEN], ["exposures"], "contradicted", "e:1"),
        ([RESTRICTED], ["exposures"], "contradicted", "e:2"),
        ([BLOCKED], ["exposures"], "seen", "e:3"),
        ([UNKNOWN], ["exposures"], "unreadable", "e:4"),
        ([OTHER], ["exposures"], "seen", "cafe"),
        ([], ["exposures"], "seen", "cafe"),
        ([], [], "unreadable", ""),
        ([scanned("open")], ["network_ports"], "contradicted", "s:21"),
        ([scanned("closed")], ["network_ports"], "seen", "s:21"),
        ([scanned("filtered")], ["network_ports"], "seen", "s:21"),
        ([scanned("open|filtered")], ["network_ports"], "unreadable", ""),
        ([], ["network_ports"], "unreadable", ""),  # a port without a row may not have been asked
        ([scanned("open")], ["exposures", "network_ports"], "contradicted", "s:21"),
        ([scanned("open", 19)], ["exposures", "network_ports"], "seen", "cafe"),  # it was open; the machine's newer list has it no more
        ([BLOCKED, scanned("open", 21)], ["exposures", "network_ports"], "contradicted", "s:21"),
    ],
)
def test_the_state_of_a_port(look_at, rows, tables, state, evidence):
    found = look_at(port_closed, "tcp/3389", rows, tables)
    assert (found.state, found.evidence) == (state, evidence)
    assert found.said.ja and found.said.en and "3389" in found.said.ja


def test_who_may_come_in_is_told(look_at):
    assert "10.1.0.5" in look_at(port_closed, "3389", [RESTRICTED], ["exposures"]).said.en
    assert "TermService" in look_at(port_closed, "rdp", [OPEN], ["exposures"]).said.ja


def test_without_a_port_nothing_is_looked_at(look_at):
    assert look_at(port_closed, "専用VLAN", [OPEN], ["exposures"]).state == "declared"


def test_one_open_port_of_several_contradicts(look_at):
    found = look_at(port_closed, "tcp/23, tcp/3389", [OPEN], ["exposures"])
    assert found.state == "contradicted" and "tcp/23" in found.said.en


def test_what_was_not_read_is_never_seen_closed(look_at):
    half = Collected(asset="a", table_name="exposures", source="x", complete=False, reason="not_collected")
    assert look_at(port_closed, "tcp/3389", [], [], extra=[half]).state == "unreadable"
    # The firewall was not read; that nothing listens was.
    hidden = Collected(asset="a", table_name="exposures", source="x", complete=True, missing="inbound", reason="not_collected")
    assert look_at(port_closed, "tcp/3389", [], [], extra=[hidden]).state == "seen"
    assert look_at(port_closed, "tcp/3389", [BLOCKED], [], extra=[hidden]).state == "unreadable"
