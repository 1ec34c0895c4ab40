"""Computers of the domain that nobody knows."""

from __future__ import annotations

from datetime import datetime, timedelta

from omamori.analyze.domain_computers import known_names, unknown_computers
from omamori.model.derived import Asset
from omamori.model.look import Identity
from omamori.model.windows import DomainComputer
from omamori.snapshot.database import Database

NOW = datetime(2026, 6, 1, 9)


def computer(name: str, days: float = 1, *, enabled: bool = True) -> DomainComputer:
    return DomainComputer(
        asset="dc", name=name, os_name="Windows 10 Pro", enabled=enabled, last_login=NOW - timedelta(days=days), evidence="cafe:1"
    )


def test_names_of_ledger_looks_and_identifiers() -> None:
    with Database() as database:
        database.insert([Identity(asset="CT操作卓", identifier="name:ct-1")])
        names = known_names(database, [Asset(asset="File Server", hostname="FS1.hosp.local"), Asset(asset="PC-1")])
    assert names == {"file server", "fs1", "pc-1", "ct-1"}


def test_only_computers_in_use_that_nobody_knows() -> None:
    rows = [
        computer("PC-1"),
        computer("XRAY"),
        computer("OLD", 60),
        computer("edge", 59.9),
        computer("SHUT", enabled=False),
        DomainComputer(asset="dc", name="NEVER", enabled=True),
    ]
    found = list(unknown_computers(rows, frozenset({"pc-1"}), NOW))
    assert [(one.kind, one.item, one.observed, one.evidence) for one in found] == [
        ("undeclared-computer", "XRAY", "Windows 10 Pro", "cafe:1"),
        ("undeclared-computer", "edge", "Windows 10 Pro", "cafe:1"),
    ]
