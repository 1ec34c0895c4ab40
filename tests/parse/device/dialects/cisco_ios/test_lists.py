"""Access lists of Cisco IOS: order, masks, ports, where they are met, what is not understood."""

from __future__ import annotations

from typing import Any

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.dialects.cisco_ios import DIALECT
from omamori.parse.device.interface import Device
from omamori.parse.network.lines import console


def read(text: str) -> Device:
    return DIALECT.read(console(f"version 15.9\nhostname r1\n{text}\nend\n".encode()).lines)


def chains(device: Device) -> dict[str, DeviceChain]:
    return {row.chain: row for row in device.rows if isinstance(row, DeviceChain)}


def rules(device: Device, chain: str) -> list[DeviceRule]:
    return [row for row in device.rows if isinstance(row, DeviceRule) and row.chain == chain]


def first(line: str) -> DeviceRule:
    (rule,) = rules(read(f"ip access-list extended X\n {line}"), "access list X")
    return rule


def said(line: str, *names: str) -> tuple[Any, ...]:
    rule = first(line)
    return tuple(getattr(rule, name) for name in names)


def test_inbound_before_translation_outbound_after_it_and_the_rest_is_dropped() -> None:
    device = read(
        "interface Vlan1\n ip access-group IN in\n ip access-group 5 out\nip access-list extended IN\n permit ip any any\naccess-list 5 permit any"
    )
    found = chains(device)
    into, out = found["Vlan1 in"], found["Vlan1 out"]
    assert (into.hook, into.priority, into.policy, into.interface_in, into.interface_out) == ("prerouting", -200, "drop", "Vlan1", None)
    assert (out.hook, out.priority, out.policy, out.interface_in, out.interface_out) == ("postrouting", 200, "drop", None, "Vlan1")
    assert [(rule.decision, rule.target) for rule in rules(device, "Vlan1 in")] == [("jump", "access list IN")]
    assert found["access list IN"].hook is None
    assert not into.first_packet
    assert device.fact.stateful is False


def test_a_list_that_is_nowhere_or_empty_lets_everything_pass_and_is_told() -> None:
    device = read("interface Vlan1\n ip access-group NOWHERE in\n ip access-group EMPTY out\nip access-list extended EMPTY\n remark to do")
    found = chains(device)
    assert (found["Vlan1 in"].policy, found["Vlan1 out"].policy) == ("accept", "accept")
    assert rules(device, "Vlan1 in") == []
    assert [problem.line for problem in device.problems] == [4]
    assert "NOWHERE" in device.problems[0].expected
    assert "NOWHERE" in device.problems[0].expected_ja


def test_order_is_by_sequence_number() -> None:
    device = read("ip access-list extended X\n 30 deny ip any any\n 10 permit tcp any any eq 443\n 20 permit udp any any eq 53")
    assert [rule.rule for rule in rules(device, "access list X")] == ["10", "20", "30"]
    assert [rule.position for rule in rules(device, "access list X")] == [0, 1, 2]
    assert [rule.evidence for rule in rules(device, "access list X")] == ["5", "6", "4"]
    numbered = read("access-list 101 permit tcp any any eq 22\naccess-list 101 remark doors\naccess-list 101 deny ip any any log")
    assert [(rule.decision, rule.logs) for rule in rules(numbered, "access list 101")] == [("accept", None), ("drop", True)]


def test_addresses_and_wildcard_masks() -> None:
    assert said("permit ip 10.1.2.3 0.0.0.255 host 10.9.9.9", "sources", "destinations") == ("10.1.2.0/24", "10.9.9.9")
    assert said("permit ip any 0.0.0.0 255.255.255.255", "sources", "destinations") == (None, None)
    assert said("permit ip 10.1.0.0 0.0.3.255 any", "sources") == ("10.1.0.0/22",)
    assert said("permit ip 10.0.0.5 0.0.2.0 any", "sources") == ("10.0.0.5,10.0.2.5",)
    assert said("permit ip 10.0.0.128 0.0.255.127 any", "sources", "unread") == (None, "10.0.0.128 0.0.255.127")
    (standard,) = rules(read("access-list 5 permit 10.1.0.0 0.0.255.255"), "access list 5")
    assert (standard.sources, standard.destinations, standard.protocol) == ("10.1.0.0/16", None, None)


