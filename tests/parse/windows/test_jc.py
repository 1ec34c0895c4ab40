"""Real captures against what another program (jc) read from them: every socket, route, adapter and systeminfo's facts."""

from __future__ import annotations

import ipaddress
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from omamori.model.host import Host, Patch
from omamori.model.look import Parsed
from omamori.model.network import Connection, Interface, Listener, OutboundSetting, Route
from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.session import read_session

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "windows" / "jc"
NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)


def both(name: str) -> tuple[Parsed, Any]:
    """What we read from a capture, and what jc did."""
    capture, other = DATA / f"{name}.out", DATA / f"{name}.json"
    if not capture.exists() or not other.exists():
        pytest.skip(f"real captures are not here: {capture}")
    (piece,) = read_session(capture.read_bytes()).pieces
    return read_piece(piece, CONTEXT), json.loads(other.read_text(encoding="utf-8"))


def plain(text: str) -> str:
    return str(ipaddress.ip_address(text.strip("[]").split("%")[0]))


@pytest.mark.parametrize("name", ["windows-10/netstat-aon", "windows-10/netstat-aonb"])
def test_every_socket(name: str) -> None:
    found, other = both(name)
    listeners = [(r.protocol, r.address, r.port, r.pid) for r in found.rows if isinstance(r, Listener)]
    ends = [(r.local_address, r.local_port, r.peer_address, r.peer_port, r.state, r.pid) for r in found.rows if isinstance(r, Connection)]
    offered = [row for row in other if row["proto"] == "UDP" or row["state"] == "LISTENING"]
    opened = [row for row in other if row["proto"] == "TCP" and row["state"] != "LISTENING"]
    assert sorted(listeners, key=str) == sorted(
        ((r["proto"].lower(), plain(r["local_address"]), int(r["local_port"]), r["pid"]) for r in offered), key=str
    )
    assert sorted(ends, key=str) == sorted(
        (
            (
                plain(r["local_address"]),
                int(r["local_port"]),
                plain(r["foreign_address"]),
                int(r["foreign_port"]),
                r["state"].lower().replace("_", "-"),
                r["pid"],
            )
            for r in opened
        ),
        key=str,
    )
    programs = [r.process for r in found.rows if r.process and r.process != "System Idle Process" and r.pid != 4]
    named = [r["program_name"][1:-1] for r in other if str(r.get("program_name", "")).startswith("[") and r["pid"] not in (0, 4)]
    assert sorted(programs) == sorted(named)


def test_every_route_that_leads_away() -> None:
    found, other = both("windows-10/route")
    four, six = set(), []
    for row in (row for row in other if "destination" in row):
        net = ipaddress.ip_network(f"{row['destination']}/{row['genmask']}" if "genmask" in row else row["destination"])
        gateway = None if row["gateway"] == "On-link" else row["gateway"]
        if net.prefixlen == net.max_prefixlen:
            assert gateway is None, "all addresses alone in this capture are the machine's own, or the last of a network"
        elif not (net.is_loopback or net.is_multicast) and net.version == 4:
            four.add((str(net), gateway, row["iface"], row["metric"]))
        elif not net.is_multicast and net.version == 6:
            six.append((str(net), gateway, row["metric"]))
    routes = [row for row in found.rows if isinstance(row, Route)]
    assert {(r.destination, r.gateway, r.interface, r.metric) for r in routes if ":" not in r.destination} == four
    assert [(r.destination, r.gateway, r.metric) for r in routes if ":" in r.destination] == six


@pytest.mark.parametrize("name", ["windows-10/ipconfig", "windows-11/ipconfig", "windows-2016/ipconfig"])
def test_every_adapter(name: str) -> None:
    found, other = both(name)
    rows = [row for row in found.rows if isinstance(row, Interface)]
    expected = []
    for adapter in other["adapters"]:
        six = [*adapter["ipv6_addresses"], *adapter["temporary_ipv6_addresses"], *adapter["link_local_ipv6_addresses"]]
        four = [(a["address"], a["subnet_mask"], adapter["dhcp_enabled"]) for a in adapter["ipv4_addresses"]]
        up = adapter["media_state"] is None
        hardware = (adapter["physical_address"] or "").lower().replace("-", ":")
        hardware = hardware if len(hardware) == 17 else ""
        for address, mask, dhcp in [*((a["address"], None, None) for a in six), *four] or [(None, None, None)]:
            prefix = ipaddress.ip_network(f"0.0.0.0/{mask}").prefixlen if mask else None
            expected.append((adapter["name"], hardware or None, up, address, prefix, dhcp))
    assert [(r.name, r.mac, r.up, r.address, r.prefix, r.dhcp) for r in rows] == expected
    servers = {server for adapter in other["adapters"] for server in adapter["dns_servers"] if not server.startswith("fec0:0:0:ffff:")}
    assert {row.value for row in found.rows if isinstance(row, OutboundSetting)} == servers
    assert f"name:{other['host_name'].lower()}" in found.identifiers


@pytest.mark.parametrize("name", ["windows-10/systeminfo-hyperv", "windows-2012r2/systeminfo", "windows-7/systeminfo"])
def test_systeminfo(name: str) -> None:
    found, other = both(name)
    host = found.rows[0]
    assert isinstance(host, Host)
    assert (host.hostname, host.os_name, host.domain) == (other["host_name"], other["os_name"], other["domain"])
    assert (host.manufacturer, host.model) == (other["system_manufacturer"], other["system_model"])
    assert host.os_build == other["os_version"].split()[0]
    updates = {update for update in other["hotfixs"] if update.startswith("KB")}
    assert {row.patch_id for row in found.rows if isinstance(row, Patch)} == updates
    addresses = {address for card in other["network_cards"] for address in card["ip_addresses"] if "." in address}
    assert {one.removeprefix("ip:") for one in found.identifiers if one.startswith("ip:")} == addresses
