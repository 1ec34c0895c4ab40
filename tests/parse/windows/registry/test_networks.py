"""Networks the machine remembers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from omamori.parse.windows.registry.networks import read_networks, system_time
from omamori.parse.windows.registry.tree import Shown, Tree, Value

PROFILES = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\NetworkList\Profiles"
MOMENT = "e9,07,0b,00,04,00,14,00,15,00,05,00,09,00,00,00"


def test_networks_with_kind_and_moments(export: Callable[..., Shown]) -> None:
    part = read_networks(
        Tree(
            [
                export(
                    PROFILES,
                    rf"{PROFILES}\{{1}}"
                    f'\n"ProfileName"="Karte-WiFi"\n"NameType"=dword:00000047\n"Category"=dword:00000000\n"DateCreated"=hex:{MOMENT}'
                    f'\n"DateLastConnected"=hex:{MOMENT}',
                )
            ]
        )
    )
    (row,) = part.rows
    assert (row.name, row.kind, row.category) == ("Karte-WiFi", "wireless", "public")
    assert row.first_connected == row.last_connected == datetime(2025, 11, 20, 21, 5, 9)
    (look,) = part.looks
    assert look.complete and look.missing == ("authentication", "automatic")


def test_no_network_was_ever_joined(export: Callable[..., Shown]) -> None:
    part = read_networks(Tree([export(PROFILES)]))
    assert part.rows == []
    assert part.looks[0].complete and not part.looks[0].missing


def test_the_key_was_not_asked_for(export: Callable[..., Shown]) -> None:
    assert read_networks(Tree([export(r"SOFTWARE\Policies")])).looks == []


@pytest.mark.parametrize("data", [b"", b"\0" * 16, b"\xff" * 16, b"\0" * 15, "E9070B", "zz" * 16, 7])
def test_what_is_no_moment(data: bytes | str | int) -> None:
    assert system_time(Value("DateCreated", data, 1)) is None


def test_bytes_as_reg_query_prints_them() -> None:
    assert system_time(Value("DateCreated", MOMENT.replace(",", "").upper(), 1)) == datetime(2025, 11, 20, 21, 5, 9)
    assert system_time(None) is None
