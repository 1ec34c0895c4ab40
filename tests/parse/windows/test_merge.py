"""Outputs of one machine joined: rows that are one thing, also where an output could not read part of the key."""

from __future__ import annotations

from omamori.model.look import Look, Parsed
from omamori.model.network import Interface, Listener
from omamori.parse.windows.merge import merge


def test_cards_without_their_addresses_join_the_addresses() -> None:
    addresses = Parsed(
        rows=(
            Interface(name="イーサネット", address="10.1.0.21"),
            Interface(name="イーサネット", address="fe80::1"),
            Interface(name="Wi-Fi"),
        ),
        looks=(Look("interfaces", missing=("kind",), reason="not_collected"),),
    )
    cards = Parsed(
        rows=(Interface(name="イーサネット", kind="ethernet"), Interface(name="Wi-Fi", kind="wireless")),
        looks=(Look("interfaces", complete=False, missing=("address", "prefix"), reason="not_collected"),),
    )
    for parts in ((addresses, cards), (cards, addresses)):
        found = merge(parts)
        assert sorted((row.name, row.kind, row.address) for row in found.rows if row.address) == [
            ("イーサネット", "ethernet", "10.1.0.21"),
            ("イーサネット", "ethernet", "fe80::1"),
        ]
        assert [(row.name, row.kind) for row in found.rows if not row.address] == [("Wi-Fi", "wireless")]
        assert found.looks == (Look("interfaces"),)


def test_a_card_of_its_own_stays_a_row_and_its_address_is_not_known() -> None:
    addresses = Parsed(rows=(Interface(name="a", address="10.1.0.21"),), looks=(Look("interfaces"),))
    cards = Parsed(rows=(Interface(name="b"),), looks=(Look("interfaces", complete=False, missing=("address",), reason="not_collected"),))
    found = merge((addresses, cards))
    assert [row.name for row in found.rows] == ["a", "b"]
    assert found.looks == (Look("interfaces", missing=("address",), reason="not_collected"),)


def test_ports_without_process_numbers_are_the_ports_with_them() -> None:
    plain = Parsed(
        rows=(Listener(protocol="tcp", address="::", port=445),), looks=(Look("listeners", missing=("pid",), reason="not_collected"),)
    )
    numbered = Parsed(rows=(Listener(protocol="tcp", address="::", port=445, pid=4),), looks=(Look("listeners"),))
    found = merge((plain, numbered))
    assert [row.pid for row in found.rows] == [4]
    assert found.looks == (Look("listeners"),)


def test_a_part_of_the_key_never_joins_two_rows_of_one_list() -> None:
    twice = Parsed(
        rows=(Listener(protocol="tcp", address="::", port=445), Listener(protocol="tcp", address="::", port=446)),
        looks=(Look("listeners", missing=("pid",), reason="not_collected"),),
    )
    assert [row.port for row in merge((twice, twice)).rows] == [445, 446]
