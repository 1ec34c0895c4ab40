from __future__ import annotations

from datetime import datetime

from omamori.analyze.changes.compare import compare_pictures
from omamori.analyze.changes.read import read_picture
from omamori.model.derived import Asset
from omamori.model.host import Host
from omamori.model.look import Collected
from omamori.model.network import Interface, Listener
from omamori.snapshot.database import Database

from .world import Box, Look, picture, tables

DAY, NEXT = datetime(2026, 5, 1), datetime(2026, 6, 1)


def looked_at(day: datetime, ports: dict[int, bool], *, address: str = "10.1.0.5", name: str = "web01", complete: bool = True) -> Database:
    database = Database()
    database.insert(
        [
            Asset(asset="web", role="server", zone="DMZ", declared=True),
            Host(asset="web", hostname=name, platform="linux", evidence=f"{day:%m}:1"),
            Interface(asset="web", name="eth0", kind="ethernet", address=address, up=True, evidence=f"{day:%m}:2"),
            Interface(asset="web", name="tun0", kind="tunnel", address=f"10.9.0.{day.month}", up=True),
            *(
                Listener(asset="web", protocol="tcp", port=port, loopback=loop, process="httpd", evidence=f"{day:%m}:{port}")
                for port, loop in ports.items()
            ),
            *(
                Collected(asset="web", table_name=table, seen=day, complete=complete, evidence=f"{day:%m}")
                for table in ("hosts", "interfaces", "listeners")
            ),
        ]
    )
    return database


def told(before: Database, after: Database) -> list[tuple[str, str, str, str]]:
    with before, after:
        changes = compare_pictures(read_picture(before, DAY), read_picture(after, NEXT)).changes
    return [(one.kind, one.item, one.before, one.after) for one in changes]


def test_what_a_machine_that_was_looked_at_says_of_itself() -> None:
    before = looked_at(DAY, {80: False, 8000: True, 40001: False})
    after = looked_at(NEXT, {443: False, 8000: True, 40002: False}, address="10.1.0.6", name="web02")
    assert told(before, after) == [
        ("opened", "443/tcp", "", "httpd"),
        ("closed", "80/tcp", "httpd", ""),
        ("address", "", "10.1.0.5", "10.1.0.6"),
        ("renamed", "", "web01", "web02"),
    ]


def test_a_list_that_was_not_seen_whole_closes_nothing() -> None:
    assert told(looked_at(DAY, {80: False}), looked_at(NEXT, {}, complete=False)) == []


def test_an_address_without_a_listed_port_is_known_where_the_look_was_whole() -> None:
    box = Box(1, "10.1.0.11")
    with Database() as database:
        whole = picture(database, tables([Look(day=1, boxes=(box,))])).machines["10.1.0.11"].places["10.1.0.11"].look
        few = picture(database, tables([Look(day=1, boxes=(box,), ports="22")])).machines["10.1.0.11"].places["10.1.0.11"].look
    assert whole is not None and whole.not_open(("tcp", 445)) and not whole.not_open(("tcp", 1))
    assert few is None, "nothing open, or given up on: nobody can tell"


def test_tables_of_a_version_before_scans_are_read() -> None:
    with looked_at(DAY, {80: False}) as database:
        for table in ("scans", "network_hosts", "network_ports", "leases", "forwarding_entries", "approvals"):
            database.connection.execute(f"drop table {table}")
        assert list(read_picture(database, DAY).machines) == ["web"]
