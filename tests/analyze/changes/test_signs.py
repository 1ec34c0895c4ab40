from __future__ import annotations

from datetime import datetime

from omamori.analyze.changes.picture import Sign
from omamori.analyze.changes.signs import Owners, read_signs, read_switch_ports
from omamori.model.look import Collected, Identity
from omamori.model.network import Neighbour
from omamori.model.sightings import ForwardingEntry, Lease
from omamori.snapshot.database import Database

DAY = datetime(2026, 5, 1)
PC, CT = "00:1b:21:00:00:01", "00:1b:21:00:00:02"
OWNERS = Owners.read(
    [Identity(asset="pc", identifier=f"mac:{PC}"), Identity(asset="ct", identifier=f"mac:{CT}")], {"pc": ["10.1.0.5"], "ct": ["10.1.0.6"]}
)


def test_whose_a_sighting_is() -> None:
    assert OWNERS.of(PC.upper().replace(":", "-"), None) == "pc"
    assert OWNERS.of("00:1b:21:00:00:99", "10.1.0.5") is None, "the address was lent to other hardware"
    assert OWNERS.of(None, "10.1.0.6") == "ct" and OWNERS.of(None, "?") is None


def test_neighbours_leases_and_switches_say_when_a_machine_was_there() -> None:
    looks = [Collected(asset="srv", table_name="neighbours", seen=DAY, complete=True)]
    rows = [
        Neighbour(asset="srv", address="10.1.0.5", mac=PC, state="stale", evidence="n:1"),
        Neighbour(asset="srv", address="10.1.0.6", mac=CT, state="failed", evidence="n:2"),
        Lease(asset="dhcp", address="10.1.0.6", mac=CT, starts=DAY, state="active", evidence="l:1"),
        Lease(asset="dhcp", address="10.1.0.5", mac=PC, starts=DAY, state="expired", evidence="l:2"),
    ]
    with Database() as database:
        database.insert([*looks, *rows])
        assert read_signs(database, OWNERS) == {"pc": [Sign(DAY, "n:1")], "ct": [Sign(DAY, "l:1")]}


def test_the_port_a_machine_is_plugged_in_at_is_not_the_one_to_the_next_switch() -> None:
    others = [ForwardingEntry(asset="sw1", mac=f"00:1b:21:00:01:{number:02x}", port="uplink", evidence="s:1") for number in range(20)]
    rows = [
        *others,
        ForwardingEntry(asset="sw1", mac=PC, port="uplink", kind="dynamic", evidence="s:2"),
        ForwardingEntry(asset="sw2", mac=PC, port="gi7", kind="dynamic", evidence="s:3"),
        ForwardingEntry(asset="sw1", mac=CT, port="uplink", kind="dynamic", evidence="s:4"),
    ]
    with Database() as database:
        database.insert(
            [*rows, *(Collected(asset=name, table_name="forwarding_entries", seen=DAY, complete=True) for name in ("sw1", "sw2"))]
        )
        found = read_switch_ports(database, OWNERS)
    assert {asset: (one.switch, one.port, one.sign.seen) for asset, one in found.items()} == {"pc": ("sw2", "gi7", DAY)}
