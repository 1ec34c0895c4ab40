"""Whether the design foresees a connection: from both ends, and what still waits for an answer."""

from __future__ import annotations

from omamori.analyze.coverage import Coverage
from omamori.analyze.flow_design import Design
from omamori.model.declared import DesignedFlow, LedgerAsset, Zone
from omamori.model.derived import Asset
from omamori.model.look import EVERYWHERE, Collected
from omamori.snapshot.database import Database

ROWS = [
    Asset(asset="ehr", zone="EHR"),
    Asset(asset="pacs", zone="EHR"),
    LedgerAsset(asset="ehr", address="10.1.0.11"),
    LedgerAsset(asset="pacs", address="10.1.0.20"),
    Zone(zone="wards", networks="10.2.0.0/16"),
    DesignedFlow(asset="ehr", peer="wards", direction="in", port=443, protocol="tcp", needed="yes"),
    DesignedFlow(asset="ehr", peer="pacs", direction="out", port=104, needed="yes"),
    DesignedFlow(asset="ehr", peer="10.2.0.5", direction="in", port=8080, needed="unknown"),
    DesignedFlow(asset="ehr", peer="10.2.0.6", direction="in", port=23, needed="no"),
]


def design(rows, *, whole=True):
    with Database() as database:
        database.insert([*rows, Collected(asset=EVERYWHERE, table_name="designed_flows", complete=whole)])
        return Design.read(database, Coverage.read(database))


def test_both_ends_are_asked() -> None:
    made = design(ROWS)
    assert made.foresees("10.2.0.5", "10.1.0.11", "tcp", 443) is True
    assert made.foresees("10.2.0.5", "10.1.0.11", "udp", 443) is False
    assert made.foresees("10.1.0.11", "10.1.0.20", "tcp", 104) is True
    assert made.foresees("10.1.0.20", "10.1.0.11", "tcp", 104) is False, "the other direction"
    assert made.foresees("10.2.0.6", "10.1.0.11", "tcp", 23) is False


def test_what_waits_for_an_answer_and_what_nobody_decided_is_open() -> None:
    made = design(ROWS)
    assert made.foresees("10.2.0.5", "10.1.0.11", "tcp", 8080) is None
    assert made.foresees("10.2.0.5", "10.1.0.20", "tcp", 22) is None
    unresolved = DesignedFlow(asset="ehr", peer="nas nobody knows", direction="in", port=9, needed="yes")
    assert design([*ROWS, unresolved]).foresees("10.9.0.1", "10.1.0.11", "tcp", 1) is None
    assert design(ROWS, whole=False).foresees("10.2.0.5", "10.1.0.11", "udp", 443) is None
