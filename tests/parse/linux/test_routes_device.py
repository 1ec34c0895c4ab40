"""Routes of all tables of a Linux machine, and the rules that choose among the tables."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.model.device import DeviceRoute
from omamori.model.look import Look
from omamori.parse.interface import Context
from omamori.parse.linux.routes import parse
from omamori.parse.sections import write_sections

USUAL = "0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n"
ROUTES = """default via 10.1.0.254 dev eth0 proto dhcp metric 100
10.7.0.0/16 metric 50
\tnexthop via 10.1.0.7 dev eth0 weight 1
\tnexthop via 10.1.0.8 dev eth0 weight 1
unreachable 10.99.0.0/16
default dev wg0 table 51820
local 10.1.0.1 dev eth0 table local proto kernel scope host src 10.1.0.1
10.1.0.0/16 dev eth0 proto kernel scope link src 10.1.0.1
"""


def read(rules: str | None, routes: str = ROUTES) -> tuple[list[DeviceRoute], Look]:
    now = datetime(2026, 1, 15)
    sections: list[tuple[str, bytes, int | None]] = [
        ("route4", routes.encode(), 0),
        ("route6", b"", 0),
        *([("rules4", rules.encode(), 0)] if rules is not None else []),
    ]
    parsed = parse(write_sections(sections), Context("linux.routes", now, now))
    return [row for row in parsed.rows if isinstance(row, DeviceRoute)], next(
        look for look in parsed.looks if look.table == "device_routes"
    )


def test_the_usual_rules_leave_the_main_table() -> None:
    rows, look = read(USUAL)
    assert [(one.destination, one.gateway, one.interface, one.distance, one.origin, one.discard, one.condition) for one in rows] == [
        ("0.0.0.0/0", "10.1.0.254", "eth0", 100, "dhcp", False, None),
        ("10.7.0.0/16", "10.1.0.7", "eth0", 50, "static", False, None),
        ("10.7.0.0/16", "10.1.0.8", "eth0", 50, "static", False, None),
        ("10.99.0.0/16", None, None, None, "static", True, None),
        ("0.0.0.0/0", None, "wg0", None, "static", False, "table 51820, which no rule names"),
        ("10.1.0.0/16", None, "eth0", None, "connected", False, None),
    ]
    assert (look.complete, look.missing) == (True, ())


def test_a_rule_beyond_the_usual_is_the_condition_of_its_tables_routes() -> None:
    rows, look = read(USUAL + "32765:\tnot from all fwmark 0xca6c lookup 51820\n")
    assert rows[4].condition == "rule 32765: not from all fwmark 0xca6c lookup 51820"
    assert (look.complete, look.reason) == (False, "not_understood")


@pytest.mark.parametrize(
    "rules",
    [
        USUAL.replace("0:\tfrom all lookup local\n", ""),
        USUAL + "9:\tfrom 10.0.0.0/8 blackhole\n",
        USUAL + "1000:\tfrom all lookup [l3mdev-table]\n",
    ],
)
def test_other_rules_are_not_followed(rules: str) -> None:
    assert read(rules)[1].reason == "not_understood"


def test_nobody_asked_for_the_rules() -> None:
    _, look = read(None)
    assert (look.complete, look.missing, look.reason) == (True, ("condition",), "not_collected")


def test_a_line_that_is_no_route_is_told() -> None:
    assert read(USUAL, "somewhere via nothing\n")[1].reason == "not_understood"
