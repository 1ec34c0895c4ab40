"""The example networks of another analyser as rows: configurations, filters, and the answers that lie beside them."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from functools import cache
from ipaddress import ip_interface
from pathlib import Path
from typing import Any

import pytest

from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.parts import Network
from omamori.model.device import DeviceFact, DeviceInterface, DeviceRoute
from omamori.model.host import KernelSetting
from omamori.parse.device.registry import dialect_of
from omamori.parse.network.lines import console

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "netconfig" / "batfish"
EXAMPLE = DATA / "networks" / "example" / "live"
FIREWALLS = DATA / "networks" / "iptables-firewall"


@cache
def answer(name: str) -> Any:
    path = DATA / "tests" / "basic" / name
    if not path.exists():
        pytest.skip(f"real captures are not here: {path}")
    told = json.loads(path.read_text(encoding="utf-8"))
    return told[0] if isinstance(told, list) else told


def topology() -> Any:
    """Which interfaces share a network, as the other tool tells it."""
    return answer("topology.ref")


def rows_of(path: Path, asset: str) -> list[Any]:
    """What the dialect reads of a file, under a name."""
    if not path.exists():
        pytest.skip(f"real captures are not here: {path}")
    lines = console(path.read_bytes()).lines
    dialect = dialect_of([line.text for line in lines])
    assert dialect is not None
    found = dialect.read(lines)
    return [replace(row, asset=asset) for row in (replace(found.fact, system=dialect.system), *found.rows)]


def machine(folder: Path, name: str) -> list[Any]:
    """A machine as the example describes it: interfaces, one way out, and the filter it names.

    It is written down as a device also where it passes nothing on, so that its own filter is followed with the rest.
    """
    path = folder / "hosts" / f"{name}.json"
    if not path.exists():
        pytest.skip(f"real captures are not here: {path}")
    told = json.loads(path.read_text(encoding="utf-8"))
    found: list[Any] = []
    for one in told["hostInterfaces"].values():
        address = ip_interface(one["prefix"])
        found.append(DeviceInterface(asset=name, name=one["name"], address=str(address.ip), prefix=address.network.prefixlen))
        found.append(KernelSetting(asset=name, name=f"net.ipv4.conf.{one['name']}.rp_filter", value="0"))
        if "gateway" in one:
            found.append(DeviceRoute(asset=name, destination="0.0.0.0/0", gateway=one["gateway"], interface=one["name"], distance=1))
    rules = rows_of(folder / told["iptablesFile"], name) if "iptablesFile" in told else [DeviceFact(asset=name, system="linux")]
    found.append(KernelSetting(asset=name, name="net.ipv4.conf.all.rp_filter", value="0"))
    return [replace(row, forwards=True) if isinstance(row, DeviceFact) else row for row in (*rules, *found)]


@cache
def routers() -> dict[str, list[Any]]:
    return {path.stem: rows_of(path, path.stem) for path in sorted((EXAMPLE / "configs").glob("*.cfg"))}


def collected(name: str) -> list[DeviceRoute]:
    """The routing table of a node as the other tool computes it, as rows that a collected `show ip route` gives."""
    found = []
    for one in answer("routes.ref")["rows"]:
        if one["Node"]["name"] != name or one["Protocol"] in ("connected", "local"):
            continue
        hop = one["Next_Hop"]
        found.append(
            DeviceRoute(
                asset=name, destination=one["Network"], gateway=hop.get("ip"), interface=hop.get("interface"), distance=one["Admin_Distance"],
                origin=one["Protocol"], discard=hop["type"] == "discard",
            )
        )  # fmt: skip
    return found


@cache
def example() -> Network:
    """The whole example with the routing tables its routers would show."""
    rows = [row for found in routers().values() for row in found if not isinstance(row, DeviceRoute)]
    for name in routers():
        rows += collected(name)
    for name in ("host1", "host2"):
        rows += machine(EXAMPLE, name)
    return network_of(rows)


@cache
def firewalls() -> Network:
    """The two zones with their firewalls made of iptables, three routers between, the hosts and the Internet host.

    The routers speak one area of OSPF and nothing else: each way below is the shortest one, as that protocol finds it.
    """
    rows: list[Any] = []
    for path in sorted((FIREWALLS / "hosts").glob("*.json")):
        rows += machine(FIREWALLS, path.stem)
    if not rows:
        pytest.skip(f"real captures are not here: {FIREWALLS}")
    for name in ("r1", "r2", "r3"):
        rows.append(DeviceFact(asset=name, system="cisco-ios", forwards=True, stateful=False))
        interface = ""
        for line in (FIREWALLS / "configs" / f"{name}.cfg").read_text(encoding="utf-8").splitlines():
            word, _, rest = line.strip().partition(" ")
            interface = rest if word == "interface" else interface
            if rest.startswith("address "):
                address = ip_interface(rest.removeprefix("address "))
                rows.append(DeviceInterface(asset=name, name=interface, address=str(address.ip), prefix=address.network.prefixlen))
    ways = {
        "r1": {"10.0.3.0/24": "10.0.2.10", "10.0.4.0/24": "10.0.0.2", "10.0.1.0/24": "10.0.0.2", "10.0.8.0/24": "10.0.6.2"},
        "r2": {"10.0.4.0/24": "10.0.1.10", "10.0.3.0/24": "10.0.0.1", "10.0.2.0/24": "10.0.0.1", "10.0.8.0/24": "10.0.7.1"},
        "r3": {"10.0.3.0/24": "10.0.6.1", "10.0.2.0/24": "10.0.6.1", "10.0.4.0/24": "10.0.7.2", "10.0.1.0/24": "10.0.7.2"},
        "z1-firewall": {"0.0.0.0/0": "10.0.2.1"},
        "z2-firewall": {"0.0.0.0/0": "10.0.1.1"},
    }
    rows += [DeviceRoute(asset=name, destination=to, gateway=by, distance=110) for name, own in ways.items() for to, by in own.items()]
    return network_of(rows)
