"""What the names of inspected protocols stand for."""

from __future__ import annotations

from omamori.parse.device.cisco.groups import Service
from omamori.parse.device.dialects.cisco_ios.inspect import INSPECTED, openings
from omamori.parse.device.dialects.cisco_ios.model import Ios, Port


def test_names() -> None:
    assert INSPECTED["https"] == (Service("tcp", None, "443"),)
    assert {service.protocol for service in INSPECTED["dns"]} == {"tcp", "udp"}
    assert "unheard" not in INSPECTED


def test_a_rule_that_is_nowhere_opens_nothing_and_is_told() -> None:
    ios = Ios(ports={"Vlan1": Port("Vlan1", 1, inspects=[("F", "in", 7)])})
    assert openings(ios) == {}
    assert [problem.line for problem in ios.reading.problems] == [7]
