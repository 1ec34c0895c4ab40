"""Names of interfaces, however they are written; order of lists."""

from __future__ import annotations

from omamori.parse.device.cisco.acl import Ace
from omamori.parse.device.dialects.cisco_ios.model import AccessList, Ios, Port, canonical, kind_of


def test_names() -> None:
    ios = Ios(ports={name: Port(name, 1) for name in ("GigabitEthernet0/1", "Loopback66", "Vlan1", "Vlan10")})
    assert ios.port_named(("Gi0/1", "x")) == ("GigabitEthernet0/1", 1)
    assert ios.port_named(("loopback", "66", "100")) == ("Loopback66", 2)
    assert ios.port_named(("vlan10",)) == ("Vlan10", 1)
    assert ios.port_named(("Dialer", "1")) == ("Dialer1", 2)
    assert ios.port_named(("10.0.0.1",)) == ("", 0)
    assert canonical(("Port-channel", "3")) == "Port-channel3"
    assert canonical(()) == ""


def test_kinds() -> None:
    assert [kind_of(name) for name in ("FastEthernet0", "Gi0/0.20", "Dialer1", "Cellular0", "Dot11Radio0", "BVI1", "Serial0")] == [
        "ethernet", "vlan", "ppp", "mobile", "wireless", "bridge", None
    ]  # fmt: skip


def test_lines_without_number_follow_those_with_one() -> None:
    lines = [
        Ace(number=1, sequence=30, text="a", permit=True),
        Ace(number=2, sequence=None, text="b", permit=True),
        Ace(number=3, sequence=5, text="c", permit=True),
    ]
    assert [ace.text for ace in AccessList("X", 1, False, lines).ordered()] == ["c", "a", "b"]
