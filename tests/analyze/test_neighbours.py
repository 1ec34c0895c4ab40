"""Machines on the same network that nobody knows."""

from __future__ import annotations

import pytest

from omamori.analyze.neighbours import CONSOLE, KnownMachines, plain_mac, unknown_neighbours, unlisted_machines
from omamori.analyze.whereabouts import Whereabouts
from omamori.model.network import Neighbour
from omamori.model.sightings import ForwardingEntry, Lease
from omamori.snapshot.database import Database

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


def beside(asset: str, last: int, source: str = "", address: str = "") -> Neighbour:
    return Neighbour(asset=asset, address=address or f"10.1.0.{last}", mac=f"00:00:5e:00:53:{last}", source=source)


def told(neighbours: list[Neighbour], leases: list[Lease], known: KnownMachines = KNOWN) -> list[tuple[str, str, str]]:
    by_asset = {asset: [row for row in neighbours if row.asset == asset] for asset in {row.asset for row in neighbours}}
    given = {asset: [row for row in leases if row.asset == asset] for asset in {row.asset for row in leases}}
    found = unlisted_machines(by_asset, given, known)
    return sorted((asset, item.kind, item.item) for asset, items in found.items() for item in items)


def test_every_host_tells_its_neighbours_and_a_device_only_what_no_host_told() -> None:
    rows = [beside("pc1", 99), beside("pc2", 99), beside("core", 99, CONSOLE), beside("core", 98, CONSOLE), beside("other", 98, CONSOLE)]
    assert told(rows, []) == [
        ("core", "undeclared-neighbour", "10.1.0.98"),
        ("pc1", "undeclared-neighbour", "10.1.0.99"),
        ("pc2", "undeclared-neighbour", "10.1.0.99"),
    ]


def test_a_router_between_hospital_and_provider_tells_only_what_is_inside() -> None:
    rows = [beside("fw", 97, CONSOLE, "203.0.113.1"), beside("fw", 96, CONSOLE, "192.168.3.1")]
    assert told(rows, []) == [("fw", "undeclared-neighbour", "192.168.3.1")]


def test_an_address_several_routers_share_is_no_machine() -> None:
    rows = [Neighbour(asset="pc", address="10.1.0.254", mac=mac) for mac in ("00:00:5e:00:01:0a", "00:00:0c:07:ac:01", "00:00:0c:9f:f0:01")]
    assert told(rows, []) == []


@pytest.mark.parametrize(
    ("lease", "unknown"),
    [
        (Lease(asset="dhcp", address="10.1.0.50", mac="00:00:5e:00:53:50", state="active"), True),
        (Lease(asset="dhcp", address="10.1.0.50", mac="00:00:5e:00:53:50"), True),
        (Lease(asset="dhcp", address="10.1.0.50", mac="00:00:5e:00:53:50", state="expired"), True),
        (Lease(asset="dhcp", address="10.1.0.50", mac="00:00:5e:00:53:50", state="free"), False),
        (Lease(asset="dhcp", address="10.1.0.50", mac="00:00:5e:00:53:50", state="reserved"), False),
        (Lease(asset="dhcp", address="10.1.0.50", mac="00:00:5e:00:53:01", state="active"), False),
        (Lease(asset="dhcp", address="10.1.0.1", mac="00:00:5e:00:53:50", state="active"), False),
        (Lease(asset="dhcp", address="10.1.0.99", mac="00:00:5e:00:53:99", state="active"), False),
    ],
)
def test_one_lease(lease: Lease, unknown: bool) -> None:
    found = told([beside("pc", 99)], [lease])
    assert (("dhcp", "undeclared-lease", lease.address) in found) is unknown


def test_a_machine_that_gave_a_known_name_is_known_wherever_its_card_is_seen() -> None:
    leases = [Lease(asset="dhcp", address="10.1.0.50", mac="00:00:5e:00:53:50", hostname="KARTE-PC1", state="active")]
    known = KNOWN.with_names(leases, {"karte-pc1"})
    assert told([beside("core", 50, CONSOLE)], leases, known) == []
    assert told([beside("core", 50, CONSOLE)], leases) == [("core", "undeclared-neighbour", "10.1.0.50")]


def test_where_a_card_is_the_port_with_the_fewest_behind_it() -> None:
    with Database() as database:
        database.insert(
            [
                ForwardingEntry(asset="core", mac="00:00:5e:00:53:50", port="Gi1"),
                ForwardingEntry(asset="core", mac="00:00:5e:00:53:51", port="Gi1"),
                ForwardingEntry(asset="edge", mac="00:00:5e:00:53:50", port="Gi7"),
                ForwardingEntry(asset="alone", mac="00:00:5e:00:53:50", port="CPU", kind="self"),
                Lease(asset="dhcp", address="10.1.0.50", mac="00:00:5e:00:53:50", hostname="tablet"),
            ]
        )
        found = Whereabouts.read(database)
    assert found.told("00:00:5e:00:53:50") == "00:00:5e:00:53:50, tablet, edge Gi7"
    assert found.told("00:00:5e:00:53:51") == "00:00:5e:00:53:51, core Gi1"
    assert found.told("00:00:5e:00:53:52") == "00:00:5e:00:53:52"
    assert found.told("") == ""
