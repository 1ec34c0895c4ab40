from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from omamori.analyze.changes.picture import Run
from omamori.analyze.changes.runs import newest, read_runs
from omamori.model.approval import Approval
from omamori.model.declared import LedgerAsset
from omamori.model.derived import Asset
from omamori.model.sightings import NetworkHost, Scan
from omamori.snapshot.database import Database

DAY = datetime(2026, 5, 1, 9)
HOUR = timedelta(hours=1)


def runs(rows: Sequence[Any], *hosts: NetworkHost) -> dict[str, Run]:
    with Database() as database:
        database.insert(rows)
        return dict(read_runs(database, hosts)[0])


def host(scan: str, address: str, mac: str | None = None) -> NetworkHost:
    return NetworkHost(asset=address, address=address, mac=mac, scan=scan)


def test_the_command_line_tells_what_was_asked_and_what_was_left_out() -> None:
    scan = Scan(
        scan="s", tool="nmap 7.93", began=DAY, finished=True, arguments="nmap -p 22 10.1.0.0/24 --exclude 10.1.0.7", asked_ports="22"
    )
    found = runs([scan, scan], host("s", "10.1.0.5", "00:1b:21:00:00:01"))["s"]
    assert found.covers("10.1.0.6") and not found.covers("10.1.0.7")
    assert found.reached == found.segments == frozenset({"10.1.0.0/24"})
    hidden = Scan(scan="s", tool="nmap 7.93", began=DAY, finished=True, arguments="nmap 10.1.0.0/24 --excludefile left-out")
    assert runs([hidden], host("s", "10.1.0.5"))["s"].asked is None, "what the file left out is not known here"


def test_parts_of_one_approved_scan_are_one_run_and_spare_what_it_may_not_ask() -> None:
    order = Scan(
        scan="ours", began=DAY, ended=DAY + 3 * HOUR, finished=True, approval="A1", targets="10.1.0.0/24 10.2.0.0/24", source="scan.run"
    )
    parts = [
        Scan(scan=f"nmap-{number}", tool="nmap", began=DAY + number * HOUR, finished=True, arguments="nmap -iL -", asked_ports="22")
        for number in (1, 2)
    ]
    rows = [
        order,
        *parts,
        Approval(approval="A1", excluded="10.1.0.9", consented="10.1.0.21"),
        *(LedgerAsset(asset=name, address=address) for name, address in (("CT", "10.1.0.20"), ("MR", "10.1.0.21"))),
        *(Asset(asset=name, hands_off=True) for name in ("CT", "MR")),
    ]
    found = runs(rows, host("nmap-1", "10.1.0.5"), host("nmap-2", "10.2.0.5"))
    for name in ("nmap-1", "nmap-2"):
        asked = [found[name].covers(address) for address in ("10.1.0.5", "10.2.0.5", "10.1.0.9", "10.1.0.20", "10.1.0.21")]
        assert (found[name].began, asked) == (DAY, [True, True, False, False, True])
    cut = runs(
        [Scan(**{**{field: getattr(order, field) for field in order.__slots__}, "finished": False}), *parts], host("nmap-1", "10.1.0.5")
    )
    assert not cut["nmap-1"].covers("10.1.0.5"), "it was stopped: who was not asked any more cannot be told"


def test_the_newest_run() -> None:
    assert newest(()) is None
    assert newest((Run("a", DAY, True), Run("b", DAY + HOUR, True))) == DAY + HOUR
