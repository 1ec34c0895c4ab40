"""Translation of Cisco IOS: both directions, ports, pools, and what is not followed."""

from __future__ import annotations

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.dialects.cisco_ios import DIALECT
from omamori.parse.device.interface import Device
from omamori.parse.network.lines import console

PORTS = "interface Vlan1\n ip address 192.168.1.1 255.255.255.0\n ip nat inside\ninterface Dialer1\n ip address 203.0.113.2 255.255.255.248\n ip nat outside\n"
IN, OUT = "ip nat outside to inside", "ip nat inside to outside"


def read(text: str) -> Device:
    return DIALECT.read(console(f"version 15.9\nhostname r1\n{PORTS}{text}\nend\n".encode()).lines)


def rules(device: Device, chain: str) -> list[DeviceRule]:
    return [row for row in device.rows if isinstance(row, DeviceRule) and row.chain == chain]


def test_overload_on_an_interface() -> None:
    device = read(
        "ip nat inside source list 1 interface Dialer1 overload\naccess-list 1 deny 192.168.1.9\naccess-list 1 permit 192.168.1.0 0.0.0.255"
    )
    (chain,) = [row for row in device.rows if isinstance(row, DeviceChain) and row.chain == OUT]
    assert (chain.hook, chain.priority, chain.interface_out, chain.first_packet, chain.policy) == (
        "postrouting",
        100,
        "Dialer1",
        True,
        "accept",
    )
    (jump,) = rules(device, OUT)
    assert (jump.decision, jump.interface_in) == ("jump", "Vlan1")
    assert [(rule.decision, rule.sources, rule.to_addresses) for rule in rules(device, jump.target or "")] == [
        ("return", "192.168.1.9", None), ("masquerade", "192.168.1.0/24", None)
    ]  # fmt: skip


def test_pool() -> None:
    device = read(
        "ip nat pool P 203.0.113.3 203.0.113.6 netmask 255.255.255.248\nip nat inside source list 1 pool P\naccess-list 1 permit any"
    )
    (jump,) = rules(device, OUT)
    (rule,) = rules(device, jump.target or "")
    assert (rule.decision, rule.sources, rule.to_addresses) == ("snat", None, "203.0.113.3-203.0.113.6")


def test_a_published_port() -> None:
    device = read(
        "ip nat inside source static tcp 192.168.1.10 443 interface Dialer1 8443\nip nat inside source static tcp 192.168.1.10 22 203.0.113.4 22 extendable"
    )
    first, second = rules(device, IN)
    assert (first.decision, first.protocol, first.destinations, first.destination_ports) == ("dnat", "tcp", "203.0.113.2", "8443")
    assert (first.to_addresses, first.to_ports) == ("192.168.1.10", "443")
    assert (second.destinations, second.destination_ports) == ("203.0.113.4", "22")
    (chain,) = [row for row in device.rows if isinstance(row, DeviceChain) and row.chain == IN]
    assert (chain.hook, chain.priority, chain.interface_in) == ("prerouting", -100, "Dialer1")
    back = rules(device, OUT)[0]
    assert (back.decision, back.sources, back.source_ports, back.to_addresses, back.to_ports) == (
        "snat",
        "192.168.1.10",
        "443",
        "203.0.113.2",
        "8443",
    )


def test_whole_hosts_and_networks_before_what_is_dynamic() -> None:
    device = read(
        "ip nat inside source list 1 interface Dialer1 overload\naccess-list 1 permit any\nip nat inside source static 192.168.1.10 203.0.113.5\n"
        "ip nat inside source static network 192.168.2.0 198.51.100.0 /24"
    )
    host, network, dynamic = rules(device, OUT)
    assert (host.decision, host.to_addresses, host.one_to_one) == ("snat", "203.0.113.5", False)
    assert (network.sources, network.to_addresses, network.one_to_one) == ("192.168.2.0/24", "198.51.100.0/24", True)
    assert dynamic.decision == "jump"


def test_route_maps() -> None:
    device = read(
        "ip nat inside source route-map NAT interface Dialer1 overload\nroute-map NAT deny 5\n match ip address 105\nroute-map NAT permit 10\n match ip address 110\n"
        " match interface Dialer1\nroute-map NAT permit 20\n match length 1 5\naccess-list 105 permit ip any 10.9.0.0 0.0.255.255\naccess-list 110 permit ip 192.168.1.0 0.0.0.255 any"  # noqa: E501
    )
    (jump,) = rules(device, OUT)
    kept, done, unclear = rules(device, jump.target or "")
    assert (kept.decision, kept.destinations) == ("return", "10.9.0.0/16")
    assert (done.decision, done.sources, done.interface_out) == ("masquerade", "192.168.1.0/24", "Dialer1")
    assert (unclear.decision, unclear.unread) == ("unknown", "match length 1 5")


def test_what_is_not_followed_is_unknown_within_its_addresses() -> None:
    device = read(
        "ip nat outside source static 198.51.100.9 10.0.0.9 add-route\nip nat inside destination list 1 pool P\nip nat inside source list 9 interface Dialer1\nip nat source static 1 2"  # noqa: E501
    )
    assert [(rule.decision, rule.sources) for rule in rules(device, IN)] == [("unknown", "198.51.100.9"), ("unknown", None)]
    assert [(rule.decision, rule.destinations) for rule in rules(device, OUT)] == [("unknown", "10.0.0.9"), ("jump", None)]
    assert [rule.decision for rule in rules(device, rules(device, OUT)[1].target or "")] == ["unknown"]
    assert any("list 9" in problem.expected for problem in device.problems)
    assert [(line.text, line.concerns) for line in device.unread] == [("ip nat source static 1 2", "device_rules")]


def test_only_in_its_routing_instance() -> None:
    device = read(
        "interface Vlan2\n ip vrf forwarding guest\n ip nat inside\nip nat inside source static 192.168.9.10 203.0.113.6 vrf guest"
    )
    assert rules(device, OUT)[0].interface_in == "Vlan2"
