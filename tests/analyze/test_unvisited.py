"""Machines others speak of: one however it is named, and none that was looked at."""

from __future__ import annotations

from omamori.analyze.unvisited import unvisited
from omamori.model.declared import LedgerAsset
from omamori.model.derived import Asset, Peer
from omamori.model.look import Identity
from omamori.model.network import Interface, Neighbour
from omamori.model.windows import DomainComputer
from omamori.snapshot.database import Database

SEEN = [Asset(asset="ehr", observed=True, declared=True), Interface(asset="ehr", name="eth0", address="10.1.0.11")]


def peer(address, port, *, asset="ehr"):
    return Peer(asset=asset, direction="out", peer=address, peer_scope="private", protocol="tcp", port=port, evidence="p:1")


def test_an_address_two_machines_claim_belongs_to_the_one_that_was_looked_at():
    with Database() as database:
        database.insert([*SEEN, Asset(asset="old", declared=True), LedgerAsset(asset="old", address="10.1.0.11")])
        database.insert([peer("10.1.0.11", 443, asset="pc")])
        (one,) = unvisited(database)
    assert (one.name, one.signs, list(one.addresses)) == ("old", {}, [])


def test_name_address_and_hardware_address_join_to_one_machine():
    with Database() as database:
        database.insert([*SEEN, Asset(asset="lab", declared=True), LedgerAsset(asset="lab", address="10.1.0.14", evidence="l:1")])
        database.insert([Identity(asset="lab", identifier="name:lis1"), Identity(asset="lab", identifier="mac:00:00:5e:00:53:14")])
        database.insert([DomainComputer(asset="dc", name="LIS1", os_name="Windows Server 2019", enabled=True)])
        database.insert([Neighbour(asset="ehr", address="10.1.0.99", mac="00-00-5e-00-53-14", evidence="n:1"), peer("10.1.0.14", 445)])
        (one,) = unvisited(database)
    assert (one.name, one.role, one.mac, sorted(one.addresses)) == ("lab", "server", "00005e005314", ["10.1.0.14", "10.1.0.99"])
    assert {kind: sign.evidence for kind, sign in one.signs.items()} == {"neighbour": "n:1", "out": "p:1"}


def test_without_what_others_met_only_what_is_named_is_left():
    with Database() as database:
        database.insert([*SEEN, Asset(asset="lab", declared=True), LedgerAsset(asset="lab"), peer("10.1.0.77", 445)])
        assert [one.name for one in unvisited(database)] == ["10.1.0.77", "lab"]
        assert [one.name for one in unvisited(database, met=False)] == ["lab"]
