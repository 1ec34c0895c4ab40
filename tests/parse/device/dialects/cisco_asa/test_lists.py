"""What an ASA lets through: lists, levels, answers, objects; before and since 8.3."""

from __future__ import annotations

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.dialects.cisco_asa import DIALECT
from omamori.parse.device.interface import Device
from omamori.parse.network.lines import console

PORTS = (
    "interface Gi0/0\n nameif outside\n security-level 0\n ip address 203.0.113.1 255.255.255.0\ninterface Gi0/1\n nameif inside\n security-level 100\n ip address 10.0.0.1 255.255.255.0\n"  # noqa: E501
    "interface Gi0/2\n nameif dmz\n security-level 50\n ip address 10.5.0.1 255.255.255.0\ninterface Gi0/3\n nameif lab\n security-level 50\n"
)


def read(text: str, version: str = "9.8(2)") -> Device:
    return DIALECT.read(console(f"ASA Version {version}\nhostname fw1\n{PORTS}{text}\n: end\n".encode()).lines)


def rules(device: Device, chain: str = "interface access") -> list[DeviceRule]:
    return [row for row in device.rows if isinstance(row, DeviceRule) and row.chain == chain]


def chains(device: Device) -> dict[str, DeviceChain]:
    return {row.chain: row for row in device.rows if isinstance(row, DeviceChain)}


def decided(device: Device, into: str, out: str) -> str:
    """The first rule that decides, a jump by its list; the policy where none does."""
    for rule in rules(device):
        if (
            rule.states
            or (rule.interface_in and into not in rule.interface_in.split(","))
            or (rule.interface_out and out not in rule.interface_out.split(","))
        ):
            continue
        return rule.target or rule.decision
    return chains(device)["interface access"].policy or ""


def test_levels() -> None:
    device = read("")
    chain = chains(device)["interface access"]
    assert (chain.hook, chain.priority, chain.policy, chain.first_packet) == ("forward", 0, "drop", False)
    assert device.fact.stateful is True
    ways = {(a, b): decided(device, a, b) for a in ("Gi0/0", "Gi0/1", "Gi0/2") for b in ("Gi0/0", "Gi0/1", "Gi0/2", "Gi0/3")}
    assert {way for way, decision in ways.items() if decision == "accept"} == {
        ("Gi0/1", "Gi0/0"), ("Gi0/1", "Gi0/2"), ("Gi0/1", "Gi0/3"), ("Gi0/2", "Gi0/0")
    }  # fmt: skip
    assert set(ways.values()) == {"accept", "drop"}


def test_equal_levels() -> None:
    assert decided(read(""), "Gi0/2", "Gi0/3") == "drop"
    assert decided(read("same-security-traffic permit inter-interface"), "Gi0/2", "Gi0/3") == "accept"
    assert decided(read("same-security-traffic permit inter-interface"), "Gi0/2", "Gi0/2") == "drop"
    assert decided(read("same-security-traffic permit intra-interface"), "Gi0/2", "Gi0/2") == "accept"
    listed = "access-list D extended permit ip any any\naccess-group D in interface dmz"
    assert decided(read(listed), "Gi0/2", "Gi0/3") == "drop"


def test_answers_are_let_in_and_of_icmp_only_where_it_is_inspected() -> None:
    assert rules(read(""))[0].protocol == "tcp,udp"
    first = rules(read("policy-map global_policy\n class inspection_default\n  inspect dns\n  inspect icmp"))[0]
    assert (first.decision, first.protocol, first.states) == ("accept", "tcp,udp,icmp", "established,related")


def test_a_list_inbound_in_place_of_the_level_and_a_global_one_behind_it() -> None:
    device = read(
        "access-list O extended permit tcp any host 10.5.0.9 eq https\naccess-group O in interface outside\naccess-list G extended permit icmp any any\naccess-group G global"
    )
    mine = [(rule.decision, rule.target) for rule in rules(device) if rule.interface_in == "Gi0/0" and rule.decision == "jump"]
    assert mine == [("jump", "access list O"), ("jump", "access list G")]
    assert decided(device, "Gi0/1", "Gi0/0") == "access list G"
    (line,) = rules(device, "access list O")
    assert (line.decision, line.protocol, line.destinations, line.destination_ports) == ("accept", "tcp", "10.5.0.9", "443")


