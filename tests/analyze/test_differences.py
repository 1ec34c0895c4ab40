"""What differs between the ledger's entry and the machine."""

from __future__ import annotations

import pytest

from omamori.analyze.differences import ByAsset, machine_differences, ports_of
from omamori.knowledge.pack import starter_pack
from omamori.model.declared import DeclaredBackup, DesignedFlow, LedgerAsset
from omamori.model.derived import Asset, Exposure, Peer, RemoteAccess
from omamori.model.host import Host, ScheduledBackup, Software
from omamori.snapshot.database import Database


def kinds(*rows, asset="a"):
    with Database() as database:
        database.insert(rows)
        facts = ByAsset.read(database, starter_pack())
        return sorted((item.kind, item.item) for item in machine_differences(facts.assets[asset], facts))


SEEN = Asset(asset="a", observed=True, declared=True, closed=True)


def test_everything_that_differs():
    assert kinds(
        SEEN,
        LedgerAsset(asset="a", os="Debian 12", role="client", software="電子カルテ", ports="443/tcp"),
        Host(asset="a", platform="linux", os_id="debian", os_version="10", role="server"),
        Software(asset="a", name="postgresql-13"),
        RemoteAccess(asset="a", product="anydesk", declared=False),
        Exposure(asset="a", port=8080, protocol="tcp"),
        Exposure(asset="a", port=443, protocol="tcp"),
        DesignedFlow(asset="a", peer="b"),
        Peer(asset="a", direction="in", peer="10.9.0.5", port=3389, protocol="tcp", designed=False),
        Peer(asset="a", direction="in", peer="10.9.0.6", port=443, protocol="tcp", designed=True),
        DeclaredBackup(asset="a", job="night"),
    ) == [
        ("backup-not-found", "night"),
        ("os-differs", "os"),
        ("role-differs", "role"),
        ("undeclared-listener", "8080/tcp"),
        ("undeclared-peer", "in 10.9.0.5 3389/tcp"),
        ("undeclared-software", "PostgreSQL"),
        ("undeclared-software", "anydesk"),
    ]


def test_nothing_is_compared_with_an_empty_cell():
    assert (
        kinds(
            Asset(asset="a", observed=True, declared=True, closed=False),
            LedgerAsset(asset="a"),
            Host(asset="a", platform="linux", os_id="debian", os_version="10", role="server"),
            Software(asset="a", name="postgresql-13"),
            Exposure(asset="a", port=8080, protocol="tcp"),
            Peer(asset="a", peer="10.9.0.5", designed=False),
            DeclaredBackup(asset="a", job="night"),
            ScheduledBackup(asset="a", job="restic"),
        )
        == []
    )


def test_machines_only_one_side_knows():
    assert kinds(Asset(asset="a", observed=True, hostname="stray")) == [("undeclared-machine", "stray")]
    assert kinds(Asset(asset="a", declared=True), LedgerAsset(asset="a")) == [("not-seen", "a")]


@pytest.mark.parametrize(
    ("declared", "name", "build", "differs"),
    [
        ("Windows 10 LTSC 2019", "Microsoft Windows 10 Enterprise LTSC", "10.0.17763", False),
        ("Windows 7", "Microsoft Windows 10 Pro", "10.0.19045", True),
        ("Windows 10", "Microsoft Windows 11 Pro", "10.0.22631", False),
    ],
)
def test_windows_by_name(declared, name, build, differs):
    host = Host(asset="a", platform="windows", os_id="windows", os_name=name, os_build=build)
    assert bool(kinds(Asset(asset="a", observed=True), LedgerAsset(asset="a", os=declared), host)) is differs


def test_ports_as_people_write_them():
    assert ports_of("443/tcp 11112 5000-5010/UDP 70000") == ((443, 443, "tcp"), (11112, 11112, None), (5000, 5010, "udp"))
    assert ports_of(None) == ()
