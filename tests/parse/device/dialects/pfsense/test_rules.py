"""Details of rules: both sides in doubt, shifted ports, manual outbound NAT."""

from __future__ import annotations

import pytest

from omamori.parse.device.dialects.pfsense.names import Names
from omamori.parse.device.dialects.pfsense.rules import Rules
from omamori.parse.device.markup import read_markup

BASE = "<interfaces><wan><ipaddr>203.0.113.2</ipaddr><subnet>29</subnet><gateway>G</gateway></wan><lan><ipaddr>10.0.0.1</ipaddr><subnet>24</subnet></lan></interfaces>"


def rules(text: str) -> list:
    root = read_markup(f"<pfsense>{BASE}{text}</pfsense>").root
    return [row for row in Rules(root, Names(root)).rows() if hasattr(row, "decision")]


def test_a_range_of_ports_moves_as_a_whole() -> None:
    (row,) = [
        row
        for row in rules(
            "<nat><rule><source/><destination><network>wanip</network><port>5000-5009</port></destination><protocol>udp</protocol><target>10.0.0.9</target>"
            "<local-port>6000</local-port><interface>wan</interface></rule></nat>"
        )
        if row.chain == "port forward"
    ]
    assert (row.destination_ports, row.to_ports, row.decision) == ("5000-5009", "6000-6009", "dnat")


@pytest.mark.parametrize(
    ("more", "decision", "to"),
    [
        ("", "masquerade", None),
        ("<target>203.0.113.5</target>", "snat", "203.0.113.5"),
        ("<nonat/>", "accept", None),
        ("<target>pool.example</target>", "unknown", None),
    ],
)
def test_outbound_rules_of_a_person(more: str, decision: str, to: str | None) -> None:
    (row,) = [
        row
        for row in rules(
            f"<nat><outbound><mode>advanced</mode><rule><interface>wan</interface><source><network>10.0.0.0/24</network></source><destination><any/></destination>{more}</rule>"
            "</outbound></nat>"
        )
        if row.chain == "outbound NAT"
    ]
    assert (row.decision, row.to_addresses, row.sources, row.interface_out) == (decision, to, "10.0.0.0/24", "wan")


def test_administration_from_the_lan_cannot_be_locked_out_unless_it_is_said() -> None:
    assert [row.destination_ports for row in rules("") if row.rule == "anti-lockout"] == ["443,80"]
    assert not any(row.rule == "anti-lockout" for row in rules("<system><webgui><noantilockout/></webgui></system>"))


def test_groups_of_interfaces_are_written_out() -> None:
    group = "<ifgroups><ifgroupentry><ifname>inner</ifname><members>lan opt1</members></ifgroupentry></ifgroups>"
    rule = "<filter><rule><interface>inner</interface><source><any/></source><destination><any/></destination><protocol>icmp</protocol><icmptype>echoreq</icmptype></rule></filter>"
    (row,) = [row for row in rules(group + rule) if row.protocol == "icmp"]
    assert (row.interface_in, row.destination_ports, row.decision, row.family) == ("lan,opt1", "8", "accept", "ipv4")
