"""The zone-based firewall: pairs, classes, answers, the device itself."""

from __future__ import annotations

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.dialects.cisco_ios import DIALECT
from omamori.parse.device.interface import Device
from omamori.parse.network.lines import console

PORTS = (
    "zone security IN\nzone security OUT\ninterface Vlan1\n zone-member security IN\ninterface Vlan2\n zone-member security IN\ninterface Dialer1\n zone-member security OUT\n"
    "interface Vlan9\n ip address 10.9.0.1 255.255.255.0\n"
)


def read(text: str) -> Device:
    return DIALECT.read(console(f"version 15.9\nhostname r1\n{PORTS}{text}\nend\n".encode()).lines)


def rules(device: Device, chain: str = "zone firewall") -> list[DeviceRule]:
    return [row for row in device.rows if isinstance(row, DeviceRule) and row.chain == chain]


def short(rule: DeviceRule) -> tuple[str, str | None, str | None, str | None, str | None]:
    return rule.decision, rule.interface_in, rule.interface_out, rule.protocol, rule.destination_ports


POLICY = (
    "class-map type inspect match-any WEB\n match protocol http\n match protocol dns\nclass-map type inspect match-all TO-SRV\n match access-group name SRV\n match protocol tcp\n"
    "policy-map type inspect P\n class type inspect WEB\n  inspect\n class type inspect TO-SRV\n  pass\n class class-default\n  drop log\n"
    "ip access-list extended SRV\n permit ip any host 10.0.0.9\n permit udp any any\nzone-pair security IN-OUT source IN destination OUT\n service-policy type inspect P\n"
)


def test_a_pair() -> None:
    device = read(POLICY)
    (chain,) = [row for row in device.rows if isinstance(row, DeviceChain) and row.hook == "forward"]
    assert (chain.priority, chain.policy, chain.first_packet) == (0, "accept", False)
    found = rules(device)
    answers, rest = [rule for rule in found if rule.states], [rule for rule in found if not rule.states]
    assert [(rule.decision, rule.interface_in, rule.interface_out, rule.protocol, rule.source_ports) for rule in answers] == [
        ("accept", "Dialer1", "Vlan1,Vlan2", "tcp", "80"), ("accept", "Dialer1", "Vlan1,Vlan2", "tcp", "53"), ("accept", "Dialer1", "Vlan1,Vlan2", "udp", "53")
    ]  # fmt: skip
    assert [short(rule) for rule in rest] == [
        ("accept", "Vlan1,Vlan2", "Dialer1", "tcp", "80"), ("accept", "Vlan1,Vlan2", "Dialer1", "tcp", "53"), ("accept", "Vlan1,Vlan2", "Dialer1", "udp", "53"),
        ("accept", "Vlan1,Vlan2", "Dialer1", "tcp", None), ("drop", "Vlan1,Vlan2", "Dialer1", None, None),
        ("accept", "Vlan1,Vlan2", "Vlan1,Vlan2", None, None), ("accept", "Dialer1", "Dialer1", None, None),
        ("drop", "Vlan1,Vlan2,Dialer1", None, None, None), ("drop", None, "Vlan1,Vlan2,Dialer1", None, None),
    ]  # fmt: skip
    assert rest[3].destinations == "10.0.0.9"


def test_answers_behind_something_only_passed_are_unknown() -> None:
    swapped = POLICY.replace("class type inspect WEB\n  inspect", "class type inspect WEB\n  pass").replace(
        "class type inspect TO-SRV\n  pass", "class type inspect TO-SRV\n  inspect"
    )
    answers = [rule for rule in rules(read(swapped)) if rule.states]
    assert [(rule.decision, rule.sources) for rule in answers] == [("unknown", "10.0.0.9")]


def test_what_a_class_says_that_cannot_be_written_is_unknown_and_never_dropped_silently() -> None:
    for match in ("match protocol signature", "match user-group STAFF", "match not protocol http"):
        text = f"class-map type inspect match-all C\n {match}\npolicy-map type inspect P\n class type inspect C\n  inspect\nzone-pair security X source IN destination OUT\n service-policy type inspect P\n"  # noqa: E501
        assert "unknown" in [rule.decision for rule in rules(read(text)) if not rule.states]
    device = read(
        "policy-map type inspect P\n class type inspect NOWHERE\n  inspect\nzone-pair security X source IN destination OUT\n service-policy type inspect P\n"
    )
    assert "unknown" in [rule.decision for rule in rules(device)]
    assert any("NOWHERE" in problem.expected for problem in device.problems)
    denied = POLICY.replace(" permit udp any any\n", " deny ip any any\n")
    assert [rule.decision for rule in rules(read(denied)) if rule.destinations == "10.0.0.9"] == ["unknown"]


def test_a_pair_without_a_policy_drops() -> None:
    device = read("zone-pair security X source IN destination OUT\n")
    assert short(next(rule for rule in rules(device) if rule.interface_in == "Vlan1,Vlan2" and rule.interface_out == "Dialer1")) == (
        "drop", "Vlan1,Vlan2", "Dialer1", None, None
    )  # fmt: skip


def test_the_device_itself() -> None:
    assert rules(read(POLICY), "zone firewall self") == []
    device = read(POLICY + "zone-pair security OUT-SELF source OUT destination self\n service-policy type inspect P\n")
    (chain,) = [row for row in device.rows if isinstance(row, DeviceChain) and row.hook == "input"]
    assert chain.policy == "accept"
    assert [short(rule) for rule in rules(device, "zone firewall self")][-1] == ("drop", "Dialer1", None, None, None)


def test_no_zones_no_chain() -> None:
    device = DIALECT.read(console(b"version 15.9\nhostname r1\ninterface Vlan1\n ip address 10.0.0.1 255.0.0.0\nend\n").lines)
    assert not [row for row in device.rows if isinstance(row, DeviceChain)]
