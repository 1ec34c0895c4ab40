"""All parts together, with who has to make a change."""

from __future__ import annotations

from datetime import date

import pytest

from omamori.analyze.paths.gather import gather
from omamori.model.declared import ZoneNetwork
from omamori.model.derived import Asset, Exposure
from omamori.model.device import DeviceFact
from omamori.model.network import Interface
from omamori.model.patching import Vulnerability
from omamori.model.ways_in import CrownJewel, Entry, ReachedService
from omamori.snapshot.database import Database

ROWS = [
    Asset(asset="pacs", zone="A", observed=True, hands_off=True, vendor="画像テック"),
    Asset(asset="ct", zone="A", observed=True, hands_off=True),
    Asset(asset="pc", zone="A", observed=True),
    *(
        Vulnerability(asset=name, flaw="CVE-2017-0144", product="windows", exploited=True, evidence=f"{name}:1")
        for name in ("pacs", "ct", "pc")
    ),
    Entry(entry="vpn", kind="line", zone="A", vendor="V", observed=True),
    CrownJewel(asset="pacs", jewel="pacs"),
    ReachedService(origin="vpn", origin_kind="entry", asset="pacs", protocol="tcp", port=445, rules="fw in: 3; pacs: smb", reach="open"),
    ReachedService(origin="vpn", origin_kind="entry", asset="pc", protocol="tcp", port=445, reach="one-way"),
    ReachedService(origin="A", origin_kind="zone", asset="pc", protocol="tcp", port=445, service="file-share", reach="unknown"),
]


@pytest.fixture
def parts():
    with Database() as database:
        database.insert(ROWS)
        return gather(database, date(2026, 6, 1))


def test_who_has_to_make_a_change(parts):
    who = {name: one.vendor for name, one in parts.proposals.items()}
    assert (who["update:pacs"], who["update:pc"], who["entry:vpn"], who["bastion"]) == ("画像テック", "hospital", "V", "hospital")
    assert parts.proposals["update:pacs"].ja.startswith("画像テックに相談する")
    assert parts.proposals["update:ct"].ja.startswith("管理している業者に相談する") and parts.proposals["update:ct"].vendor


def test_rules_become_changes_and_one_way_reach_no_step(parts):
    assert {"rule:fw in: 3", "rule:pacs: smb"} <= parts.proposals.keys()
    assert {(one.origin, one.asset, one.certain, one.service) for one in parts.reach} == {
        ("entry:vpn", "pacs", True, "445/tcp"),
        ("zone:A", "pc", False, "file-share 445/tcp"),
    }
    assert parts.closing == {"entry:vpn": ("entry:vpn", "bastion")}


@pytest.mark.parametrize(
    ("allowed", "more", "origins"),
    [
        ("10.9.0.5", [], {"user:jump"}),
        (
            "10.9.0.5/32,10.9.0.6",
            [Interface(asset="admin-pc", name="e0", address="10.9.0.6")],
            {"user:jump", "user:admin-pc"},
        ),
        # Nobody known, a whole network, a router whose address others come by, another door to the same port: the zone itself.
        ("10.9.0.5,10.9.0.7", [], {"zone:D"}),
        ("10.9.0.0/24", [], {"zone:D"}),
        ("10.9.0.5", [DeviceFact(asset="jump", system="fortios")], {"zone:D"}),
        ("10.9.0.5", [Asset(asset="jump", forwards=True)], {"zone:D"}),
        ("10.9.0.5", [Exposure(asset="ad", protocol="tcp", port=3389, inbound="open")], {"zone:D"}),
        (
            "10.9.0.5",
            [Exposure(asset="ad", protocol="tcp", port=3389, inbound="restricted", allowed_from="10.9.0.5", doubt="x")],
            {"zone:D"},
        ),
        ("10.9.0.5", [Interface(asset="twin", name="e0", address="10.9.0.5")], {"zone:D"}),
    ],
)
def test_where_only_the_jump_server_is_let_in_one_has_to_be_on_it_first(allowed, more, origins):
    rows = [
        Interface(asset="jump", name="e0", address="10.9.0.5"),
        Exposure(asset="ad", protocol="tcp", port=3389, inbound="restricted", allowed_from=allowed),
        ReachedService(origin="D", origin_kind="zone", asset="ad", protocol="tcp", port=3389, reach="open"),
        *more,
    ]
    with Database() as database:
        database.insert(rows)
        found = gather(database, date(2026, 6, 1)).reach
    assert {one.origin for one in found if one.asset == "ad"} == origins


def test_machines_of_one_network_reach_what_the_other_opens_to_all():
    rows = [
        ZoneNetwork(zone="A", network="10.1.0.0/16", network_first=0x0A010000, network_last=0x0A01FFFF),
        Interface(asset="pc", name="e0", kind="ethernet", up=True, network_first=0x0A010000, network_last=0x0A01FFFF),
        Interface(asset="far", name="e0", kind="ethernet", up=True, network_first=0x0A010200, network_last=0x0A0102FF),
        Interface(asset="vpn", name="wg0", kind="tunnel", up=True, network_first=0x0A010000, network_last=0x0A01FFFF),
        *(Exposure(asset=name, protocol="tcp", port=445, inbound="open") for name in ("pc", "far", "vpn")),
        Exposure(asset="pc", protocol="tcp", port=3389, inbound="blocked"),
        Exposure(asset="pc", protocol="tcp", port=135, inbound="unknown"),
    ]
    with Database() as database:
        database.insert(rows)
        found = gather(database, date(2026, 6, 1)).reach
    assert [(one.origin, one.asset, one.port, one.certain) for one in found] == [("zone:A", "pc", 445, True)]
