"""Configurations of Cisco devices as the engine follows packets through them: what is reached, by which order of lists and translation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omamori.analyze.reach.ask import ask
from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.parts import Network, Start
from omamori.parse.device.interface import Device
from omamori.parse.device.registry import dialect_of
from omamori.parse.network.lines import console

IOS = (
    "version 15.9\nhostname r1\ninterface Vlan1\n ip address 192.168.1.1 255.255.255.0\n ip nat inside\ninterface Vlan2\n ip address 192.168.2.1 255.255.255.0\n{lan}"
    "interface Dialer1\n ip address 203.0.113.2 255.255.255.248\n ip nat outside\n{wan}ip route 0.0.0.0 0.0.0.0 Dialer1\n"
)
ASA = (
    "ASA Version 9.8(2)\nhostname fw1\ninterface Gi0/0\n nameif outside\n security-level 0\n ip address 203.0.113.2 255.255.255.248\ninterface Gi0/1\n nameif inside\n security-level 100\n"  # noqa: E501
    " ip address 192.168.1.1 255.255.255.0\ninterface Gi0/2\n nameif dmz\n security-level 50\n ip address 192.168.2.1 255.255.255.0\nroute outside 0.0.0.0 0.0.0.0 203.0.113.1\n"
)
OUTSIDE = Start("interface", device="r1", interface="Dialer1")
OUTSIDE_ASA = Start("interface", device="r1", interface="Gi0/0")
LAN, SECOND = Start("zone", network="192.168.1.0/24"), Start("zone", network="192.168.2.0/24")
FAR = "198.51.100.77"
NEAR = "203.0.113.4"
"""A machine in the network outside: what lies beyond is not read."""


def network(text: str) -> Network:
    end = ": end" if text.startswith("ASA") else "end"
    lines = console(f"{text}{end}\n".encode()).lines
    dialect = dialect_of([line.text for line in lines])
    assert dialect is not None
    device: Device = dialect.read(lines)
    assert not device.unread
    return network_of([replace(row, asset="r1") for row in (replace(device.fact, system=dialect.system), *device.rows)])


def reach(text: str, start: Start, source: str, destination: str, port: int, protocol: str = "tcp") -> str:
    return ask(network(text), start, protocol, source, destination, port).reach


def test_an_inbound_list_of_ios_sees_the_address_before_translation() -> None:
    base = (
        "ip nat inside source static tcp 192.168.1.10 443 203.0.113.2 8443\nip access-list extended IN\n permit tcp any host {0} eq {1}\n"
    )
    seen = IOS.format(lan="", wan=" ip access-group IN in\n") + base
    assert reach(seen.format("203.0.113.2", 8443), OUTSIDE, FAR, "203.0.113.2", 8443) == "open"
    assert reach(seen.format("192.168.1.10", 443), OUTSIDE, FAR, "203.0.113.2", 8443) == "none"


def test_an_outbound_list_of_ios_sees_the_address_after_translation() -> None:
    base = "ip nat inside source list 1 interface Dialer1 overload\naccess-list 1 permit any\nip access-list extended OUT\n permit ip {0} any\n"
    out = IOS.format(lan="", wan=" ip access-group OUT out\n") + base
    assert reach(out.format("host 203.0.113.2"), LAN, "192.168.1.5", NEAR, 443) == "open"
    assert reach(out.format("192.168.1.0 0.0.0.255"), LAN, "192.168.1.5", NEAR, 443) == "none"


def test_lists_of_ios_keep_no_state() -> None:
    one_way = IOS.format(lan=" ip access-group BACK in\n", wan="") + "ip access-list extended BACK\n deny ip any any\n"
    assert reach(one_way, LAN, "192.168.1.5", "192.168.2.5", 443) == "one-way"
    answered = one_way.replace(" deny ip any any\n", " permit tcp any any established\n")
    assert reach(answered, LAN, "192.168.1.5", "192.168.2.5", 443) == "open"
    assert reach(answered, SECOND, "192.168.2.5", "192.168.1.5", 443) == "none"


def test_a_list_defined_nowhere_lets_everything_pass() -> None:
    assert reach(IOS.format(lan=" ip access-group NOWHERE in\n", wan=""), SECOND, "192.168.2.5", "192.168.1.5", 443) == "open"


def test_inspection_lets_answers_back_in() -> None:
    text = (
        IOS.format(lan="", wan=" ip access-group IN in\n ip inspect FW out\n")
        + "ip inspect name FW tcp\nip access-list extended IN\n deny ip any any\n"
    )
    assert reach(text, LAN, "192.168.1.5", NEAR, 443) == "open"
    assert reach(text, LAN, "192.168.1.5", NEAR, 53, "udp") == "one-way"
    assert reach(text, OUTSIDE, FAR, "192.168.1.5", 443) == "none"


def test_zones() -> None:
    text = (
        IOS.format(lan=" zone-member security B\n", wan="").replace(" ip nat inside\n", " zone-member security A\n")
        + "zone security A\nzone security B\nclass-map type inspect match-any WEB\n match protocol https\npolicy-map type inspect P\n class type inspect WEB\n  {0}\n class class-default\n  drop\n"  # noqa: E501
        "zone-pair security AB source A destination B\n service-policy type inspect P\n"
    )
    assert reach(text.format("inspect"), LAN, "192.168.1.5", "192.168.2.5", 443) == "open"
    assert reach(text.format("inspect"), LAN, "192.168.1.5", "192.168.2.5", 80) == "none"
    assert reach(text.format("inspect"), SECOND, "192.168.2.5", "192.168.1.5", 443) == "none"
    assert reach(text.format("pass"), LAN, "192.168.1.5", "192.168.2.5", 443) == "one-way"
    assert reach(text.format("inspect"), LAN, "192.168.1.5", NEAR, 443) == "none"  # Dialer1 is in no zone


@pytest.mark.parametrize(("real", "expected"), [("192.168.2.10", "open"), ("203.0.113.3", "none")])
def test_a_list_of_an_asa_sees_the_real_address(real: str, expected: str) -> None:
    text = (
        ASA + "object network WEB\n host 192.168.2.10\n nat (dmz,outside) static 203.0.113.3\n"
        f"access-list O extended permit tcp any host {real} eq https\naccess-group O in interface outside\n"
    )
    assert reach(text, OUTSIDE_ASA, FAR, "203.0.113.3", 443) == expected


def test_before_83_it_sees_the_one_on_the_wire() -> None:
    text = (
        ASA.replace("9.8(2)", "8.2(5)") + "static (dmz,outside) 203.0.113.3 192.168.2.10 netmask 255.255.255.255\n"
        "access-list O extended permit tcp any host 203.0.113.3 eq https\naccess-group O in interface outside\n"
    )
    assert reach(text, OUTSIDE_ASA, FAR, "203.0.113.3", 443) == "open"
    assert reach(text, OUTSIDE_ASA, FAR, "203.0.113.3", 22) == "none"
    assert reach(text.replace("host 203.0.113.3 eq", "host 192.168.2.10 eq"), OUTSIDE_ASA, FAR, "203.0.113.3", 443) == "none"


def test_levels_of_an_asa() -> None:
    hidden = ASA + "object network LAN\n subnet 192.168.1.0 255.255.255.0\n nat (inside,outside) dynamic interface\n"
    assert reach(hidden, LAN, "192.168.1.5", NEAR, 443) == "open"
    assert reach(hidden, LAN, "192.168.1.5", "192.168.2.5", 443) == "open"
    assert reach(hidden, SECOND, "192.168.2.5", "192.168.1.5", 443) == "none"
    assert reach(hidden, LAN, "192.168.1.5", "192.168.2.5", 8, "icmp") == "one-way"
    inspected = hidden + "policy-map global_policy\n class inspection_default\n  inspect icmp\n"
    assert reach(inspected, LAN, "192.168.1.5", "192.168.2.5", 8, "icmp") == "open"


def test_a_tunnel_passes_by_the_list_of_its_interface() -> None:
    text = (
        ASA
        + "access-list S extended permit ip 192.168.1.0 255.255.255.0 10.8.0.0 255.255.0.0\ncrypto map M 10 match address S\ncrypto map M 10 set peer 198.51.100.7\n"
        "crypto map M interface outside\naccess-list O extended deny ip any any\naccess-group O in interface outside\n"
    )
    tunnel = Start("interface", device="r1", interface="Gi0/0 crypto M 10", sources="10.8.0.0/16")
    assert reach(text, tunnel, "10.8.0.5", "192.168.1.5", 445) == "open"
    assert reach(text, OUTSIDE_ASA, "10.8.0.5", "192.168.1.5", 445) == "none"
    assert reach(text + "no sysopt connection permit-vpn\n", tunnel, "10.8.0.5", "192.168.1.5", 445) == "none"


def test_what_an_asa_takes_for_itself() -> None:
    text = ASA + "ssh 192.168.1.0 255.255.255.0 inside\n"
    assert reach(text, LAN, "192.168.1.5", "192.168.1.1", 22) in ("open", "one-way")
    assert reach(text, LAN, "192.168.1.5", "192.168.1.1", 443) == "none"
    assert reach(text, OUTSIDE_ASA, FAR, "203.0.113.2", 22) == "none"
