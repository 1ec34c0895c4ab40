"""Machines on the same network that nobody knows."""

from __future__ import annotations

import pytest

from omamori.analyze.neighbours import KnownMachines, plain_mac, unknown_neighbours
from omamori.model.network import Neighbour

KNOWN = KnownMachines(frozenset({"10.1.0.1"}), frozenset({"00005e005301"}))


@pytest.mark.parametrize(
    ("row", "unknown"),
    [
        (Neighbour(address="10.1.0.99", mac="00:00:5e:00:53:99", state="reachable"), True),
        (Neighbour(address="10.1.0.1", mac="00:00:5e:00:53:98"), False),
        (Neighbour(address="10.1.0.2", mac="00-00-5E-00-53-01"), False),
        (Neighbour(address="10.1.0.3", state="failed"), False),
        (Neighbour(address="172.17.0.2", mac="02:42:ac:11:00:02", interface="docker0"), False),
        (Neighbour(address="224.0.0.1"), False),
        (Neighbour(address="fe80::1"), False),
        (Neighbour(address="word"), False),
    ],
)
def test_one_neighbour(row, unknown):
    assert bool(list(unknown_neighbours([row], KNOWN))) is unknown


def test_one_machine_with_two_addresses_is_told_once():
    rows = [Neighbour(address=address, mac="00:00:5e:00:53:99") for address in ("10.1.0.99", "fe80::99")]
    assert [item.item for item in unknown_neighbours(rows, KNOWN)] == ["10.1.0.99"]


def test_hardware_addresses_however_written():
    assert plain_mac("0000.5E00.5301") == plain_mac("00:00:5e:00:53:01") == "00005e005301"
    assert plain_mac("00:00:00:00:00:00") == plain_mac("unknown") == plain_mac(None) == ""
