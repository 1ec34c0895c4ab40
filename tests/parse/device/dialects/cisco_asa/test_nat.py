"""Translation of an ASA: order, both directions, objects, ports, and before 8.3."""

from __future__ import annotations

from typing import Any

from omamori.model.device import DeviceRule
from omamori.parse.device.dialects.cisco_asa import DIALECT
from omamori.parse.device.interface import Device
from omamori.parse.network.lines import console

PORTS = "interface Gi0/0\n nameif outside\n security-level 0\n ip address 203.0.113.1 255.255.255.0\ninterface Gi0/1\n nameif inside\n security-level 100\n ip address 10.0.0.1 255.255.255.0\n"  # noqa: E501
OBJECTS = "object network SRV\n host 10.0.0.9\nobject network PUB\n host 203.0.113.9\nobject network LAN\n subnet 10.0.0.0 255.255.255.0\nobject network FAR\n subnet 10.8.0.0 255.255.0.0\n"  # noqa: E501
BACK, OUT = "nat untranslate", "nat translate"


def read(text: str, version: str = "9.8(2)") -> Device:
    return DIALECT.read(console(f"ASA Version {version}\nhostname fw1\n{PORTS}{OBJECTS}{text}\n: end\n".encode()).lines)


def rules(device: Device, chain: str) -> list[DeviceRule]:
    return [row for row in device.rows if isinstance(row, DeviceRule) and row.chain == chain]


def said(rule: DeviceRule, *names: str) -> tuple[Any, ...]:
    return tuple(getattr(rule, name) for name in names)


def test_a_fixed_rule_of_an_object_works_both_ways() -> None:
    device = read("object network SRV\n nat (inside,outside) static PUB")
    (back,), (out,) = rules(device, BACK), rules(device, OUT)
    assert said(back, "decision", "interface_in", "destinations", "to_addresses") == ("dnat", "Gi0/0", "203.0.113.9", "10.0.0.9")
    assert said(out, "decision", "interface_in", "interface_out", "sources", "to_addresses") == (
        "snat",
        "Gi0/1",
        "Gi0/0",
        "10.0.0.9",
        "203.0.113.9",
    )


def test_a_published_port() -> None:
    device = read("object network SRV\n nat (inside,outside) static interface service tcp 443 8443")
    (back,), (out,) = rules(device, BACK), rules(device, OUT)
    assert said(back, "protocol", "destinations", "destination_ports", "to_addresses", "to_ports") == (
        "tcp",
        "203.0.113.1",
        "8443",
        "10.0.0.9",
        "443",
    )
    assert said(out, "source_ports", "to_addresses", "to_ports") == ("443", "203.0.113.1", "8443")


def test_dynamic() -> None:
    device = read(
        "object network LAN\n nat (inside,outside) dynamic interface\nobject-group network X\n network-object object FAR\nnat (inside,outside) after-auto source dynamic any PUB"
    )
    first, last = rules(device, OUT)
    assert said(first, "decision", "sources", "to_addresses") == ("masquerade", "10.0.0.0/24", None)
    assert said(last, "decision", "sources", "to_addresses") == ("snat", None, "203.0.113.9")
    assert rules(device, BACK) == []


def test_the_order_of_rules() -> None:
    device = read(
        "nat (inside,outside) after-auto source static SRV SRV\nobject network LAN\n nat (inside,outside) dynamic interface\nobject network FAR\n nat (inside,outside) static 198.51.0.0\n"  # noqa: E501
        "object network SRV\n nat (inside,outside) static PUB\nnat (inside,outside) source static LAN LAN destination static FAR FAR"
    )
    assert [rule.rule for rule in rules(device, OUT) if rule.interface_in == "Gi0/1"] == [
        "nat (inside,outside) source static LAN LAN destination static FAR FAR", "SRV: nat (inside,outside) static PUB",
        "FAR: nat (inside,outside) static 198.51.0.0", "LAN: nat (inside,outside) dynamic interface", "nat (inside,outside) after-auto source static SRV SRV",
    ]  # fmt: skip


def test_the_same_address_keeps_later_rules_away() -> None:
    device = read("nat (inside,outside) source static LAN LAN destination static FAR FAR no-proxy-arp route-lookup")
    assert [said(rule, "decision", "interface_in", "sources", "destinations") for rule in rules(device, OUT)] == [
        ("accept", "Gi0/1", "10.0.0.0/24", "10.8.0.0/16"), ("accept", "Gi0/0", "10.8.0.0/16", "10.0.0.0/24")
    ]  # fmt: skip
    assert [said(rule, "decision", "interface_in", "sources", "destinations") for rule in rules(device, BACK)] == [
        ("accept", "Gi0/1", "10.0.0.0/24", "10.8.0.0/16"), ("accept", "Gi0/0", "10.8.0.0/16", "10.0.0.0/24")
    ]  # fmt: skip


def test_a_whole_network_address_by_address() -> None:
    device = read("object network FAR\n nat (inside,outside) static 198.51.0.0")
    (back,) = rules(device, BACK)
    assert said(back, "destinations", "to_addresses", "one_to_one") == ("198.51.0.0/16", "10.8.0.0/16", True)


def test_one_way_and_off() -> None:
    device = read("nat (inside,outside) source static SRV PUB unidirectional\nnat (any,outside) source static LAN FAR inactive")
    assert [said(rule, "interface_in", "enabled") for rule in rules(device, OUT)] == [("Gi0/1", True), (None, False)]
    assert all(not rule.enabled for rule in rules(device, BACK))


def test_what_is_not_read_is_unknown() -> None:
    device = read(
        "nat (inside,outside) source static LAN PUB\nnat (inside,outside) source static SRV NOWHERE\nnat (inside,outside) source static SRV PUB service A B\nnat (inside,outside) 5 nonsense"  # noqa: E501
    )
    assert {rule.decision for rule in [*rules(device, OUT), *rules(device, BACK)]} == {"unknown"}
    assert any("NOWHERE" in problem.expected for problem in device.problems)


def test_before_83() -> None:
    device = read(
        "access-list EX extended permit ip 10.0.0.0 255.255.255.0 10.8.0.0 255.255.0.0\nnat (inside) 0 access-list EX\nnat (inside) 1 0 0\nglobal (outside) 1 interface\n"
        "static (inside,outside) tcp interface 8080 10.0.0.9 80 netmask 255.255.255.255\nstatic (inside,outside) 203.0.113.16 10.0.0.16 netmask 255.255.255.240",
        "8.2(5)",
    )
    assert [said(rule, "decision", "sources", "to_addresses") for rule in rules(device, OUT)] == [
        ("accept", "10.0.0.0/24", None), ("snat", "10.0.0.9", "203.0.113.1"), ("snat", "10.0.0.16/28", "203.0.113.16/28"), ("masquerade", None, None)
    ]  # fmt: skip
    assert [said(rule, "destinations", "destination_ports", "to_addresses", "to_ports") for rule in rules(device, BACK)] == [
        ("203.0.113.1", "8080", "10.0.0.9", "80"), ("203.0.113.16/28", None, "10.0.0.16/28", None)
    ]  # fmt: skip
