"""A small hospital: a vendor's VPN router beside the firewall, a DMZ with a jump server, the records' server on the LAN behind both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from omamori.analyze.reach.network import TABLES
from omamori.analyze.reach.ranges import network_numbers
from omamori.model.declared_machines import LedgerAsset
from omamori.model.declared_network import DesignedFlow, Zone, ZoneNetwork
from omamori.model.declared_people import Contact
from omamori.model.derived import Asset
from omamori.model.device import DeviceChain, DeviceFact, DeviceInterface, DeviceRoute, DeviceRule, DeviceVpn
from omamori.model.look import Collected
from omamori.model.network import Connection, Interface, Listener, Route
from omamori.model.tables import TABLES as TABLES_OF_MODEL
from omamori.model.ways_in import Entry, ReachedService
from omamori.pipeline.check import CheckRequest, run_check
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.snapshot.database import Database
from omamori.snapshot.manifest import snapshots
from omamori.snapshot.site import Site

LEDGER = Path(__file__).resolve().parents[3] / "src/omamori/example/sick/2026-06-01/daicho.xlsx"
NOW = datetime(2026, 6, 1)
VENDOR = "10.77.0.5"
JUMP, EHR = "10.1.0.5", "10.1.1.10"
LINE, OUTER = "records VPN", "fw wan"
DEVICES = ("vpn", "fw")


def nic(asset: str, name: str, address: str, prefix: int = 24, **more: Any) -> DeviceInterface:
    first, last = network_numbers(f"{address}/{prefix}") or (None, None)
    return DeviceInterface(
        asset=asset, name=name, address=address, prefix=prefix, network_first=first, network_last=last, enabled=True, **more
    )


def rule(position: int, **more: Any) -> DeviceRule:
    return DeviceRule(asset="fw", chain="inet f forward", position=position, rule=f"r{position}", evidence=f"fw:{position}", **more)


def devices(system: str = "linux") -> list[Any]:
    return [
        DeviceFact(asset="vpn", system=system, forwards=True, stateful=True),
        nic("vpn", "lan1", "10.1.1.2"), nic("vpn", "lan2", "203.0.113.2", 29), nic("vpn", "tunnel1", "10.9.0.2", 30, kind="tunnel"),
        DeviceRoute(asset="vpn", destination="10.1.0.0/24", gateway="10.1.1.1"),
        DeviceRoute(asset="vpn", destination="10.77.0.0/24", interface="tunnel1"),
        DeviceVpn(asset="vpn", name="t1", kind="wireguard", interface="tunnel1", port=51820, enabled=True, remote_networks="10.77.0.0/24"),
        DeviceFact(asset="fw", system="linux", forwards=True, stateful=True),
        nic("fw", "wan", "203.0.113.3", 29), nic("fw", "dmz", "10.1.0.1"), nic("fw", "lan", "10.1.1.1"),
        DeviceRoute(asset="fw", destination="10.77.0.0/24", gateway="10.1.1.2"),
        DeviceRoute(asset="fw", destination="0.0.0.0/0", gateway="203.0.113.1"),
        DeviceChain(asset="fw", chain="inet f forward", hook="forward", policy="drop", evidence="fw:1"),
        rule(0, decision="accept", states="established,related"),
        rule(1, decision="accept", interface_in="lan", sources="10.1.1.0/24"),
        rule(2, decision="accept", interface_in="wan", protocol="tcp", destinations="10.1.0.10", destination_ports="443"),
        rule(3, decision="accept", interface_in="wan", protocol="tcp", destinations=EHR, destination_ports="3389"),
    ]  # fmt: skip


def machines() -> list[Any]:
    found: list[Any] = []
    for asset, address, gateway, ports in (("jump", JUMP, "10.1.0.1", (22, 80)), ("ehr", EHR, "10.1.1.1", (3389, 5432))):
        first, last = network_numbers(f"{address}/24") or (None, None)
        found.append(Interface(asset=asset, name="eth0", address=address, prefix=24, network_first=first, network_last=last, up=True))
        found.append(Route(asset=asset, destination="0.0.0.0/0", gateway=gateway))
        if asset == "ehr":
            found.append(Route(asset=asset, destination="10.77.0.0/24", gateway="10.1.1.2"))
        found += [Listener(asset=asset, protocol="tcp", address=address, port=port, loopback=False) for port in ports]
        found.append(Asset(asset=asset, hostname=f"{asset}-01", vendor="Records Ltd" if asset == "ehr" else None))
    return found


def declared(*, dmz: bool = True, jump: bool = True) -> list[Any]:
    zones = [("DMZ", "dmz" if dmz else "office", "10.1.0.0/24"), ("records", "ehr", "10.1.1.0/24")]
    found: list[Any] = [
        DesignedFlow(asset="ehr", peer="Records Ltd", direction="in", port=5432, protocol="tcp", purpose="data check", evidence="flows:2"),
        Contact(duty="it", name="IT desk"),
    ]
    if jump:
        found.append(LedgerAsset(asset="jump", address=JUMP, purpose="業者用の踏み台", zone="DMZ"))
    for zone, kind, network in zones:
        first, last = network_numbers(network) or (None, None)
        found.append(Zone(zone=zone, kind=kind, networks=network))
        found.append(ZoneNetwork(zone=zone, network=network, network_first=first, network_last=last))
    return found


def entries() -> list[Any]:
    lands = {"kind": "line", "vendor": "Records Ltd", "zone": "records", "declared": True, "observed": True}
    return [
        Entry(asset=LINE, entry=LINE, line=LINE, method="wireguard", device="vpn", interface="tunnel1", sources="10.77.0.0/24", evidence="vpn:7", **lands),
        Entry(asset="vpn", entry="vpn lan2", line=LINE, method="interface", device="vpn", interface="lan2", **lands),
        Entry(asset="fw", entry=OUTER, kind="internet", method="interface", device="fw", interface="wan", zone="DMZ", declared=False, observed=True),
        Entry(asset="ehr", entry="remote control", kind="remote-software", machine="ehr", declared=True, observed=True),
        ReachedService(origin=LINE, origin_kind="entry", asset="ehr", address=EHR, protocol="tcp", port=3389),
        ReachedService(origin=LINE, origin_kind="entry", asset="ehr", address=EHR, protocol="tcp", port=5432),
        Connection(
            asset="ehr", protocol="tcp", direction="in", local_address=EHR, local_port=3389, peer_address=VENDOR, peer_port=40000, evidence="ehr:9"
        ),
    ]  # fmt: skip


def looks(*lacking: tuple[str, str]) -> list[Any]:
    return [
        Collected(asset=asset, table_name=table, source="test", seen=NOW, complete=(asset, table) not in lacking)
        for asset in ("vpn", "fw", "jump", "ehr")
        for table in TABLES
    ]


def rows(system: str = "linux", **more: bool) -> list[Any]:
    return [*devices(system), *machines(), *declared(**more), *entries(), *looks()]


def judged_site(folder: Path) -> Path:
    """Make a judged site whose newest snapshot shows the small hospital."""
    take_in(folder, [LEDGER], Silent())
    run_check(CheckRequest(site=folder, out=folder / "out", language="ja", formats=("json",)), Silent())
    show(folder, rows())
    return folder


def show(folder: Path, found: list[Any]) -> None:
    """Put rows in place of what the newest snapshot of a site shows."""
    tables = snapshots(Site(folder))[-1].tables
    tables.chmod(0o600)
    kinds = {type(row) for row in rows()}
    with Database(tables) as database:
        for name, table in TABLES_OF_MODEL.items():
            if table.row in kinds or name in ("reachability", "crown_jewels"):
                database.delete(name)
        database.insert(found)


@contextmanager
def filled(found: list[Any]) -> Iterator[Database]:
    with Database() as database:
        database.insert(found)
        yield database
