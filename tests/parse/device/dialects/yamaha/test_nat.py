"""NAT descriptors: before the filters inward, behind them outward; forwards, static pairs, what has no entry."""

from __future__ import annotations

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.dialects.yamaha import DIALECT
from omamori.parse.windows.lines import Line

FIXED = """\
ip lan1 address 192.168.10.1/24
ip lan2 address 203.0.113.2/29
ip lan2 nat descriptor 100
nat descriptor type 100 masquerade
nat descriptor address outer 100 primary
nat descriptor address inner 100 192.168.10.1-192.168.10.254
nat descriptor masquerade static 100 1 192.168.10.5 tcp 10022=22
nat descriptor masquerade static 100 2 192.168.10.1 esp
nat descriptor masquerade static 100 3 192.168.10.1 udp 500
"""


def rules(text: str) -> dict[str, list[DeviceRule]]:
    device = DIALECT.read([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])
    found: dict[str, list[DeviceRule]] = {row.chain: [] for row in device.rows if isinstance(row, DeviceChain)}
    for row in device.rows:
        if isinstance(row, DeviceRule):
            found[row.chain].append(row)
    return found


def test_chains_stand_before_and_behind_the_filters() -> None:
    device = DIALECT.read([Line(number, line) for number, line in enumerate(FIXED.split("\n"), 1)])
    chains = [(row.chain, row.hook, row.priority, row.first_packet) for row in device.rows if isinstance(row, DeviceChain)]
    assert chains == [("lan2 nat 100 in", "prerouting", -100, True), ("lan2 nat 100 out", "postrouting", 100, True)]
    assert device.unread == ()


def test_forwards_and_what_has_no_entry() -> None:
    inward = rules(FIXED)["lan2 nat 100 in"]
    said = [(rule.decision, rule.protocol, rule.destinations, rule.destination_ports, rule.to_addresses, rule.to_ports) for rule in inward]
    assert said == [
        ("dnat", "tcp", "203.0.113.2", "10022", "192.168.10.5", "22"),
        ("dnat", "esp", "203.0.113.2", None, "192.168.10.1", None),
        ("dnat", "udp", "203.0.113.2", "500", "192.168.10.1", None),
        ("drop", None, "203.0.113.2", None, None, None),
    ]


def test_masquerade_outward() -> None:
    outward = rules(FIXED)["lan2 nat 100 out"]
    assert [(rule.decision, rule.sources) for rule in outward] == [("masquerade", "192.168.10.1-192.168.10.254")]


def test_an_outer_address_given_from_outside_makes_the_rest_unknown() -> None:
    inward = rules(FIXED.replace("203.0.113.2/29", "dhcp"))["lan2 nat 100 in"]
    assert [rule.decision for rule in inward] == ["dnat", "dnat", "dnat", "unknown"]
    assert {rule.destinations for rule in inward} == {None}


def test_incoming_forward_and_through() -> None:
    forwarded = rules(FIXED + "nat descriptor masquerade incoming 100 forward 192.168.10.9\n")["lan2 nat 100 in"][-1]
    assert (forwarded.decision, forwarded.to_addresses) == ("dnat", "192.168.10.9")
    through = rules(FIXED + "nat descriptor masquerade incoming 100 through\n")["lan2 nat 100 in"][-1]
    assert (through.decision, through.protocol, through.destination_ports) == ("drop", "tcp", "0-1023")


def test_static_pairs() -> None:
    text = """\
ip lan1 address 192.168.10.1/24
ip lan2 address 203.0.113.2/29
ip lan2 nat descriptor 7
nat descriptor type 7 nat
nat descriptor address outer 7 203.0.113.3-203.0.113.5
nat descriptor static 7 1 203.0.113.4=192.168.10.4 2
nat descriptor static 7 2 198.51.100.0=192.168.20.0/24
nat descriptor static 7 3 203.0.113.6=printer
"""
    found = rules(text)
    assert [(rule.decision, rule.destinations, rule.to_addresses, rule.one_to_one) for rule in found["lan2 nat 7 in"]] == [
        ("dnat", "203.0.113.4-203.0.113.5", "192.168.10.4-192.168.10.5", True),
        ("dnat", "198.51.100.0/24", "192.168.20.0/24", True),
        ("unknown", None, None, False),
    ]
    assert found["lan2 nat 7 out"][-1].to_addresses == "203.0.113.3-203.0.113.5"
    assert found["lan2 nat 7 out"][1].sources == "192.168.20.0/24"


def test_a_type_nobody_knows_is_unknown() -> None:
    found = rules(FIXED.replace("type 100 masquerade", "type 100 twisted"))
    assert [rule.decision for rule in found["lan2 nat 100 in"]] == ["unknown"]


def test_what_is_not_bound_does_nothing() -> None:
    assert rules(FIXED.replace("ip lan2 nat descriptor 100\n", "")) == {}
