"""Check Point Gaia: the real files of Batfish and ntc-templates, with facts read off them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.parse.device.dialects.fortios_sample import context

from omamori.model.device import DeviceAccess, DeviceAccount, DeviceFact, DeviceInterface, DeviceRoute, DeviceUnread
from omamori.parse.device.config import parse, recognise, redact
from omamori.parse.device.dialects.checkpoint_gaia import redact as clean

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "netconfig"
BATFISH = DATA / "batfish/vendor-testconfigs/check_point_gateway/grammar"
NTC = DATA / "ntc-templates/checkpoint_gaia"
there = pytest.mark.skipif(not BATFISH.is_dir(), reason=f"{BATFISH} is not there: unpack the real data")
FILES = sorted([*BATFISH.glob("testconfigs/*"), *BATFISH.glob("snapshots/*/configs/*/show_configuration.txt")])


def of(data: bytes, kind: type) -> list:
    return [row for row in parse(redact(data).data, context()).rows if isinstance(row, kind)]


@there
def test_there_are_26() -> None:
    assert len(FILES) == 26


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name + "-" + path.name)
def test_every_gateway_is_taken_in(path: Path) -> None:
    data = path.read_bytes()
    assert recognise(data, path.name)
    parsed = parse(redact(data).data, context())
    assert parsed.rows[0].system == "checkpoint-gaia" and parsed.rows[0].hostname
    looks = {look.table: look for look in parsed.looks}
    assert looks["device_rules"].reason == "managed_elsewhere"


@there
def test_a_real_gateway() -> None:
    data = (BATFISH / "snapshots/parsetest/configs/cp_gw1/show_configuration.txt").read_bytes()
    told = {row.name: (row.address, row.prefix, row.enabled) for row in of(data, DeviceInterface)}
    assert told["eth0"] == ("10.0.0.1", 16, True) and told["eth1"] == ("10.1.1.1", 24, True) and told["eth5"] == (None, None, False)
    assert [(row.destination, row.gateway) for row in of(data, DeviceRoute)] == [("0.0.0.0/0", "10.1.1.2")]
    assert {(row.protocol, row.enabled) for row in of(data, DeviceAccess)} == {("https", True), ("telnet", False), ("snmp", False)}
    assert {row.name: row.enabled for row in of(data, DeviceAccount)} == {"admin": True, "monitor": False}


@there
def test_routes() -> None:
    told = {
        (row.destination, row.gateway, row.interface, row.distance, row.discard)
        for row in of((BATFISH / "testconfigs/static_route_convert").read_bytes(), DeviceRoute)
    }
    assert ("0.0.0.0/0", None, "eth0", 1, False) in told and ("10.1.0.0/16", None, None, 1, True) in told
    assert ("10.3.0.0/16", "10.0.0.2", None, 8, False) in told
    off = {row.destination: row.gateway for row in of((BATFISH / "testconfigs/static_route_off").read_bytes(), DeviceRoute)}
    assert off == {"10.1.0.0/16": "10.1.0.2"}


@there
def test_vlans_and_wrong_masks() -> None:
    told = {
        row.name: (row.kind, row.parent, row.vlan, row.address)
        for row in of((BATFISH / "testconfigs/vlan_interface").read_bytes(), DeviceInterface)
    }
    assert told["bond2.2"] == ("vlan", "bond2", 2, "2.2.2.1") and told["eth12.4094"][:3] == ("vlan", "eth12", 4094)
    wrong = of((BATFISH / "testconfigs/interface_warn").read_bytes(), DeviceUnread)
    assert [(row.line, row.concerns) for row in wrong] == [(10, "device_interfaces"), (11, "device_interfaces")]


@there
@pytest.mark.parametrize("name", ["show_interfaces_all", "show_asset_all", "show_route", "show_version_all", "show_ipv6_route"])
def test_outputs(name: str) -> None:
    for path in sorted((NTC / name).glob("*.raw")):
        data = path.read_bytes()
        assert recognise(data, path.name)
        assert of(data, DeviceUnread) == [], path.name


@there
def test_facts_in_outputs() -> None:
    (fact,) = of((NTC / "show_version_all/checkpoint_gaia_show_version_all.raw").read_bytes(), DeviceFact)
    assert fact.version == "R77.30"
    (fact,) = of((NTC / "show_asset_all/checkpoint_gaia_show_asset_all.raw").read_bytes(), DeviceFact)
    assert fact.model == "Check Point 4800"
    told = [
        (row.destination, row.gateway, row.interface, row.origin)
        for row in of((NTC / "show_route/checkpoint_gaia_show_route.raw").read_bytes(), DeviceRoute)
    ]
    assert told == [
        ("0.0.0.0/0", "10.10.10.1", "eth1-02.122", "static"), ("10.0.0.0/24", "10.1.1.254", "eth1-01.100", "static"), ("10.1.1.0/24", None, "eth1.111", "connected"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    ["set user admin password-hash $1$abcdefgh$HiddenHiddenHidden", "set snmp community Hidden read-only",
     "set user x newpass password 'Hidden Word'", 'add rip interface a authtype simple "Hidden"'],
)  # fmt: skip
def test_no_secret_stays(line: str) -> None:
    state: dict[str, Any] = {}
    once = clean(line, state)
    assert "Hidden" not in once and clean(once, state) == once


ODD = (
    "set interface eth0 ipv4-address", "set static-route 10.0.0.0/8 nexthop gateway address", "set user", "add", "set x 'y", "    state on",
    "Interface a", "delete bgp x", "\x00",
)  # fmt: skip


@given(st.lists(st.sampled_from(ODD)))
def test_any_lines(lines: list[str]) -> None:
    data = "\n".join(["# Configuration of x", "# Language version: 13.4v1", *lines, ""]).encode()
    assert parse(redact(data).data, context()).rows[0].system == "checkpoint-gaia"