def test_outbound() -> None:
    device = read("access-list O extended permit tcp any any eq 25\naccess-group O out interface outside")
    chain = chains(device)["outside out"]
    assert (chain.hook, chain.priority, chain.policy, chain.interface_out) == ("forward", 10, "drop", "Gi0/0")
    assert [(rule.decision, rule.target) for rule in rules(device, "outside out")] == [("accept", None), ("jump", "access list O")]
    assert decided(device, "Gi0/1", "Gi0/0") == "accept"  # the level lets it in, the list then decides


def test_before_83_lists_see_the_wire() -> None:
    text = "access-list O extended permit tcp any host 203.0.113.9 eq 80\naccess-group O in interface outside\naccess-group O out interface inside"
    old = chains(read(text, "8.2(5)"))
    assert (old["outside in"].hook, old["outside in"].priority) == ("prerouting", -200)
    assert (old["inside out"].hook, old["inside out"].priority) == ("postrouting", 200)
    assert "outside in" not in chains(read(text))


def test_a_list_that_is_nowhere_is_unknown() -> None:
    device = read("access-group NOWHERE in interface outside")
    assert [rule.decision for rule in rules(device) if rule.interface_in == "Gi0/0" and rule.unread] == ["unknown"]
    assert any("NOWHERE" in problem.expected for problem in device.problems)


def test_objects_and_groups() -> None:
    device = read(
        "name 10.0.0.7 printer\nobject network SRV\n host 10.5.0.9\nobject network LAN\n subnet 10.0.0.0 255.255.255.0\nobject network FAR\n fqdn v4 example.jp\n"
        "object-group network ALL\n network-object object SRV\n network-object 10.6.0.0 255.255.0.0\n network-object host printer\n group-object MORE\nobject-group network MORE\n network-object host 10.7.0.1\n"  # noqa: E501
        "object service ALT\n service tcp source range 1 5 destination eq 8443\nobject-group service MIX\n service-object tcp destination eq www\n service-object object ALT\n service-object icmp echo\n"  # noqa: E501
        "object-group service PORTS tcp\n port-object eq 22\n port-object range 80 90\nobject-group icmp-type PING\n icmp-object echo\n icmp-object echo-reply\n"
        "access-list X extended permit object-group MIX object LAN object-group ALL\naccess-list X extended permit tcp any4 object SRV object-group PORTS log inactive\n"
        "access-list X extended permit icmp any any object-group PING\naccess-list X extended permit ip object FAR any\naccess-list X extended deny ip any interface outside\n"
        "access-list X extended permit ip object NOWHERE any\naccess-list X extended nonsense"
    )
    found = rules(device, "access list X")
    assert [(rule.protocol, rule.source_ports, rule.destination_ports) for rule in found[:3]] == [
        ("tcp", None, "80"),
        ("tcp", "1-5", "8443"),
        ("icmp", None, "8"),
    ]
    assert {rule.destinations for rule in found[:3]} == {"10.5.0.9,10.6.0.0/16,10.0.0.7,10.7.0.1"}
    assert {(rule.sources, rule.sources_named) for rule in found[:3]} == {("10.0.0.0/24", "LAN")}
    assert (found[3].destination_ports, found[3].enabled, found[3].logs) == ("22,80-90", False, True)
    assert [rule.destination_ports for rule in found[4:5]] == ["8,0"]
    assert (found[5].sources, found[5].unread) == (None, "fqdn v4 example.jp")
    assert found[6].destinations == "203.0.113.1"
    assert found[7].unread == "NOWHERE is not defined"
    assert (found[8].decision, len(found)) == ("unknown", 9)


def test_an_interface_for_management_passes_nothing_on() -> None:
    device = read("interface Management0/0\n management-only\n nameif mgmt\n security-level 100")
    assert decided(device, "Management0/0", "Gi0/0") == "drop"
    assert decided(device, "Gi0/1", "Management0/0") == "drop"
