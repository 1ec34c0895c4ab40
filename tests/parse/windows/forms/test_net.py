"""PowerShell's Get-Net… cmdlets: filtered, cut off by the console, and joined with each other."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from omamori.model.look import Look, Parsed
from omamori.model.network import Interface
from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.merge import merge
from omamori.parse.windows.session import read_session

DATA = Path(__file__).parent / "data"
NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)


def sample(name: str) -> str:
    return (DATA / f"{name}.txt").read_text(encoding="utf-8")


def read(text: str) -> Parsed:
    (piece,) = read_session(text.encode()).pieces
    return read_piece(piece, CONTEXT)


def without(text: str, word: str) -> str:
    return "\n".join(line for line in text.split("\n") if word not in line)


def look(found: Parsed, table: str) -> Look:
    return next(one for one in found.looks if one.table == table)


@pytest.mark.parametrize(
    ("name", "word", "table"),
    [
        ("get_net_route/table", "::", "routes"),  # -AddressFamily IPv4
        ("get_net_route/table", "127.", "routes"),
        ("get_net_neighbor/table", "::", "neighbours"),
        ("get_net_tcp_connection/table", "Listen", "connections"),  # -State Established
    ],
)
def test_a_part_is_not_the_whole_list(name: str, word: str, table: str) -> None:
    text = sample(name)
    assert look(read(text), table).complete
    assert not look(read(without(text, word)), table).complete


@pytest.mark.parametrize(
    ("name", "value", "into", "table"),
    [
        ("get_net_route/table", "10.1.0.254 ", "10.1.0.25\u2026 ", "routes"),
        ("get_net_neighbor/table", "fe80::1 ", "fe80::\u2026 ", "neighbours"),
        ("get_net_tcp_connection/table", "198.51.100.7 ", "198.51.10... ", "connections"),
    ],
)
def test_values_cut_by_the_console_are_told(name: str, value: str, into: str, table: str) -> None:
    found = read(sample(name).replace(value, into, 1))
    assert not look(found, table).complete and look(found, table).reason == "not_understood"
    assert len(found.problems) == 1 and found.problems[0].expected_ja


def test_json_that_ends_early_is_not_whole() -> None:
    text = sample("get_net_neighbor/json")
    found = read(text[: text.rindex("{")])
    assert not look(found, "neighbours").complete and found.problems


def test_ports_of_one_protocol_are_never_all_ports() -> None:
    for name in ("get_net_tcp_connection/table", "get_net_udp_endpoint/table"):
        listeners = look(read(sample(name)), "listeners")
        assert not listeners.complete and "netstat" in (listeners.needs or "")


def test_cards_and_addresses_and_ipconfig_are_one() -> None:
    ipconfig = read(sample("ipconfig/server_ja"))
    addresses, cards = read(sample("get_net_ip_address/list")), read(sample("get_net_adapter/table"))
    found = merge([addresses, cards, ipconfig])
    names = [row.name for row in found.rows if isinstance(row, Interface)]
    expected = [row.name for row in ipconfig.rows if isinstance(row, Interface)]
    assert sorted(names) == sorted([*expected, "Wi-Fi"]), "the disabled card is listed by Get-NetAdapter only"
    up = {row.name: row.up for row in found.rows if isinstance(row, Interface)}
    assert (up["イーサネット"], up["イーサネット 2"], up["Wi-Fi"]) == (True, False, False)
    assert look(found, "interfaces").complete


def test_name_servers_cut_by_the_console_are_told() -> None:
    found = read(sample("get_dns_client_server_address/table").replace("{10.1.0.2, 10.1.0.3}", "{10.1.0.2, 10.1.0.3...}"))
    assert found.problems and look(found, "outbound_settings").reason == "not_understood"