def test_protocols_and_ports() -> None:
    assert said("permit tcp any eq ftp-data any gt 1023", "protocol", "source_ports", "destination_ports") == ("tcp", "20", "1024-65535")
    assert said("permit udp any any range 16384 32767", "protocol", "destination_ports") == ("udp", "16384-32767")
    assert said("permit tcp any any eq www 443 8080", "destination_ports") == ("80,443,8080",)
    assert said("permit tcp any any neq telnet", "destination_ports") == ("!23",)
    assert said("permit udp any any lt snmp", "destination_ports") == ("0-160",)
    assert said("permit udp any any eq syslog", "destination_ports") == ("514",)
    assert said("permit 50 any any", "protocol") == ("esp",)
    assert said("permit ospf any any", "protocol") == ("89",)
    assert said("permit icmp any any echo-reply", "protocol", "destination_ports", "unread") == ("icmp", "0", None)
    assert said("permit icmp any any host-unreachable", "destination_ports", "unread") == ("3", "code 1")
    assert said("permit tcp any any established", "states") == ("ack",)


def test_what_is_not_read_of_a_line_stays_with_it() -> None:
    assert said("permit tcp any any eq 22 dscp ef", "decision", "destination_ports", "unread") == ("accept", "22", "dscp ef")
    assert said("permit tcp any any eq nonsense", "decision", "destination_ports", "unread") == ("accept", None, "eq nonsense")
    assert said("permit quic any any", "protocol", "unread") == (None, "quic")
    assert said("permit ip object-group NOWHERE any", "sources", "unread") == (None, "NOWHERE is not defined")
    assert said("allow everything", "decision", "unread") == ("unknown", "allow everything")
    assert said("permit tcp any any syn", "unread") == ("syn",)
    assert said("deny ip any any time-range NIGHT", "schedule", "unread") == ("NIGHT", None)


def test_groups_are_written_out() -> None:
    device = read(
        "object-group network SERVERS\n host 10.0.0.10\n 10.0.1.0 255.255.255.0\n range 10.0.2.5 10.0.2.9\n group-object MORE\n"
        "object-group network MORE\n host 10.0.3.3\nobject-group service WEB\n tcp eq www\n tcp-udp range 8000 8010\n icmp echo\n"
        "ip access-list extended X\n permit object-group WEB any object-group SERVERS"
    )
    found = rules(device, "access list X")
    assert {rule.destinations for rule in found} == {"10.0.0.10,10.0.1.0/24,10.0.2.5-10.0.2.9,10.0.3.3"}
    assert [(rule.protocol, rule.destination_ports) for rule in found] == [("tcp", "80"), ("tcp,udp", "8000-8010"), ("icmp", "8")]
    assert {(rule.destinations_named, rule.services_named) for rule in found} == {("SERVERS", "WEB")}


def test_a_group_that_holds_itself_ends() -> None:
    device = read(
        "object-group network A\n group-object B\nobject-group network B\n group-object A\n host 10.0.0.1\nip access-list extended X\n permit ip object-group A any"
    )
    assert [rule.sources for rule in rules(device, "access list X")] == ["10.0.0.1"]


def test_reflexive_lists_let_answers_pass() -> None:
    device = read(
        "interface Vlan1\n ip access-group OUT out\n ip access-group IN in\nip access-list extended OUT\n permit tcp 10.0.0.0 0.255.255.255 any eq 443 reflect WEB\n"
        "ip access-list extended IN\n evaluate WEB\n deny ip any any"
    )
    answer, rest = rules(device, "access list IN")
    assert (answer.decision, answer.protocol, answer.destinations, answer.source_ports, answer.states) == (
        "accept",
        "tcp",
        "10.0.0.0/8",
        "443",
        "established,related",
    )
    assert rest.decision == "drop"


def test_inspection_opens_the_lists_the_answers_meet() -> None:
    device = read(
        "ip inspect name FW tcp\nip inspect name FW dns\nip inspect name FW weird\ninterface Dialer1\n ip access-group IN in\n ip inspect FW out\n"
        "ip access-list extended IN\n deny ip any any"
    )
    *opened, jump = rules(device, "Dialer1 in")
    assert [(rule.decision, rule.protocol, rule.source_ports) for rule in opened] == [
        ("accept", "tcp", None), ("accept", "tcp", "53"), ("accept", "udp", "53"), ("unknown", None, None)
    ]  # fmt: skip
    assert {rule.states for rule in opened} == {"established,related"}
    assert jump.decision == "jump"
