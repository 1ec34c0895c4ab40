"""The small hospital of the plan of one door, with what a block needs besides: a backup zone, places to cut, what is never blocked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.respond.bastion.small import LEDGER, NOW, nic, rows, show

from omamori.analyze.reach.ranges import network_numbers
from omamori.model.declared import CutPoint, LedgerAsset, NeverBlockedFlow
from omamori.model.declared_network import DesignedFlow, Zone, ZoneNetwork
from omamori.model.derived import Asset
from omamori.model.host import Host
from omamori.model.look import EVERYWHERE, Collected
from omamori.model.network import Interface
from omamori.model.sightings import Flow
from omamori.pipeline.clock import utc_now
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import take_snapshot
from omamori.respond.isolate.facts import Facts, read_facts
from omamori.respond.isolate.parts import Block
from omamori.respond.isolate.prepare import prepare
from omamori.respond.isolate.traffic import Traffic, read_traffic
from omamori.snapshot.database import Database
from omamori.snapshot.manifest import snapshots
from omamori.snapshot.site import Site

MONITOR, NURSES = "10.1.1.40", "10.1.0.40"
DAY = timedelta(days=1)


def zone(name: str, kind: str, network: str) -> list[Any]:
    first, last = network_numbers(network) or (None, None)
    return [Zone(zone=name, kind=kind, networks=network), ZoneNetwork(zone=name, network=network, network_first=first, network_last=last)]


def machine(asset: str, address: str, **more: Any) -> list[Any]:
    first, last = network_numbers(f"{address}/24") or (None, None)
    return [
        Asset(asset=asset, **more),
        LedgerAsset(asset=asset, address=address, place="3F", recovery_hours=4, instead="paper"),
        Interface(asset=asset, name="eth0", address=address, prefix=24, network_first=first, network_last=last, up=True),
    ]


def seen(source: str, target: str, port: int, days: int = 1, **more: Any) -> Flow:
    return Flow(
        asset="fw",
        last_seen=NOW - days * DAY,
        protocol="tcp",
        source_address=source,
        destination_address=target,
        destination_port=port,
        **more,
    )


def ward() -> list[Any]:
    return [
        nic("fw", "bk", "10.1.9.1"),
        *zone("backup", "backup", "10.1.9.0/24"),
        *machine("monitor", MONITOR, medical=True, hands_off=True, zone="records", vendor="Monitor Ltd"),
        *machine("nurses", NURSES, zone="DMZ"),
        Host(asset="nurses", platform="windows"),
        *machine("nas", "10.1.9.5", zone="backup"),
        seen("10.1.1.10", "10.1.9.5", 445, evidence="log:1"),
        seen("10.1.1.10", "10.1.0.10", 443, evidence="log:2"),
        seen(MONITOR, NURSES, 2575, evidence="log:3"),
        seen(MONITOR, NURSES, 8080, evidence="log:4"),
        seen("10.1.1.10", "10.1.0.10", 25, days=90, evidence="log:5"),
        seen("10.1.1.10", "10.1.0.10", 23, action="drop", evidence="log:6"),
        DesignedFlow(
            asset="nas", peer="records", direction="in", port=22, protocol="tcp", needed="yes", clinical="yes", bearable_hours=2, instead="tape",
            purpose="copies", evidence="flows:9",
        ),
        NeverBlockedFlow(flow="alarms", sender="monitor", receiver="nurses", protocol="tcp", port=2575, why="alarms", evidence="never:6"),
        CutPoint(
            place="backup plug", kind="backup", cuts="backup", device="fw", port="bk", cable="red 1", room="3F", who="on duty", decides="deputy",
            paper="form 1", evidence="cuts:6",
        ),
        Collected(asset=EVERYWHERE, table_name="never_blocked", source="ledger.workbook", seen=NOW, complete=True),
        Collected(asset=EVERYWHERE, table_name="designed_flows", source="ledger.workbook", seen=NOW, complete=True),
        *(
            Collected(asset=asset, table_name=table, source="test", seen=NOW, complete=True)
            for asset in ("monitor", "nurses", "nas")
            for table in ("interfaces", "routes")
        ),
    ]  # fmt: skip


@contextmanager
def filled(*more: Any, without: type | None = None, system: str = "linux") -> Iterator[Database]:
    with Database() as database:
        database.insert([row for row in [*rows(system), *ward(), *more] if without is None or not isinstance(row, without)])
        yield database


def facts_of(*more: Any, without: type | None = None, system: str = "linux") -> tuple[Facts, Traffic]:
    with filled(*more, without=without, system=system) as database:
        facts = read_facts(database)
        return facts, read_traffic(database, facts, NOW, 30)


def block_of(
    *more: Any, machines: tuple[str, ...] = (), without: type | None = None, system: str = "linux", moment: datetime = NOW
) -> Block:
    facts, traffic = facts_of(*more, without=without, system=system)
    return prepare(facts, traffic, "s1", moment, machines)


def prepared_site(folder: Path) -> Path:
    """Make a site whose newest snapshot shows the small hospital. No check is judged: nothing of a block hangs on one."""
    take_in(folder, [LEDGER], Silent())
    take_snapshot(Site(folder), (), utc_now(), Silent())
    tables = snapshots(Site(folder))[-1].tables
    tables.chmod(0o600)
    with Database(tables) as database:
        for name in ("cut_points", "never_blocked", "flows", "ledger_assets", "hosts"):
            database.delete(name)
    show(folder, [*rows(), *ward()])
    return folder
