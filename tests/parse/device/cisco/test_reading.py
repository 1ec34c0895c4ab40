"""Whom a list lets through to a service, answers turned round, states of secrets."""

from __future__ import annotations

from omamori.model.device import DeviceRule
from omamori.parse.device.cisco.acl import standard
from omamori.parse.device.cisco.groups import Groups
from omamori.parse.device.cisco.reading import Allowed, Reading, permitted, ranges, secret_state, turned
from omamori.parse.device.cisco.values import wildcard


def allowed(*lines: str) -> Allowed:
    found = [standard(tuple(line.split()), 1, Groups(wildcard)) for line in lines]
    return permitted([ace for ace in found if ace is not None])


def test_the_first_line_that_matches_decides() -> None:
    assert allowed("permit 10.0.0.0 0.0.0.255") == Allowed("10.0.0.0/24")
    assert allowed("deny 10.0.0.0 0.0.0.127", "permit 10.0.0.0 0.0.0.255") == Allowed("10.0.0.128/25")
    assert allowed("permit any") == Allowed(None)
    assert allowed("deny 10.0.0.1", "permit any").text == "0.0.0.0-10.0.0.0,10.0.0.2-255.255.255.255"
    assert allowed("deny any", "permit any") == Allowed(None, nobody=True)
    assert allowed() == Allowed(None, nobody=True)
    assert allowed("permit 10.0.0.0 0.255.0.255").known is False


def test_ranges() -> None:
    assert ranges(None) == [(0, 0xFFFFFFFF)]
    assert ranges("10.0.0.1,10.0.0.4-10.0.0.5") == [(0x0A000001, 0x0A000001), (0x0A000004, 0x0A000005)]


def test_turned() -> None:
    rule = DeviceRule(
        decision="accept",
        protocol="tcp",
        sources="10.0.0.1",
        destinations="10.0.0.2",
        destination_ports="80",
        interface_in="a",
        interface_out="b",
    )
    answer = turned(rule)
    assert (answer.sources, answer.destinations, answer.source_ports, answer.destination_ports) == ("10.0.0.2", "10.0.0.1", "80", None)
    assert (answer.interface_in, answer.interface_out, answer.states) == ("b", "a", "established,related")
    assert turned(DeviceRule(protocol="icmp", destination_ports="8")).source_ports is None


def test_secrets_and_names_that_are_missing() -> None:
    assert [secret_state("[secret: password, set]", kind) for kind in ("", "0", "7", "5", "9")] == [
        "plain",
        "plain",
        "reversible",
        "hashed",
        "hashed",
    ]
    assert secret_state("[secret: password, default]") == "default"
    assert secret_state("[secret: password, empty]") == "empty"
    reading = Reading()
    reading.missing("access list", "アクセスリスト", "X", 4)
    reading.missing("access list", "アクセスリスト", "X", 4)
    assert [problem.line for problem in reading.problems] == [4]
