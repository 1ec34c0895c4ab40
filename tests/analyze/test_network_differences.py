"""Machines nobody knows, machines that did not answer, and where an asset seen from the network stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from omamori.analyze import assets, deviations, recognised_machines, visits
from omamori.model.declared import LedgerAsset, RemoteLine, Zone
from omamori.model.derived import Asset, Deviation
from omamori.model.host import Host
from omamori.model.look import Collected, Identity
from omamori.model.network import Interface
from omamori.model.sightings import NetworkHost, NetworkPort, Scan
from omamori.model.visits import VisitReason

from .conftest import NOW, Run, look

SITE = {"*": ("ledger_assets", "zones")}
PRINTER = "00:1b:a9:00:00:01"


def asset(run: Run, name: str, rows: list[Any], looks: dict[str, Any] | None = None) -> Asset:
    extra = [look(name, "network_hosts"), look(name, "network_ports")]
    return next(row for row in run(assets.ANALYZER, rows, looks or SITE, extra) if isinstance(row, Asset) and row.asset == name)


def differences(run: Run, rows: list[Any], extra: list[Collected] | None = None) -> set[tuple[str, str, str, str | None, str | None]]:
    found = run((assets.ANALYZER, deviations.ANALYZER), rows, SITE, extra or [])
    return {(row.asset, row.kind, row.item, row.declared, row.observed) for row in found if isinstance(row, Deviation)}


def seen(name: str, address: str, mac: str | None = None, days: float = 1) -> NetworkHost:
    return NetworkHost(asset=name, address=address, mac=mac, seen=NOW - timedelta(days=days), evidence="s:1")


def test_a_scan_is_a_look_from_outside(run: Run) -> None:
    found = asset(run, "10.1.0.9", [seen("10.1.0.9", "10.1.0.9"), Zone(zone="EHR", networks="10.1.0.0/16")])
    assert (found.observed, found.scanned, found.stranger, found.zone, found.last_seen) == (False, True, True, "EHR", NOW)


def test_a_moved_machine_stands_where_it_was_seen_last(run: Run) -> None:
    zones = [Zone(zone="EHR", networks="10.1.0.0/24"), Zone(zone="office", networks="10.2.0.0/16")]
    moved = [seen("p", "10.1.0.9", PRINTER, 30), seen("p", "10.2.0.9", PRINTER, 1), Identity(asset="p", identifier="ip:10.1.0.9")]
    assert asset(run, "p", [*zones, *moved]).zone == "office"


@pytest.mark.parametrize(
    "known",
    [
        LedgerAsset(asset="other", address="10.1.0.8 10.1.0.9"),
        LedgerAsset(asset="other", mac=PRINTER.upper().replace(":", "-")),
        LedgerAsset(asset="x"),
        Interface(asset="other", name="eth0", address="10.1.0.9"),
        RemoteLine(line="pacs", device_address="10.1.0.9"),
    ],
)
def test_what_somebody_declared_or_looked_at_is_no_stranger(run: Run, known: Any) -> None:
    rows = [seen("x", "10.1.0.9", PRINTER), known]
    assert asset(run, "x", rows).stranger is False
    assert "undeclared-machine-seen" not in {kind for _, kind, *_ in differences(run, rows, [look("x", "network_hosts")])}


def test_a_stranger_is_told_with_its_maker_and_what_it_offers(run: Run) -> None:
    open_ports = [
        NetworkPort(asset="x", address="10.1.0.9", protocol="tcp", port=number, state=state)
        for number, state in ((9100, "open"), (80, "open"), (22, "filtered"))
    ]
    rows = [seen("x", "10.1.0.9", PRINTER), *open_ports]
    told = f"10.1.0.9; {PRINTER} (Brother industries); 80/tcp 9100/tcp"
    assert asset(run, "x", rows).seen_as == told
    assert differences(run, rows, [look("x", "network_hosts")]) == {("x", "undeclared-machine-seen", "10.1.0.9", None, told)}
    assert asset(run, "x", rows, looks={"*": ["zones"]}).stranger is None, "without a ledger nobody can say so"


def scan(targets: str, days: float = 1, **more: Any) -> Scan:
    told: dict[str, Any] = {"finished": True, "arguments": "nmap -sT", "evidence": "scan:1"} | more
    return Scan(scan=f"s{days}", began=NOW - timedelta(days=days), targets=targets, **told)


def test_a_declared_machine_that_did_not_answer_is_told_and_never_gone(run: Run) -> None:
    row = LedgerAsset(asset="PC1", address="10.1.0.5")

    def told(*rows: Any, extra: list[Collected] | None = None) -> datetime | None:
        found = run(assets.ANALYZER, [row, *rows], SITE, extra or [])
        return next(one.unanswered for one in found if isinstance(one, Asset) and one.asset == "PC1")

    began = NOW - timedelta(days=1)
    assert told(scan("10.1.0.0/24")) == began
    assert told(scan("10.2.0.0/24")) is None, "it was not asked"
    assert told(scan("10.1.0.0/24", finished=False)) is None
    assert told(scan("10.1.0.0/24 somewhere.local")) is None, "nobody knows what was asked"
    assert told(scan("10.1.0.0/24", arguments="nmap --exclude 10.1.0.4-10.1.0.6")) is None
    assert told(scan("10.1.0.0/24", arguments="nmap --excludefile devices.txt")) is None
    assert told(scan("10.1.0.0/24", arguments="nmap --exclude 10.1.0.77")) == began
    earlier = Collected(
        asset="PC1", table_name="network_hosts", source="nmap.xml", seen=NOW - timedelta(days=40), complete=True, evidence="e"
    )
    assert told(scan("10.1.0.0/24"), extra=[earlier]) == began
    assert told(scan("10.1.0.0/24", days=3), extra=[look("PC1", "network_hosts")]) is None, "seen since, wherever"
    assert told(scan("10.1.0.0/24", days=3), Host(asset="PC1"), extra=[look("PC1", "hosts")]) is None, "looked at since"


def test_stranger_is_as_sure_as_the_ledger_and_the_scan(run: Run) -> None:
    def missing(*looks: Collected) -> set[str]:
        rows = run(assets.ANALYZER, [seen("x", "10.1.0.9")], {}, looks)
        return set(next(row.missing for row in rows if isinstance(row, Collected) and row.asset == "x").split(","))

    whole = [look("*", "ledger_assets"), look("*", "zones"), look("x", "network_hosts")]
    assert not {"stranger", "scanned", "zone"} & missing(*whole)
    assert "stranger" in missing(*whole[1:])
    assert {"stranger", "scanned", "zone"} <= missing(*whole[:2], look("x", "network_hosts", complete=False))


def test_a_visit_goes_to_what_a_scan_saw_but_to_no_printer(run: Run) -> None:
    rows = [seen("10.1.0.9", "10.1.0.9", PRINTER), seen("10.1.0.8", "10.1.0.8")]
    order = (assets.ANALYZER, recognised_machines.ANALYZER, visits.ANALYZER)

    def told(looks: dict[str, Any]) -> list[tuple[str, str]]:
        found = run(order, rows, looks, [look(row.asset, "network_hosts") for row in rows])
        return [(row.asset, row.reason) for row in found if isinstance(row, VisitReason)]

    assert told(SITE) == [("10.1.0.8", "undeclared")]
    assert told({"*": ["zones"]}) == [("10.1.0.8", "seen")]
