"""Every real configuration is read, in part where it is not understood; hostile input never stops the reader."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.model.device import DeviceChain, DeviceInterface, DeviceRule
from omamori.parse.device.dialects.cisco_ios import DIALECT
from omamori.parse.device.interface import Device
from omamori.parse.network.lines import console

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "netconfig" / "batfish"


def files() -> list[Path]:
    found = [*DATA.glob("networks/example/*/configs/*.cfg"), *DATA.glob("networks/hybrid-cloud-aws/configs/*")]
    found += [path for path in DATA.glob("vendor-testconfigs/cisco/**/*") if path.is_file()]
    return sorted(found) or pytest.skip(f"real configurations are not here: {DATA}")


def sound(device: Device, lines: int) -> None:
    """What must hold of whatever was read."""
    chains = {row.chain for row in device.rows if isinstance(row, DeviceChain)}
    placed: Counter[tuple[str, int]] = Counter()
    for row in device.rows:
        assert not row.evidence or 0 < int(row.evidence) <= lines
        if isinstance(row, DeviceRule):
            placed[row.chain, row.position] += 1
            assert row.chain in chains
            assert row.target is None or row.target in chains
            assert row.decision in ("accept", "drop", "reject", "return", "jump", "dnat", "snat", "masquerade", "unknown")
    assert not placed or max(placed.values()) == 1
    assert len({line.line for line in device.unread}) == len(device.unread) <= device.lines


def test_every_real_configuration() -> None:
    lines = unread = rules = 0
    for path in files():
        shown = console(path.read_bytes()).lines
        device = DIALECT.read(shown)
        sound(device, len(shown))
        lines, unread = lines + device.lines, unread + len(device.unread)
        rules += sum(isinstance(row, DeviceRule) for row in device.rows)
    assert lines > 9_000
    assert rules > 450
    assert unread < 15, f"{unread} of {lines} lines are not understood"


def test_a_whole_configuration_and_a_part_of_one() -> None:
    whole = DIALECT.read(console(b"version 15.9\nhostname r1\ninterface Vlan1\n ip address 10.0.0.1 255.0.0.0\nend\n").lines)
    assert dict(whole.not_told) == {}
    part = DIALECT.read(console(b"hostname r1\ninterface Vlan1\n ip address 10.0.0.1 255.0.0.0\n").lines)
    assert set(part.not_told) >= {"device_rules", "device_routes", "device_access", "device_interfaces"}
    assert [row.address for row in part.rows if isinstance(row, DeviceInterface)] == ["10.0.0.1"]


def test_a_routing_table_beside_a_configuration_tells_what_was_learnt() -> None:
    text = (
        "r1#show running-config\nversion 15.9\nhostname r1\nip route 0.0.0.0 0.0.0.0 10.0.0.254\nrouter ospf 1\nend\nr1#show ip route\n"
        "Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - BGP\n\nS*    0.0.0.0/0 [1/0] via 10.0.0.254\nO     10.9.0.0/16 [110/2] via 10.0.0.9, 1d, Vlan1\nr1#\n"  # noqa: E501
    )
    device = DIALECT.read(console(text.encode()).lines)
    assert "device_routes" not in device.not_told
    assert [(row.destination, row.origin, row.evidence) for row in device.rows if type(row).__name__ == "DeviceRoute"] == [
        ("0.0.0.0/0", "static", "4"), ("10.9.0.0/16", "ospf", "11")
    ]  # fmt: skip


def test_counted_packets_stand_beside_the_lines_of_the_configuration() -> None:
    text = (
        "r1#show run\nversion 15.9\nhostname r1\nip access-list extended X\n permit tcp any any eq 22\n deny ip any any\nend\nr1#show access-lists\n"
        "Extended IP access list X\n    10 permit tcp any any eq 22 (5 matches)\n    20 deny ip any any (812 matches)\n"
    )
    device = DIALECT.read(console(text.encode()).lines)
    assert [(row.decision, row.hits) for row in device.rows if isinstance(row, DeviceRule)] == [("accept", 5), ("drop", 812)]


VOCABULARY = (
    "interface Vlan1", "interface Tunnel0", " ip address 10.0.0.1 255.255.255.0", " ip access-group X in", " ip access-group Y out", " ip nat inside", " ip nat outside", " crypto map M",  # noqa: E501
    " zone-member security A", " ip inspect F out", "zone security A", "zone-pair security P source A destination B", " service-policy type inspect PM", "policy-map type inspect PM",  # noqa: E501
    " class type inspect C", "  inspect", "  pass", "class-map type inspect match-all C", " match access-group name X", " match protocol http", " match class-map C", "ip access-list extended X",  # noqa: E501
    " permit ip any any", " 10 deny tcp any eq 80 host 10.0.0.1", " evaluate R", " permit tcp any any reflect R", " permit object-group G any object-group G", "object-group network G",  # noqa: E501
    " group-object G", " host 10.0.0.9", "object-group service G", " tcp eq 80", "access-list 5 permit 10.0.0.0 0.255.0.255", "access-list", "ip nat inside source list 5 interface Vlan1 overload",  # noqa: E501
    "ip nat inside source static tcp 10.0.0.9 80 interface Vlan1 80", "ip nat inside source static network 10.0.0.0 10.1.0.0 /99", "ip nat pool P 10.0.0.9 10.0.0.1", "ip nat inside source route-map RM pool P",  # noqa: E501
    "route-map RM permit 10", " match ip address 5", "ip route 0.0.0.0 0.0.0.0 Null0", "ip route 1", "ip route vrf", "crypto map M 10 ipsec-isakmp", " set peer 10.0.0.2", " match address X", "ip inspect name F tcp",  # noqa: E501
    "username a", "username a password", "line vty 0 4", " access-class 5 in", " transport input", "snmp-server community", "snmp-server host", "logging host", "logging", "enable secret", "hostname", "version",  # noqa: E501
    "banner motd ^C", "^C", "Codes: L - local, M - mobile", "S 10.0.0.0/8 [1/0] via 10.0.0.1", "Standard IP access list 5", "    10 permit any (99999999999999999999 matches)", "Crypto session current status", "Peer: 10.0.0.1 port 500",  # noqa: E501
    "Cisco IOS Software, Version 15", "r1 uptime is 5", "Vlan1 is up, line protocol is up", "  Internet address is 10.0.0.1/99", "r1#show ip route", "r1#", "end", "",
)  # fmt: skip
lines_of = st.lists(st.one_of(st.sampled_from(VOCABULARY), st.text(max_size=60).map(lambda text: text.replace("\n", " "))), max_size=40)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(lines_of)
def test_any_lines(given_lines: list[str]) -> None:
    shown = console("\n".join(given_lines).encode(errors="replace")).lines
    sound(DIALECT.read(shown), len(shown))


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(lines_of)
def test_a_line_more_loses_nothing_that_was_told(given_lines: list[str]) -> None:
    """A line nobody understands, put anywhere at the top, adds a gap and takes no rule away."""
    kept = [
        line
        for line in given_lines
        if not line.startswith(("banner", "r1", "Codes", "S 10", "Standard", "    10", "Crypto", "Peer", "Cisco", "Vlan1 is", "  Int"))
    ]
    before = DIALECT.read(console("\n".join(kept).encode(errors="replace")).lines)
    after = DIALECT.read(console("\n".join([*kept, "shimashima 5"]).encode(errors="replace")).lines)
    assert len(after.unread) == len(before.unread) + 1
    assert [row for row in after.rows if isinstance(row, DeviceRule)] == [row for row in before.rows if isinstance(row, DeviceRule)]
