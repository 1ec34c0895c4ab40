"""Support dates of operating systems, programs and line devices."""

from __future__ import annotations

from omamori.analyze.assets import ANALYZER as ASSETS
from omamori.analyze.entries import ANALYZER as ENTRIES
from omamori.analyze.support import ANALYZER, comes_from_elsewhere
from omamori.model.declared import LedgerAsset, RemoteLine
from omamori.model.derived import ApplicationSupport, Asset, Support
from omamori.model.device import DeviceFact, DeviceInterface
from omamori.model.host import Host, Software
from omamori.model.look import Collected


def of(found, kind):
    return {row.asset: row for row in found if isinstance(row, kind)}


def looks(found, table):
    return {row.asset: row for row in found if isinstance(row, Collected) and row.table_name == table}


def test_seen_declared_and_line(run):
    found = run(
        ANALYZER,
        [
            *(Asset(asset=name) for name in ("seen", "paper", "vague", "fw")),
            Host(asset="seen", platform="linux", os_id="debian", os_version="10"),
            LedgerAsset(asset="seen", os="Debian 12"),
            LedgerAsset(asset="paper", os="Windows 7"),
            LedgerAsset(asset="vague", os="Windows"),
            LedgerAsset(asset="fw", os="FortiOS 6.0.4"),
            RemoteLine(line="pacs", device="FortiGate", firmware="6.0.4"),
            RemoteLine(line="lab", device="RTX830", firmware="1"),
        ],
        {"seen": ("hosts", "software"), "*": ("remote_lines", "ledger_assets")},
    )
    rows = of(found, Support)
    assert (rows["seen"].product, str(rows["seen"].ends), rows["seen"].basis) == ("debian", "2024-06-30", "observed")
    assert (str(rows["paper"].ends), rows["paper"].basis) == ("2020-01-14", "declared")
    assert (rows["fw"].product, rows["pacs"].kind, str(rows["pacs"].ends)) == ("fortios", "device", "2022-09-29")
    assert "vague" not in rows and "lab" not in rows
    by_asset = looks(found, "support")
    assert by_asset["seen"].complete and by_asset["pacs"].complete
    assert not by_asset["paper"].complete and by_asset["lab"].reason == "to_confirm"


def test_a_system_the_pack_does_not_know_has_no_fact(run):
    rows = of(run(ANALYZER, [Asset(asset="a"), Host(asset="a", platform="linux", os_id="own", os_version="3", os_name="Own 3")]), Support)
    assert (rows["a"].label, rows["a"].fact, rows["a"].ends) == ("Own 3", None, None)


def test_the_distribution_looks_after_its_own_packages(run):
    debian = {"manager": "dpkg", "publisher": "Debian PostgreSQL Maintainers"}
    found = run(
        ANALYZER,
        [
            Asset(asset="a"),
            Software(asset="a", name="postgresql-13", version="13.16-0+deb11u1", **debian),
            Software(asset="a", name="postgresql-9.6", version="9.6.24-1.pgdg100+1", **debian),
            Software(asset="b", name="Microsoft SQL Server 2012 (64-bit)", version="11.0.2100.60", manager="registry"),
            Software(asset="c", name="mssql-server", version="14.0.3456.2-1", manager="dpkg", publisher="Microsoft"),
        ],
        {"a": ("software",)},
    )
    rows = of(found, ApplicationSupport)
    assert (rows["a"].version, str(rows["a"].ends)) == ("9.6", "2021-11-11")
    assert (rows["b"].version, str(rows["b"].ends)) == ("2012", "2022-07-12")
    assert rows["c"].label == "SQL Server 2017"
    assert sum(isinstance(row, ApplicationSupport) for row in found) == 3
    assert looks(found, "application_support")["a"].complete


def test_programs_of_windows_have_no_origin_and_need_none(run):
    without = Collected(
        asset="w", table_name="software", source="windows.registry", complete=True, missing="origin,source_package", reason="not_collected"
    )
    found = run(ANALYZER, [Asset(asset="w"), Host(asset="w", platform="windows")], {"w": ("hosts",)}, [without])
    assert looks(found, "application_support")["w"].complete
    other = run(ANALYZER, [Asset(asset="w"), Host(asset="w", platform="linux")], {"w": ("hosts",)}, [without])
    assert not looks(other, "application_support")["w"].complete


def test_the_version_a_device_shows_counts_for_it_and_its_line(run):
    rows = [
        RemoteLine(line="pacs", kind="ssl-vpn", product="FortiOS", firmware="7.6.1", device_address="10.9.0.1"),
        DeviceFact(asset="fw", system="fortios", version="v6.0.4,build0231", evidence="f:1"),
        DeviceInterface(asset="fw", name="dmz", address="10.9.0.1", prefix=24),
    ]
    device = ("device_facts", "device_interfaces", "device_routes", "device_vpns")
    found = run((ASSETS, ENTRIES, ANALYZER), rows, {"*": ("remote_lines", "zones", "ledger_assets"), "fw": device})
    support = {row.asset: (row.version, row.kind, row.basis, row.evidence) for row in found if isinstance(row, Support)}
    assert support == {"pacs": ("6.0.4", "device", "observed", "f:1"), "fw": ("6.0.4", "os", "observed", "f:1")}


def test_a_package_known_to_come_from_elsewhere():
    def package(name, version, origin=None):
        return Software(asset="a", name=name, version=version, manager="dpkg", origin=origin)

    assert comes_from_elsewhere(package("postgresql-15", "15.1-1.pgdg120+1"))
    assert comes_from_elsewhere(package("docker-ce", "5:27.0.1-1", "Docker"))
    assert not comes_from_elsewhere(package("openjdk-17-jre", "17.0.9+9-1~deb12u1"))
    assert not comes_from_elsewhere(package("nginx", "1.22.1-9", "Debian"))
