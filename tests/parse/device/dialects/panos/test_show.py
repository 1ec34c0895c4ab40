"""Outputs of PAN-OS, line by line."""

from __future__ import annotations

from omamori.parse.device.dialects.panos.show import read_state
from omamori.parse.windows.lines import Line

TEXT = """\
flags: A:active, ?:loose, C:connect, H:host, S:static, ~:internal, R:rip, O:ospf, B:bgp,
VIRTUAL ROUTER: lab (id 3)
destination      nexthop            metric flags      age   interface          next-AS
0.0.0.0/0        203.0.113.1        10     A S              ethernet1/15
10.0.0.0/24      10.0.0.1           0      A C              ae1.15
10.0.0.1/32      0.0.0.0            0      A H
10.0.0.0/8       discard            10     A S
10.5.0.0/16      10.0.0.9           10     A Oi       3474 ae1.255
10.6.0.0/16      10.0.0.9           10     S                ethernet1/1
this is nothing known
"""


def test_routes() -> None:
    state = read_state([Line(number, line) for number, line in enumerate(TEXT.split("\n"), 1)])
    told = [(row.destination, row.gateway, row.interface, row.origin, row.discard, row.vrf) for row in state.routes]
    assert told == [
        ("0.0.0.0/0", "203.0.113.1", "ethernet1/15", "static", False, "lab"), ("10.0.0.0/24", None, "ae1.15", "connected", False, "lab"),
        ("10.0.0.0/8", None, None, "static", True, "lab"), ("10.5.0.0/16", "10.0.0.9", "ae1.255", "ospf", False, "lab"),
    ]  # fmt: skip
    assert [line.number for line in state.unread] == [10]
