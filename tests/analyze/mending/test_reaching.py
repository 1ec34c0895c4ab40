"""How near a machine is to an entry point, and from where."""

from __future__ import annotations

from omamori.analyze.mending.reaching import REACHED
from omamori.model.declared import RemoteLine
from omamori.model.network import Listener
from omamori.model.sightings import NetworkPort
from omamori.model.ways_in import AttackPath, AttackStep, Entry, ReachedService
from omamori.snapshot.database import Database


def reached(*rows):
    with Database() as database:
        database.insert(rows)
        return {asset: found for asset, *found in database.select(f"with {REACHED} select asset, distance, whence from reached")}


def test_an_entry_is_nearer_than_a_listener() -> None:
    found = reached(
        ReachedService(asset="a", origin="LAN", origin_kind="zone"),
        ReachedService(asset="a", origin="VPN", origin_kind="entry"),
        ReachedService(asset="b", origin="LAN", origin_kind="zone"),
        ReachedService(asset="c", origin="VPN", origin_kind="entry", reach="unknown"),
        NetworkPort(asset="d", port=80, state="open"),
        NetworkPort(asset="e", port=80, state="closed"),
        Listener(asset="f", port=22),
        Listener(asset="g", port=22, loopback=True),
        RemoteLine(line="VPN"),
    )
    assert found == {"a": [1, "VPN"], "b": [2, "LAN"], "d": [2, None], "f": [2, None], "VPN": [1, "VPN"]}


def test_a_machine_on_a_certain_path_is_reached_and_usb_is_no_network() -> None:
    found = reached(
        AttackPath(path="p", entry="MAIL", asset="ehr"),
        AttackStep(path="p", asset="jump"),
        AttackPath(path="q", entry="MAIL", asset="x", certain=False),
        AttackStep(path="q", asset="y"),
        Entry(asset="pc", entry="usb pc", kind="usb", machine="pc"),
        Entry(asset="pc2", entry="mail", kind="office-mail", machine="pc2"),
    )
    assert found == {"ehr": [1, "MAIL"], "jump": [1, "MAIL"], "pc2": [1, "mail"]}


def test_of_many_entries_three_are_named() -> None:
    found = reached(*(ReachedService(asset="a", origin=f"E{number}", origin_kind="entry") for number in range(5)))
    assert found == {"a": [1, "E0, E1, E2 (+2)"]}
