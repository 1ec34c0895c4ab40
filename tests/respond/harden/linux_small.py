"""A sick Linux server for the tests of measures: everything the checks find there, and the looks that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.respond.harden.small_traffic import MOMENT, facts_of, looked, machine, row, zones

from omamori.respond.harden.facts import Facts
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.parts import Left, Measure

SERVER = "ehr"
TABLES = (
    "accounts",
    "connections",
    "file_permissions",
    "kernel_settings",
    "listeners",
    "log_settings",
    "server_settings",
    "services",
    "share_settings",
    "shares",
    "ssh_settings",
    "usb_history",
)
HBA = "/etc/postgresql/15/main/pg_hba.conf"


def found(check: str, *key: str, subject: str = SERVER) -> Any:
    """Return an open finding."""
    return row("verdicts", check_id=check, subject=subject, finding_key=" | ".join((subject, *key)), verdict="fail", evidence=f"{check}:1")


def listens(port: int, process: str = "program", protocol: str = "tcp") -> Any:
    """Return a port the server listens on."""
    return row("listeners", asset=SERVER, protocol=protocol, port=port, address="0.0.0.0", process=process, loopback=False)  # noqa: S104 - as seen


def setting(table: str, name: str, value: str, **more: Any) -> Any:
    """Return a setting of the server."""
    return row(table, asset=SERVER, name=name, value=value, **more)


def designed(port: int, peer: str = "wards") -> list[Any]:
    """Return a line of the ledger's designed flows, and the look at that sheet."""
    flow = row("designed_flows", asset=SERVER, peer=peer, direction="in", port=port, protocol="tcp", needed="yes", evidence="sheet:1")
    return [flow, looked("*", "designed_flows")]


def talks(port: int, peer: str, ago: float = 1) -> Any:
    """Return a connection somebody had to a port of the server."""
    return row(
        "connections", asset=SERVER, seen=MOMENT, protocol="tcp", direction="in", local_address="10.1.2.5", local_port=port,
        peer_address=peer, peer_port=50000, peer_scope="private", evidence="seen:1",
    )  # fmt: skip


def server(**more: Any) -> list[Any]:
    """Return the server, a PC, two zones, and a look at each of the server's tables."""
    rows = [*machine(SERVER, "10.1.2.5", "server", "linux", zone="servers", **more), *machine("pc", "10.1.1.10"), *zones()]
    return [*rows, *(looked(SERVER, table) for table in TABLES)]


@contextmanager
def facts(rows: Iterable[Any], **more: Any) -> Iterator[Facts]:
    """Give the facts of the server with rows."""
    with facts_of([*server(**more), *rows]) as read:
        yield read


def proposed(kind: Kind, rows: Iterable[Any], **more: Any) -> tuple[list[Measure], list[Left]]:
    """Return what a kind of measure proposes for the server: measures, and what it leaves."""
    with facts(rows, **more) as read:
        made = list(kind.propose(read, read.machines[SERVER]))
    return [one for one in made if isinstance(one, Measure)], [one for one in made if isinstance(one, Left)]


def without(rows: Iterable[Any], asset: str, table: str) -> list[Any]:
    """Return rows as if a table of a machine (`*`: of all) had not been looked at: its rows are gone, its look is not complete."""
    look, kind = type(looked(asset, table)), type(row(table))
    others = [one for one in rows if not (isinstance(one, kind) and (asset == "*" or one.asset == asset))]
    kept = [one for one in others if not (isinstance(one, look) and (one.asset, one.table_name) == (asset, table))]
    return [*kept, looked(asset, table, complete=False)]
