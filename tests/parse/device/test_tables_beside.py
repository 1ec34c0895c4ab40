"""A configuration and the tables of its device in one file: neither is lost."""

from __future__ import annotations

from datetime import datetime

from omamori.model.device import DeviceFact, DeviceInterface
from omamori.model.network import Neighbour
from omamori.model.sightings import ForwardingEntry
from omamori.parse.device.config import KIND, PARSERS
from omamori.parse.interface import Context
from omamori.parse.redact import redact_for
from omamori.parse.registry import recognise

NOW = datetime(2026, 6, 1, 9)
CONFIG = "SW2#show running-config\nversion 15.2\nhostname SW2\nenable secret 5 himitsu9\ninterface Vlan20\n ip address 10.20.0.1 255.255.255.0\nend\n"
TABLES = (
    "SW2#show mac address-table\n          Mac Address Table\n-------------------------------------------\nVlan    Mac Address       Type        Ports\n----    -----------       --------    -----\n"  # noqa: E501
    "  20    0000.5e00.5311    DYNAMIC     Gi1/0/12\nTotal Mac Addresses for this criterion: 1\nSW2#show ip arp\n"
    "Protocol  Address          Age (min)  Hardware Addr   Type   Interface\nInternet  10.20.0.11              3   0000.5e00.5311  ARPA   Vlan20\nSW2#exit\n"
)


def parse(text: str) -> tuple[dict[type, list[object]], dict[str, bool], list[str]]:
    parser = recognise(text.encode(), "x.txt")
    assert parser is PARSERS[0] or (parser is not None and parser.kind == KIND)
    data = redact_for(parser, text.encode()).data
    assert b"himitsu9" not in data
    parsed = PARSERS[0].parse(data, Context(KIND, NOW, NOW))
    rows: dict[type, list[object]] = {}
    for row in parsed.rows:
        rows.setdefault(type(row), []).append(row)
    return rows, {look.table: look.complete for look in parsed.looks}, [problem.expected for problem in parsed.problems]


def test_both_are_read() -> None:
    for text in (CONFIG + TABLES, TABLES + CONFIG):
        rows, looks, problems = parse(text)
        assert [(row.hostname, row.system) for row in rows[DeviceFact] if isinstance(row, DeviceFact)] == [("SW2", "cisco-ios")]
        assert len(rows[DeviceInterface]) == len(rows[Neighbour]) == len(rows[ForwardingEntry]) == 1
        assert looks["forwarding_entries"] is True
        assert looks["device_rules"] is True
        assert problems == []


def test_a_configuration_alone_tells_of_no_tables() -> None:
    rows, looks, _ = parse(CONFIG)
    assert Neighbour not in rows
    assert "neighbours" not in looks


def test_tables_of_another_device_are_told_as_left_out() -> None:
    other = TABLES.replace("SW2", "SW3").replace("5311", "5312")
    rows, _, problems = parse(CONFIG + TABLES + other)
    assert Neighbour not in rows
    assert any("import them in a file of their own" in problem for problem in problems)
