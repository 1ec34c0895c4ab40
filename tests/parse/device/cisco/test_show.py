"""Real outputs of `show` commands (ntc-templates) against the fields others read from them."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from omamori.model.device import DeviceAccount, DeviceInterface, DeviceRoute, DeviceRule, DeviceVpn
from omamori.parse.device.interface import Device
from omamori.parse.device.registry import dialect_of
from omamori.parse.network.lines import console

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "netconfig" / "ntc-templates"


def files(folder: str) -> list[Path]:
    found = sorted((DATA / folder).glob("*.raw"))
    if not found:
        pytest.skip(f"real outputs are not here: {DATA / folder}")
    return found


def read(path: Path, system: str) -> Device:
    lines = console(path.read_bytes()).lines
    dialect = dialect_of([line.text for line in lines[:400]])
    assert dialect is not None, path.name
    assert dialect.system == system, path.name
    return dialect.read(lines)


def wanted(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))["parsed_sample"])


def test_version_of_ios() -> None:
    for path in files("cisco_ios/show_version"):
        fact, (expected,) = read(path, "cisco-ios").fact, wanted(path)
        assert fact.hostname == expected["hostname"], path.name
        assert fact.version == expected["version"], path.name
        assert fact.model == (expected["hardware"][0] if expected["hardware"] else None), path.name
        assert (fact.booted is not None) == bool(expected["restarted"]), path.name
        assert fact.firmware_built is not None, path.name


def test_version_of_asa() -> None:
    found = {path.name: read(path, "cisco-asa").fact for path in files("cisco_asa/show_version")}
    first = found["cisco_asa_show_version1.raw"]
    assert (first.hostname, first.version, first.model, first.firmware_built) == ("asa1", "9.5(2)204", "ASAv", date(2016, 2, 15))
    assert all(one.version and one.hostname and one.model for one in found.values())


def test_software_of_a_neighbour_is_not_that_of_the_device() -> None:
    for folder in ("show_cdp_neighbors_detail", "show_lldp_neighbors_detail", "show_logging"):
        for path in files(f"cisco_ios/{folder}"):
            assert dialect_of([line.text for line in console(path.read_bytes()).lines[:400]]) is None, path.name


def test_interfaces_in_brief() -> None:
    for path in files("cisco_ios/show_ip_interface_brief"):
        theirs = {(one["interface"], one["ip_address"], one["status"]) for one in wanted(path)}
        ours = {(row.name, row.address or "unassigned", row.enabled) for row in read(path, "cisco-ios").rows}
        assert ours == {(name, address, "admin" not in status and status != "deleted") for name, address, status in theirs}
        assert ours


def test_interfaces() -> None:
    for path in files("cisco_ios/show_interfaces"):
        first: dict[tuple[str, str], DeviceInterface] = {}
        for row in read(path, "cisco-ios").rows:
            first.setdefault((row.name, row.label or ""), row)  # further addresses of an interface are rows of their own
        ours = {(row.name, row.address or "", str(row.prefix or ""), row.label or "", row.enabled) for row in first.values()}
        theirs = {
            (one["interface"], one["ip_address"], one["prefix_length"], one["description"].strip(), "admin" not in one["link_status"])
            for one in wanted(path)
        }
        assert ours == theirs, path.name
        assert ours


ORIGINS = {
    "S": "static",
    "O": "ospf",
    "D": "eigrp",
    "B": "bgp",
    "i": "isis",
    "C": "connected",
    "L": "local",
    "R": "rip",
    "S*": "static",
    "o": "odr",
}


def test_routing_table_of_ios() -> None:
    for path in files("cisco_ios/show_ip_route"):
        ours = {(row.destination, row.gateway or "", row.interface or "", row.origin) for row in read(path, "cisco-ios").rows}
        theirs = set()
        for one in wanted(path):
            origin = ORIGINS.get(one["protocol"], one["protocol"])
            if origin != "local" and one["prefix_length"]:
                interface = "" if one["nexthop_if"].lower() == "null0" else one["nexthop_if"]
                theirs.add((f"{one['network']}/{one['prefix_length']}", one["nexthop_ip"], interface, origin))
        assert ours == theirs, path.name


def test_routing_table_of_asa() -> None:
    counts = {
        path.name: len([row for row in read(path, "cisco-asa").rows if isinstance(row, DeviceRoute)])
        for path in files("cisco_asa/show_route")
    }
    assert counts == {"cisc_asa_show_route_vpn.raw": 6, "cisco_asa_show_route.raw": 24, "cisco_asa_show_route_alt_multiline.raw": 8}
    vpn = next(path for path in files("cisco_asa/show_route") if path.name.endswith("vpn.raw"))
    assert {(row.origin, row.interface, row.gateway) for row in read(vpn, "cisco-asa").rows} == {("vpn", "external", None)}


def test_counted_packets_of_lists() -> None:
    total = 0
    for folder in ("show_ip_access-lists", "show_access-list"):
        for path in files(f"cisco_ios/{folder}"):
            theirs: dict[tuple[str, str], int] = {}
            for one in wanted(path):
                name, number = one.get("acl_name") or one.get("name"), one.get("line_num") or one.get("sn")
                if name and number and str(one.get("matches") or "").isdecimal():
                    theirs[name, number] = int(one["matches"])
            rows = [row for row in read(path, "cisco-ios").rows if isinstance(row, DeviceRule)]
            ours = {(row.chain.removeprefix("access list "), row.rule): row.hits for row in rows if row.hits is not None}
            assert ours == theirs, path.name
            total += len(theirs)
    assert total == 32


def test_counted_packets_of_an_asa() -> None:
    rows = [row for path in files("cisco_asa/show_access-list") for row in read(path, "cisco-asa").rows if isinstance(row, DeviceRule)]
    assert sum(row.hits is not None for row in rows) > 60
    assert all(row.decision in ("accept", "drop", "unknown") for row in rows)


def test_tunnels() -> None:
    for path in files("cisco_ios/show_crypto_session_detail"):
        ours = {(row.peer, row.listens_on, row.enabled) for row in read(path, "cisco-ios").rows if isinstance(row, DeviceVpn)}
        assert ours == {(one["peer"], one["interface"], one["session_status"].startswith("UP")) for one in wanted(path)}, path.name
    rows = [row for path in files("cisco_asa/show_vpn-sessiondb_detail_l2l") for row in read(path, "cisco-asa").rows]
    assert {(row.peer, row.last_active) for row in rows} >= {("172.16.0.1", datetime(2004, 8, 2, 9, 32, 3))}
    users = [row for path in files("cisco_asa/show_vpn-sessiondb_anyconnect") for row in read(path, "cisco-asa").rows]
    assert len(users) == 13
    assert all(isinstance(row, DeviceAccount) and row.kind == "vpn-user" and row.secret is None for row in users)


@pytest.mark.parametrize("maker", ["cisco_ios", "cisco_asa"])
def test_no_output_stops_the_reader(maker: str) -> None:
    """Every output there is goes through both dialects, recognised or not; nothing is lost count of."""
    for folder in (
        sorted((DATA / maker).iterdir()) if (DATA / maker).exists() else pytest.skip(f"real outputs are not here: {DATA / maker}")
    ):
        for path in sorted(folder.glob("*.raw")):
            lines = console(path.read_bytes()).lines
            dialect = dialect_of([line.text for line in lines[:400]])
            if dialect is not None:
                device = dialect.read(lines)
                assert len(device.unread) <= device.lines, path.name
                assert set(device.not_told) >= {"device_rules", "device_access"}, path.name
