"""A small hospital for tests of hardening: rows put into a snapshot's tables, and the facts read back from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from omamori.model.tables import TABLES
from omamori.respond.harden.facts import Facts, read_facts
from omamori.snapshot.database import Database

MOMENT = datetime(2026, 6, 1, 9)


def row(table: str, **columns: Any) -> Any:
    """Return a row of a table."""
    return TABLES[table].row(**columns)


def looked(asset: str, table: str, *, complete: bool = True, days_ago: float = 0, missing: str = "") -> Any:
    """Return a look at a table of a machine."""
    moment = MOMENT - timedelta(days=days_ago)
    return row(
        "collected",
        asset=asset,
        table_name=table,
        seen=moment,
        covers_since=moment,
        covers_until=moment,
        complete=complete,
        missing=missing,
    )


def machine(asset: str, address: str, role: str = "client", platform: str = "windows", *, dhcp: bool = False, **more: Any) -> list[Any]:
    """Return the rows of a machine that was looked at, with one address."""
    zone = more.pop("zone", "wards")
    return [
        row("assets", asset=asset, hostname=asset, role=role, platform=platform, zone=zone, observed=True, **{"declared": True, **more}),
        row("hosts", asset=asset, hostname=asset, role=role, platform=platform),
        row("interfaces", asset=asset, name="eth0", address=address, prefix=24, dhcp=dhcp),
        *(looked(asset, table) for table in ("hosts", "interfaces")),
    ]


def zones() -> list[Any]:
    """Return two zones: wards with PCs, servers."""
    return [
        row("zones", zone="wards", networks="10.1.1.0/24", kind="clinical"),
        row("zones", zone="servers", networks="10.1.2.0/24", kind="server"),
        row("zones", zone="vendors", networks="203.0.113.0/24", kind="external"),
        looked("*", "zones"),
    ]


@contextmanager
def facts_of(rows: Iterable[Any], days: int = 30) -> Iterator[Facts]:
    """Give the facts of a snapshot that holds these rows."""
    with Database() as database:
        database.insert(rows)
        yield read_facts(database, MOMENT, days)
