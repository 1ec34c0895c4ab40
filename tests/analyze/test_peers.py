"""Peers folded over all looks, and whether the design foresees them."""

from __future__ import annotations

from datetime import datetime

from omamori.analyze.peers import ANALYZER
from omamori.model.declared import DesignedFlow, LedgerAsset, Zone
from omamori.model.derived import Asset, Peer
from omamori.model.look import Collected
from omamori.model.network import Connection

LOOKS = {"ehr": ("connections",), "pc": ("connections",), "*": ("designed_flows", "ledger_assets", "zones")}
BASE = [
    Asset(asset="ehr", hostname="ehr01", zone="EHR"),
    Asset(asset="pc", zone="wards"),
    LedgerAsset(asset="ehr", address="10.1.0.11"),
    LedgerAsset(asset="pc", address="10.2.0.5"),
    Zone(zone="wards", networks="10.2.0.0/16"),
]


def seen(asset, direction, peer, port, day=1, **more):
    ports = {"local_port": port, "peer_port": 50000 + day} if direction == "in" else {"local_port": 50000 + day, "peer_port": port}
    return Connection(asset=asset, protocol="tcp", direction=direction, peer_address=peer, seen=datetime(2026, 11, day), **ports, **more)


def peers(found):
    return {(row.asset, row.peer, row.port): row for row in found if isinstance(row, Peer)}


def test_fold_and_design_from_both_sides(run):
    found = peers(
        run(
            ANALYZER,
            [
                *BASE,
                DesignedFlow(asset="ehr", peer="wards", direction="in", port=1433, protocol="tcp", needed="yes"),
                DesignedFlow(asset="ehr", peer="10.2.0.5", direction="in", port=22, needed="no"),
                seen("ehr", "in", "10.2.0.5", 1433, 1),
                seen("ehr", "in", "10.2.0.5", 1433, 3, process="sqlservr"),
                seen("ehr", "in", "10.2.0.5", 22),
                seen("ehr", "in", "127.0.0.1", 22),
                seen("pc", "out", "10.1.0.11", 1433),
                seen("pc", "out", "10.1.0.11", 3389),
            ],
            LOOKS,
        )
    )
    folded = found[("ehr", "10.2.0.5", 1433)]
    assert (folded.times, folded.process, folded.peer_asset, folded.designed) == (2, "sqlservr", "pc", True)
    assert (folded.first_seen, folded.last_seen) == (datetime(2026, 11, 1), datetime(2026, 11, 3))
    assert found[("ehr", "10.2.0.5", 22)].designed is False
    assert found[("pc", "10.1.0.11", 1433)].designed is True
    assert found[("pc", "10.1.0.11", 3389)].designed is None, "nobody designed this machine's traffic"
    assert len(found) == 4


def test_a_machine_without_address_in_a_flow_leaves_it_open(run):
    rows = [*BASE, Asset(asset="nas"), DesignedFlow(asset="ehr", peer="nas", direction="in", port=445), seen("ehr", "in", "10.3.0.9", 445)]
    assert peers(run(ANALYZER, rows, LOOKS))[("ehr", "10.3.0.9", 445)].designed is None


def test_without_the_design_the_column_is_missing(run):
    found = run(ANALYZER, [*BASE, seen("ehr", "in", "10.2.0.5", 22)], {"ehr": ("connections",)})
    look = next(row for row in found if isinstance(row, Collected) and row.asset == "ehr")
    assert look.complete and look.missing == "designed,peer_asset"


def test_a_flow_nobody_ticked_is_no_design(run):
    rows = [
        *BASE,
        DesignedFlow(asset="ehr", peer="10.2.0.5", direction="in", port=1433),
        DesignedFlow(asset="ehr", peer="10.2.0.5", direction="in", port=445, needed="unknown"),
        seen("ehr", "in", "10.2.0.5", 1433),
        seen("ehr", "in", "10.2.0.5", 445),
        seen("ehr", "in", "10.2.0.5", 22),
    ]
    assert {row.designed for row in peers(run(ANALYZER, rows, LOOKS)).values()} == {None}
    found = peers(run(ANALYZER, [*rows, DesignedFlow(asset="ehr", peer="wards", port=80, needed="yes")], LOOKS))
    assert {port: row.designed for (_, _, port), row in found.items()} == {1433: None, 445: None, 22: False}
